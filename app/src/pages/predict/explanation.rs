//! Why the first candidate and not the next: asked for when it is opened, because it costs many predictions.

use std::sync::Arc;

use contract::address::PredictQuery;
use contract::explain::ExplainRequest;
use contract::predict::PredictAnswer;
use contract::wire::{Candidate, Contest, Explanation, Origin};
use leptos::prelude::*;

use crate::components::{Failure, Icon, Shape};
use crate::locale::{Locale, use_locale};
use crate::page_data::{lines, page_part};
use crate::source::{Answer, Source};
use crate::{t, wording};

use super::contest::contest;

/// Closed, a link; open, the reasons for the candidate that is looked at.
#[component]
pub fn ExplanationPanel(answer: Arc<PredictAnswer>, query: Memo<PredictQuery>, chosen: Memo<usize>) -> impl IntoView {
    let locale = use_locale();
    let is_open = Memo::new(move |_| query.with(|query| query.is_explained));
    move || {
        let answer = answer.clone();
        if is_open.get() {
            view! { <Open answer query chosen/> }.into_any()
        } else {
            let href = move || query.with(|query| query.explain(true).href());
            view! {
                <a class="button explanation__open" href=href data-noscroll="true">{t!(locale, "explain-open")}</a>
            }
            .into_any()
        }
    }
}

/// Candidates that similar items are the reason for: only these are weighed against each other.
pub fn n_similar(candidates: &[Candidate]) -> usize {
    candidates.iter().filter(|candidate| candidate.origin == Origin::Similar).count()
}

#[component]
fn Open(answer: Arc<PredictAnswer>, query: Memo<PredictQuery>, chosen: Memo<usize>) -> impl IntoView {
    let locale = use_locale();
    let source = Source::from_context();
    let request = ExplainRequest { code: None, item: Some(answer.item.clone()) };
    // The words of a request stand in one order, so that equal requests are equal texts.
    let key = serde_json::to_string(&request).unwrap_or_default();
    let load = move || {
        let (source, request) = (source.clone(), request.clone());
        async move { source.explain(request).await }
    };
    let close = move || query.with(|query| query.explain(false).href());
    let body = page_part(
        move || key.clone(),
        load,
        lines,
        move |found: Answer<Explanation>| show(locale, found, answer.clone(), chosen),
    );
    view! {
        <section class="card explanation" aria-labelledby="explain-title">
            <div class="evidence__head">
                <h2 id="explain-title">{t!(locale, "explain-open")}</h2>
                <a class="button button--quiet button--icon" href=close data-noscroll="true">
                    <Icon shape=Shape::Close/>
                    <span class="visually-hidden">{t!(locale, "evidence-close")}</span>
                </a>
            </div>
            {body}
        </section>
    }
    .into_any()
}

fn show(locale: Locale, found: Answer<Explanation>, answer: Arc<PredictAnswer>, chosen: Memo<usize>) -> AnyView {
    let explanation = match found {
        Ok(found) => Arc::new(found.value),
        Err(error) => return view! { <Failure text=wording::error(locale, &error)/> }.into_any(),
    };
    let body = move || {
        let candidates = &answer.prediction.candidates;
        let found = candidates.get(chosen.get()).and_then(|candidate| contest_of(&explanation, candidate));
        match found {
            Some(found) => {
                let name = |of: &contract::wire::Contestant| name(locale, candidates, of);
                contest(locale, found, &name(&found.first), &name(&found.other))
            }
            None => view! { <p class="muted">{t!(locale, "explain-none")}</p> }.into_any(),
        }
    };
    body.into_any()
}

/// The contest that says most about a candidate: the first one's with the second, any other's with the first.
fn contest_of<'a>(explanation: &'a Explanation, candidate: &Candidate) -> Option<&'a Contest> {
    let is_it =
        |jobs: &[engine::domain::JobCode]| jobs.iter().eq(candidate.operations.iter().map(|operation| &operation.job));
    let as_other = explanation.contests.iter().find(|contest| is_it(&contest.other.jobs));
    as_other.or_else(|| explanation.contests.first().filter(|contest| is_it(&contest.first.jobs)))
}

/// A candidate as its tab names it; one that the item's own routing stands for is named by that routing.
fn name(locale: Locale, candidates: &[Candidate], of: &contract::wire::Contestant) -> String {
    let is_it = |candidate: &&Candidate| of.jobs.iter().eq(candidate.operations.iter().map(|operation| &operation.job));
    let similar = candidates.iter().filter(|candidate| candidate.origin == Origin::Similar).find(is_it);
    match similar.or_else(|| candidates.iter().find(is_it)) {
        Some(candidate) => super::candidates::title(locale, candidate),
        None => t!(locale, "explain-unshown"),
    }
}
