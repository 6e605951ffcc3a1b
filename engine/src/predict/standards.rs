//! Standard routings: a grammar of codes, and the rules that the routings under such codes follow.
//!
//! Comes in: what a code says, feature by feature. Goes out: the jobs that the plant's rules ask for, or none where no rule speaks.
//! Never does: know a plant's codes or jobs.

use serde::{Deserialize, Serialize};

use crate::features::CodeGrammar;

/// One grammar of a plant, and what was learned from the routings under its codes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Standard {
    pub grammar: CodeGrammar,
    /// In the order of the jobs.
    pub rules: Vec<JobRule>,
    /// How often a routing composed for a code that was held out was right, 0 to 1; `None` when it was not tried, or was
    /// more often wrong than right.
    pub right_prob: Option<f64>,
}

/// When a job is done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JobRule {
    pub job: u32,
    /// Positions of the features that decide.
    pub features: Vec<u8>,
    /// Values of these features, ascending, and whether the job is then done. What never was is not listed.
    pub cases: Vec<(Vec<String>, bool)>,
}

impl Standard {
    /// The jobs of a code with these features; `None` where some rule was never seen with them.
    pub fn compose(&self, features: &[String]) -> Option<Vec<u32>> {
        let mut jobs = Vec::new();
        for rule in &self.rules {
            let values: Vec<&String> =
                rule.features.iter().map(|at| features.get(usize::from(*at))).collect::<Option<_>>()?;
            let place = rule.cases.binary_search_by(|(known, _)| known.iter().cmp(values.iter().copied())).ok()?;
            if rule.cases[place].1 {
                jobs.push(rule.job);
            }
        }
        Some(jobs).filter(|jobs| !jobs.is_empty())
    }
}
