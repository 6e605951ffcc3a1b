//! What the predictors disagree on when they disagree: the jobs that some likely routes have and others lack.

use std::collections::{BTreeMap, BTreeSet};

use crate::predict::DisputedJob;

use super::Model;
use super::predict::{Chosen, Reading};

/// Likely routes that are compared.
const MAX_ROUTES: usize = 12;
/// Jobs that are named.
const MAX_JOBS: usize = 3;
/// A job that nearly all or nearly no likely routes have is not disputed.
const LEAST_DOUBT: f64 = 0.1;

impl Model {
    /// The jobs that about half of the likely routes have, weighed by their probability, the most disputed first.
    pub(super) fn disputed(&self, reading: &Reading) -> Vec<DisputedJob> {
        let mut routes = self.all_candidates(reading, &reading.predictions);
        routes.truncate(MAX_ROUTES);
        doubts(&routes)
            .into_iter()
            .map(|(job, share)| {
                let entry = &self.book().jobs[job as usize];
                DisputedJob { job: entry.code.clone(), job_name: entry.name.clone(), share }
            })
            .collect()
    }
}

/// Jobs with the share of the routes, by probability, that have them.
fn doubts(routes: &[Chosen]) -> Vec<(u32, f64)> {
    let total: f64 = routes.iter().map(|route| route.prob).sum();
    if total <= 0.0 {
        return Vec::new();
    }
    let mut shares: BTreeMap<u32, f64> = BTreeMap::new();
    for route in routes {
        let jobs: BTreeSet<u32> = route.jobs.iter().copied().collect();
        jobs.into_iter().for_each(|job| *shares.entry(job).or_default() += route.prob / total);
    }
    let doubt = |share: f64| share.min(1.0 - share);
    let mut found: Vec<(u32, f64)> = shares.into_iter().filter(|(_, share)| doubt(*share) >= LEAST_DOUBT).collect();
    // Stable: jobs in equal doubt stay in their order.
    found.sort_by(|a, b| doubt(b.1).total_cmp(&doubt(a.1)));
    found.truncate(MAX_JOBS);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_half_of_the_likely_routes_have_is_disputed() {
        let route = |jobs: &[u32], prob| Chosen { jobs: jobs.to_vec(), prob };
        let routes =
            [route(&[1, 2, 9], 0.1), route(&[1, 3, 9], 0.06), route(&[1, 3, 3, 2, 9], 0.03), route(&[1, 4], 0.01)];
        let found = doubts(&routes);
        assert_eq!(found.iter().map(|(job, _)| *job).collect::<Vec<_>>(), [3, 2]);
        assert!((found[0].1 - 0.45).abs() < 1e-9 && (found[1].1 - 0.65).abs() < 1e-9, "{found:?}");
        assert_eq!(doubts(&[]), []);
        assert_eq!(doubts(&[route(&[1, 2], 0.2)]), [], "one route alone disputes nothing");
    }
}
