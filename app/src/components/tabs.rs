//! A choice of one among few, as links: it works before and without scripts, and the address keeps it.

use leptos::prelude::*;

/// The row of choices; it scrolls sideways by itself on a narrow window.
#[component]
pub fn Tabs(#[prop(into)] label: String, #[prop(optional)] class: &'static str, children: Children) -> impl IntoView {
    view! { <nav class=format!("tabs {class}") aria-label=label>{children()}</nav> }.into_any()
}

/// One choice.
#[component]
pub fn TabLink(
    #[prop(into)] href: Signal<String>,
    #[prop(into)] is_current: Signal<bool>,
    children: Children,
) -> impl IntoView {
    view! {
        <a
            class="tabs__link"
            href=move || href.get()
            data-noscroll="true"
            aria-current=move || is_current.get().then_some("true")
        >
            {children()}
        </a>
    }
    .into_any()
}
