//! Engine answers as rows that components can draw.
//!
//! Comes in: domain values. Goes out: plain structs of `components`. Never does: HTML, loading.

use contract::address::{PredictQuery, item_path};
use contract::codes::UnknownCode;
use contract::wire::{Contribution, Neighbour};

use crate::components::{MeantRow, ReasonRow, Reasons, SimilarRow};
use crate::locale::Locale;
use crate::wording::format;
use crate::{t, wording};

/// Reasons that are told one by one; the others are one line together.
const MAX_IN_FAVOUR: usize = 5;
/// The same of what speaks against.
const MAX_AGAINST: usize = 3;
/// What would be shown as zero points is no reason.
const LEAST_SHOWN: f64 = 0.0005;

/// A similar item as a row.
pub fn similar(locale: Locale, neighbour: &Neighbour) -> SimilarRow {
    SimilarRow {
        href: item_path(neighbour.item.as_str()),
        code: neighbour.item.as_str().to_owned(),
        name: neighbour.name.clone(),
        score: neighbour.score,
        score_text: format::percent(neighbour.score),
        reasons: (!neighbour.contributions.is_empty()).then(|| reasons(locale, neighbour)),
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

/// What says most for a neighbour and against it, beyond what any two items share.
fn reasons(locale: Locale, neighbour: &Neighbour) -> Reasons {
    let mut parts: Vec<&Contribution> =
        neighbour.contributions.iter().filter(|part| part.beyond_expected().abs() >= LEAST_SHOWN).collect();
    parts.sort_by(|a, b| b.beyond_expected().total_cmp(&a.beyond_expected()));
    let n_for = parts.iter().filter(|part| part.beyond_expected() > 0.0).count();
    let (for_it, against_it) = parts.split_at(n_for);
    let in_favour: Vec<&Contribution> = for_it.iter().take(MAX_IN_FAVOUR).copied().collect();
    let against: Vec<&Contribution> = against_it.iter().rev().take(MAX_AGAINST).copied().collect();
    let told: f64 = in_favour.iter().chain(&against).map(|part| part.beyond_expected()).sum();
    let n_others = neighbour.contributions.len() - in_favour.len() - against.len();
    let mut sums = Vec::new();
    if n_others > 0 {
        let points = format::signed_points(neighbour.score - neighbour.expected - told);
        sums.push((t!(locale, "similar-others", n = n_others), points));
    }
    if neighbour.expected > 0.0 {
        sums.push((t!(locale, "similar-expected"), format::signed_points(neighbour.expected)));
    }
    sums.push((t!(locale, "similar-score"), format::points(neighbour.score)));
    let head = [
        t!(locale, "attribute-name"),
        t!(locale, "similar-asked"),
        t!(locale, "similar-found"),
        t!(locale, "similar-points"),
    ];
    let rows = |parts: Vec<&Contribution>| parts.into_iter().map(|part| reason(locale, part)).collect();
    Reasons {
        head,
        in_favour: rows(in_favour),
        against: rows(against),
        against_title: t!(locale, "similar-against"),
        sums,
    }
}

fn reason(locale: Locale, part: &Contribution) -> ReasonRow {
    let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "–".into());
    ReasonRow {
        label: wording::feature(locale, &part.feature),
        asked: value(&part.query_value),
        found: value(&part.neighbour_value),
        difference: part.difference.map(format::difference),
        points: format::signed_points(part.beyond_expected()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(feature: &str, value: f64, expected: f64) -> Contribution {
        let [query_value, neighbour_value] = [Some("1".into()), None];
        Contribution { feature: feature.into(), value, expected, query_value, neighbour_value, difference: None }
    }

    fn neighbour(contributions: Vec<Contribution>) -> Neighbour {
        let sum = |of: fn(&Contribution) -> f64| contributions.iter().map(of).sum();
        let (score, expected) = (sum(|part| part.value), sum(|part| part.expected));
        Neighbour { item: "N".into(), name: None, score, expected, contributions }
    }

    #[test]
    fn what_any_two_items_share_is_no_reason() {
        let unit = part("unit", 0.1, 0.1);
        let drawing = Contribution { neighbour_value: Some("2G".into()), ..part("drawing", 0.3, 0.01) };
        let material = part("material", 0.0, 0.05);
        let shown = reasons(Locale::En, &neighbour(vec![drawing, unit, material]));
        let rows =
            |rows: &[ReasonRow]| rows.iter().map(|row| (row.label.clone(), row.points.clone())).collect::<Vec<_>>();
        assert_eq!(rows(&shown.in_favour), [("drawing".to_owned(), "+29.0".to_owned())]);
        assert_eq!(rows(&shown.against), [("material".to_owned(), "−5.0".to_owned())]);
        assert_eq!((shown.in_favour[0].found.as_str(), shown.against[0].found.as_str()), ("2G", "–"));
        let points: Vec<&str> = shown.sums.iter().map(|(_, points)| points.as_str()).collect();
        assert_eq!(points, ["0.0", "+16.0", "40.0"]);
    }

    #[test]
    fn what_is_shown_adds_up_to_the_score() {
        let parts = (1..=20).map(|n| part(&format!("a{n:02}"), f64::from(n % 7) / 100.0, 0.03)).collect();
        let shown = reasons(Locale::Ko, &neighbour(parts));
        assert_eq!((shown.in_favour.len(), shown.against.len()), (MAX_IN_FAVOUR, MAX_AGAINST));
        let number = |text: &String| text.replace('−', "-").parse::<f64>().expect("points are a number");
        let (score, sums) = shown.sums.split_last().expect("the score stands last");
        let rows = shown.in_favour.iter().chain(&shown.against).map(|row| &row.points);
        let sum: f64 = rows.chain(sums.iter().map(|(_, points)| points)).map(number).sum();
        assert!((sum - number(&score.1)).abs() < 0.5, "{shown:?}");
        // What weighs most against stands first.
        assert_eq!(shown.against[0].points, "−3.0");
    }

    #[test]
    fn an_answer_of_before_is_told_without_what_was_not_kept() {
        let shown = reasons(Locale::En, &neighbour(vec![part("part_type", 0.4, 0.0)]));
        assert_eq!(shown.sums.len(), 1);
        assert_eq!(similar(Locale::En, &neighbour(Vec::new())).reasons, None);
    }
}
