//! Writes the book of past routings: who may still run what, and which report belongs to which operation.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{Date, ItemCode, JobCode, Operation, Plant, WorkCentreCode, WorkResult};

use super::book::{Book, Interoperation, Job, PastRouting, PastStep, WorkCentre};
use super::observed::{Observed, ReportedOrder};

/// A work centre without any activity for so long, in a plant that reports, no longer runs.
const RETIRED_AFTER_DAYS: i64 = 3 * 365;
/// Reports in the last years that make a plant one that reports.
const MIN_RECENT_REPORTS: usize = 50;

/// Writes the book of `plant`; `item_idx` gives the position of an item. Also returns the reports that found their operation.
pub(super) fn write_book(plant: &Plant, item_idx: impl Fn(&ItemCode) -> Option<u32>) -> (Book, Observed) {
    let jobs = job_list(plant);
    let work_centres = work_centre_list(plant);
    let job_idx: BTreeMap<&JobCode, u32> = jobs.iter().enumerate().map(|(at, job)| (&job.code, at as u32)).collect();
    let centre_idx: BTreeMap<&WorkCentreCode, u32> =
        work_centres.iter().enumerate().map(|(at, centre)| (&centre.code, at as u32)).collect();
    let as_of = plant.as_of();
    let mut reports = match_reports(plant, as_of);
    let mut routings = Vec::with_capacity(plant.routings.len());
    for (routing_at, routing) in plant.routings.iter().enumerate() {
        let Some(item_idx) = item_idx(&routing.item) else { continue };
        let steps = routing
            .operations
            .iter()
            .map(|operation| PastStep {
                seq: operation.seq,
                job: job_idx[&operation.job],
                work_centre: operation.work_centre.as_ref().map(|code| centre_idx[code]),
                alternatives: operation.alternatives.iter().map(|code| centre_idx[code]).collect(),
                outsourced: operation.outsourced,
                planned_setup: operation.setup_min,
                planned_run: operation.run_min_per_piece,
                interoperation: Interoperation {
                    queue_min: operation.queue_min.map(|minutes| minutes as f32),
                    wait_min: operation.wait_min.map(|minutes| minutes as f32),
                    move_min: operation.move_min.map(|minutes| minutes as f32),
                },
                is_batch: operation.is_batch,
                valid_from: operation.valid_from,
                valid_to: operation.valid_to,
            })
            .collect();
        let is_current = routing.operations.iter().any(|operation| is_valid_at(operation, as_of));
        let past = PastRouting {
            item_idx,
            id: routing.id.clone(),
            is_main: routing.is_main,
            created: routing.created,
            is_current,
            steps,
        };
        routings.push((routing_at, past));
    }
    routings.sort_by(|(_, a), (_, b)| {
        let rank = |routing: &PastRouting| (routing.is_main != Some(true), !routing.is_current);
        a.item_idx
            .cmp(&b.item_idx)
            .then_with(|| rank(a).cmp(&rank(b)))
            .then_with(|| b.created.cmp(&a.created))
            .then_with(|| a.id.cmp(&b.id))
    });
    let mut observed = Observed::default();
    for (at, (routing_at, past)) in routings.iter().enumerate() {
        for step_at in 0..past.steps.len() {
            if let Some(found) = reports.remove(&(*routing_at, step_at)) {
                observed.push((at as u32, step_at as u32), &found);
            }
        }
    }
    let routings = routings.into_iter().map(|(_, past)| past).collect();
    let mut book = Book { jobs, work_centres, routings };
    list_work_centres_of_jobs(&mut book);
    (book, observed)
}

fn list_work_centres_of_jobs(book: &mut Book) {
    let mut counts: Vec<BTreeMap<u32, usize>> = vec![BTreeMap::new(); book.jobs.len()];
    for step in book.routings.iter().flat_map(|routing| &routing.steps) {
        for centre in step.work_centre.iter().chain(&step.alternatives) {
            if book.work_centres[*centre as usize].is_active {
                *counts[step.job as usize].entry(*centre).or_default() += 1;
            }
        }
    }
    for (job, counts) in book.jobs.iter_mut().zip(counts) {
        let mut centres: Vec<(u32, usize)> = counts.into_iter().collect();
        centres.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        job.work_centres = centres.into_iter().map(|(centre, _)| centre).collect();
    }
}

fn is_valid_at(operation: &Operation, day: Option<Date>) -> bool {
    match (operation.valid_to, day) {
        (Some(end), Some(day)) => end >= day,
        _ => true,
    }
}

/// The commonest of the names that the data gives to one code, first by count, then by the name itself.
fn commonest<'a, K: Ord + Clone + 'a>(
    pairs: impl Iterator<Item = (&'a K, Option<&'a String>)>,
) -> BTreeMap<K, Option<String>> {
    let mut names: BTreeMap<K, BTreeMap<&String, usize>> = BTreeMap::new();
    for (code, name) in pairs {
        let counts = names.entry(code.clone()).or_default();
        if let Some(name) = name {
            *counts.entry(name).or_default() += 1;
        }
    }
    let best = |counts: BTreeMap<&String, usize>| {
        counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(a.0))).map(|(name, _)| name.clone())
    };
    names.into_iter().map(|(code, counts)| (code, best(counts))).collect()
}

fn operations(plant: &Plant) -> impl Iterator<Item = &Operation> {
    plant.routings.iter().flat_map(|routing| &routing.operations)
}

fn job_list(plant: &Plant) -> Vec<Job> {
    commonest(operations(plant).map(|operation| (&operation.job, operation.job_name.as_ref())))
        .into_iter()
        .map(|(code, name)| Job { code, name, work_centres: Vec::new() })
        .collect()
}

fn work_centre_list(plant: &Plant) -> Vec<WorkCentre> {
    let named = operations(plant)
        .filter_map(|operation| operation.work_centre.as_ref().map(|code| (code, operation.work_centre_name.as_ref())));
    let others = operations(plant).flat_map(|operation| &operation.alternatives).map(|code| (code, None));
    let retired = retired_work_centres(plant);
    commonest(named.chain(others))
        .into_iter()
        .map(|(code, name)| WorkCentre { is_active: !retired.contains(&code), code, name })
        .collect()
}

/// Work centres that no longer run: every operation there has ended, or nothing was written or reported there for
/// years in a plant that reports its work.
fn retired_work_centres(plant: &Plant) -> BTreeSet<WorkCentreCode> {
    let Some(as_of) = plant.as_of() else { return BTreeSet::new() };
    let horizon = as_of - chrono::Duration::days(RETIRED_AFTER_DAYS);
    let mut has_valid: BTreeMap<&WorkCentreCode, bool> = BTreeMap::new();
    let mut last_written: BTreeMap<&WorkCentreCode, Option<Date>> = BTreeMap::new();
    for routing in &plant.routings {
        for operation in &routing.operations {
            for centre in operation.work_centre.iter().chain(&operation.alternatives) {
                *has_valid.entry(centre).or_default() |= is_valid_at(operation, Some(as_of));
                let last = last_written.entry(centre).or_default();
                *last = (*last).max(routing.created);
            }
        }
    }
    let mut last_reported: BTreeMap<&WorkCentreCode, Date> = BTreeMap::new();
    let mut n_recent = 0;
    for result in &plant.results {
        if let (Some(centre), Some(end)) = (&result.work_centre, result.end) {
            let last = last_reported.entry(centre).or_insert(end);
            *last = (*last).max(end);
            n_recent += usize::from(end >= horizon);
        }
    }
    let is_silent = |centre: &WorkCentreCode| {
        let reported = last_reported.get(centre);
        let written = last_written.get(centre).copied().flatten();
        n_recent >= MIN_RECENT_REPORTS
            && reported.is_some_and(|day| *day < horizon)
            && written.is_none_or(|day| day < horizon)
    };
    has_valid
        .into_iter()
        .filter(|(centre, is_valid)| !is_valid || is_silent(centre))
        .map(|(centre, _)| centre.clone())
        .collect()
}

/// Finds the operation of each report, as (routing, step) of the plant: same item and job, then routing and number
/// where the report names them. Reports without a run time or quantity say nothing.
fn match_reports(plant: &Plant, as_of: Option<Date>) -> BTreeMap<(usize, usize), Vec<ReportedOrder>> {
    let mut of_item: BTreeMap<&ItemCode, Vec<usize>> = BTreeMap::new();
    for (at, routing) in plant.routings.iter().enumerate() {
        of_item.entry(&routing.item).or_default().push(at);
    }
    let mut reports: BTreeMap<(usize, usize), Vec<ReportedOrder>> = BTreeMap::new();
    for result in &plant.results {
        let Some(routings) = of_item.get(&result.item) else { continue };
        let Some(place) = place_of(plant, routings, result) else { continue };
        let routing = &plant.routings[place.0];
        let report = ReportedOrder::of(result, &routing.operations[place.1], routing.created, as_of);
        reports.entry(place).or_default().extend(report);
    }
    reports.retain(|_, found| !found.is_empty());
    reports.values_mut().for_each(|found| ReportedOrder::sort(found));
    reports
}

fn place_of(plant: &Plant, routings: &[usize], result: &WorkResult) -> Option<(usize, usize)> {
    let mut best: Option<((bool, bool), (usize, usize))> = None;
    for routing_at in routings {
        let routing = &plant.routings[*routing_at];
        if result.routing.as_ref().is_some_and(|id| *id != routing.id) {
            continue;
        }
        for (step_at, operation) in routing.operations.iter().enumerate() {
            if operation.job != result.job {
                continue;
            }
            let fit = (result.seq == Some(operation.seq), routing.is_main == Some(true));
            if best.is_none_or(|(best_fit, _)| fit > best_fit) {
                best = Some((fit, (*routing_at, step_at)));
            }
        }
    }
    best.map(|(_, place)| place)
}
