//! What the model is and what it learnt from.

use contract::plant::ActiveModel;
use leptos::prelude::*;

use crate::locale::use_locale;
use crate::t;
use crate::wording::format;

/// Facts of the card, unknown where they were not measured.
#[component]
pub fn FactsCard(model: ActiveModel) -> impl IntoView {
    let locale = use_locale();
    let card = model.card;
    let recall = card.index_recall_at_10.map_or_else(|| t!(locale, "unknown"), format::percent);
    let rows = [
        (t!(locale, "model-id"), model.id.short().to_owned()),
        (t!(locale, "model-trained"), format::day_and_minute(&model.trained_at)),
        (t!(locale, "plant-items"), format::count(card.n_items)),
        (t!(locale, "plant-items-with-routing"), format::count(card.n_items_with_routing)),
        (t!(locale, "plant-routings"), format::count(card.n_routings)),
        (t!(locale, "model-routes"), format::count(card.n_distinct_routes)),
        (t!(locale, "plant-results"), format::count(card.n_results)),
        (t!(locale, "model-families"), format::count(card.n_families)),
        (t!(locale, "model-recall"), recall),
        (t!(locale, "model-size"), format::bytes(model.size_bytes)),
        (t!(locale, "model-seed"), card.seed.to_string()),
    ]
    .map(|(label, value)| view! { <div class="facts__row"><dt>{label}</dt><dd class="num">{value}</dd></div> });
    view! {
        <section class="card model__facts" aria-labelledby="model-facts-title">
            <h2 id="model-facts-title">{t!(locale, "model-facts")}</h2>
            <dl class="facts">{rows.into_iter().collect_view()}</dl>
        </section>
    }
    .into_any()
}
