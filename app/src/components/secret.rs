//! A text that is shown once and has to be copied exactly.

use leptos::prelude::*;

use super::{Icon, Shape};

/// The text, large and in letters that cannot be mistaken; one click selects it. Beside it what it is and what to do.
#[component]
pub fn Secret(#[prop(into)] title: String, #[prop(into)] text: String, #[prop(into)] advice: String) -> impl IntoView {
    view! {
        <section class="secret" role="status">
            <h2 class="secret__title"><Icon shape=Shape::Key/><span>{title}</span></h2>
            <p class="secret__text" translate="no">{text}</p>
            <p class="secret__advice">{advice}</p>
        </section>
    }
    .into_any()
}
