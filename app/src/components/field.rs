//! A labelled input with its hint and error.

use leptos::prelude::*;

/// Label above, control inside, hint and error below. The control's id is `id`, its description `<id>-hint`.
#[component]
pub fn Field(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] error: Option<String>,
    children: Children,
) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    let error_id = format!("{id}-error");
    view! {
        <div class="field">
            <label class="field__label" for=id>{label}</label>
            {children()}
            {hint.map(|hint| view! { <p class="field__hint" id=hint_id>{hint}</p> })}
            {error.map(|error| view! { <p class="field__error" id=error_id role="alert">{error}</p> })}
        </div>
    }
    .into_any()
}
