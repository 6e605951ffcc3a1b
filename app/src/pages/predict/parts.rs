//! More items than one request holds: which of them are shown, and the way to the others.

use contract::address::PredictQuery;
use leptos::prelude::*;

use crate::components::{Icon, Shape};
use crate::locale::Locale;
use crate::t;
use crate::wording::format;

/// Nothing where one part holds all.
pub fn parts(locale: Locale, query: &PredictQuery, n_shown: usize) -> Option<AnyView> {
    let (first, n_asked) = (query.first(), query.n_asked());
    let last = first + n_shown;
    if n_shown == n_asked {
        return None;
    }
    let text = t!(
        locale,
        "results-range",
        first = format::count(first + 1),
        last = format::count(last),
        total = format::count(n_asked)
    );
    let before = (first > 0).then(|| query.turn(query.part.saturating_sub(1)).href());
    let after = (last < n_asked).then(|| query.turn(query.part + 1).href());
    let nav = view! {
        <nav class="paging" aria-label=t!(locale, "paging-label")>
            <span class="muted">{text}</span>
            {before.map(|href| view! {
                <a class="button" rel="prev" href=href><Icon shape=Shape::ChevronLeft/><span>{t!(locale, "paging-previous")}</span></a>
            })}
            {after.map(|href| view! {
                <a class="button" rel="next" href=href><span>{t!(locale, "paging-next")}</span><Icon shape=Shape::ChevronRight/></a>
            })}
        </nav>
    };
    Some(nav.into_any())
}
