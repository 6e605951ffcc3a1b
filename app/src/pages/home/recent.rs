//! The newest predictions.

use contract::address::predict_path;
use contract::predict::RecentPrediction;
use leptos::prelude::*;

use crate::api::predict::get_recent_predictions;
use crate::components::{Badge, Empty, Failure, Meter, Tone};
use crate::locale::{Locale, use_locale};
use crate::page_data::{lines, page_part};
use crate::page_error::PageError;
use crate::wording::format;
use crate::{t, wording};

/// Lines to show.
const SHOWN: usize = 8;

/// Loads and lists them.
#[component]
pub fn RecentPanel() -> impl IntoView {
    let locale = use_locale();
    view! {
        <section class="card" aria-labelledby="recent-title">
            <h2 id="recent-title">{t!(locale, "recent-title")}</h2>
            {page_part(String::new, || get_recent_predictions(SHOWN), lines, move |recent| list(locale, recent))}
        </section>
    }
    .into_any()
}

fn list(locale: Locale, recent: Result<Vec<RecentPrediction>, PageError>) -> AnyView {
    match recent {
        Err(PageError(error)) => view! { <Failure text=wording::error(locale, &error)/> }.into_any(),
        Ok(recent) if recent.is_empty() => {
            view! { <Empty title=t!(locale, "recent-none") hint=t!(locale, "recent-none-hint")/> }.into_any()
        }
        Ok(recent) => {
            let rows: Vec<_> = recent.into_iter().map(|line| row(locale, line)).collect();
            view! { <ul class="recent">{rows}</ul> }.into_any()
        }
    }
}

fn row(locale: Locale, line: RecentPrediction) -> impl IntoView {
    let code = line.item.as_str().to_owned();
    // A described item has no address of its own: its attributes were not stored with the line.
    let what = if line.is_known {
        view! { <a class="recent__code" href=predict_path(&code)>{code.clone()}</a> }.into_any()
    } else {
        let shown = if code.is_empty() { t!(locale, "recent-new-item") } else { code };
        view! { <span class="recent__code">{shown}</span> }.into_any()
    };
    let confidence = line.confidence_prob.map(|prob| {
        let (word, tone) = wording::confidence(locale, prob);
        view! { <Meter share=prob text=format::percent(prob) word tone/> }
    });
    view! {
        <li class="recent__row">
            <div class="recent__what">
                {what}
                {line.name.map(|name| view! { <span class="recent__name">{name}</span> })}
                <p class="recent__summary">{line.summary.join(" → ")}</p>
            </div>
            <div class="recent__state">
                {confidence}
                {line.abstained.then(|| view! { <Badge tone=Tone::Warn text=t!(locale, "recent-abstained")/> })}
                <time class="muted" datetime=line.at.clone()>{format::day_and_minute(&line.at)}</time>
            </div>
        </li>
    }
}
