//! What the shop floor reported: whole-order minutes with scatter, learning, mistakes and scrap.

use chrono::{Datelike, Days};

use super::catalogue::{Pool, WorkCentre};
use super::design::Design;
use super::routings::{PlannedOperation, PlannedRouting, able, runs_on};
use super::sampling::{Chooser, Dice};
use crate::domain::Date;

const ACTUALS: u64 = 7;
/// First year of the step in lapping times (+10 %), for tests of concept drift.
const LAPPING_STEP_YEAR: i32 = 2024;

/// One report of one operation of one order.
#[derive(Clone, Debug)]
pub struct DemoReport {
    /// Number of the order within the routing.
    pub order: usize,
    pub seq: u32,
    pub job_code: &'static str,
    pub work_centre: &'static WorkCentre,
    pub qty: usize,
    pub good_qty: usize,
    /// Whole order, minutes.
    pub setup_min: f64,
    /// Whole order, minutes.
    pub run_min: f64,
    pub end: Date,
    pub mishap: Mishap,
}

/// What is wrong with a report on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mishap {
    None,
    /// A clock left running: 3 to 10 times too long.
    Outlier,
    /// Not clocked at all.
    Zero,
}

/// Reports of a routing in the order of time. Suppliers report nothing here.
pub fn reports(
    seed: u64,
    design: &Design,
    routing_idx: usize,
    routing: &PlannedRouting,
    as_of: Date,
) -> Vec<DemoReport> {
    let mut dice = Dice::new(seed, &[ACTUALS, design.stream[0], design.stream[1], routing_idx as u64]);
    let n_orders = dice.power_count(30) / if routing.is_main { 1 } else { 3 };
    let span_days = (as_of - routing.created).num_days().max(0) as usize;
    let mut starts: Vec<usize> = (0..n_orders).map(|_| dice.below(span_days.max(1))).collect();
    starts.sort_unstable();
    let mut reports = Vec::new();
    for (order, start) in starts.into_iter().enumerate() {
        let qty = dice.geometric(3.0);
        let mut day = start as u64;
        for operation in routing.operations.iter().filter(|operation| !operation.is_outside()) {
            day += 1 + dice.below(2) as u64;
            let is_reported = dice.happens(0.92);
            let Some(end) = routing.created.checked_add_days(Days::new(day)).filter(|end| *end <= as_of) else {
                break;
            };
            if is_reported {
                reports.push(report(design, routing.created, order, qty, operation, end, &mut dice));
            }
        }
    }
    reports
}

fn report(
    design: &Design,
    since: Date,
    order: usize,
    qty: usize,
    operation: &PlannedOperation,
    end: Date,
    dice: &mut Dice,
) -> DemoReport {
    let facts = operation.job.facts();
    let mut run_min =
        qty as f64 * operation.truth.run_min_per_piece * dice.lognormal(drift(facts.pool, since, end), 0.3);
    let mishap = [Mishap::None, Mishap::Outlier, Mishap::Zero][dice.choose(&[0.92, 0.05, 0.03])];
    match mishap {
        Mishap::None => {}
        Mishap::Outlier => run_min *= dice.between(3.0, 10.0),
        Mishap::Zero => run_min = 0.0,
    }
    let good_qty = (0..qty).filter(|_| !dice.happens(0.02)).count();
    DemoReport {
        order,
        seq: operation.seq,
        job_code: facts.code,
        work_centre: used(design, operation, end, dice),
        qty,
        good_qty,
        setup_min: if mishap == Mishap::Zero { 0.0 } else { dice.lognormal(operation.truth.setup_min, 0.3) },
        run_min,
        end,
        mishap,
    }
}

/// Learning: −1 % per month since the routing was written, at most −25 %; and the step in lapping.
fn drift(pool: Pool, since: Date, end: Date) -> f64 {
    let months = (end - since).num_days().max(0) as f64 / 30.4;
    let step = if pool == Pool::Lapping && end.year() >= LAPPING_STEP_YEAR { 1.1 } else { 1.0 };
    libm::pow(0.99, months).max(0.75) * step
}

/// The planned work centre, in 8 % of the reports another that can do it; always one that runs on that day.
fn used(design: &Design, operation: &PlannedOperation, end: Date, dice: &mut Dice) -> &'static WorkCentre {
    let planned = operation.work_centre;
    if !dice.happens(0.08) && runs_on(planned, end) {
        return planned;
    }
    let others: Vec<_> =
        able(planned.pool, design.sizes.outer_diameter_mm, end).filter(|centre| centre.code != planned.code).collect();
    others.get(dice.below(others.len())).copied().unwrap_or(planned)
}
