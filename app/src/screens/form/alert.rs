//! What the page has to say first: that something was refused, or that it was done.

use contract::address::Done;
use leptos::prelude::*;

use crate::components::{Notice, Tone};
use crate::locale::Locale;
use crate::wording::accounts;

/// A refusal at the head of a form; `field` is the id of the input to go to.
pub fn alert(text: String, tone: Tone, field: Option<&'static str>) -> AnyView {
    let Some(field) = field else {
        return view! { <Notice tone role="alert" text/> }.into_any();
    };
    view! {
        <p class=format!("notice notice--{}", tone.class()) role="alert">
            <a class="notice__link" href=format!("#{field}")>{text}</a>
        </p>
    }
    .into_any()
}

/// What was just done.
pub fn done(locale: Locale, done: Option<Done>) -> Option<AnyView> {
    let text = accounts::done(locale, done?);
    Some(view! { <Notice tone=Tone::Good text/> }.into_any())
}
