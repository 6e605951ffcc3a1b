//! A choice of one among a few, with its label.

use leptos::prelude::*;

use super::Field;

/// A list to choose from, sent by its form as `name`. `options` are what is sent and what is read.
#[component]
pub fn SelectField(
    #[prop(into)] id: String,
    name: &'static str,
    #[prop(into)] label: String,
    options: Vec<(String, String)>,
    #[prop(into)] chosen: String,
) -> impl IntoView {
    let options: Vec<_> = options
        .into_iter()
        .map(|(value, text)| {
            let is_chosen = value == chosen;
            view! { <option value=value selected=is_chosen>{text}</option> }
        })
        .collect();
    view! {
        <Field id=id.clone() label>
            <select class="input" id=id name=name>{options}</select>
        </Field>
    }
    .into_any()
}
