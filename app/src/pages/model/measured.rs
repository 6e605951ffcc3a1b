//! What evaluations of the plant's own data have shown: the model beside baselines that would have to be beaten.

use contract::plant::{ActiveModel, HeldOut, Lead, Measured, MeasuredMethod};
use contract::wire::MethodKind;
use leptos::prelude::*;

use crate::components::{Empty, Notice, Table, TwinBar};
use crate::locale::{Locale, use_locale};
use crate::t;
use crate::wording::format;

use super::curves::numbers_of;
use super::methods::{heads, name};

/// One table for each way of holding items out; without any it says how to get them.
#[component]
pub fn MeasuredCard(model: ActiveModel) -> impl IntoView {
    let locale = use_locale();
    let content = if model.measured.is_empty() {
        view! { <Empty title=t!(locale, "model-measured-none") hint=t!(locale, "model-measured-none-hint")/> }
            .into_any()
    } else {
        let parts: Vec<_> =
            model.measured.into_iter().map(|measured| part(locale, &model.trained_at, measured)).collect();
        view! {
            <p class="muted">{t!(locale, "model-measured-text")}</p>
            <div class="measured">{parts}</div>
        }
        .into_any()
    };
    view! {
        <section class="card" aria-labelledby="measured-title">
            <h2 id="measured-title">{t!(locale, "model-measured")}</h2>
            {content}
        </section>
    }
    .into_any()
}

fn part(locale: Locale, trained_at: &str, measured: Measured) -> AnyView {
    let title = match measured.held_out {
        HeldOut::Random => t!(locale, "model-measured-random"),
        HeldOut::Time => t!(locale, "model-measured-time"),
        HeldOut::Family => t!(locale, "model-measured-family"),
    };
    // Times in one format and one zone are in the order of their texts.
    let is_older = measured.measured_at.as_str() < trained_at;
    let facts = t!(
        locale,
        "model-measured-facts",
        day = format::day(&measured.measured_at),
        train = format::count(measured.n_train),
        asked = format::count(measured.n_test),
        answered = format::percent(measured.answered_share)
    );
    let lead = measured.over_baseline.as_ref().map(|lead| over_baseline(locale, lead));
    let lead_of_part = measured.over_part.as_ref().map(|lead| over_part(locale, lead));
    let off = measured.ece.zip(measured.ece_by_chance).map(|(ece, chance)| {
        let (ece, chance) = (format::points(ece), format::points(chance));
        t!(locale, "model-measured-ece", ece = ece, chance = chance)
    });
    let lines = [lead, lead_of_part, off].into_iter().flatten().map(|line| view! { <li>{line}</li> }).collect_view();
    let rows: Vec<_> = measured.methods.into_iter().map(|method| row(locale, method)).collect();
    view! {
        <div class="measured__part">
            <h3>{title.clone()}</h3>
            <p class="muted">{facts}</p>
            {is_older.then(|| view! { <Notice text=t!(locale, "model-measured-older")/> })}
            <Table class="table--methods" caption=numbers_of(locale, &title) head=move || heads(locale)>{rows}</Table>
            <ul class="measured__lines">{lines}</ul>
        </div>
    }
    .into_any()
}

fn row(locale: Locale, method: MeasuredMethod) -> AnyView {
    let is_chosen = method.kind == MethodKind::Model;
    let interval = format!("{}–{}", format::percent(method.low), format::percent(method.high));
    view! {
        <tr>
            <th scope="row">{name(locale, &method.method)}</th>
            <td class="table__bar"><TwinBar inner=method.exact_at_1 outer=method.exact_at_4 is_chosen/></td>
            <td class="num">{format::percent(method.exact_at_1)}<span class="measured__interval">{interval}</span></td>
            <td class="num">{format::percent(method.exact_at_4)}</td>
        </tr>
    }
    .into_any()
}

fn over_baseline(locale: Locale, lead: &Lead) -> String {
    let [points, low, high] = in_points(lead);
    t!(locale, "model-measured-lead", over = name(locale, &lead.over), points = points, low = low, high = high)
}

fn over_part(locale: Locale, lead: &Lead) -> String {
    let [points, low, high] = in_points(lead);
    t!(locale, "model-measured-lead-part", over = name(locale, &lead.over), points = points, low = low, high = high)
}

/// The difference and both ends of its interval.
fn in_points(lead: &Lead) -> [String; 3] {
    [lead.difference, lead.low, lead.high].map(format::signed_points)
}
