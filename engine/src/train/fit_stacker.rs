//! Fits the stacker to cases, and finds out on cases that it was not fitted to how honest it is.

use std::collections::BTreeMap;

use crate::ensemble::{Curve, Features, N_COLUMNS, N_FEATURES, Pool, Regime, Stacker, features, shares};

use super::fit_curve::fit_curve;
use super::folds::Case;
use super::solve::solve;

/// Pull of the weights towards those before anything was tried, in cases.
const RIDGE_USUAL: f64 = 10.0;
/// Pull of the weights of sparse items towards those of usual ones.
const RIDGE_SPARSE: f64 = 30.0;
/// Pull of the pool towards equal shares, in cases for each predictor.
const POOL_PRIOR: f64 = 2.0;
const N_POOL_STEPS: usize = 60;
const N_STEPS: usize = 25;
/// Fewer cases than this leave the weights as they are.
const LEAST_CASES: usize = 20;

/// One answer to a case that the stacker was not fitted to.
#[derive(Clone, Copy, Debug, Default)]
pub struct OutOfFold {
    /// Stated probability of the first candidate.
    pub first_prob: f64,
    pub is_first_right: bool,
    /// Sum of the first four.
    pub four_prob: f64,
    pub is_among_four: bool,
    /// Position of the first candidate among the base predictions; `None` when nobody named any.
    pub first: Option<usize>,
}

/// The stacker of all cases, its curves fitted to answers to cases that their stackers were not fitted to.
pub fn fit_stacker(cases: &[Case]) -> Stacker {
    let mut stacker = fit_uncurved(cases);
    // By another bit than that of `out_of_fold`, which leaves only one value of its own.
    let halves = halves(cases, 1).map(|half| fit_uncurved(&half));
    let mut stated: [Vec<(f64, bool)>; 2] = Default::default();
    for case in cases {
        let other = &halves[case.voter >> 1 & 1];
        // As the whole stacker will see it.
        let regime = stacker.regime(case.coverage);
        let probabilities = other.uncurved(&case.predictions, regime);
        if case.is_hidden == (regime == Regime::Sparse)
            && let Some(first) = order(&probabilities).first()
        {
            stated[regime as usize].push((probabilities[*first], case.truth == Some(*first)));
        }
    }
    let usual = fit_curve(&stated[0], Curve::default());
    stacker.curves = [usual, fit_curve(&stated[1], usual)];
    stacker
}

/// Cases by a bit of their item's number: the half at 0 has the items where it is set, that at 1 the others, so that each
/// stands at the bit of those that it lacks.
fn halves(cases: &[Case], bit: usize) -> [Vec<Case>; 2] {
    [1, 0].map(|is| cases.iter().filter(|case| case.voter >> bit & 1 == is).map(Case::clone).collect())
}

/// Candidates from the likeliest down.
fn order(probabilities: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..probabilities.len()).collect();
    order.sort_by(|a, b| probabilities[*b].total_cmp(&probabilities[*a]).then_with(|| a.cmp(b)));
    order
}

fn fit_uncurved(cases: &[Case]) -> Stacker {
    let mut stacker = Stacker { most_prob: 1.0, ..Stacker::default() };
    let full: Vec<&Case> = cases.iter().filter(|case| !case.is_hidden).collect();
    if full.len() < LEAST_CASES {
        return Stacker::default();
    }
    let at_share = |mut values: Vec<f64>, share: f64| {
        values.sort_by(f64::total_cmp);
        values[((values.len() - 1) as f64 * share) as usize]
    };
    stacker.sparse_below = 0.7 * at_share(full.iter().map(|case| case.coverage).collect(), 0.5);
    stacker.tried_score = at_share(cases.iter().map(|case| case.predictions.nearest).collect(), 0.05);
    stacker.pool = fit_pool(&full);
    let (hidden, usual): (Vec<&Case>, Vec<&Case>) = cases.iter().partition(|case| case.is_hidden);
    let usual: Vec<Choice> = usual.into_iter().map(|case| Choice::of(case, &stacker.pool)).collect();
    let sparse: Vec<Choice> = hidden
        .into_iter()
        .filter(|case| stacker.regime(case.coverage) == Regime::Sparse)
        .map(|case| Choice::of(case, &stacker.pool))
        .collect();
    let of_usual = fit(&usual, &stacker.weights[0], RIDGE_USUAL);
    let of_sparse = if sparse.len() < LEAST_CASES { of_usual } else { fit(&sparse, &of_usual, RIDGE_SPARSE) };
    stacker.weights = [of_usual, of_sparse];
    stacker
}

/// Shares of the predictors that make the true candidates likeliest.
///
/// # Source
/// The linear opinion pool of Stone, 1961; its weights by expectation maximisation.
fn fit_pool(cases: &[&Case]) -> Pool {
    let told: Vec<[f64; N_COLUMNS]> = cases
        .iter()
        .filter_map(|case| case.truth.map(|truth| case.predictions.all[truth].shares.map(|share| share + 1e-4)))
        .collect();
    let mut pool: Pool = [1.0 / N_COLUMNS as f64; N_COLUMNS];
    for _ in 0..N_POOL_STEPS {
        let mut taken = [POOL_PRIOR; N_COLUMNS];
        for shares in &told {
            let total: f64 = shares.iter().zip(&pool).map(|(share, weight)| share * weight).sum();
            for at in 0..N_COLUMNS {
                taken[at] += shares[at] * pool[at] / total;
            }
        }
        let total: f64 = taken.iter().sum();
        pool = taken.map(|part| part / total);
    }
    pool
}

/// A case as the logit sees it.
struct Choice {
    features: Vec<Features>,
    truth: usize,
}

impl Choice {
    fn of(case: &Case, pool: &Pool) -> Self {
        let features = features(pool, &case.predictions);
        Self { truth: case.truth.unwrap_or(features.len() - 1), features }
    }
}

/// Answers to all fully described cases, each by a stacker that was fitted to the other half of the items.
pub fn out_of_fold(cases: &[Case]) -> Vec<OutOfFold> {
    let fitted = halves(cases, 0).map(|half| fit_stacker(&half));
    cases
        .iter()
        .filter(|case| !case.is_hidden)
        .map(|case| {
            let stacker = &fitted[case.voter % 2];
            let regime = stacker.regime(case.coverage);
            let probabilities = stacker.probabilities(&case.predictions, regime);
            let mut order = order(&probabilities);
            order.truncate(4);
            OutOfFold {
                first_prob: order.first().map_or(0.0, |at| probabilities[*at]),
                is_first_right: case.truth.is_some() && order.first().copied() == case.truth,
                four_prob: order.iter().map(|at| probabilities[*at]).sum(),
                is_among_four: case.truth.is_some_and(|truth| order.contains(&truth)),
                first: order.first().copied(),
            }
        })
        .collect()
}

/// Features that make the true candidates likeliest, pulled towards `prior`.
///
/// # Source
/// The conditional logit of McFadden, "Conditional logit analysis of qualitative choice behavior", 1974, by Newton's
/// method.
fn fit(cases: &[Choice], prior: &Features, ridge: f64) -> Features {
    let mut weights = *prior;
    let mut best = (f64::NEG_INFINITY, weights);
    let mut damping = 1.0;
    for _ in 0..N_STEPS {
        let mut gradient = vec![0.0; N_FEATURES];
        let mut hessian = vec![vec![0.0; N_FEATURES]; N_FEATURES];
        let mut value = 0.0;
        for case in cases {
            value += add_case(case, &weights, &mut gradient, &mut hessian);
        }
        for at in 0..N_FEATURES {
            let away = weights[at] - prior[at];
            value -= ridge / 2.0 * away * away;
            gradient[at] -= ridge * away;
            hessian[at][at] += ridge;
        }
        if value > best.0 {
            let gained = value - best.0;
            best = (value, weights);
            damping = 1.0;
            if gained < 1e-6 {
                break;
            }
        } else {
            damping *= 0.5;
        }
        let Some(step) = solve(hessian, gradient) else { break };
        let from = if damping < 1.0 { best.1 } else { weights };
        weights = std::array::from_fn(|at| from[at] + damping * step[at]);
    }
    best.1
}

/// Adds what one case says; returns the logarithm of the probability of its truth.
fn add_case(case: &Choice, weights: &Features, gradient: &mut [f64], hessian: &mut [Vec<f64>]) -> f64 {
    let shares = shares(weights, &case.features);
    let mut mean = [0.0; N_FEATURES];
    for (features, share) in case.features.iter().zip(&shares) {
        features.iter().zip(&mut mean).for_each(|(feature, mean)| *mean += share * feature);
    }
    let truth = case.truth;
    for (at, feature) in case.features[truth].iter().enumerate() {
        gradient[at] += feature - mean[at];
    }
    for (at, share) in shares.iter().enumerate() {
        let away: [f64; N_FEATURES] = std::array::from_fn(|feature| case.features[at][feature] - mean[feature]);
        for (row, x) in hessian.iter_mut().zip(&away) {
            row.iter_mut().zip(&away).for_each(|(cell, y)| *cell += share * x * y);
        }
    }
    libm::log(shares[truth].max(1e-12))
}

/// Exact share of the commonest routes: of the first, and of the first four together.
pub fn commonest_shares(truths: &[Vec<u32>]) -> (f64, f64) {
    let mut counts: BTreeMap<&[u32], usize> = BTreeMap::new();
    truths.iter().for_each(|jobs| *counts.entry(jobs).or_default() += 1);
    let mut sizes: Vec<usize> = counts.into_values().collect();
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    let share = |n: usize| sizes.iter().take(n).sum::<usize>() as f64 / truths.len().max(1) as f64;
    (share(1), share(4))
}

/// How often the surest tenth was right, as if one right and one wrong answer more had been seen.
pub fn most_prob(answers: &[OutOfFold]) -> f64 {
    let mut sorted = answers.to_vec();
    sorted.sort_by(|a, b| b.first_prob.total_cmp(&a.first_prob));
    sorted.truncate(answers.len().div_ceil(10));
    let n_right = sorted.iter().filter(|answer| answer.is_first_right).count();
    (n_right as f64 + 1.0) / (sorted.len() as f64 + 2.0)
}

/// Standard errors by which four candidates must beat the four commonest routes to show by themselves that attributes say something.
const LEAST_GAIN_OF_FOUR: f64 = 3.0;

/// The sum of four probabilities below which an answer is withheld; above 1 where the plant's attributes do not
/// determine its routes at all.
///
/// A prediction that is no surer than naming the plant's four commonest routes carries no information. Where held-out
/// items show no gain over the commonest route, nor of four candidates over the four commonest, that chance could not
/// explain, none does.
pub fn answer_above(answers: &[OutOfFold], commonest: (f64, f64)) -> f64 {
    let n = answers.len() as f64;
    if answers.len() < LEAST_CASES {
        return 0.0;
    }
    let share =
        |is_meant: &dyn Fn(&OutOfFold) -> bool| answers.iter().filter(|answer| is_meant(answer)).count() as f64 / n;
    // In standard errors of the difference of two shares of `n`.
    let gain = |share: f64, chance: f64| {
        (share - chance) / libm::sqrt((share * (1.0 - share) + chance * (1.0 - chance)) / n).max(1e-9)
    };
    let exact = share(&|answer| answer.is_first_right);
    let among_four = share(&|answer| answer.is_among_four);
    // A small plant cannot prove as much of the first candidate, and is not silenced for it.
    let least_gain = (n / 160.0).min(2.5);
    let is_helpful =
        exact >= 0.5 || gain(exact, commonest.0) >= least_gain || gain(among_four, commonest.1) >= LEAST_GAIN_OF_FOUR;
    if is_helpful { (0.9 * commonest.1).min(0.35) } else { NEVER }
}

/// A threshold that no probability reaches.
pub const NEVER: f64 = 2.0;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::{BasePrediction, BasePredictions, Contrast};

    /// Two candidates; the vote says which one is right, with some errors.
    fn case(n: usize) -> Case {
        let is_first = n.is_multiple_of(3);
        let says_first = if n.is_multiple_of(10) { !is_first } else { is_first };
        let prediction = |is_favoured: bool| {
            let mut shares = [0.4; N_COLUMNS];
            shares[0] = if is_favoured { 0.6 } else { 0.2 };
            BasePrediction {
                jobs: vec![u32::from(is_favoured)],
                shares,
                n_items: 1,
                nearness: 0.0,
                is_voted: is_favoured,
                alike: 0.0,
            }
        };
        let predictions = BasePredictions { all: vec![prediction(says_first), prediction(!says_first)], nearest: 0.9 };
        let truth = Some(usize::from(!is_first));
        Case { voter: n, predictions, truth, coverage: 1.0, is_hidden: false, baseline_ranks: [None; 2] }
    }

    #[test]
    fn the_pool_prefers_who_was_right() {
        let cases: Vec<Case> = (0..500).map(case).collect();
        let pool = fit_pool(&cases.iter().collect::<Vec<_>>());
        assert!((pool.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        assert!(pool[1..].iter().all(|other| *other < pool[0] / 2.0), "{pool:?}");
    }

    #[test]
    fn the_terms_of_a_contrast_add_up_to_the_odds() {
        let cases: Vec<Case> = (0..300).map(case).collect();
        let stacker = fit_stacker(&cases);
        for case in &cases[..30] {
            let [first, second] = case.predictions.all.as_slice() else { panic!("two candidates") };
            let Contrast { shares, neighbours, frequency, agreement } =
                stacker.contrast(Regime::Usual, &case.predictions, first, second);
            let sum = shares.iter().sum::<f64>() + neighbours + frequency + agreement;
            let probabilities = stacker.uncurved(&case.predictions, Regime::Usual);
            assert!((sum - libm::log(probabilities[0] / probabilities[1])).abs() < 1e-9);
        }
    }

    #[test]
    fn a_curve_leaves_no_more_than_one_to_all_and_keeps_their_order() {
        let sharper = Curve { of_prob: 2.0, of_rest: 2.0, shift: 0.5 };
        let blunter = Curve { of_prob: 0.2, of_rest: 0.2, shift: -1.0 };
        for (curve, n) in [(sharper, 4), (blunter, 4), (sharper, 20), (blunter, 1)] {
            let stacker = Stacker { curves: [curve; 2], ..Stacker::default() };
            let mut predictions = case(n).predictions;
            for is_level in [false, true] {
                if is_level {
                    let first = predictions.all[0].clone();
                    predictions.all[1] = BasePrediction { jobs: vec![7], ..first };
                }
                let before = stacker.uncurved(&predictions, Regime::Usual);
                let after = stacker.probabilities(&predictions, Regime::Usual);
                assert!(
                    after.iter().sum::<f64>() <= 1.0 + 1e-12 && after.iter().all(|share| *share > 0.0),
                    "{after:?}"
                );
                assert!(before[0] < before[1] || after[0] >= after[1], "{before:?} {after:?}");
            }
        }
    }

    #[test]
    fn it_learns_what_a_feature_is_worth() {
        let cases: Vec<Case> = (0..3000).map(case).collect();
        let answers = out_of_fold(&cases);
        let right = answers.iter().filter(|answer| answer.is_first_right).count() as f64 / 3000.0;
        let stated = answers.iter().map(|answer| answer.first_prob).sum::<f64>() / 3000.0;
        assert!((right - 0.9).abs() < 0.01 && (stated - 0.9).abs() < 0.02, "{right} {stated}");
    }

    #[test]
    fn a_plant_whose_attributes_say_nothing_gets_no_answers() {
        let answer = |is_first_right, is_among_four| OutOfFold {
            first_prob: 0.2,
            is_first_right,
            four_prob: 0.4,
            is_among_four,
            ..OutOfFold::default()
        };
        let chance: Vec<OutOfFold> = (0..500).map(|n| answer(n % 6 == 0, n % 5 < 2)).collect();
        assert_eq!(answer_above(&chance, (0.16, 0.4)), NEVER);
        let first_helps: Vec<OutOfFold> = (0..500).map(|n| answer(n % 3 == 0, n % 5 < 2)).collect();
        assert!(answer_above(&first_helps, (0.16, 0.4)) < 1.0);
        let four_help: Vec<OutOfFold> = (0..500).map(|n| answer(n % 6 == 0, n % 5 < 4)).collect();
        assert!(answer_above(&four_help, (0.16, 0.4)) < 1.0);
    }
}
