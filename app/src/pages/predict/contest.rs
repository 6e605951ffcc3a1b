//! Two candidates side by side: where they differ, who voted for each, and what speaks for either.

use contract::address::item_path;
use contract::wire::{AttributeScore, ComparedStep, Contest, Contestant, PartScore, ScorePart, StepPlace};
use leptos::prelude::*;

use crate::components::{Balance, BalanceRow};
use crate::locale::Locale;
use crate::wording::format;
use crate::{t, wording};

/// Attributes that are worth a bar; the others are summed up.
const MAX_ATTRIBUTES: usize = 8;

/// The whole comparison; `first` and `other` are the names of the two.
pub fn contest(locale: Locale, contest: &Contest, first: &str, other: &str) -> AnyView {
    // By what is stated of the two, not by the score below, which stands before calibration.
    let odds = (contest.first.confidence_prob / contest.other.confidence_prob).ln();
    let (ahead, behind) = if odds >= 0.0 { (first, other) } else { (other, first) };
    let times = format::times(odds.abs());
    let steps: Vec<_> = contest.steps.iter().map(|step| row(locale, step, first, other)).collect();
    let parts = contest.parts.iter().map(|part| bar(part_name(locale, part.part), part.score)).collect();
    let attributes = attributes(locale, contest);
    view! {
        <p>{t!(locale, "explain-odds", ahead = ahead, behind = behind, times = times)}</p>
        <h3>{t!(locale, "explain-steps")}</h3>
        <ol class="steps">{steps}</ol>
        {votes(locale, &contest.first, first)}
        {votes(locale, &contest.other, other)}
        <h3>{t!(locale, "explain-parts")}</h3>
        <p class="muted">{t!(locale, "explain-scale", first = first, other = other, sum = signed(contest.log_odds))}</p>
        <Balance rows=parts/>
        <h3>{t!(locale, "explain-attributes")}</h3>
        <Balance rows=attributes/>
    }
    .into_any()
}

fn row(locale: Locale, step: &ComparedStep, first: &str, other: &str) -> impl IntoView + use<> {
    let note = match step.place {
        StepPlace::Both => None,
        StepPlace::OnlyFirst => Some(t!(locale, "explain-only", candidate = first)),
        StepPlace::OnlyOther => Some(t!(locale, "explain-only", candidate = other)),
        StepPlace::MovedFirst => Some(t!(locale, "explain-place", candidate = first)),
        StepPlace::MovedOther => Some(t!(locale, "explain-place", candidate = other)),
    };
    let class = match step.place {
        StepPlace::Both => "steps__row",
        StepPlace::OnlyFirst | StepPlace::MovedFirst => "steps__row steps__row--first",
        StepPlace::OnlyOther | StepPlace::MovedOther => "steps__row steps__row--other",
    };
    let name = step.job_name.clone().unwrap_or_else(|| step.job.to_string());
    view! {
        <li class=class>
            <span>{name}</span>
            {note.map(|note| view! { <span class="steps__note">{note}</span> })}
        </li>
    }
}

/// Who voted for exactly this sequence.
fn votes(locale: Locale, side: &Contestant, name: &str) -> impl IntoView + use<> {
    let voters: Vec<_> = side
        .voters
        .iter()
        .map(|code| view! { " " <a class="code" href=item_path(code.as_str())>{code.to_string()}</a> })
        .collect();
    view! {
        <p class="muted">
            {t!(locale, "explain-votes", candidate = name, share = format::percent(side.vote_share))}
            {voters}
        </p>
    }
}

/// The largest attributes, then everything else, so that the bars add up to the whole.
fn attributes(locale: Locale, contest: &Contest) -> Vec<BalanceRow> {
    let sum = |parts: &[PartScore]| parts.iter().map(|part| part.score).sum::<f64>();
    let label = |one: &AttributeScore| format!("{} {}", wording::feature(locale, &one.attribute), one.value);
    let (shown, rest) = contest.attributes.split_at(contest.attributes.len().min(MAX_ATTRIBUTES));
    let mut rows: Vec<BalanceRow> = shown.iter().map(|one| bar(label(one), one.score)).collect();
    let rest = rest.iter().map(|one| one.score).sum::<f64>() + sum(&contest.others);
    rows.push(bar(t!(locale, "explain-rest"), rest));
    rows.push(bar(t!(locale, "explain-ground"), sum(&contest.ground)));
    rows
}

fn bar(label: String, score: f64) -> BalanceRow {
    BalanceRow { label, value: score, text: signed(score) }
}

fn signed(score: f64) -> String {
    let text = format!("{score:+.2}");
    // What rounds to nothing has no side.
    if text == "-0.00" || text == "+0.00" { "0.00".into() } else { text.replace('-', "−") }
}

fn part_name(locale: Locale, part: ScorePart) -> String {
    match part {
        ScorePart::Vote => t!(locale, "explain-part-vote"),
        ScorePart::Routes => t!(locale, "explain-part-routes"),
        ScorePart::Steps => t!(locale, "explain-part-steps"),
        ScorePart::Jobs => t!(locale, "explain-part-jobs"),
        ScorePart::Frequency => t!(locale, "explain-part-frequency"),
        ScorePart::Agreement => t!(locale, "explain-part-agreement"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bars_of_attributes_add_up_to_the_odds() {
        let one = |at: usize| AttributeScore {
            attribute: format!("a{at}"),
            value: "x".into(),
            score: 1.0 / (at + 1) as f64,
            parts: Vec::new(),
        };
        let side = Contestant { jobs: Vec::new(), confidence_prob: 0.5, vote_share: 0.5, voters: Vec::new() };
        let part = |score| vec![PartScore { part: ScorePart::Vote, score }];
        let attributes: Vec<AttributeScore> = (0..12).map(one).collect();
        let log_odds = attributes.iter().map(|one| one.score).sum::<f64>() + 0.25 - 0.5;
        let contest = Contest {
            first: side.clone(),
            other: side,
            log_odds,
            parts: part(log_odds),
            attributes,
            others: part(0.25),
            ground: part(-0.5),
            steps: Vec::new(),
        };
        let rows = super::attributes(Locale::En, &contest);
        assert_eq!(rows.len(), MAX_ATTRIBUTES + 2);
        assert!((rows.iter().map(|row| row.value).sum::<f64>() - log_odds).abs() < 1e-12);
        assert_eq!(rows[0].text, "+1.00");
        assert_eq!(rows[9].text, "−0.50");
    }

    #[test]
    fn what_rounds_to_nothing_has_no_sign() {
        assert_eq!([0.001, -0.001, 0.0, -1.234].map(signed), ["0.00", "0.00", "0.00", "−1.23"]);
    }
}
