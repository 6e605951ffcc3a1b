//! Fits the models of steps: what follows each job.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::ensemble::{Context, History, Steps};
use crate::train::fit_boost::Table;
use crate::train::fit_forest::{Columns, Example};
use crate::train::fit_softmax::{Weighted, fit_softmax};

use super::{Fitting, evenly};

/// One step of a past route.
struct Step<'a> {
    item: usize,
    next: u32,
    /// Jobs before it.
    done: &'a [u32],
}

/// Fits the models of steps. `written` holds the routes of each item, its main one first. Where another one leaves the main route, the main one is
/// what the plant does; what follows after that is an answer to a question that the main route does not ask.
pub fn fit(fitting: &Fitting, written: &[Vec<Vec<u32>>]) -> Steps {
    let end = fitting.shape.n_jobs;
    let mut by_context: BTreeMap<u32, Vec<Step>> = BTreeMap::new();
    for (item, routes) in written.iter().enumerate() {
        let mut known: BTreeSet<&[u32]> = BTreeSet::new();
        for jobs in routes {
            for at in 0..=jobs.len() {
                let after = if at == 0 { end } else { jobs[at - 1] };
                let next = jobs.get(at).copied().unwrap_or(end);
                if known.insert(&jobs[..at]) {
                    by_context.entry(after).or_default().push(Step { item, next, done: &jobs[..at] });
                }
            }
        }
    }
    let contexts: Vec<(u32, Vec<Step>)> = by_context.into_iter().collect();
    Steps {
        shape: fitting.shape,
        contexts: contexts.par_iter().map(|(after, steps)| context(fitting, *after, steps)).collect(),
        longest: written.iter().flatten().map(Vec::len).max().unwrap_or(0) as u32,
    }
}

/// The models of what follows one job.
fn context(fitting: &Fitting, after: u32, steps: &[Step]) -> Context {
    let params = &fitting.params.steps;
    let mut next: Vec<u32> = steps.iter().map(|step| step.next).collect();
    next.sort_unstable();
    next.dedup();
    if next.len() == 1 {
        return Context { after, next, ..Context::default() };
    }
    let class = |step: &Step| next.binary_search(&step.next).expect("it was listed above") as u16;
    let seed = fitting.seed ^ (u64::from(after) + 1) << 32;
    let sampled = evenly(steps.len(), params.max_examples);
    let histories: Vec<History> = sampled.iter().map(|at| History::of(steps[*at].done, fitting.shape.n_jobs)).collect();
    let more: Vec<Vec<(u32, f32)>> = histories.iter().map(|history| history.weighted(&fitting.shape)).collect();
    let weighted: Vec<Weighted> = sampled
        .iter()
        .zip(&more)
        .map(|(at, more)| Weighted { terms: &fitting.cues[steps[*at].item].terms, more, class: class(&steps[*at]) })
        .collect();
    let wanted = params.entries_per_example * weighted.len();
    let n_entries = wanted.clamp(params.least_entries, params.most_entries);
    let linear = fit_softmax(&next, &weighted, n_entries, seed, fitting.check);
    let examples: Vec<Example> =
        sampled.iter().zip(&histories).map(|(at, history)| fitting.example(steps[*at].item, Some(history))).collect();
    let labels: Vec<u16> = sampled.iter().map(|at| class(&steps[*at])).collect();
    let trees = fitting.forest(&next, &Columns::of(&examples), &labels, seed);
    let boost = fitting.boost(&next, &Table::of(&examples), &labels, seed);
    Context { after, next, linear, trees, boost }
}

#[cfg(test)]
mod tests {
    use super::super::params::PredictorParams;
    use super::*;
    use crate::ensemble::Shape;
    use crate::features::Cues;

    #[test]
    fn other_routings_teach_what_follows_once_they_have_left_the_main_one() {
        let shape = Shape { n_jobs: 6, ..Shape::default() };
        let params = PredictorParams::for_items(3).expect("the defaults are within bounds");
        let cues = vec![Cues::default(); 3];
        let fitting = Fitting { shape, cues: &cues, keys: &[1, 2, 3], params, seed: 1, check: &|| () };
        let main = vec![0, 1, 3];
        let steps = fit(&fitting, &[vec![main.clone(), vec![0, 2, 4, 3]], vec![main.clone()], vec![main]]);
        let next = |after: u32| {
            let context = steps.contexts.iter().find(|context| context.after == after);
            context.map(|context| context.next.clone()).unwrap_or_default()
        };
        assert_eq!(next(0), [1], "the main route says what follows sawing");
        assert_eq!((next(2), next(4)), (vec![4], vec![3]));
        assert_eq!((next(3), steps.longest), (vec![6], 4));
    }
}
