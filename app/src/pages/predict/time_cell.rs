//! A time in a table: P50 strong, P80 muted behind a dash; a dash alone and a word where it is not known.

use engine::predict::TimeEstimate;
use leptos::prelude::*;

use crate::locale::Locale;
use crate::t;
use crate::wording::format;

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
