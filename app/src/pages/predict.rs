//! Candidate routings for items that exist or do not exist yet.

mod candidates;
mod contest;
mod evidence;
mod explanation;
mod form;
mod heading;
mod items;
mod lot;
mod lot_form;
mod operations;
mod parts;
mod preview;
mod question;
mod result;
mod take;
mod thumbs;
mod time_cell;
mod unknown;

use contract::address::{Page, PredictQuery};
use contract::error::ApiError;
use contract::predict::PredictAnswer;
use leptos::prelude::*;

use crate::components::Failure;
use crate::locale::{Locale, use_locale};
use crate::page_address::page_query;
use crate::page_data::{lines, page_part};
use crate::shell::{PageTitle, set_status};
use crate::source::{Answer, Source};
use crate::{t, wording};

use form::FormPanel;
use preview::PreviewPanel;
use result::ResultPanel;
use unknown::unknown_panel;

/// `/predict?code=…` or `/predict?item_nm=…&a.<attribute>=…`; without either, the forms.
#[component]
pub fn PredictPage() -> impl IntoView {
    let locale = use_locale();
    let raw = page_query(Page::Predict.path());
    let query = Memo::new(move |_| raw.with(|raw| PredictQuery::parse(raw)));
    let is_asking = Memo::new(move |_| query.with(asks));
    let is_preview = Memo::new(move |_| query.with(|query| !query.is_edited && query.is_preview()));
    // What was asked last: when the form takes its place, nothing of the answer changes any more while it goes away.
    let asked = Memo::new(move |before: Option<&PredictQuery>| {
        let now = query.get();
        if asks(&now) { now } else { before.cloned().unwrap_or(now) }
    });
    view! {
        <PageTitle text=t!(locale, "predict-title")/>
        {move || {
            if is_asking.get() {
                view! { <AnswerPanel query=asked/> }.into_any()
            } else if is_preview.get() {
                view! { <PreviewPanel query=query.get_untracked()/> }.into_any()
            } else {
                view! { <FormPanel query=query.get_untracked()/> }.into_any()
            }
        }}
    }
    .into_any()
}

/// Whether an answer is wanted, and not a form.
fn asks(query: &PredictQuery) -> bool {
    !query.is_edited && !query.is_empty() && !query.is_preview()
}

/// Asks once per request; which candidate or operation is looked at changes only what is shown.
#[component]
fn AnswerPanel(query: Memo<PredictQuery>) -> impl IntoView {
    let locale = use_locale();
    let source = Source::from_context();
    let request = Memo::new(move |_| query.with(PredictQuery::request));
    let load = move || {
        let (source, request) = (source.clone(), request.get_untracked());
        async move {
            let answer = source.predict(request?).await;
            if let Err(error) = &answer {
                set_status(error.status());
            }
            Some(answer)
        }
    };
    let loading = move || view! { <h1>{t!(locale, "predict-loading")}</h1>{lines()} }.into_any();
    // The words of a request stand in one order, so that equal requests are equal texts.
    let key = move || request.with(|request| serde_json::to_string(request).unwrap_or_default());
    page_part(key, load, loading, move |answer| show(locale, query, answer))
}

fn show(locale: Locale, query: Memo<PredictQuery>, answer: Option<Answer<Vec<PredictAnswer>>>) -> AnyView {
    match answer {
        None => ().into_any(),
        Some(Ok(found)) => view! { <ResultPanel found query/> }.into_any(),
        Some(Err(ApiError::UnknownCodes { unknown })) => unknown_panel(locale, &query.get_untracked(), &unknown),
        Some(Err(error)) => {
            let again = (query.get_untracked().href(), t!(locale, "try-again"));
            view! {
                <h1>{t!(locale, "predict-failed")}</h1>
                <Failure text=wording::error(locale, &error) again/>
                <p><a href=Page::Predict.path()>{t!(locale, "predict-other")}</a></p>
            }
            .into_any()
        }
    }
}
