//! Which of several items is looked at.

use std::sync::Arc;

use contract::address::PredictQuery;
use contract::predict::PredictAnswer;
use leptos::prelude::*;

use crate::components::{TabLink, Tabs};
use crate::locale::{Locale, use_locale};
use crate::t;
use crate::wording::format;

use super::candidates::record;

/// One link per item, with the confidence of its first candidate or the word for none.
#[component]
pub fn ItemTabs(answers: Vec<Arc<PredictAnswer>>, query: Memo<PredictQuery>, shown: Memo<usize>) -> impl IntoView {
    let locale = use_locale();
    let links: Vec<_> = answers
        .iter()
        .enumerate()
        .map(|(at, answer)| {
            let href = Signal::derive(move || query.with(|query| query.show(at).href()));
            let is_current = Signal::derive(move || shown.get() == at);
            let (label, outcome) = (item_label(locale, answer), outcome(locale, answer));
            view! {
                <TabLink href is_current>
                    <span class="tabs__title">{label}</span>
                    <span class="muted">{outcome}</span>
                </TabLink>
            }
        })
        .collect();
    view! { <Tabs class="tabs--items" label=t!(locale, "predict-items-label")>{links}</Tabs> }.into_any()
}

/// Code of the item, or the words for one that has none yet.
pub(super) fn item_label(locale: Locale, answer: &PredictAnswer) -> String {
    let code = answer.item.code.as_str();
    if code.is_empty() { t!(locale, "predict-new-item") } else { code.to_owned() }
}

fn outcome(locale: Locale, answer: &PredictAnswer) -> String {
    match answer.prediction.candidates.first() {
        None => t!(locale, "candidate-none"),
        Some(first) => match first.confidence_prob {
            Some(prob) => format::percent(prob),
            None => record(locale, &first.origin),
        },
    }
}
