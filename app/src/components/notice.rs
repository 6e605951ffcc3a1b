//! A sentence about the state of the page.

use leptos::prelude::*;

use super::{Icon, Shape, Tone};

/// A quiet frame with a sentence; announced when it appears.
#[component]
pub fn Notice(
    #[prop(optional)] tone: Tone,
    #[prop(optional, into)] icon: Option<Shape>,
    /// `alert` for what must not be missed.
    #[prop(default = "status")]
    role: &'static str,
    #[prop(into)] text: String,
) -> impl IntoView {
    view! {
        <p class=format!("notice notice--{}", tone.class()) role=role>
            {icon.map(|shape| view! { <Icon shape/> })}
            <span>{text}</span>
        </p>
    }
    .into_any()
}
