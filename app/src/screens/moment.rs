//! A time of the server as a reader sees it.

use leptos::prelude::*;

use crate::locale::Locale;
use crate::wording::accounts;

/// Day and minute, with the exact time for programs.
pub fn moment(locale: Locale, rfc3339: &str) -> AnyView {
    view! { <time datetime=rfc3339.to_owned()>{accounts::moment(locale, rfc3339)}</time> }.into_any()
}
