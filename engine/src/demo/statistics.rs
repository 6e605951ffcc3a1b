//! What the generator knows about the plant it made; for tests, reports and an honest ceiling.

use std::collections::{BTreeMap, BTreeSet};

use super::catalogue::{Job, Part};
use super::design::Design;
use super::drawing::Known;
use super::knowable::Ceiling;
use super::routings::PlannedRouting;

/// Counts over one plant.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DemoStatistics {
    /// Distinct item codes.
    pub n_items: usize,
    /// Items that the plant makes or assembles.
    pub n_make_items: usize,
    pub n_items_with_routing: usize,
    /// Make-items whose routing was written but left out: those of `truth.csv`.
    pub n_truth_items: usize,
    pub n_routings: usize,
    /// Operations of the routings, alternatives not counted.
    pub n_operations: usize,
    pub n_outsourced_operations: usize,
    pub n_results: usize,
    /// Distinct job sequences of all routings.
    pub n_distinct_routes: usize,
    /// Part type code → main routings and their distinct job sequences, truth included.
    pub main_routes_of_part: BTreeMap<&'static str, (usize, usize)>,
    /// Best possible exact@1 of the main routings (truth included) from the item's own clean row.
    pub knowable_exact_share: f64,
    /// The same where an earlier item of the same drawing has a routing: then what the drawing shows counts as known.
    /// An upper bound, because a routing may not show every feature.
    pub knowable_exact_share_with_drawings: f64,
}

/// Collects the counts.
#[derive(Default)]
pub struct Statistics {
    pub counts: DemoStatistics,
    routes: BTreeSet<Vec<Job>>,
    main_routes: BTreeMap<Part, (usize, BTreeSet<Vec<Job>>)>,
    ceiling: Ceiling,
    routed_drawings: BTreeSet<u64>,
    knowable: f64,
    knowable_with_drawings: f64,
}

impl Statistics {
    /// Takes the routings of one item; `is_truth` when they were left out of the tables.
    pub fn take(&mut self, design: &Design, routings: &[PlannedRouting], is_truth: bool) {
        let own = self.ceiling.of(design.visible, design.known);
        let is_drawing_known = self.routed_drawings.contains(&design.drawing_number);
        self.knowable += own;
        self.knowable_with_drawings +=
            if is_drawing_known { self.ceiling.of(design.visible, Known::All(design.features)) } else { own };
        if is_truth {
            self.counts.n_truth_items += 1;
        } else {
            self.counts.n_items_with_routing += 1;
            self.routed_drawings.insert(design.drawing_number);
        }
        for routing in routings {
            let route: Vec<Job> = routing.operations.iter().map(|operation| operation.job).collect();
            if routing.is_main {
                let (n, distinct) = self.main_routes.entry(design.part()).or_default();
                *n += 1;
                distinct.insert(route.clone());
            }
            if !is_truth {
                self.counts.n_routings += 1;
                self.counts.n_operations += route.len();
                let n_outside = routing.operations.iter().filter(|operation| operation.is_outside()).count();
                self.counts.n_outsourced_operations += n_outside;
                self.routes.insert(route);
            }
        }
    }

    /// The counts, with shares computed.
    pub fn finish(mut self) -> DemoStatistics {
        let n_main: usize = self.main_routes.values().map(|(n, _)| n).sum();
        self.counts.n_distinct_routes = self.routes.len();
        self.counts.main_routes_of_part = self
            .main_routes
            .into_iter()
            .map(|(part, (n, distinct))| (part.facts().code, (n, distinct.len())))
            .collect();
        self.counts.knowable_exact_share = self.knowable / n_main.max(1) as f64;
        self.counts.knowable_exact_share_with_drawings = self.knowable_with_drawings / n_main.max(1) as f64;
        self.counts
    }
}
