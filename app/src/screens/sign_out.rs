//! The button that ends one's own session.

use leptos::prelude::*;

use crate::locale::Locale;
use crate::t;

/// A form with nothing but its button.
pub fn sign_out(locale: Locale) -> AnyView {
    view! {
        <form method="post" action="/sign-out">
            <button class="button" type="submit">{t!(locale, "sign-out")}</button>
        </form>
    }
    .into_any()
}
