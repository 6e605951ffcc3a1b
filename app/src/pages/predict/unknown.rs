//! Codes that no item has: which may be meant, and how to go on without them.

use contract::address::PredictQuery;
use contract::codes::UnknownCode;
use leptos::prelude::*;

use crate::components::MeantList;
use crate::locale::Locale;
use crate::t;
use crate::wording::shown;

/// In the place of an answer. Nothing was predicted yet.
pub fn unknown_panel(locale: Locale, query: &PredictQuery, unknown: &[UnknownCode]) -> AnyView {
    let meant =
        |one: &UnknownCode| shown::meant(locale, one, |code| query.with_code(one.code.as_str(), Some(code)).href());
    let rows = unknown.iter().map(meant).collect();
    let without = unknown.iter().fold(query.clone(), |query, one| query.with_code(one.code.as_str(), None));
    let go_on = (!without.is_empty()).then(|| {
        let text = t!(locale, "unknown-go-on", n = without.n_asked());
        view! { <a class="button button--filled" href=without.href()>{text}</a> }
    });
    // Only where something besides the code is known of them.
    let as_new = (!query.pasted.is_empty()).then(|| {
        view! { <a class="button" href=query.with_new().href()>{t!(locale, "unknown-as-new")}</a> }
    });
    view! {
        <h1>{t!(locale, "unknown-title", n = unknown.len())}</h1>
        <p class="lead">{t!(locale, "unknown-lead")}</p>
        <MeantList rows/>
        <div class="actions">{go_on}{as_new}</div>
    }
    .into_any()
}
