//! Lot size, and the time that the chosen candidate takes for it.

use std::sync::Arc;

use contract::address::{MAX_LOT, Page, PredictQuery, own_code};
use contract::predict::PredictAnswer;
use contract::wire::WireForm;
use engine::predict::LotTime;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::Form;
use leptos_router::hooks::use_navigate;

use crate::locale::{Locale, use_locale};
use crate::t;
use crate::wording::format;

/// A GET form that keeps everything else of the address; with scripts a new number applies at once.
#[component]
pub fn LotForm(answer: Arc<PredictAnswer>, query: Memo<PredictQuery>, chosen: Memo<usize>) -> impl IntoView {
    let locale = use_locale();
    let navigate = use_navigate();
    let apply = move |event| {
        if let Ok(lot) = event_target_value(&event).trim().parse() {
            let options = NavigateOptions { scroll: false, replace: true, ..NavigateOptions::default() };
            navigate(&query.with_untracked(|query| query.with_lot(lot).href()), options);
        }
    };
    let lot = Memo::new(move |_| query.with(|query| query.lot));
    let total = move || {
        let candidate = answer.prediction.candidates.get(chosen.get())?;
        let operations: Vec<_> = candidate.operations.iter().cloned().map(WireForm::into_domain).collect();
        Some(total(locale, LotTime::total(&operations, lot.get())))
    };
    view! {
        <Form method="GET" action=Page::Predict.path() noscroll=true attr:class="lot">
            {move || query.with(hidden)}
            <label for="lot">{t!(locale, "lot-label")}</label>
            <input class="input input--short num" id="lot" name="lot" type="number" inputmode="numeric" min="1"
                max=MAX_LOT step="1" value=move || lot.get().to_string() prop:value=move || lot.get().to_string()
                on:change=apply/>
            <button class="button lot__apply" type="submit">{t!(locale, "lot-apply")}</button>
            <output class="lot__total" for="lot">{total}</output>
        </Form>
    }
    .into_any()
}

fn hidden(query: &PredictQuery) -> AnyView {
    let mut pairs = query.asked();
    pairs.push(("own".into(), own_code(query.own).into()));
    pairs.push(("s".into(), query.shown.to_string()));
    pairs.push(("c".into(), query.candidate.to_string()));
    pairs
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view()
        .into_any()
}

fn total(locale: Locale, time: LotTime) -> AnyView {
    let range = || t!(locale, "lot-range", p50 = format::minutes(time.p50), p80 = format::minutes(time.p80));
    match (time.is_any_known, time.n_unknown) {
        (true, 0) => view! {
            <strong class="num">{range()}</strong>
            " "
            <span class="muted">{t!(locale, "quantiles")}</span>
        }
        .into_any(),
        (true, n) => view! {
            <strong class="num">"≥ "{range()}</strong>
            " "
            <span class="muted">{t!(locale, "lot-unknown-part", n = n)}</span>
        }
        .into_any(),
        (false, _) => view! { <span class="muted">{t!(locale, "lot-unknown")}</span> }.into_any(),
    }
}
