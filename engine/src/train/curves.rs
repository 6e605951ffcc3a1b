//! What a model may say about itself: reliability and coverage, from answers that it was not fitted to.

use crate::model::{CoveragePoint, ReliabilityBin};

use super::fit_stacker::OutOfFold;

const N_BINS: usize = 10;
const N_POINTS: usize = 20;
/// Fewer answers than this make no curve.
const LEAST_ANSWERS: usize = 20;

/// Ten bins of equal mass of the first candidate's probability, ascending.
///
/// `answers` are stated probabilities and whether the candidate was right.
pub fn reliability(answers: &[(f64, bool)]) -> Vec<ReliabilityBin> {
    let mut sorted = answers.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    if sorted.len() < LEAST_ANSWERS {
        return Vec::new();
    }
    (0..N_BINS)
        .map(|bin| {
            let part = &sorted[bin * sorted.len() / N_BINS..(bin + 1) * sorted.len() / N_BINS];
            let n = part.len().max(1) as f64;
            ReliabilityBin {
                n: part.len(),
                stated_prob: part.iter().map(|(stated, _)| stated).sum::<f64>() / n,
                right_share: part.iter().filter(|(_, is_right)| *is_right).count() as f64 / n,
            }
        })
        .collect()
}

/// How many are answered, and how often the first candidate is right, when only the surest are answered.
pub fn coverage(answers: &[OutOfFold]) -> Vec<CoveragePoint> {
    let sorted = by_probability(answers);
    if sorted.len() < LEAST_ANSWERS {
        return Vec::new();
    }
    (0..N_POINTS)
        .map(|point| {
            let answered = &sorted[point * sorted.len() / N_POINTS..];
            let n = answered.len() as f64;
            CoveragePoint {
                threshold_prob: answered[0].first_prob,
                answered_share: n / sorted.len() as f64,
                exact_at_1: answered.iter().filter(|answer| answer.is_first_right).count() as f64 / n,
                exact_at_4: answered.iter().filter(|answer| answer.is_among_four).count() as f64 / n,
            }
        })
        .collect()
}

fn by_probability(answers: &[OutOfFold]) -> Vec<OutOfFold> {
    let mut sorted = answers.to_vec();
    sorted.sort_by(|a, b| a.first_prob.total_cmp(&b.first_prob));
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answering_only_the_surest_makes_answers_better() {
        let answers: Vec<OutOfFold> = (0..200)
            .map(|n| OutOfFold {
                first_prob: f64::from(n) / 200.0,
                is_first_right: n > 100,
                four_prob: 1.0,
                is_among_four: true,
                ..OutOfFold::default()
            })
            .collect();
        let curve = coverage(&answers);
        assert_eq!(curve[0].answered_share, 1.0);
        assert!(curve.windows(2).all(|pair| pair[0].exact_at_1 <= pair[1].exact_at_1));
        let bins =
            reliability(&answers.iter().map(|answer| (answer.first_prob, answer.is_first_right)).collect::<Vec<_>>());
        assert_eq!(bins.iter().map(|bin| bin.n).sum::<usize>(), 200);
        assert_eq!((bins[0].right_share, bins[9].right_share), (0.0, 1.0));
    }
}
