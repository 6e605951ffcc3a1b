//! How often the model is wrong, silent or too sure, on items that were held out while it was trained.

use contract::wire::ModelCard;
use leptos::prelude::*;

use crate::locale::use_locale;
use crate::t;
use crate::wording::format;

/// Three measured shares; one that was not measured is said to be unknown.
#[component]
pub fn MissesCard(card: ModelCard) -> impl IntoView {
    let locale = use_locale();
    let unknown = || t!(locale, "unknown");
    let share = |share: Option<f64>| share.map_or_else(unknown, format::percent);
    let figures = [
        (
            share(card.trial_exact_at_1.map(|right| 1.0 - right)),
            t!(locale, "model-wrong"),
            t!(locale, "model-wrong-hint"),
        ),
        (
            share(card.trial_answered_share.map(|answered| 1.0 - answered)),
            t!(locale, "model-silent"),
            t!(locale, "model-silent-hint"),
        ),
        (share(card.calibration_ece), t!(locale, "model-error"), t!(locale, "model-error-hint")),
    ]
    .map(|(figure, label, hint)| {
        view! {
            <div class="figure">
                <dt class="figure__label">{label}</dt>
                <dd class="figure__value num">{figure}</dd>
                <dd class="figure__hint muted">{hint}</dd>
            </div>
        }
    });
    view! {
        <section class="card" aria-labelledby="misses-title">
            <h2 id="misses-title">{t!(locale, "model-misses")}</h2>
            <dl class="figures">{figures.into_iter().collect_view()}</dl>
        </section>
    }
    .into_any()
}
