//! Which of the plant's own routes an item gets: the linear model and the trees over whole routes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::features::Cues;

use super::{Forest, Look, Shape, Softmax, Speakers, normalised};

/// Routes that the plant has, with two models that choose among them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Routes {
    pub shape: Shape,
    /// Job sequences, commonest first.
    pub routes: Vec<Vec<u32>>,
    /// Items that have each as their main routing.
    pub counts: Vec<u32>,
    pub linear: Softmax,
    pub trees: Forest,
}

/// Probability of each route by each model, in the order of [`Routes::routes`].
pub struct RouteProbs {
    pub linear: Vec<f32>,
    pub trees: Vec<f32>,
}

impl Routes {
    /// Probabilities for an item. A model that may not speak says what the other one says.
    pub fn probabilities(&self, cues: &Cues, speakers: Speakers) -> RouteProbs {
        let mut found = RouteProbs { linear: vec![0.0; self.routes.len()], trees: vec![0.0; self.routes.len()] };
        let look = Look { shape: self.shape, cues, history: None };
        let trees = self.trees.shares(&look, |tree| speakers.tree(tree)).unwrap_or_default();
        let linear = if speakers.all_seeing() { normalised(&self.linear.scores(&cues.terms)) } else { trees.clone() };
        let spread = |all: &mut [f32], classes: &[u32], shares: &[f32]| {
            classes.iter().zip(shares).for_each(|(class, share)| all[*class as usize] = *share);
        };
        spread(&mut found.trees, &self.trees.classes, &trees);
        spread(&mut found.linear, &self.linear.classes, &linear);
        found
    }

    /// Position of each route, by its jobs.
    pub fn places(&self) -> BTreeMap<&[u32], usize> {
        self.routes.iter().enumerate().map(|(at, jobs)| (jobs.as_slice(), at)).collect()
    }
}
