//! The whole model beside each of its base predictors and beside methods that need no model, on the same trials.

use contract::wire::{MethodKind, ModelCard, TrialMethod};
use leptos::prelude::*;

use crate::components::{Empty, Table, TwinBar};
use crate::locale::{Locale, use_locale};
use crate::t;
use crate::wording::format;

use super::curves::numbers_of;

/// One bar for each method; without enough trials it says so.
#[component]
pub fn MethodsCard(card: ModelCard) -> impl IntoView {
    let locale = use_locale();
    let content = match card.trial_methods.first() {
        None => view! { <Empty title=t!(locale, "model-too-few") hint=t!(locale, "model-too-few-hint")/> }.into_any(),
        Some(first) => bars(locale, first.n_trials, card.trial_methods),
    };
    view! {
        <section class="card" aria-labelledby="methods-title">
            <h2 id="methods-title">{t!(locale, "model-methods")}</h2>
            {content}
        </section>
    }
    .into_any()
}

fn bars(locale: Locale, n_trials: usize, methods: Vec<TrialMethod>) -> AnyView {
    let rows: Vec<_> = methods.into_iter().map(|method| row(locale, method)).collect();
    view! {
        <p class="muted">{t!(locale, "model-methods-text", n = format::count(n_trials))}</p>
        <Table class="table--methods" caption=numbers_of(locale, &t!(locale, "model-methods")) head=move || heads(locale)>{rows}</Table>
    }
    .into_any()
}

/// Heads of a table of methods, each with a bar.
pub fn heads(locale: Locale) -> AnyView {
    view! {
        <th scope="col" colspan="2">{t!(locale, "model-method")}</th>
        <th scope="col" class="num">{t!(locale, "model-right-first")}</th>
        <th scope="col" class="num">{t!(locale, "model-right-four")}</th>
    }
    .into_any()
}

fn row(locale: Locale, method: TrialMethod) -> AnyView {
    let is_chosen = method.kind == MethodKind::Model;
    view! {
        <tr>
            <th scope="row">{name(locale, &method.method)}</th>
            <td class="table__bar"><TwinBar inner=method.exact_at_1 outer=method.exact_at_4 is_chosen/></td>
            <td class="num">{format::percent(method.exact_at_1)}</td>
            <td class="num">{format::percent(method.exact_at_4)}</td>
        </tr>
    }
    .into_any()
}

/// A method in words; one that this version does not know keeps its code.
pub fn name(locale: Locale, method: &str) -> String {
    match method {
        "model" => t!(locale, "model-method-whole"),
        "commonest_route" => t!(locale, "model-method-commonest"),
        "copy_nearest" => t!(locale, "model-method-copy-nearest"),
        "copy_sentence" => t!(locale, "model-method-copy-sentence"),
        "family_majority" => t!(locale, "model-method-majority"),
        "knn_vote" => t!(locale, "model-method-knn"),
        "logistic" => t!(locale, "model-method-logistic"),
        "without_encoder" => t!(locale, "model-method-without-encoder"),
        "nearest_item" => t!(locale, "model-method-nearest"),
        other => base_predictor(locale, other),
    }
}

/// A base predictor of the engine, whose words are found by its code; an unknown one keeps its code.
fn base_predictor(locale: Locale, code: &str) -> String {
    let key = format!("model-method-{}", code.replace('_', "-"));
    if locale.loader().has(&key) { locale.loader().get(&key) } else { code.to_owned() }
}
