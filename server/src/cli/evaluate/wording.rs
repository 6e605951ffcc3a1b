//! The words of an evaluation's reports, which are read by whoever judges the product: English, as all command lines.

use engine::evaluate::{Comparison, Evaluation, Interval, Measure, MethodKind, Split, Suspicion, SuspiciousColumn};

/// What is held out.
pub fn held_out(split: Split) -> &'static str {
    match split {
        Split::Random => "items at random",
        Split::Time => "the newest items",
        Split::Family => "whole name families",
    }
}

pub fn measure(measure: Measure) -> &'static str {
    match measure {
        Measure::ExactAt1 => "exact@1",
        Measure::EditSimilarity => "edit similarity",
    }
}

pub fn kind(kind: MethodKind) -> &'static str {
    match kind {
        MethodKind::Model => "model",
        MethodKind::Part => "part",
        MethodKind::Baseline => "baseline",
        MethodKind::Ablation => "ablation",
    }
}

/// What was done, in one sentence.
pub fn setting(evaluation: &Evaluation) -> String {
    let seeds = match evaluation.n_repeats {
        1 => format!("seed {}", evaluation.seed),
        n => format!("seeds {} to {}", evaluation.seed, evaluation.seed + n as u64 - 1),
    };
    let held_out = if evaluation.is_cross_validation {
        format!("each item held out once in {} folds, seed {}", evaluation.n_repeats, evaluation.seed)
    } else {
        format!("holdout {}, {seeds}", evaluation.holdout)
    };
    let mut text = format!(
        "split {}, {held_out}: trained on {} items, {} answers judged",
        evaluation.split.code(),
        evaluation.n_train,
        evaluation.n_test
    );
    if evaluation.split == Split::Family {
        text.push_str(&format!(" from {} name families", evaluation.n_units));
    }
    if evaluation.n_copies_removed > 0 {
        text.push_str(&format!(
            "; {} exact copies of held-out items left the training too",
            evaluation.n_copies_removed
        ));
    }
    if evaluation.n_relatives_removed > 0 {
        text.push_str(&format!("; {} items without a routing left with their family", evaluation.n_relatives_removed));
    }
    if !evaluation.without.is_empty() {
        text.push_str(&format!("; nobody looked at {}", evaluation.without.join(", ")));
    }
    text
}

/// How many were answered, and how well.
pub fn answered(evaluation: &Evaluation) -> String {
    format!(
        "answered {} of {} ({}); among the answered exact@1 {}, exact@4 {}",
        evaluation.n_answered,
        evaluation.n_test,
        number(Some(evaluation.answered_share)),
        number(evaluation.answered_exact_at_1),
        number(evaluation.answered_exact_at_4)
    )
}

/// Routes that copying cannot reach.
pub fn unseen(evaluation: &Evaluation) -> String {
    let composed = evaluation.scores.first().and_then(|score| score.unseen_exact_at_1);
    format!(
        "held-out routes that no training item has: {} of {}; composed right: {}",
        evaluation.n_unseen,
        evaluation.n_test,
        number(composed)
    )
}

pub fn comparison(comparison: &Comparison) -> String {
    // Parts withhold nothing; beside them stands what all predictors together would have said.
    let of = if comparison.against_kind == MethodKind::Part { " of the ranking" } else { "" };
    format!(
        "{}{of}: {:+.3} against the best {}, {} (95 % of resamples: {:+.3} to {:+.3}; better in {} of them; n {})",
        measure(comparison.measure),
        comparison.difference,
        kind(comparison.against_kind),
        comparison.against,
        comparison.interval.low,
        comparison.interval.high,
        number(Some(comparison.better_share)),
        comparison.n
    )
}

/// The evidence against a column.
pub fn suspicion(found: &SuspiciousColumn) -> String {
    let strength = number(Some(found.strength));
    let n = found.n;
    match found.evidence {
        Suspicion::EqualsOperations => {
            format!("is the number of operations in {strength} of {n} items")
        }
        Suspicion::MonotoneInOperations => {
            format!("follows the number of operations (rank correlation {strength} over {n} items)")
        }
        Suspicion::MonotoneInPlannedTime => {
            format!("follows the planned minutes of the routing (rank correlation {strength} over {n} items)")
        }
        Suspicion::NamesTheRoute => {
            format!("names the route: one value for each route and one route for each value ({strength} of {n} items)")
        }
        Suspicion::TellsWhetherRouted => {
            format!("says whether the item has a routing ({strength} of {n} items)")
        }
    }
}

/// Three decimals; a dash is "not defined".
pub fn number(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |value| format!("{value:.3}"))
}

/// A dash is "too few to say".
pub fn interval(interval: Option<Interval>) -> String {
    interval.map_or_else(|| "–".to_owned(), |interval| format!("{:.3}–{:.3}", interval.low, interval.high))
}
