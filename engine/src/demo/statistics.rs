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
    /// Of the make-items.
    pub n_items_with_routing: usize,
    /// Codes of standard routings, each with one routing. They count as items, not as make-items, and their routings are
    /// rules: no share below is taken of them.
    pub n_standard_items: usize,
    /// Make-items whose routing was written but left out: those of `truth.csv`.
    pub n_truth_items: usize,
    pub n_routings: usize,
    /// Operations of the routings, alternatives not counted.
    pub n_operations: usize,
    pub n_outsourced_operations: usize,
    pub n_results: usize,
    /// Distinct job sequences of all routings.
    pub n_distinct_routes: usize,
    /// By part type code; truth included.
    pub main_routes_of_part: BTreeMap<&'static str, PartRoutes>,
    /// Best possible exact@1 of the main routings (truth included) from the item's own clean row.
    pub knowable_exact_share: f64,
    /// Measured beside it: share of these main routings that are the likeliest one for their clean row.
    pub likeliest_exact_share: f64,
    /// [`Self::knowable_exact_share`], but where an earlier item of the same drawing has a routing, what the drawing
    /// shows counts as known.
    /// An upper bound, because a routing may not show every feature.
    pub knowable_exact_share_with_drawings: f64,
}

/// Main routings of one part type.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PartRoutes {
    pub n_main: usize,
    /// Distinct job sequences among them.
    pub n_distinct: usize,
    /// Best possible exact@1 from the clean row alone.
    pub knowable_exact_share: f64,
}

/// What is collected of one part type.
#[derive(Default)]
struct PartTally {
    n_main: usize,
    routes: BTreeSet<Vec<Job>>,
    knowable: f64,
    n_likeliest: usize,
    knowable_with_drawings: f64,
}

/// Collects the counts.
#[derive(Default)]
pub struct Statistics {
    pub counts: DemoStatistics,
    routes: BTreeSet<Vec<Job>>,
    main_routes: BTreeMap<Part, PartTally>,
    ceiling: Ceiling,
    routed_drawings: BTreeSet<u64>,
}

impl Statistics {
    /// Takes the routings of one item; `is_truth` when they were left out of the tables.
    pub fn take(&mut self, design: &Design, routings: &[PlannedRouting], is_truth: bool) {
        let is_drawing_known = self.routed_drawings.contains(&design.drawing_number);
        let known = if is_drawing_known { Known::All(design.features) } else { design.known };
        let with_drawings = self.ceiling.of(design.visible, known).prob;
        let best = self.ceiling.of(design.visible, design.known);
        let tally = self.main_routes.entry(design.part()).or_default();
        tally.n_main += 1;
        tally.knowable += best.prob;
        tally.knowable_with_drawings += with_drawings;
        if is_truth {
            self.counts.n_truth_items += 1;
        } else {
            self.counts.n_items_with_routing += 1;
            self.routed_drawings.insert(design.drawing_number);
        }
        for routing in routings {
            let route: Vec<Job> = routing.operations.iter().map(|operation| operation.job).collect();
            if routing.is_main {
                tally.n_likeliest += usize::from(route == best.jobs);
                tally.routes.insert(route);
            }
        }
        if !is_truth {
            routings.iter().for_each(|routing| self.count(routing));
        }
    }

    /// Takes the routing of one standard code.
    pub fn take_standard(&mut self, routing: &PlannedRouting) {
        self.counts.n_standard_items += 1;
        self.count(routing);
    }

    /// Counts one routing that stands in the tables.
    fn count(&mut self, routing: &PlannedRouting) {
        self.counts.n_routings += 1;
        self.counts.n_operations += routing.operations.len();
        self.counts.n_outsourced_operations +=
            routing.operations.iter().filter(|operation| operation.is_outside()).count();
        self.routes.insert(routing.operations.iter().map(|operation| operation.job).collect());
    }

    /// The counts, with shares computed.
    pub fn finish(mut self) -> DemoStatistics {
        let mut totals = PartTally::default();
        self.counts.n_distinct_routes = self.routes.len();
        for (part, tally) in self.main_routes {
            totals.n_main += tally.n_main;
            totals.n_likeliest += tally.n_likeliest;
            totals.knowable += tally.knowable;
            totals.knowable_with_drawings += tally.knowable_with_drawings;
            let routes = PartRoutes {
                n_main: tally.n_main,
                n_distinct: tally.routes.len(),
                knowable_exact_share: tally.knowable / tally.n_main as f64,
            };
            self.counts.main_routes_of_part.insert(part.facts().code, routes);
        }
        let n_main = totals.n_main.max(1) as f64;
        self.counts.knowable_exact_share = totals.knowable / n_main;
        self.counts.likeliest_exact_share = totals.n_likeliest as f64 / n_main;
        self.counts.knowable_exact_share_with_drawings = totals.knowable_with_drawings / n_main;
        self.counts
    }
}
