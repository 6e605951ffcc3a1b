//! What is predicted for, how own history is used, and how long a lot takes.

use std::sync::Arc;

use contract::address::{PredictQuery, item_path};
use contract::predict::PredictAnswer;
use contract::wire::{Contribution, OwnHistory};
use leptos::prelude::*;

use crate::components::{Badge, TabLink, Tabs, Tone};
use crate::locale::use_locale;
use crate::{t, wording};

use super::items::item_label;
use super::lot_form::LotForm;

/// Attributes that fit beside a title.
const FACTS: usize = 6;

/// The heading of one answer.
#[component]
pub fn Heading(answer: Arc<PredictAnswer>, query: Memo<PredictQuery>, chosen: Memo<usize>) -> impl IntoView {
    let locale = use_locale();
    let label = item_label(locale, &answer);
    let title = if answer.is_known {
        view! { <a class="title-link" href=item_path(answer.item.code.as_str())>{label}</a> }.into_any()
    } else {
        view! { <span>{label}</span> }.into_any()
    };
    let facts: Vec<_> = facts(&answer)
        .into_iter()
        .take(FACTS)
        .map(|(name, value)| {
            view! { <li><span class="chip"><span class="chip__label">{name.clone()}</span>" "{value.clone()}</span></li> }
        })
        .collect();
    let is_new = !answer.is_known;
    let edit = move || {
        query.with(PredictQuery::is_described).then(|| {
            view! { <li><a href=query.with(|query| query.edit().href())>{t!(locale, "predict-edit")}</a></li> }
        })
    };
    let own = answer.is_known.then(|| view! { <OwnSwitch query/> });
    view! {
        <div class="title-row">
            <div>
                <h1>{title}</h1>
                {answer.item.name.clone().map(|name| view! { <p class="lead">{name}</p> })}
                <ul class="chips">
                    {is_new.then(|| view! { <li><Badge tone=Tone::Accent text=t!(locale, "predict-is-new")/></li> })}
                    {facts}
                    {edit}
                </ul>
            </div>
            <div class="title-row__side">
                <LotForm answer=answer.clone() query chosen/>
                {own}
            </div>
        </div>
    }
    .into_any()
}

/// Attributes, those that made the nearest item similar first; the others follow in the order of the data.
fn facts(answer: &PredictAnswer) -> Vec<(&String, &String)> {
    let telling = answer.prediction.neighbours.first().map_or(&[][..], |nearest| &nearest.contributions);
    let tells = |name: &str| {
        let part = telling.iter().find(|part| part.feature == name);
        part.map_or(f64::NEG_INFINITY, Contribution::beyond_expected)
    };
    let mut facts: Vec<_> = answer.item.attributes.iter().collect();
    facts.sort_by(|(a, _), (b, _)| tells(b).total_cmp(&tells(a)));
    facts
}

/// Own routings first, beside, or ignored.
#[component]
fn OwnSwitch(query: Memo<PredictQuery>) -> impl IntoView {
    let locale = use_locale();
    let links = [OwnHistory::First, OwnHistory::Beside, OwnHistory::Ignore].map(|own| {
        let href = Signal::derive(move || query.with(|query| query.with_own(own).href()));
        let is_current = Signal::derive(move || query.with(|query| query.own == own));
        view! { <TabLink href is_current>{wording::own_history(locale, own)}</TabLink> }
    });
    view! {
        <div class="switch">
            <span class="switch__label" aria-hidden="true">{t!(locale, "own-label")}</span>
            <Tabs class="tabs--switch" label=t!(locale, "own-label")>{links.into_iter().collect_view()}</Tabs>
        </div>
    }
    .into_any()
}
