//! `/users/import`: people from a table: choose a file, see what it would do, confirm, and hand out the passwords.
//!
//! Comes in: nothing, a preview, or the people that were made. Goes out: the step that is next.
//! Never does: reading the file.

mod choose;
mod made;
mod preview;

use contract::accounts::{ImportedPerson, PeoplePreview};
use contract::address::Page;
use contract::error::ApiError;
use leptos::prelude::*;

use crate::locale::Locale;
use crate::t;

use super::form::refusal;
use super::section_nav::{Section, page_below};

/// The page.
pub fn page(
    locale: Locale,
    read: Option<PeoplePreview>,
    people: Option<Vec<ImportedPerson>>,
    refused: Option<ApiError>,
) -> AnyView {
    let step = match (people, read) {
        (Some(people), _) => made::card(locale, people),
        (None, Some(read)) => preview::cards(locale, read),
        (None, None) => choose::card(locale),
    };
    let content = view! {
        {refusal(locale, refused.as_ref(), None)}
        {step}
        <p><a href=Page::Users.path()>{t!(locale, "import-back")}</a></p>
    };
    page_below(locale, Section::Users, t!(locale, "import-title"), t!(locale, "import-lead"), content.into_any())
}
