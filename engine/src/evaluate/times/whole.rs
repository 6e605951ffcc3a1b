//! Whole orders: all reports with one order number of an item, at least two, of one quantity.

use std::collections::BTreeMap;

use crate::domain::{ItemCode, JobCode, Plant};
use crate::predict::times::spread;
use crate::predict::{Candidate, LotTime, ProposedOperation, matched_steps};

use super::super::Case;
use super::super::score::{candidate_jobs, jobs};
use super::{Order, Said, Tally};

/// Reports of one order number: minutes of setup and run, and pieces, by job. An order that ran a job twice is left out.
pub(super) type WholeOrder<'a> = BTreeMap<&'a JobCode, Order>;

pub(super) fn orders(plant: &Plant) -> BTreeMap<&ItemCode, Vec<WholeOrder<'_>>> {
    let mut by_number: BTreeMap<(&ItemCode, &str), (WholeOrder, bool)> = BTreeMap::new();
    for result in &plant.results {
        let (Some(number), Some(order)) = (&result.order, super::order(result)) else { continue };
        let (jobs, is_clear) = by_number.entry((&result.item, number)).or_insert((WholeOrder::new(), true));
        *is_clear &= jobs.insert(&result.job, order).is_none();
    }
    let mut whole: BTreeMap<&ItemCode, Vec<WholeOrder>> = BTreeMap::new();
    for ((item, _), (jobs, is_clear)) in by_number {
        if is_clear {
            whole.entry(item).or_default().push(jobs);
        }
    }
    whole
}

/// Compares whole orders of the item of `case` with what both methods say of the operations that were reported.
pub(super) fn add(
    tallies: &mut [Tally; 2],
    whole: &BTreeMap<&ItemCode, Vec<WholeOrder>>,
    case: &Case,
    first: &Candidate,
    neighbours: impl Fn(&JobCode, bool) -> Option<Said>,
) {
    let Some(orders) = whole.get(&case.item.code) else { return };
    let matched: Vec<(&ProposedOperation, &JobCode)> = matched_steps(&candidate_jobs(first), &jobs(case.truth))
        .into_iter()
        .map(|(at, true_at)| (&first.operations[at], &case.truth.operations[true_at].job))
        .collect();
    let mut ratios: [Vec<(f64, f64)>; 2] = Default::default();
    for order in orders {
        let reported: Vec<(&ProposedOperation, &JobCode, &Order)> =
            matched.iter().filter_map(|(proposed, job)| Some((*proposed, *job, order.get(job)?))).collect();
        let Some((.., Order { qty, .. })) = reported.first() else { continue };
        let is_one_lot = reported.iter().all(|(.., order)| order.qty == *qty) && qty.fract() == 0.0;
        let took: Option<f64> = reported.iter().map(|(.., order)| Some(order.setup_min? + order.run_min)).sum();
        let Some(took) = took.filter(|_| is_one_lot && reported.len() >= 2) else { continue };
        let model = LotTime::total(reported.iter().map(|(proposed, ..)| *proposed), *qty as u32);
        let of_job = |job: &JobCode| {
            let (setup, run) = (neighbours(job, false)?, neighbours(job, true)?);
            Some((setup.p50 + run.p50 * qty, setup.p80 + run.p80 * qty))
        };
        let parts: Option<Vec<(f64, f64)>> = reported.iter().map(|(_, job, _)| of_job(job)).collect();
        let said = [
            (model.n_unknown == 0).then_some((model.p50, model.p80)),
            parts.map(|parts| parts.iter().fold((0.0, 0.0), |sum, part| (sum.0 + part.0, sum.1 + part.1))),
        ];
        for (at, said) in said.iter().enumerate() {
            let Some((p50, p80)) = said else { continue };
            tallies[at].count(took, p50 * (1.0 + 1e-6), p80 * (1.0 + 1e-6));
            if *p50 > 0.0 {
                ratios[at].push((took / p50, 1.0));
            }
        }
    }
    let medians = ratios.map(|ratios| spread(ratios).map(|found| found.p50));
    if let [Some(_), Some(_)] = medians {
        for (tally, ratio) in tallies.iter_mut().zip(medians.into_iter().flatten()) {
            tally.errors.push(((1.0 / ratio - 1.0).abs(), 1.0));
        }
    }
}
