//! What the server knows of the plant, as measured.

use contract::plant::PlantStatus;
use leptos::prelude::*;

use crate::api::plant::get_plant_status;
use crate::components::{Empty, Failure};
use crate::locale::{Locale, use_locale};
use crate::page_data::{lines, page_part};
use crate::page_error::PageError;
use crate::wording::format;
use crate::{t, wording};

/// Counts and the active model.
#[component]
pub fn PlantCard() -> impl IntoView {
    let locale = use_locale();
    view! {
        <section class="card" aria-labelledby="plant-title">
            <h2 id="plant-title">{t!(locale, "plant-title")}</h2>
            {page_part(String::new, get_plant_status, lines, move |status| facts(locale, status))}
        </section>
    }
    .into_any()
}

fn facts(locale: Locale, status: Result<PlantStatus, PageError>) -> AnyView {
    let status = match status {
        Ok(status) => status,
        Err(PageError(error)) => return view! { <Failure text=wording::error(locale, &error)/> }.into_any(),
    };
    let counts = [
        (t!(locale, "plant-items"), status.n_items),
        (t!(locale, "plant-items-with-routing"), status.n_items_with_routing),
        (t!(locale, "plant-routings"), status.n_routings),
        (t!(locale, "plant-results"), status.n_results),
    ]
    .map(|(label, value)| view! { <div class="facts__row"><dt>{label}</dt><dd class="num">{format::count(value)}</dd></div> });
    let model = match status.model {
        Some(model) => view! {
            <p class="muted">
                {wording::model(locale, &model.id)}" · "
                <time datetime=model.trained_at.clone()>{format::day(&model.trained_at).to_owned()}</time>
            </p>
        }
        .into_any(),
        None => view! { <Empty title=t!(locale, "plant-no-model") hint=t!(locale, "plant-no-model-hint")/> }.into_any(),
    };
    view! {
        <dl class="facts">{counts.into_iter().collect_view()}</dl>
        {model}
        <p class="muted">{t!(locale, "plant-version", version = status.version)}</p>
    }
    .into_any()
}
