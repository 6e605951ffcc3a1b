//! Which candidate is looked at.

use std::sync::Arc;

use contract::address::PredictQuery;
use contract::predict::PredictAnswer;
use contract::wire::{Candidate, Origin};
use leptos::prelude::*;

use crate::components::{Badge, Meter, TabLink, Tabs};
use crate::locale::{Locale, use_locale};
use crate::wording::format;
use crate::{t, wording};

/// Jobs named on a tab; the table below has them all.
const NAMED: usize = 3;

/// One link per candidate. A routing of the item's own history and a standard one are records and carry no percentage.
#[component]
pub fn CandidateTabs(answer: Arc<PredictAnswer>, query: Memo<PredictQuery>, chosen: Memo<usize>) -> impl IntoView {
    let locale = use_locale();
    let links: Vec<_> = answer
        .prediction
        .candidates
        .iter()
        .enumerate()
        .map(|(at, candidate)| {
            let href = Signal::derive(move || query.with(|query| query.choose(at).href()));
            let is_current = Signal::derive(move || chosen.get() == at);
            let content = tab(locale, candidate);
            view! { <TabLink href is_current>{content}</TabLink> }
        })
        .collect();
    view! { <Tabs class="tabs--candidates" label=t!(locale, "candidates-label")>{links}</Tabs> }.into_any()
}

fn tab(locale: Locale, candidate: &Candidate) -> impl IntoView + use<> {
    let title = title(locale, candidate);
    let confidence = match candidate.confidence_prob {
        Some(prob) => {
            let (word, tone) = wording::confidence(locale, prob);
            view! { <Meter share=prob text=format::percent(prob) word tone/> }.into_any()
        }
        None => view! { <Badge text=record(locale, &candidate.origin)/> }.into_any(),
    };
    view! {
        <span class="tabs__title">{title}</span>
        <span class="tabs__summary">{summary(candidate)}</span>
        <span class="muted">{t!(locale, "routing-operations", n = candidate.operations.len())}</span>
        {confidence}
    }
}

/// What a candidate is called.
pub(super) fn title(locale: Locale, candidate: &Candidate) -> String {
    match &candidate.origin {
        Origin::Similar => t!(locale, "candidate-rank", rank = candidate.rank),
        Origin::OwnHistory { routing } => t!(locale, "candidate-own", id = routing.as_str()),
        Origin::Standard { item, routing: Some(_) } => item.to_string(),
        Origin::Standard { item, routing: None } => t!(locale, "candidate-composed", code = item.as_str()),
    }
}

/// What kind of record a candidate without a percentage is.
pub(super) fn record(locale: Locale, origin: &Origin) -> String {
    match origin {
        Origin::Standard { .. } => t!(locale, "candidate-standard"),
        Origin::OwnHistory { .. } | Origin::Similar => t!(locale, "candidate-existing"),
    }
}

/// The first job names in order, with a mark when there are more.
fn summary(candidate: &Candidate) -> String {
    let names = candidate
        .operations
        .iter()
        .take(NAMED)
        .map(|operation| operation.job_name.clone().unwrap_or_else(|| operation.job.to_string()));
    let mut text = names.collect::<Vec<_>>().join(" → ");
    if candidate.operations.len() > NAMED {
        text.push_str(" → …");
    }
    text
}
