//! The one question that would help most: likely answers as links that ask again, and a field for any other.

use contract::address::{Page, PredictQuery, own_code};
use contract::predict::PredictAnswer;
use contract::wire::{FeatureKind, Question, QuestionValue};
use leptos::prelude::*;
use leptos_router::components::Form;

use crate::locale::{Locale, use_locale};
use crate::wording::format;
use crate::{t, wording};

/// Below an abstention or an unsure answer. Each answer makes an address of its own, so it works without scripts.
#[component]
pub fn QuestionPanel(
    question: Question,
    answer: std::sync::Arc<PredictAnswer>,
    query: Memo<PredictQuery>,
) -> impl IntoView {
    let locale = use_locale();
    let attribute = wording::feature(locale, &question.attribute);
    let (now, after) = (format::percent(question.confidence_prob), format::percent(question.expected_prob));
    let text = t!(locale, "question-text", now = now, after = after);
    let described = {
        let item = answer.item.clone();
        Memo::new(move |_| query.with(|query| query.describe(&item)))
    };
    // A number stands for a range, a text or code for all that differ from it in digits only.
    let is_example = !matches!(question.kind, FeatureKind::Category | FeatureKind::Flag);
    let name = question.attribute.clone();
    let values: Vec<_> =
        question.values.iter().map(|value| answer_link(locale, value, is_example, described, name.clone())).collect();
    let mode = (question.kind == FeatureKind::Number).then_some("decimal");
    let field = PredictQuery::field(&question.attribute);
    view! {
        <section class="card question" aria-labelledby="question-title">
            <h2 id="question-title">{t!(locale, "question-title", attribute = attribute.as_str())}</h2>
            <p class="muted">{text}</p>
            <ul class="question__answers">{values}</ul>
            <Form method="GET" action=Page::Predict.path() attr:class="question__other">
                {move || described.with(hidden)}
                <label for="question-other">{t!(locale, "question-other")}</label>
                <input class="input" id="question-other" name=field required maxlength="200" autocomplete="off" inputmode=mode/>
                <button class="button" type="submit">{t!(locale, "codes-submit")}</button>
            </Form>
        </section>
    }
    .into_any()
}

fn answer_link(
    locale: Locale,
    value: &QuestionValue,
    is_example: bool,
    described: Memo<PredictQuery>,
    attribute: String,
) -> impl IntoView + use<> {
    let told = value.value.clone();
    let text = if is_example { t!(locale, "question-example", value = told.as_str()) } else { told.clone() };
    let href = move || described.with(|query| query.tell(&attribute, &told).href());
    let (share, confidence) = (format::percent(value.share), format::percent(value.confidence_prob));
    view! {
        <li>
            <a class="button question__answer" href=href>
                <span>{text}</span>
                <span class="muted">{t!(locale, "question-answer", share = share, confidence = confidence)}</span>
            </a>
        </li>
    }
}

/// What is known already.
fn hidden(query: &PredictQuery) -> AnyView {
    let mut pairs = query.asked();
    pairs.push(("own".into(), own_code(query.own).into()));
    pairs.push(("lot".into(), query.lot.to_string()));
    pairs
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view()
        .into_any()
}
