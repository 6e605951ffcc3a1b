//! The designed states of every list besides "full": loading, empty, failed.

use leptos::prelude::*;

/// Grey lines where text will stand. `label` is read out.
#[component]
pub fn Loading(#[prop(into)] label: String) -> impl IntoView {
    view! {
        <div class="state state--loading" role="status">
            <span class="visually-hidden">{label}</span>
            <span class="state__line" aria-hidden="true"></span>
            <span class="state__line" aria-hidden="true"></span>
            <span class="state__line" aria-hidden="true"></span>
        </div>
    }
    .into_any()
}

/// Nothing to show, and what to do about it.
#[component]
pub fn Empty(#[prop(into)] title: String, #[prop(optional, into)] hint: Option<String>) -> impl IntoView {
    view! {
        <div class="state state--empty">
            <p class="state__title">{title}</p>
            {hint.map(|hint| view! { <p class="state__hint">{hint}</p> })}
        </div>
    }
    .into_any()
}

/// Something did not work; the sentence says what, the link tries again.
#[component]
pub fn Failure(
    #[prop(into)] text: String,
    /// Address and text of a link that asks again; the browser loads it anew.
    #[prop(optional)]
    again: Option<(String, String)>,
) -> impl IntoView {
    view! {
        <div class="state state--failed" role="alert">
            <p class="state__title">{text}</p>
            {again.map(|(href, text)| view! { <a class="button" href=href rel="external">{text}</a> })}
        </div>
    }
    .into_any()
}
