//! `/waiting`: the account is there, an admin has not let the person in yet.

use contract::address::Page;
use leptos::prelude::*;

use crate::components::{Notice, Tone};
use crate::locale::Locale;
use crate::t;

use super::{entrance, other_way};

/// The page.
pub fn page(locale: Locale) -> AnyView {
    let content = view! {
        <Notice tone=Tone::Warn text=t!(locale, "waiting-text")/>
        <p>{t!(locale, "waiting-hint")}</p>
        {other_way(None, Page::SignIn.path(), t!(locale, "waiting-again"))}
    };
    entrance(t!(locale, "waiting-title"), None, content.into_any())
}
