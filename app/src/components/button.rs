//! A button that runs something in the page. What leads elsewhere is a link with the same look.

use leptos::prelude::*;

/// How much a button asks for attention; one filled button per page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    Filled,
    #[default]
    Outline,
    Quiet,
}

impl ButtonKind {
    /// Classes of a button or of a link that looks like one.
    pub fn class(self) -> &'static str {
        match self {
            Self::Filled => "button button--filled",
            Self::Outline => "button",
            Self::Quiet => "button button--quiet",
        }
    }
}

/// A button.
#[component]
pub fn Button(
    #[prop(optional)] kind: ButtonKind,
    on_press: Callback<()>,
    #[prop(into)] disabled: Signal<bool>,
    /// Whether the choice that it stands for is made; absent for a plain button.
    #[prop(optional, into)]
    pressed: Option<Signal<bool>>,
    /// Id of the text that says why it is disabled.
    #[prop(optional)]
    described_by: Option<&'static str>,
    children: Children,
) -> impl IntoView {
    let pressed = pressed.map(|pressed| move || if pressed.get() { "true" } else { "false" });
    view! {
        <button
            type="button"
            class=kind.class()
            disabled=move || disabled.get()
            aria-pressed=pressed
            aria-describedby=described_by
            on:click=move |_| on_press.run(())
        >
            {children()}
        </button>
    }
    .into_any()
}
