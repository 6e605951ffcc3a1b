//! Routings that are held back, with what could not be read of them.

use contract::items::{HeldReason, HeldRouting};
use leptos::prelude::*;

use super::routings::operations_table;
use crate::components::{Badge, Tone};
use crate::locale::{Locale, use_locale};
use crate::t;

/// Reasons that are shown of one routing.
const N_REASONS: usize = 10;

/// One disclosure per routing, below those that are whole; nothing when there is none.
#[component]
pub fn HeldPanel(held: Vec<HeldRouting>) -> impl IntoView {
    let locale = use_locale();
    if held.is_empty() {
        return ().into_any();
    }
    let sections: Vec<_> = held.into_iter().map(|one| section(locale, one)).collect();
    view! {
        <div class="held">
            <h3>{t!(locale, "held-title")}</h3>
            <p class="muted">{t!(locale, "held-lead")}</p>
            <div class="routings">{sections}</div>
        </div>
    }
    .into_any()
}

fn section(locale: Locale, held: HeldRouting) -> impl IntoView {
    let title = t!(locale, "routing-number", id = held.routing.id.as_str());
    let n = held.routing.operations.len();
    let more = held.reasons.len().saturating_sub(N_REASONS);
    let reasons: Vec<_> = held
        .reasons
        .into_iter()
        .take(N_REASONS)
        .map(|reason| view! { <li>{place(locale, &reason)}": "{why(locale, &reason)}</li> })
        .collect();
    view! {
        <details class="routings__one" open=true>
            <summary>
                <span class="routings__id">{title.clone()}</span>
                <Badge tone=Tone::Warn text=t!(locale, "held-mark")/>
                <span class="muted">{t!(locale, "held-operations", n = n)}</span>
            </summary>
            <ul class="held__reasons">
                {reasons}
                {(more > 0).then(|| view! { <li class="muted">{t!(locale, "held-more", n = more)}</li> })}
            </ul>
            {operations_table(locale, title, held.routing.operations)}
        </details>
    }
}

/// Where it stands: file, sheet, row, column.
fn place(locale: Locale, reason: &HeldReason) -> String {
    let row = t!(locale, "held-place", file = reason.file.as_str(), row = reason.row);
    let parts = [Some(row), reason.sheet.clone(), reason.column.clone()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What is wrong there, by the code of what was expected.
fn why(locale: Locale, reason: &HeldReason) -> String {
    let value = reason.value.as_str();
    match reason.rule.as_str() {
        "non_empty" => t!(locale, "held-non-empty"),
        "operation_number" => t!(locale, "held-operation-number", value = value),
        "no_error_cell" => t!(locale, "held-error-cell", value = value),
        "unique_key" => t!(locale, "held-unique-key"),
        "n_fields" => t!(locale, "held-n-fields"),
        "known_encoding" => t!(locale, "held-encoding"),
        _ => t!(locale, "held-unreadable", value = value),
    }
}
