//! `/signed-out`: what was kept in the browser is deleted by `/clear.js`, and the page says how that went.

use contract::address::Page;
use leptos::prelude::*;

use crate::components::{Notice, Tone};
use crate::locale::Locale;
use crate::t;

use super::{entrance, other_way};

/// The page. Without scripts nothing is deleted, and the sentence that says so stays.
pub fn page(locale: Locale) -> AnyView {
    let content = view! {
        <div role="status">
            <div id="clear-waiting"><Notice tone=Tone::Warn text=t!(locale, "signed-out-waiting")/></div>
            <div id="clear-done" hidden><Notice tone=Tone::Good text=t!(locale, "signed-out-done")/></div>
            <div id="clear-failed" hidden><Notice tone=Tone::Bad text=t!(locale, "signed-out-failed")/></div>
        </div>
        {other_way(None, Page::SignIn.path(), t!(locale, "signed-out-again"))}
        <script src="/clear.js" defer></script>
    };
    entrance(t!(locale, "signed-out-title"), Some(t!(locale, "signed-out-lead")), content.into_any())
}
