//! Home: search, recent predictions, facts of the plant, the offline card.

mod keep;
mod plant;
mod recent;
mod results;
mod search;

use contract::address::{Page, SearchQuery};
use leptos::prelude::*;

use crate::locale::use_locale;
use crate::page_address::page_query;
use crate::shell::PageTitle;
use crate::t;

use keep::KeepCard;
use plant::PlantCard;
use recent::RecentPanel;
use results::ResultsPanel;
use search::SearchForm;

/// `/?q=…&offset=…`
#[component]
pub fn HomePage() -> impl IntoView {
    let locale = use_locale();
    let raw = page_query(Page::Home.path());
    let query = Memo::new(move |_| raw.with(|raw| SearchQuery::parse(raw)));
    let is_searching = Memo::new(move |_| query.with(|query| query.q.is_some()));
    let title = move || {
        query.with(|query| match query.q.as_deref() {
            Some(q) if !q.is_empty() => t!(locale, "home-title-search", q = q),
            _ => t!(locale, "home-title"),
        })
    };
    view! {
        <PageTitle text=title/>
        <div class="home">
            <section class="home__search">
                <h1>{t!(locale, "home-heading")}</h1>
                <p class="lead">{t!(locale, "home-lead")}</p>
                <SearchForm query/>
            </section>
            <div class="home__main">
                {move || if is_searching.get() {
                    view! { <ResultsPanel query/> }.into_any()
                } else {
                    view! { <RecentPanel/> }.into_any()
                }}
            </div>
            <aside class="home__side" aria-label=t!(locale, "home-side-label")>
                <PlantCard/>
                <KeepCard/>
            </aside>
        </div>
    }
    .into_any()
}
