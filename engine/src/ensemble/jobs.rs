//! Which jobs an item takes, each asked about by itself, whatever comes before or after it.

use serde::{Deserialize, Serialize};

use crate::predict::ScorePart;

use super::base_predictor::{BasePredictor, Column, Registration};
use super::{Boost, Forest, OutOfBag, Routes, Sheet};

/// Which jobs an item takes, times how common their order is among the items that take just these.
pub const REGISTRATION: Registration = Registration {
    columns: &[Column { code: "jobs", part: ScorePart::Jobs, untried_weight: 0.1, is_compared: false }],
    read: |query| {
        let taken = query.learned.jobs.probabilities(query.sheet, query.out_of_bag);
        Box::new(TakenJobs { taken, routes: &query.learned.routes })
    },
};

/// Probability of each job for one item, and the orders that the plant does them in.
struct TakenJobs<'a> {
    taken: Vec<f32>,
    routes: &'a Routes,
}

impl BasePredictor for TakenJobs<'_> {
    fn propose(&mut self, _: usize) -> Vec<Vec<u32>> {
        Vec::new()
    }

    fn rate(&mut self, candidates: &[Vec<u32>]) -> Vec<Vec<f64>> {
        let orders = self.routes.order_shares(candidates);
        vec![candidates.iter().zip(orders).map(|(jobs, order)| taken_together(&self.taken, jobs) * order).collect()]
    }
}

/// One pair of models per job that some items take and others do not.
///
/// [`super::Steps`] has one model for what follows each job, so that what it learns of a heat treatment after milling says
/// nothing of one after turning. Here all items teach every job, and no job knows of another.
///
/// # Source
/// Binary relevance: Tsoumakas, Katakis, "Multi-label classification: an overview", 2007.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Jobs {
    /// By job.
    pub taken: Vec<Taken>,
}

/// How likely an item takes one job.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Taken {
    /// Share of the items that take it.
    pub share: f32,
    /// Without classes where too few take it, or too few do not, to tell which.
    pub trees: Forest,
    pub boost: Boost,
}

/// No job is surer than this: beyond it, likely is likely.
const SUREST: f32 = 0.999;

impl Jobs {
    /// Probability of each job, 0 to 1. Of an item that the model was trained with only those trees are asked that grew without
    /// it.
    pub fn probabilities(&self, sheet: &Sheet, out_of_bag: OutOfBag) -> Vec<f32> {
        let of = |taken: &Taken| taken.probability(sheet, out_of_bag).clamp(1.0 - SUREST, SUREST);
        self.taken.iter().map(of).collect()
    }
}

impl Taken {
    fn probability(&self, sheet: &Sheet, out_of_bag: OutOfBag) -> f32 {
        if self.boost.classes.is_empty() {
            return self.share;
        }
        let trees = self.trees.shares(&sheet.with(None), |tree| out_of_bag.allows(tree)).map(|shares| shares[1]);
        let boost = out_of_bag.allows_all().then(|| self.boost.probabilities(&sheet.with(None))[1]);
        match (trees, boost) {
            (Some(trees), Some(boost)) => (trees + boost) / 2.0,
            (either, or) => either.or(or).unwrap_or(self.share),
        }
    }
}

/// Probability that an item takes exactly `jobs`, when each job is taken with the probability given.
fn taken_together(probabilities: &[f32], jobs: &[u32]) -> f64 {
    let of = |(job, prob): (u32, &f32)| if jobs.contains(&job) { *prob } else { 1.0 - prob };
    libm::exp((0..).zip(probabilities).map(|one| libm::log(f64::from(of(one)))).sum())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::Shape;
    use crate::features::Cues;

    #[test]
    fn a_set_is_as_likely_as_its_jobs_and_the_lack_of_the_others() {
        let likely = [0.9, 0.2, 0.5];
        assert!((taken_together(&likely, &[0, 2, 0]) - 0.9 * 0.8 * 0.5).abs() < 1e-6);
        let all: f64 = (0..8u32)
            .map(|set| taken_together(&likely, &(0..3).filter(|job| set >> job & 1 == 1).collect::<Vec<_>>()))
            .sum();
        assert!((all - 1.0).abs() < 1e-6, "{all}");
    }

    #[test]
    fn a_job_that_hardly_anyone_takes_has_its_share() {
        let jobs = Jobs { taken: vec![Taken { share: 0.02, ..Taken::default() }] };
        let sheet = Sheet::of(Shape::default(), &Cues::default());
        let new = OutOfBag { known_item: None, bag_share: 205 };
        assert_eq!(jobs.probabilities(&sheet, new), vec![0.02]);
    }
}
