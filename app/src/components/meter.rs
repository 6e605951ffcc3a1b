//! A probability as a bar, a number and, where given, a word.

use leptos::prelude::*;

use super::Tone;

/// The bar is decoration: number and word say the same.
#[component]
pub fn Meter(
    /// 0 to 1.
    share: f64,
    /// The number as it is read.
    #[prop(into)]
    text: String,
    /// A word for the range that the number is in.
    #[prop(optional, into)]
    word: Option<String>,
    #[prop(optional)] tone: Tone,
) -> impl IntoView {
    view! {
        <span class=format!("meter meter--{}", tone.class())>
            <svg class="meter__bar" aria-hidden="true" width="48" height="6">
                <rect class="meter__track" width="100%" height="6" rx="3"></rect>
                <rect class="meter__fill" width=width(share) height="6" rx="3"></rect>
            </svg>
            <span class="meter__text">{text}</span>
            {word.map(|word| view! { <span class="meter__word">{word}</span> })}
        </span>
    }
    .into_any()
}

/// A share as an SVG length; the security policy allows no inline style.
pub(super) fn width(share: f64) -> String {
    format!("{:.1}%", share.clamp(0.0, 1.0) * 100.0)
}
