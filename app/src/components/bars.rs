//! Named parts of a whole as bars.

use leptos::prelude::*;

/// One bar.
#[derive(Clone, Debug, PartialEq)]
pub struct BarRow {
    pub label: String,
    /// Length, 0 to 1 of the widest possible bar.
    pub share: f64,
    /// The number in words, read out and shown at the end.
    pub text: String,
}

/// A list of bars; `width` percentages are SVG attributes, because the security policy allows no inline style.
#[component]
pub fn Bars(rows: Vec<BarRow>) -> impl IntoView {
    let rows: Vec<_> = rows
        .into_iter()
        .map(|row| {
            view! {
                <li class="bars__row">
                    <span class="bars__label">{row.label}</span>
                    <svg class="bars__bar" aria-hidden="true" width="100%" height="8">
                        <rect class="bars__fill" width=width(row.share) height="8" rx="4"></rect>
                    </svg>
                    <span class="bars__text">{row.text}</span>
                </li>
            }
        })
        .collect();
    view! { <ul class="bars">{rows}</ul> }.into_any()
}

/// A share as an SVG length.
pub(super) fn width(share: f64) -> String {
    format!("{:.1}%", share.clamp(0.0, 1.0) * 100.0)
}
