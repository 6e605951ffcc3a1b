//! Rules of standard routings: for each job the few features of a code that say whether it is done.

use std::collections::{BTreeMap, BTreeSet};

use crate::predict::standards::JobRule;

/// A code with a routing.
pub(super) struct Kept {
    /// What the code says, feature by feature.
    pub features: Vec<String>,
    pub jobs: Vec<u32>,
}

/// Features that one rule asks about, at most.
const MAX_FEATURES: usize = 3;

/// A job, and the how many-th of its kind in a routing.
type Done = (u32, u32);

/// Features that are asked about together, and which codes have the same values of them.
struct Question {
    features: Vec<usize>,
    /// Number of the group of each code.
    group_of: Vec<usize>,
    /// Values of each group.
    groups: Vec<Vec<String>>,
}

/// The rules of `kept`, one for each job, in the order in which the jobs are done.
///
/// Of all questions about at most three features, the one that tells best whether a code that is left out has the job; of equal
/// ones, that with the fewest features, then the first.
///
/// # Cost
/// Questions × jobs × codes: some millions of steps for 300 codes.
pub(super) fn fit_rules(kept: &[&Kept]) -> Vec<JobRule> {
    let routes: Vec<Vec<Done>> = kept.iter().map(|kept| numbered(&kept.jobs)).collect();
    let questions = questions(kept);
    in_order(&routes)
        .into_iter()
        .filter_map(|done| {
            let has: Vec<bool> = routes.iter().map(|route| route.contains(&done)).collect();
            let best = questions.iter().min_by_key(|question| n_wrong(question, &has))?;
            Some(rule(done.0, best, &has))
        })
        .collect()
}

fn numbered(jobs: &[u32]) -> Vec<Done> {
    let mut seen: BTreeMap<u32, u32> = BTreeMap::new();
    let mut number = |job: u32| {
        let n = seen.entry(job).or_default();
        *n += 1;
        *n
    };
    jobs.iter().map(|job| (*job, number(*job))).collect()
}

/// All questions about features that differ, those about few features first.
fn questions(kept: &[&Kept]) -> Vec<Question> {
    let n_features = kept.first().map_or(0, |kept| kept.features.len());
    let differs = |at: &usize| kept.windows(2).any(|pair| pair[0].features[*at] != pair[1].features[*at]);
    let features: Vec<usize> = (0..n_features).filter(differs).collect();
    let mut sets: Vec<Vec<usize>> = vec![Vec::new()];
    let mut from = 0;
    for _ in 0..MAX_FEATURES {
        let to = sets.len();
        for at in from..to {
            let last = sets[at].last().copied();
            let longer = features.iter().filter(|feature| last.is_none_or(|last| **feature > last));
            let longer: Vec<Vec<usize>> = longer.map(|feature| [sets[at].as_slice(), &[*feature]].concat()).collect();
            sets.extend(longer);
        }
        from = to;
    }
    sets.into_iter().map(|features| question(features, kept)).collect()
}

fn question(features: Vec<usize>, kept: &[&Kept]) -> Question {
    let values =
        |kept: &Kept| -> Vec<String> { features.iter().map(|feature| kept.features[*feature].clone()).collect() };
    let all: Vec<Vec<String>> = kept.iter().map(|kept| values(kept)).collect();
    let groups: Vec<Vec<String>> = all.iter().cloned().collect::<BTreeSet<_>>().into_iter().collect();
    let group_of = all.iter().map(|values| groups.partition_point(|group| group < values)).collect();
    Question { features, group_of, groups }
}

/// (codes, codes that have the job) of each group.
fn counts(question: &Question, has: &[bool]) -> Vec<(usize, usize)> {
    let mut counts = vec![(0, 0); question.groups.len()];
    for (group, has) in question.group_of.iter().zip(has) {
        counts[*group].0 += 1;
        counts[*group].1 += usize::from(*has);
    }
    counts
}

/// Codes about which the others of their group are wrong, or say nothing.
fn n_wrong(question: &Question, has: &[bool]) -> usize {
    let counts = counts(question, has);
    let is_wrong = |(group, has): &(&usize, &bool)| {
        let (n, n_has) = counts[**group];
        majority(n - 1, n_has - usize::from(**has)) != Some(**has)
    };
    question.group_of.iter().zip(has).filter(is_wrong).count()
}

/// What most do; `None` where nobody is there or as many do as do not.
fn majority(n: usize, n_has: usize) -> Option<bool> {
    (2 * n_has != n).then_some(2 * n_has > n)
}

fn rule(job: u32, question: &Question, has: &[bool]) -> JobRule {
    let said = counts(question, has).into_iter().map(|(n, n_has)| majority(n, n_has));
    let cases = question.groups.iter().cloned().zip(said).filter_map(|(values, said)| Some((values, said?))).collect();
    JobRule { job, features: question.features.iter().map(|feature| *feature as u8).collect(), cases }
}

/// All jobs in one order: before the others comes what most of the routings that have both do before them.
fn in_order(routes: &[Vec<Done>]) -> Vec<Done> {
    let mut before: BTreeMap<(Done, Done), i32> = BTreeMap::new();
    let mut left: BTreeSet<Done> = BTreeSet::new();
    for route in routes {
        left.extend(route);
        for (at, first) in route.iter().enumerate() {
            for second in &route[at + 1..] {
                *before.entry((*first, *second)).or_default() += 1;
                *before.entry((*second, *first)).or_default() -= 1;
            }
        }
    }
    let mut order = Vec::with_capacity(left.len());
    while let Some(next) = left.iter().copied().min_by_key(|done| {
        let is_ahead = |other: &&Done| before.get(&(**other, *done)).is_some_and(|balance| *balance > 0);
        (left.iter().filter(is_ahead).count(), *done)
    }) {
        left.remove(&next);
        order.push(next);
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::predict::standards::Standard;

    fn kept(features: &[&str], jobs: &[u32]) -> Kept {
        Kept { features: features.iter().map(|feature| (*feature).to_owned()).collect(), jobs: jobs.to_vec() }
    }

    fn composed(kept: &[Kept], features: &[&str]) -> Option<Vec<u32>> {
        let features: Vec<String> = features.iter().map(|feature| (*feature).to_owned()).collect();
        Standard { rules: fit_rules(&kept.iter().collect::<Vec<_>>()), ..Standard::default() }.compose(&features)
    }

    #[test]
    fn a_code_that_is_not_there_is_composed_from_what_each_feature_does() {
        // Job 7 when tapered, 3 for size 2 and 4 else, 9 first and last; nobody has a tapered size 3.
        let all = [
            kept(&["1", "N"], &[9, 4, 5, 9]),
            kept(&["1", "Y"], &[9, 4, 7, 5, 9]),
            kept(&["2", "N"], &[9, 3, 5, 9]),
            kept(&["2", "Y"], &[9, 3, 7, 5, 9]),
            kept(&["3", "N"], &[9, 4, 5, 9]),
            kept(&["3", "N"], &[9, 4, 5, 9]),
        ];
        assert_eq!(composed(&all, &["3", "Y"]), Some(vec![9, 4, 7, 5, 9]));
        assert_eq!(composed(&all, &["2", "N"]), Some(vec![9, 3, 5, 9]));
        assert_eq!(composed(&all, &["4", "Y"]), None, "nobody knows how size 4 is made");
        assert_eq!(composed(&all, &["1", "Z"]), None);
    }

    #[test]
    fn two_features_together_may_decide() {
        let all: Vec<Kept> = ["N", "Y", "N", "Y", "N", "Y", "N", "Y"]
            .iter()
            .zip(["N", "N", "Y", "Y", "N", "N", "Y", "Y"])
            .map(|(a, b)| kept(&[a, b, "x"], if *a == "Y" && b == "N" { &[1, 2, 3] } else { &[1, 3] }))
            .collect();
        let rules = fit_rules(&all.iter().collect::<Vec<_>>());
        assert_eq!(rules.iter().map(|rule| rule.features.as_slice()).collect::<Vec<_>>(), [&[][..], &[0, 1], &[]]);
        assert_eq!(composed(&all, &["Y", "N", "x"]), Some(vec![1, 2, 3]));
        assert_eq!(composed(&all, &["Y", "Y", "x"]), Some(vec![1, 3]));
    }

    #[test]
    fn without_codes_there_are_no_rules() {
        assert_eq!(fit_rules(&[]), []);
        assert_eq!(composed(&[], &[]), None);
    }
}
