//! A line to type into, with its label, hint and fault.

use leptos::prelude::*;

use super::Field;

/// An input that is sent by its form as `name`. A fault marks it, is read out with it, and takes the cursor there.
#[component]
pub fn InputField(
    #[prop(into)] id: String,
    name: &'static str,
    #[prop(into)] label: String,
    /// `text`, `password`, `number`, `date`, `time`, `search` or `file`.
    #[prop(default = "text")]
    kind: &'static str,
    #[prop(optional, into)] value: Option<String>,
    /// What browsers and password managers fill in here.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// Characters; more cannot be typed.
    #[prop(optional)]
    max_length: Option<usize>,
    /// Least and most of a number.
    #[prop(optional)]
    range: Option<(u32, u32)>,
    #[prop(optional)] is_required: bool,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional_no_strip)] fault: Option<String>,
) -> impl IntoView {
    let described_by = described_by(&id, hint.is_some(), fault.is_some());
    let is_faulty = fault.is_some();
    let mode = (kind == "number").then_some("numeric");
    view! {
        <Field id=id.clone() label nostrip:hint=hint nostrip:error=fault>
            <input class="input" id=id name=name type=kind value=value autocomplete=autocomplete
                autocapitalize="none" spellcheck="false" maxlength=max_length required=is_required inputmode=mode
                min=range.map(|(least, _)| least) max=range.map(|(_, most)| most) autofocus=is_faulty
                aria-invalid=is_faulty.then_some("true") aria-describedby=described_by/>
        </Field>
    }
    .into_any()
}

/// Ids of the texts that `Field` puts below a control.
pub(super) fn described_by(id: &str, has_hint: bool, has_fault: bool) -> Option<String> {
    let ids: Vec<String> = [(has_hint, "hint"), (has_fault, "error")]
        .into_iter()
        .filter(|(is_there, _)| *is_there)
        .map(|(_, part)| format!("{id}-{part}"))
        .collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}
