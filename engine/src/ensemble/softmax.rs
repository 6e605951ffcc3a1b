//! A sparse linear model of one of several classes: the forward pass.

use serde::{Deserialize, Serialize};

/// Scores of classes as sums over the terms that are there, turned into probabilities.
///
/// Weights are whole numbers of `unit`, and only those that matter are kept: a model has to fit into a browser.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Softmax {
    /// What each class stands for: a job or the number of a route.
    pub classes: Vec<u32>,
    pub bias: Vec<f32>,
    pub unit: f32,
    /// Terms that have weights, ascending.
    pub terms: Vec<u32>,
    /// Entries of each term, as an end in `entries`.
    pub ends: Vec<u32>,
    /// (class position, weight in units).
    pub entries: Vec<(u16, i8)>,
}

impl Softmax {
    /// Scores of all classes for weighted terms, ascending by id or not.
    pub fn scores(&self, terms: &[(u32, f32)]) -> Vec<f32> {
        let mut scores = self.bias.clone();
        self.add(&mut scores, terms);
        scores
    }

    /// Adds what `terms` say to `scores`.
    pub fn add(&self, scores: &mut [f32], terms: &[(u32, f32)]) {
        for (term, weight) in terms {
            if let Ok(at) = self.terms.binary_search(term) {
                let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
                let factor = weight * self.unit;
                for (class, units) in &self.entries[start..self.ends[at] as usize] {
                    scores[*class as usize] += factor * f32::from(*units);
                }
            }
        }
    }
}

/// Probabilities in proportion to the exponentials of `scores`.
pub fn normalised(scores: &[f32]) -> Vec<f32> {
    let mut parts = scores.to_vec();
    normalise(&mut parts);
    parts
}

/// [`normalised`], in place.
pub fn normalise(scores: &mut [f32]) {
    let highest = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    scores.iter_mut().for_each(|score| *score = libm::expf(*score - highest));
    let total: f32 = scores.iter().sum();
    scores.iter_mut().for_each(|part| *part /= total);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_terms_count() {
        let model = Softmax {
            classes: vec![4, 9],
            bias: vec![0.0, 0.0],
            unit: 0.5,
            terms: vec![3, 8],
            ends: vec![1, 3],
            entries: vec![(0, 2), (0, -2), (1, 4)],
        };
        assert_eq!(model.scores(&[(3, 1.0)]), vec![1.0, 0.0]);
        assert_eq!(model.scores(&[(8, 2.0), (5, 9.0)]), vec![-2.0, 4.0]);
        let probabilities = normalised(&model.scores(&[(8, 2.0)]));
        assert!(probabilities[1] > 0.99 && (probabilities.iter().sum::<f32>() - 1.0).abs() < 1e-6);
    }
}
