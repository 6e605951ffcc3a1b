//! The large search field.

use contract::address::{Page, SearchQuery};
use leptos::prelude::*;
use leptos_router::components::Form;

use crate::components::{Icon, Shape};
use crate::locale::use_locale;
use crate::t;

/// A GET form: it works without scripts, and the address keeps what was searched.
#[component]
pub fn SearchForm(query: Memo<SearchQuery>) -> impl IntoView {
    let locale = use_locale();
    let text = move || query.with(|query| query.q.clone().unwrap_or_default());
    view! {
        <search>
            <Form method="GET" action=Page::Home.path() attr:class="search-form">
                <label class="visually-hidden" for="search">{t!(locale, "search-label")}</label>
                <input class="input input--large" id="search" type="search" name="q" maxlength="200" autocomplete="off"
                    placeholder=t!(locale, "search-placeholder") value=text prop:value=text/>
                <button class="button button--filled" type="submit">
                    <Icon shape=Shape::Search/>
                    <span>{t!(locale, "search-submit")}</span>
                </button>
            </Form>
        </search>
        <p class="search-form__links">
            <a href="/?q=">{t!(locale, "search-all")}</a>
            <a href=Page::Predict.path()>{t!(locale, "search-new-item")}</a>
        </p>
    }
    .into_any()
}
