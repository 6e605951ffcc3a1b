//! The page for an address that nothing has.

use contract::address::Page;
use leptos::prelude::*;

use crate::components::Empty;
use crate::locale::use_locale;
use crate::shell::{PageTitle, set_status};
use crate::t;

/// Says so, and leads home.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    let locale = use_locale();
    set_status(404);
    view! {
        <PageTitle text=t!(locale, "not-found-page-title")/>
        <h1>{t!(locale, "not-found-page-title")}</h1>
        <Empty title=t!(locale, "not-found-page-text") hint=t!(locale, "not-found-page-hint")/>
        <p><a class="button" href=Page::Home.path()>{t!(locale, "not-found-page-home")}</a></p>
    }
    .into_any()
}
