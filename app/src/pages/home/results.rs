//! What the search found.

use contract::address::{SearchQuery, item_path, predict_path};
use contract::items::{ItemPage, ItemSummary, SearchItems};
use leptos::prelude::*;

use crate::components::{Empty, Failure, Icon, Notice, Shape, Tone};
use crate::locale::{Locale, use_locale};
use crate::page_data::{lines, page_part};
use crate::source::{Answer, Source};
use crate::wording::format;
use crate::{t, wording};

/// Matches on one page.
const PAGE: usize = 20;

/// Loads and lists a page of matches.
#[component]
pub fn ResultsPanel(query: Memo<SearchQuery>) -> impl IntoView {
    let locale = use_locale();
    let source = Source::from_context();
    let load = move || {
        let (source, query) = (source.clone(), query.get_untracked());
        let asked = SearchItems { q: query.q.unwrap_or_default(), offset: query.offset, limit: PAGE };
        async move { source.search(asked).await }
    };
    let show = move |page| list(locale, query.get_untracked(), page);
    view! {
        <section class="card" aria-labelledby="results-title">
            <h2 id="results-title">{t!(locale, "results-title")}</h2>
            {page_part(move || query.with(SearchQuery::href), load, lines, show)}
        </section>
    }
    .into_any()
}

fn list(locale: Locale, query: SearchQuery, answer: Answer<ItemPage>) -> AnyView {
    let found = match answer {
        Ok(found) => found,
        Err(error) => {
            let again = (query.href(), t!(locale, "try-again"));
            return view! { <Failure text=wording::error(locale, &error) again/> }.into_any();
        }
    };
    let mark = wording::offline_mark(locale, found.provenance)
        .map(|text| view! { <Notice tone=Tone::Warn icon=Shape::Offline text/> });
    let page = found.value;
    if page.items.is_empty() {
        return view! {
            {mark}
            <Empty title=t!(locale, "results-none") hint=t!(locale, "results-none-hint")/>
        }
        .into_any();
    }
    let summary = t!(
        locale,
        "results-range",
        first = format::count(page.offset + 1),
        last = format::count(page.offset + page.items.len()),
        total = format::count(page.total)
    );
    let next = page.offset + page.items.len();
    let newer = (page.offset > 0).then(|| query.at(page.offset.saturating_sub(PAGE)).href());
    let older = (next < page.total).then(|| query.at(next).href());
    let rows: Vec<_> = page.items.into_iter().map(|item| row(locale, item)).collect();
    view! {
        {mark}
        <p class="muted" role="status">{summary}</p>
        <ul class="results">{rows}</ul>
        <nav class="paging" aria-label=t!(locale, "paging-label")>
            {newer.map(|href| view! {
                <a class="button" rel="prev" href=href><Icon shape=Shape::ChevronLeft/><span>{t!(locale, "paging-previous")}</span></a>
            })}
            {older.map(|href| view! {
                <a class="button" rel="next" href=href><span>{t!(locale, "paging-next")}</span><Icon shape=Shape::ChevronRight/></a>
            })}
        </nav>
    }
    .into_any()
}

fn row(locale: Locale, item: ItemSummary) -> impl IntoView {
    let code = item.code.as_str().to_owned();
    view! {
        <li class="results__row">
            <div class="results__what">
                <a class="results__code" href=item_path(&code)>{code.clone()}</a>
                {item.name.map(|name| view! { <span class="results__name">{name}</span> })}
                <p class="results__facts">{item.facts.join(" · ")}</p>
            </div>
            <span class="results__count">{t!(locale, "results-routings", n = item.n_routings)}</span>
            <a class="button" href=predict_path(&code)>
                {t!(locale, "results-predict")}<span class="visually-hidden">{format!(" {code}")}</span>
            </a>
        </li>
    }
}
