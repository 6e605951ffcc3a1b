//! Two shares of one whole in one bar: the smaller dark, the larger light behind it.

use leptos::prelude::*;

use super::meter::width;

/// The bar is decoration: both numbers stand beside it.
#[component]
pub fn TwinBar(
    /// The dark one, 0 to 1.
    inner: f64,
    /// The light one, 0 to 1; at least as large.
    outer: f64,
    /// Whether it is the one that the others are compared with.
    #[prop(optional)]
    is_chosen: bool,
) -> impl IntoView {
    let class = if is_chosen { "twin-bar twin-bar--chosen" } else { "twin-bar" };
    view! {
        <svg class=class aria-hidden="true" width="100%" height="10">
            <rect class="twin-bar__track" width="100%" height="10" rx="4"></rect>
            <rect class="twin-bar__outer" width=width(outer) height="10" rx="4"></rect>
            <rect class="twin-bar__inner" width=width(inner) height="10" rx="4"></rect>
        </svg>
    }
    .into_any()
}
