//! Whether the model is really better: paired with the best baseline and with the best single part, on the same items.

use serde::{Deserialize, Serialize};

use crate::model::{MethodKind, RANKING};

use super::bootstrap::{Interval, Resamples, mean};
use super::measure::Outcome;
use super::score::Method;

/// What two methods are compared by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    ExactAt1,
    EditSimilarity,
}

/// The model beside one other method.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    pub measure: Measure,
    /// Whether the other one is the best baseline, the best part or the best ablation: the best of its kind in this measure, on these items.
    pub against_kind: MethodKind,
    /// Its name.
    pub against: String,
    /// Mean of the model minus mean of the other, −1 to 1; beside a part, of the predictors together.
    pub difference: f64,
    pub interval: Interval,
    /// Share of the resamples in which the model is strictly better, 0 to 1.
    pub better_share: f64,
    /// Answers compared.
    pub n: usize,
}

/// Two measures, against the best of each other kind. Parts withhold nothing and know no standard codes, so that what is
/// set beside them are the predictors together, before either.
pub(super) fn comparisons(methods: &[Method], resamples: &Resamples) -> Vec<Comparison> {
    let Some(model) = methods.iter().find(|method| method.kind == MethodKind::Model) else { return Vec::new() };
    let mut found = Vec::new();
    for measure in [Measure::ExactAt1, Measure::EditSimilarity] {
        let values =
            |method: &Method| -> Vec<f64> { method.outcomes.iter().map(|outcome| measure.of(outcome)).collect() };
        for kind in [MethodKind::Baseline, MethodKind::Part, MethodKind::Ablation] {
            let mut best: Option<(f64, &Method)> = None;
            for method in methods.iter().filter(|method| method.kind == kind && method.name != RANKING) {
                let worth = mean(&values(method));
                if best.is_none_or(|(known, _)| worth > known) {
                    best = Some((worth, method));
                }
            }
            let Some((_, other)) = best else { continue };
            let outright = methods.iter().find(|method| method.name == RANKING);
            let of_model = values(outright.filter(|_| kind == MethodKind::Part).unwrap_or(model));
            let paired = resamples.paired(&of_model, &values(other));
            found.push(Comparison {
                measure,
                against_kind: kind,
                against: other.name.clone(),
                difference: paired.difference,
                interval: paired.interval,
                better_share: paired.better_share,
                n: of_model.len(),
            });
        }
    }
    found
}

impl Measure {
    fn of(self, outcome: &Outcome) -> f64 {
        match self {
            Self::ExactAt1 => outcome.exact_at_1(),
            Self::EditSimilarity => outcome.similarity,
        }
    }
}
