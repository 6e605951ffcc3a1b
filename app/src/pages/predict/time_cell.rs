//! A time in a table: P50 strong, P80 muted behind a dash; a dash alone and a word where it is not known.

use contract::wire::{ProposedOperation, TimeEstimate};
use leptos::prelude::*;

use crate::locale::Locale;
use crate::t;
use crate::wording::format;

/// The run time's cell: per piece, or for the whole lot where a batch operation takes as long for any number of pieces.
pub fn run(locale: Locale, operation: &ProposedOperation) -> AnyView {
    match operation.run_min_per_lot {
        Some(_) => view! {
            {time(locale, operation.run_min_per_lot)}
            <span class="unit">{t!(locale, "operation-per-lot")}</span>
        }
        .into_any(),
        None => time(locale, operation.run_min_per_piece),
    }
}

/// The cell's content.
pub fn time(locale: Locale, estimate: Option<TimeEstimate>) -> AnyView {
    match estimate {
        Some(time) => view! {
            <span class="p50">{format::minutes(time.p50)}</span>
            <span class="p80">{format!(" –{}", format::minutes(time.p80))}</span>
        }
        .into_any(),
        None => view! {
            <span class="muted" aria-hidden="true">"–"</span>
            <span class="visually-hidden">{t!(locale, "unknown")}</span>
        }
        .into_any(),
    }
}
