//! Contexts and the table of pages.

use leptos::prelude::*;

/// The whole user interface.
#[component]
pub fn App() -> impl IntoView {
    view! { <main></main> }
}
