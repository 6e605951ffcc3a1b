//! How good times are on held-out orders, beside the mean of the neighbours' times: of single operations, and of whole
//! orders.
//!
//! An *order* is one reported work result of a held-out item for a job that both the first candidate and the true routing
//! have. Reports without a run time are no orders: they are how a clock looks that nobody started. A *whole order* is all such
//! reports with one order number, at least two, of one quantity.

mod whole;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::domain::{ItemCode, JobCode, Plant, WorkResult};
use crate::predict::times::{spread, weighted_quantile};
use crate::predict::{Neighbour, Prediction, ProposedOperation, TimeSource, matched_steps};

use super::Case;
use super::score::{candidate_jobs, jobs};

/// Setup or run time of one method. Shares are 0 to 1; `None` where there is nothing to measure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TimeScore {
    /// `model` or `mean_of_neighbours`.
    pub method: String,
    /// `setup`, `run`, or `order`: both of all operations of an order.
    pub kind: String,
    /// Operations (items for `order`) that both methods have a time for and whose truth is known.
    pub n_operations: usize,
    /// Median over them of |P50 − true| / true, where true is the median of the item's own orders.
    pub median_ape: Option<f64>,
    /// Orders that this method has a time for.
    pub n_orders: usize,
    /// Share of them at or below P80.
    pub p80_coverage: Option<f64>,
    /// Share of them at or below P50.
    pub p50_coverage: Option<f64>,
    /// P80 coverage by source and number of values; empty for the baseline.
    pub classes: Vec<ClassScore>,
}

/// P80 coverage of one class.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClassScore {
    /// `actual`, `planned` or `similar`.
    pub source: TimeSource,
    /// Values behind the estimate: `1`, `2-4`, `5-19`, `20+`.
    pub n: String,
    pub n_orders: usize,
    pub p80_coverage: f64,
}

impl TimeScore {
    pub(super) fn is_run_of_model(&self) -> bool {
        self.method == "model" && self.kind == "run"
    }
}

/// One order: minutes of setup, minutes of run, pieces.
#[derive(Clone, Copy)]
struct Order {
    setup_min: Option<f64>,
    run_min: f64,
    qty: f64,
}

/// P50 and P80 of setup, or of run for one piece or for the lot.
#[derive(Clone, Copy)]
struct Said {
    p50: f64,
    p80: f64,
    is_per_piece: bool,
}

type Orders<'a> = BTreeMap<(&'a ItemCode, &'a JobCode), Vec<Order>>;

/// Setup and run of the model and of the mean of neighbours.
pub(super) fn scores(plant: &Plant, cases: &[Case], answers: &[Prediction]) -> Vec<TimeScore> {
    let orders = orders(plant);
    let plans = plans(plant);
    let whole = whole::orders(plant);
    let mut tallies: [[Tally; 2]; 3] = Default::default();
    for (case, answer) in cases.iter().zip(answers) {
        let Some(first) = answer.candidates.first() else { continue };
        let neighbours = |job: &JobCode, is_run| of_neighbours(&answer.neighbours, job, is_run, &orders, &plans);
        whole::add(&mut tallies[2], &whole, case, first, neighbours);
        for (at, true_at) in matched_steps(&candidate_jobs(first), &jobs(case.truth)) {
            let (proposed, job) = (&first.operations[at], &case.truth.operations[true_at].job);
            let Some(own) = orders.get(&(&case.item.code, job)) else { continue };
            for (kind, tallies) in tallies.iter_mut().take(2).enumerate() {
                let is_run = kind == 1;
                let said = [of_model(proposed, is_run), neighbours(job, is_run)];
                let ratios = said.map(|said| said.and_then(|said| ratio(own, said, is_run)));
                let is_common = ratios.iter().all(Option::is_some);
                for ((tally, said), ratio) in tallies.iter_mut().zip(said).zip(ratios) {
                    tally.errors.extend(ratio.filter(|_| is_common).map(|ratio| ((1.0 / ratio - 1.0).abs(), 1.0)));
                    tally.cover(own, said, is_run);
                }
                let time =
                    if is_run { proposed.run_min_per_piece.or(proposed.run_min_per_lot) } else { proposed.setup_min };
                if let (Some(time), Some(said)) = (time, said[0]) {
                    let entry = tallies[0].classes.entry((time.source, class_of(time.n))).or_default();
                    own.iter().filter_map(|order| part(order, said, is_run)).for_each(|(took, _, p80)| {
                        entry.0 += 1;
                        entry.1 += usize::from(took <= p80);
                    });
                }
            }
        }
    }
    let mut scores = Vec::new();
    for (kind, tallies) in ["setup", "run", "order"].into_iter().zip(tallies) {
        for (method, tally) in ["model", "mean_of_neighbours"].into_iter().zip(tallies) {
            scores.push(tally.score(method, kind));
        }
    }
    scores
}

#[derive(Default)]
struct Tally {
    errors: Vec<(f64, f64)>,
    n_orders: usize,
    n_below_p50: usize,
    n_below_p80: usize,
    /// Orders and covered orders by source and class of n.
    classes: BTreeMap<(TimeSource, usize), (usize, usize)>,
}

impl Tally {
    fn cover(&mut self, own: &[Order], said: Option<Said>, is_run: bool) {
        let Some(said) = said else { return };
        for (took, p50, p80) in own.iter().filter_map(|order| part(order, said, is_run)) {
            self.count(took, p50, p80);
        }
    }

    fn count(&mut self, took: f64, p50: f64, p80: f64) {
        self.n_orders += 1;
        self.n_below_p50 += usize::from(took <= p50);
        self.n_below_p80 += usize::from(took <= p80);
    }

    fn score(mut self, method: &str, kind: &str) -> TimeScore {
        self.errors.sort_by(|a, b| a.0.total_cmp(&b.0));
        let share = |part: usize| (self.n_orders > 0).then(|| part as f64 / self.n_orders as f64);
        let class = |((source, class), (n_orders, n_covered)): ((TimeSource, usize), (usize, usize))| ClassScore {
            source,
            n: ["1", "2-4", "5-19", "20+"][class].to_owned(),
            n_orders,
            p80_coverage: n_covered as f64 / n_orders.max(1) as f64,
        };
        TimeScore {
            method: method.to_owned(),
            kind: kind.to_owned(),
            n_operations: self.errors.len(),
            median_ape: weighted_quantile(&self.errors, 0.5),
            n_orders: self.n_orders,
            p50_coverage: share(self.n_below_p50),
            p80_coverage: share(self.n_below_p80),
            classes: self.classes.into_iter().map(class).collect(),
        }
    }
}

fn class_of(n: u32) -> usize {
    [2, 5, 20].iter().filter(|least| n >= **least).count()
}

/// What an order took of a kind, and what was said for its quantity: P50, P80. Rounding must not decide.
fn part(order: &Order, said: Said, is_run: bool) -> Option<(f64, f64, f64)> {
    let pieces = if said.is_per_piece { order.qty } else { 1.0 };
    let took = if is_run { order.run_min } else { order.setup_min? };
    Some((took, said.p50 * pieces * (1.0 + 1e-6), said.p80 * pieces * (1.0 + 1e-6)))
}

/// Median of (took / said) over the orders that took any time.
fn ratio(own: &[Order], said: Said, is_run: bool) -> Option<f64> {
    let ratios = own.iter().filter_map(|order| {
        let pieces = if said.is_per_piece { order.qty } else { 1.0 };
        let took = if is_run { order.run_min } else { order.setup_min? };
        (took > 0.0 && said.p50 > 0.0).then(|| (took / (said.p50 * pieces), 1.0))
    });
    spread(ratios.collect()).map(|found| found.p50)
}

fn of_model(proposed: &ProposedOperation, is_run: bool) -> Option<Said> {
    let said =
        |is_per_piece| move |time: crate::predict::TimeEstimate| Said { p50: time.p50, p80: time.p80, is_per_piece };
    if !is_run {
        return proposed.setup_min.map(said(false));
    }
    proposed.run_min_per_piece.map(said(true)).or_else(|| proposed.run_min_per_lot.map(said(false)))
}

/// What anyone would try first: the mean over the ten nearest items that ran the job, each by the mean of its reports,
/// or by its planned value when none of them has a report; the P80 is that of their values together.
fn of_neighbours(
    neighbours: &[Neighbour],
    job: &JobCode,
    is_run: bool,
    orders: &Orders,
    plans: &BTreeMap<(&ItemCode, &JobCode), [Option<f64>; 2]>,
) -> Option<Said> {
    let values = |order: &Order| if is_run { Some(order.run_min / order.qty) } else { order.setup_min };
    let reported: Vec<Vec<f64>> = neighbours
        .iter()
        .filter_map(|neighbour| orders.get(&(&neighbour.item, job)))
        .map(|orders| orders.iter().filter_map(values).filter(|minutes| *minutes > 0.0).collect::<Vec<f64>>())
        .filter(|values| !values.is_empty())
        .collect();
    let planned = || {
        let plan = |neighbour: &Neighbour| plans.get(&(&neighbour.item, job))?[usize::from(is_run)];
        neighbours.iter().filter_map(plan).map(|minutes| vec![minutes]).collect()
    };
    let by_item: Vec<Vec<f64>> = if reported.is_empty() { planned() } else { reported };
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let means: Vec<f64> = by_item.iter().map(|values| mean(values)).collect();
    let all = spread(by_item.into_iter().flatten().map(|minutes| (minutes, 1.0)).collect())?;
    Some(Said { p50: mean(&means), p80: all.p80, is_per_piece: is_run })
}

fn order(result: &WorkResult) -> Option<Order> {
    let qty = result.qty.or(result.good_qty).filter(|qty| *qty > 0.0)?;
    let run_min = result.run_min.filter(|minutes| *minutes > 0.0)?;
    Some(Order { setup_min: result.setup_min.filter(|minutes| *minutes >= 0.0), run_min, qty })
}

fn orders(plant: &Plant) -> Orders<'_> {
    let mut orders = Orders::new();
    for result in &plant.results {
        if let Some(order) = order(result) {
            orders.entry((&result.item, &result.job)).or_default().push(order);
        }
    }
    orders
}

/// Planned setup and run of each item and job, from its first routing that plans them.
fn plans(plant: &Plant) -> BTreeMap<(&ItemCode, &JobCode), [Option<f64>; 2]> {
    let mut plans: BTreeMap<(&ItemCode, &JobCode), [Option<f64>; 2]> = BTreeMap::new();
    for routing in &plant.routings {
        for operation in &routing.operations {
            let plan = plans.entry((&routing.item, &operation.job)).or_default();
            plan[0] = plan[0].or(operation.setup_min);
            plan[1] = plan[1].or(operation.run_min_per_piece);
        }
    }
    plans
}
