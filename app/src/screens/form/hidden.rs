//! Values that a form sends without showing them.

use leptos::prelude::*;

/// One value.
pub fn hidden(name: &'static str, value: impl Into<String>) -> AnyView {
    view! { <input type="hidden" name=name value=value.into()/> }.into_any()
}
