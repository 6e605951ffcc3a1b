//! A box to tick, with its label and a sentence about it.

use leptos::prelude::*;

use super::input_field::described_by;

/// A check box that is sent by its form as `name` with `value` when it is ticked.
#[component]
pub fn CheckField(
    #[prop(into)] id: String,
    name: &'static str,
    #[prop(into)] value: String,
    #[prop(into)] label: String,
    is_checked: bool,
    #[prop(optional, into)] hint: Option<String>,
) -> impl IntoView {
    let described_by = described_by(&id, hint.is_some(), false);
    let (hint_id, label_for) = (format!("{id}-hint"), id.clone());
    view! {
        <div class="check">
            <label class="check__label" for=label_for>
                <input class="check__box" type="checkbox" id=id name=name value=value checked=is_checked
                    aria-describedby=described_by/>
                <span>{label}</span>
            </label>
            {hint.map(|hint| view! { <p class="check__hint" id=hint_id>{hint}</p> })}
        </div>
    }
    .into_any()
}
