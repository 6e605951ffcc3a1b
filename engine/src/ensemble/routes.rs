//! Which of the plant's own routes an item gets: the linear model and the trees over whole routes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::features::Cues;

use super::{Forest, Sheet, Softmax, Speakers, normalised};

/// Routes that the plant has, with two models that choose among them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Routes {
    /// Job sequences, commonest first.
    pub routes: Vec<Vec<u32>>,
    /// Items that have each as their main routing.
    pub counts: Vec<u32>,
    pub linear: Softmax,
    pub trees: Forest,
}

/// Routes by the jobs that they consist of, with the number of items that have each.
#[derive(Default)]
pub struct Orders(BTreeMap<Vec<u32>, Vec<(Vec<u32>, u32)>>);

impl Orders {
    /// Share of this order among all items that take just these jobs, 0 to 1. One that was never seen counts as half an
    /// item; jobs that nobody took together have but one order.
    pub fn share(&self, jobs: &[u32]) -> f64 {
        const UNSEEN: f64 = 0.5;
        let Some(known) = self.0.get(&sorted(jobs)) else { return 1.0 };
        let total: f64 = known.iter().map(|(_, count)| f64::from(*count)).sum();
        let own = known.iter().find(|(order, _)| order == jobs).map_or(UNSEEN, |(_, count)| f64::from(*count));
        own / (total + UNSEEN)
    }
}

fn sorted(jobs: &[u32]) -> Vec<u32> {
    let mut sorted = jobs.to_vec();
    sorted.sort_unstable();
    sorted
}

/// Probability of each route by each model, in the order of [`Routes::routes`].
pub struct RouteProbs {
    pub linear: Vec<f32>,
    pub trees: Vec<f32>,
}

impl Routes {
    /// Probabilities for an item. A model that may not speak says what the other one says.
    pub fn probabilities(&self, cues: &Cues, sheet: &Sheet, speakers: Speakers) -> RouteProbs {
        let mut found = RouteProbs { linear: vec![0.0; self.routes.len()], trees: vec![0.0; self.routes.len()] };
        let trees = self.trees.shares(&sheet.with(None), |tree| speakers.tree(tree)).unwrap_or_default();
        let linear = if speakers.all_seeing() { normalised(&self.linear.scores(&cues.terms)) } else { trees.clone() };
        let spread = |all: &mut [f32], classes: &[u32], shares: &[f32]| {
            classes.iter().zip(shares).for_each(|(class, share)| all[*class as usize] = *share);
        };
        spread(&mut found.trees, &self.trees.classes, &trees);
        spread(&mut found.linear, &self.linear.classes, &linear);
        found
    }

    /// In which orders the plant does the same jobs.
    pub fn orders(&self) -> Orders {
        let mut orders = Orders::default();
        for (jobs, count) in self.routes.iter().zip(&self.counts) {
            orders.0.entry(sorted(jobs)).or_default().push((jobs.clone(), *count));
        }
        orders
    }

    /// Position of each route, by its jobs.
    pub fn places(&self) -> BTreeMap<&[u32], usize> {
        self.routes.iter().enumerate().map(|(at, jobs)| (jobs.as_slice(), at)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_counts_by_the_items_that_have_it() {
        let routes =
            Routes { routes: vec![vec![0, 1, 2], vec![1, 0, 2], vec![3]], counts: vec![6, 3, 4], ..Routes::default() };
        let orders = routes.orders();
        assert!((orders.share(&[0, 1, 2]) - 6.0 / 9.5).abs() < 1e-9);
        assert!((orders.share(&[2, 1, 0]) - 0.5 / 9.5).abs() < 1e-9);
        assert_eq!(orders.share(&[0, 3]), 1.0, "nobody takes these two");
    }
}
