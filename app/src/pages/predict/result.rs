//! The answer to one request: which item, which candidate, and everything about it.

use std::sync::Arc;

use contract::address::PredictQuery;
use contract::predict::PredictAnswer;
use contract::wire::{DisputedJob, Prediction};
use leptos::prelude::*;

use crate::components::{Empty, Notice, Shape, SimilarList, Tone};
use crate::locale::{Locale, use_locale};
use crate::source::Sourced;
use crate::wording::{format, shown};
use crate::{t, wording};

use super::candidates::CandidateTabs;
use super::evidence::EvidencePanel;
use super::explanation::{ExplanationPanel, n_similar};
use super::heading::Heading;
use super::items::ItemTabs;
use super::operations::OperationsPanel;
use super::parts::parts;
use super::question::QuestionPanel;
use super::take::TakePanel;
use super::thumbs::Thumbs;

/// Similar items beside a candidate; the item's own page shows all.
const NEIGHBOURS: usize = 5;

/// All answers of one request, one of them shown.
#[component]
pub fn ResultPanel(found: Sourced<Vec<PredictAnswer>>, query: Memo<PredictQuery>) -> impl IntoView {
    let locale = use_locale();
    let mark = wording::offline_mark(locale, found.provenance)
        .map(|text| view! { <Notice tone=Tone::Warn icon=Shape::Offline text/> });
    let answers: Vec<Arc<PredictAnswer>> = found.value.into_iter().map(Arc::new).collect();
    let last = answers.len().saturating_sub(1);
    let shown = Memo::new(move |_| query.with(|query| query.shown.min(last)));
    let parts = parts(locale, &query.get_untracked(), answers.len());
    let tabs = (answers.len() > 1).then(|| view! { <ItemTabs answers=answers.clone() query shown/> });
    view! {
        {mark}
        {parts}
        {tabs}
        {move || match answers.get(shown.get()) {
            Some(answer) => view! { <OneAnswer answer=answer.clone() query/> }.into_any(),
            None => view! { <h1>{t!(locale, "predict-failed")}</h1><Empty title=t!(locale, "predict-nothing")/> }.into_any(),
        }}
    }
    .into_any()
}

/// Why there is no proposal, and what the predictors disagree on.
fn abstention(locale: Locale, prediction: &Prediction) -> String {
    let reason = wording::abstain_reason(locale, prediction.abstain_reason);
    let job = |disputed: &DisputedJob| {
        let name = disputed.job_name.clone().unwrap_or_else(|| disputed.job.to_string());
        format!("{name} {}", format::percent(disputed.share))
    };
    let jobs: Vec<String> = prediction.disputed.iter().map(job).collect();
    if jobs.is_empty() {
        reason
    } else {
        format!("{reason} {}", t!(locale, "abstain-disputed", jobs = jobs.join(", ")))
    }
}

#[component]
fn OneAnswer(answer: Arc<PredictAnswer>, query: Memo<PredictQuery>) -> impl IntoView {
    let locale = use_locale();
    let last = answer.prediction.candidates.len().saturating_sub(1);
    let chosen = Memo::new(move |_| query.with(|query| query.candidate.min(last)));
    let open = Memo::new(move |_| query.with(|query| query.operation));
    let abstained = answer.prediction.abstained.then(|| {
        view! { <Notice tone=Tone::Warn text=abstention(locale, &answer.prediction)/> }
    });
    let question = answer.prediction.question.clone().map(|question| {
        view! { <QuestionPanel question answer=answer.clone() query/> }
    });
    let explanation = (n_similar(&answer.prediction.candidates) > 1).then(|| {
        view! { <ExplanationPanel answer=answer.clone() query chosen/> }
    });
    let has_candidates = !answer.prediction.candidates.is_empty();
    let candidates = has_candidates.then(|| view! { <CandidateTabs answer=answer.clone() query chosen/> });
    // Where nothing is proposed, there is no candidate to give reasons for.
    let why = if has_candidates { t!(locale, "why-title") } else { t!(locale, "item-similar") };
    let main = {
        let answer = answer.clone();
        move || {
            let answer = answer.clone();
            let at = chosen.get();
            has_candidates.then(|| {
                view! {
                    <div class="card card--flush">
                        <OperationsPanel answer=answer.clone() at query open/>
                        <div class="predict__actions"><TakePanel answer=answer.clone() at/><Thumbs answer at/></div>
                    </div>
                }
            })
        }
    };
    let evidence = {
        let answer = answer.clone();
        move || evidence(locale, &answer, chosen.get(), open.get(), query)
    };
    view! {
        <Heading answer=answer.clone() query chosen/>
        {abstained}
        {question}
        {candidates}
        <div class="predict">
            <div class="predict__main">{main}{explanation}</div>
            <aside class="predict__side" aria-label=t!(locale, "evidence-side-label")>
                {evidence}
                <section class="card" aria-labelledby="why-title">
                    <h2 id="why-title">{why}</h2>
                    {neighbours(locale, &answer)}
                    {answer.prediction.is_of_later_data.then(|| view! { <p class="muted">{t!(locale, "why-later-data")}</p> })}
                    {receipt(locale, &answer.prediction)}
                </section>
            </aside>
        </div>
    }
    .into_any()
}

fn evidence(
    locale: Locale,
    answer: &Arc<PredictAnswer>,
    chosen: usize,
    open: Option<u32>,
    query: Memo<PredictQuery>,
) -> AnyView {
    let Some(candidate) = answer.prediction.candidates.get(chosen) else { return ().into_any() };
    let place = open.and_then(|place| usize::try_from(place).ok()?.checked_sub(1));
    match place.and_then(|at| candidate.operations.get(at)) {
        Some(operation) => view! { <EvidencePanel operation=operation.clone() query/> }.into_any(),
        None => view! { <p class="card muted predict__hint">{t!(locale, "evidence-hint")}</p> }.into_any(),
    }
}

/// By what this very answer can be made again. The picture comes from the server, so that it is asked for when it is opened.
fn receipt(locale: Locale, prediction: &Prediction) -> AnyView {
    let whole = prediction.receipt.to_string();
    let label = t!(locale, "receipt-picture", receipt = whole.as_str());
    view! {
        <details class="receipt muted">
            <summary>
                {wording::model(locale, &prediction.model)}" · "
                {t!(locale, "receipt-short", receipt = prediction.receipt.short())}
            </summary>
            <p>{t!(locale, "receipt-text")}</p>
            <img class="receipt__picture" src=format!("/api/v1/receipts/{whole}/qr.svg") alt=label width="132" height="132" loading="lazy"/>
            <code class="receipt__digits">{whole}</code>
        </details>
    }
    .into_any()
}

fn neighbours(locale: Locale, answer: &PredictAnswer) -> AnyView {
    let neighbours = &answer.prediction.neighbours;
    if neighbours.is_empty() {
        return view! { <Empty title=t!(locale, "why-none")/> }.into_any();
    }
    let rows = neighbours.iter().take(NEIGHBOURS).map(|neighbour| shown::similar(locale, neighbour)).collect();
    view! {
        <p class="muted">{t!(locale, "why-text")}</p>
        <SimilarList rows why=t!(locale, "similar-why")/>
    }
    .into_any()
}
