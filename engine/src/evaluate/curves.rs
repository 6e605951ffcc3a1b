//! Whether confidence means something: stated against true, and accuracy when only the surest are answered.

use crate::model::{CoveragePoint, ReliabilityBin};

use super::measure::Outcome;

const N_BINS: usize = 10;
const N_POINTS: usize = 20;

/// Ten bins of equal mass of the first candidate's probability, ascending; empty with fewer than ten answers.
pub(super) fn reliability(outcomes: &[Outcome]) -> Vec<ReliabilityBin> {
    let sorted = by_probability(outcomes);
    if sorted.len() < N_BINS {
        return Vec::new();
    }
    let bin = |at: usize| {
        let part = &sorted[at * sorted.len() / N_BINS..(at + 1) * sorted.len() / N_BINS];
        ReliabilityBin {
            n: part.len(),
            stated_prob: part.iter().map(|(prob, _)| prob).sum::<f64>() / part.len() as f64,
            right_share: part.iter().filter(|(_, outcome)| outcome.is_first).count() as f64 / part.len() as f64,
        }
    };
    (0..N_BINS).map(bin).collect()
}

/// From all answers down to the surest; the shares are of all held-out items, so that abstentions are never answered.
pub(super) fn coverage(outcomes: &[Outcome]) -> Vec<CoveragePoint> {
    let sorted = by_probability(outcomes);
    if sorted.len() < N_BINS {
        return Vec::new();
    }
    let point = |at: usize| {
        let answered = &sorted[at * sorted.len() / N_POINTS..];
        let share = |n: usize| n as f64 / answered.len() as f64;
        CoveragePoint {
            threshold_prob: answered[0].0,
            answered_share: answered.len() as f64 / outcomes.len() as f64,
            exact_at_1: share(answered.iter().filter(|(_, outcome)| outcome.is_first).count()),
            exact_at_4: share(answered.iter().filter(|(_, outcome)| outcome.is_among_four).count()),
        }
    };
    (0..N_POINTS).map(point).collect()
}

fn by_probability(outcomes: &[Outcome]) -> Vec<(f64, &Outcome)> {
    let mut sorted: Vec<(f64, &Outcome)> =
        outcomes.iter().filter_map(|outcome| outcome.prob.map(|prob| (prob, outcome))).collect();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abstentions_are_never_covered_and_sure_answers_are_better() {
        let outcome = |n: u32| Outcome {
            is_first: n > 60,
            is_among_four: true,
            similarity: 1.0,
            job_f1: 1.0,
            prob: (n >= 20).then(|| f64::from(n) / 120.0),
            is_answered: n >= 20,
        };
        let outcomes: Vec<Outcome> = (0..120).map(outcome).collect();
        let curve = coverage(&outcomes);
        assert!((curve[0].answered_share - 100.0 / 120.0).abs() < 1e-12);
        assert!(curve.windows(2).all(|pair| pair[0].exact_at_1 <= pair[1].exact_at_1));
        let bins = reliability(&outcomes);
        assert_eq!(bins.iter().map(|bin| bin.n).sum::<usize>(), 100);
        assert_eq!((bins[0].right_share, bins[9].right_share), (0.0, 1.0));
        assert!(coverage(&outcomes[..25]).is_empty());
    }
}
