//! Engine answers as rows that components can draw.
//!
//! Comes in: domain values. Goes out: plain structs of `components`. Never does: HTML, loading.

use contract::address::{PredictQuery, item_path};
use contract::codes::UnknownCode;
use contract::wire::{Contribution, Neighbour};

use crate::components::{BarRow, MeantRow, SimilarRow};
use crate::locale::Locale;
use crate::wording::format;
use crate::{t, wording};

/// Parts of a score that are worth a bar; the rest would be slivers.
const MAX_PARTS: usize = 5;

/// A similar item as a row.
pub fn similar(locale: Locale, neighbour: &Neighbour) -> SimilarRow {
    SimilarRow {
        href: item_path(neighbour.item.as_str()),
        code: neighbour.item.as_str().to_owned(),
        name: neighbour.name.clone(),
        score: neighbour.score,
        score_text: format::percent(neighbour.score),
        parts: parts(locale, &neighbour.contributions),
    }
}

/// A code that no item has, with those that may be meant; `href` is where one of them leads.
pub fn meant(locale: Locale, unknown: &UnknownCode, href: impl Fn(&str) -> String) -> MeantRow {
    let code = unknown.code.as_str();
    let text = match (unknown.is_ambiguous, unknown.did_you_mean.is_empty()) {
        (true, _) => t!(locale, "unknown-ambiguous"),
        (false, false) => t!(locale, "unknown-near"),
        (false, true) => t!(locale, "unknown-nothing-near"),
    };
    let offer =
        |near: &contract::codes::NamedCode| (href(near.code.as_str()), near.code.to_string(), near.name.clone());
    let described = PredictQuery { new_code: code.to_owned(), is_edited: true, ..PredictQuery::default() };
    MeantRow {
        typed: code.to_owned(),
        text,
        offers: unknown.did_you_mean.iter().map(offer).collect(),
        other: (described.href(), t!(locale, "unknown-describe")),
    }
}

/// The largest parts of a score, their bars relative to the largest.
pub fn parts(locale: Locale, contributions: &[Contribution]) -> Vec<BarRow> {
    let largest = contributions.iter().map(|part| part.value).fold(0.0, f64::max);
    contributions
        .iter()
        .filter(|part| part.value > 0.0)
        .take(MAX_PARTS)
        .map(|part| BarRow {
            label: wording::feature(locale, &part.feature),
            share: part.value / largest,
            text: format::percent(part.value),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_relative_to_the_largest_and_never_empty_bars() {
        let part = |feature: &str, value| Contribution { feature: feature.into(), value };
        let rows = parts(Locale::En, &[part("part_type", 0.4), part("item_nm", 0.1), part("x", 0.0)]);
        assert_eq!(rows.len(), 2);
        assert_eq!((rows[0].label.as_str(), rows[0].share, rows[0].text.as_str()), ("part_type", 1.0, "40%"));
        assert_eq!(rows[1].share, 0.25);
        assert_ne!(rows[1].label, "item_nm");
        assert!(parts(Locale::Ko, &[]).is_empty());
    }
}
