//! Writes the book of past routings: who may still run what, and which report belongs to which operation.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::ops::Range;

use crate::domain::{Date, JobCode, Operation, Routing, WorkCentreCode, WorkResult};

use super::book::{Book, Interoperation, Job, PastRouting, PastStep, WorkCentre};
use super::observed::{Observed, RawReport, ReportedOrder};

/// A work centre without any activity for so long, in a plant that reports, no longer runs.
const RETIRED_AFTER_DAYS: i64 = 3 * 365;
/// Reports in the last years that make a plant one that reports.
const MIN_RECENT_REPORTS: usize = 50;

/// Codes in the order in which they came, each with the names that the data give it and how often.
struct Names<K> {
    numbers: HashMap<K, u32>,
    all: Vec<(K, BTreeMap<String, usize>)>,
}

impl<K> Default for Names<K> {
    fn default() -> Self {
        Self { numbers: HashMap::new(), all: Vec::new() }
    }
}

impl<K: Clone + Eq + Hash + Ord> Names<K> {
    fn number(&mut self, code: &K) -> u32 {
        if let Some(number) = self.numbers.get(code) {
            return *number;
        }
        let number = self.all.len() as u32;
        self.numbers.insert(code.clone(), number);
        self.all.push((code.clone(), BTreeMap::new()));
        number
    }

    fn named(&mut self, code: &K, name: Option<&String>) -> u32 {
        let number = self.number(code);
        if let Some(name) = name {
            let counts = &mut self.all[number as usize].1;
            match counts.get_mut(name) {
                Some(count) => *count += 1,
                None => drop(counts.insert(name.clone(), 1)),
            }
        }
        number
    }

    /// Codes with the commonest of their names (by count, then by the name itself), ascending, and where each number is there.
    fn sorted(self) -> (Vec<(K, Option<String>)>, Vec<u32>) {
        let mut order: Vec<usize> = (0..self.all.len()).collect();
        order.sort_by(|a, b| self.all[*a].0.cmp(&self.all[*b].0));
        let mut places = vec![0u32; order.len()];
        order.iter().zip(0..).for_each(|(number, place)| places[*number] = place);
        let commonest = |(code, counts): &(K, BTreeMap<String, usize>)| {
            let best = counts.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)));
            (code.clone(), best.map(|(name, _)| name.clone()))
        };
        (order.iter().map(|number| commonest(&self.all[*number])).collect(), places)
    }
}

/// A book in the making. Items have numbers of their own until it is finished.
#[derive(Default)]
pub(super) struct BookBuilder {
    jobs: Names<JobCode>,
    centres: Names<WorkCentreCode>,
    /// With the numbers of `jobs` and `centres`.
    routings: Vec<PastRouting>,
    of_item: HashMap<u32, Range<usize>>,
    /// With the place of their operation, as routing and step.
    reports: Vec<((u32, u32), RawReport)>,
    last_reported: BTreeMap<u32, Date>,
    /// How many reports of a work centre ended on a day.
    n_reported: BTreeMap<Date, usize>,
    /// The plant's latest day.
    latest: Option<Date>,
}

impl BookBuilder {
    /// Adds the next routing; those of one item come one after the other.
    pub fn routing(&mut self, item_idx: u32, routing: &Routing) {
        let steps = routing.operations.iter().map(|operation| self.step(operation)).collect();
        let at = self.routings.len();
        self.of_item.entry(item_idx).or_insert(at..at).end = at + 1;
        self.latest = self.latest.max(routing.created);
        self.routings.push(PastRouting {
            item_idx,
            id: routing.id.clone(),
            is_main: routing.is_main,
            created: routing.created,
            is_current: false,
            steps,
        });
    }

    fn step(&mut self, operation: &Operation) -> PastStep {
        let centre_name = operation.work_centre_name.as_ref();
        PastStep {
            seq: operation.seq,
            job: self.jobs.named(&operation.job, operation.job_name.as_ref()),
            work_centre: operation.work_centre.as_ref().map(|code| self.centres.named(code, centre_name)),
            alternatives: operation.alternatives.iter().map(|code| self.centres.number(code)).collect(),
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
        }
    }

    /// Adds a report, once all routings have come. One that fits no operation of the item, or has no run time or no
    /// quantity, says nothing of times.
    pub fn report(&mut self, item_idx: Option<u32>, result: &WorkResult) {
        self.latest = self.latest.max(result.end);
        let used = result.work_centre.as_ref().map(|code| self.centres.numbers.get(code).copied());
        if let (Some(used), Some(end)) = (used, result.end) {
            *self.n_reported.entry(end).or_default() += 1;
            if let Some(used) = used {
                let last = self.last_reported.entry(used).or_insert(end);
                *last = (*last).max(end);
            }
        }
        let Some(routings) = item_idx.and_then(|at| self.of_item.get(&at)) else { return };
        let Some((routing_at, step_at)) = self.place_of(routings.clone(), result) else { return };
        let routing = &self.routings[routing_at];
        let step = &routing.steps[step_at];
        let is_elsewhere = match (used, step.work_centre) {
            (Some(used), Some(planned)) => {
                used.is_none_or(|used| used != planned && !step.alternatives.contains(&used))
            }
            _ => false,
        };
        let report = RawReport::of(result, routing.created, is_elsewhere);
        self.reports.extend(report.map(|report| ((routing_at as u32, step_at as u32), report)));
    }

    /// Same job, then the routing and the number where the report names them, then the main routing.
    fn place_of(&self, routings: Range<usize>, result: &WorkResult) -> Option<(usize, usize)> {
        let job = *self.jobs.numbers.get(&result.job)?;
        let mut best: Option<((bool, bool), (usize, usize))> = None;
        for routing_at in routings {
            let routing = &self.routings[routing_at];
            if result.routing.as_ref().is_some_and(|id| *id != routing.id) {
                continue;
            }
            for (step_at, step) in routing.steps.iter().enumerate().filter(|(_, step)| step.job == job) {
                let fit = (result.seq == Some(step.seq), routing.is_main == Some(true));
                if best.is_none_or(|(best_fit, _)| fit > best_fit) {
                    best = Some((fit, (routing_at, step_at)));
                }
            }
        }
        best.map(|(_, place)| place)
    }

    /// The book, the reports of its steps and the plant's latest day; `item_idx` gives the number of each item there.
    pub fn finish(self, item_idx: impl Fn(u32) -> u32) -> (Book, Observed, Option<Date>) {
        let as_of = self.latest;
        let retired = self.retired();
        let Self { jobs, centres, mut routings, of_item, mut reports, .. } = self;
        drop(of_item);
        let (jobs, job_places) = jobs.sorted();
        let (centres, centre_places) = centres.sorted();
        for routing in &mut routings {
            routing.item_idx = item_idx(routing.item_idx);
            routing.is_current = routing.steps.iter().any(|step| is_valid_at(step, as_of));
            for step in &mut routing.steps {
                step.job = job_places[step.job as usize];
                let centres = step.work_centre.iter_mut().chain(&mut step.alternatives);
                centres.for_each(|centre| *centre = centre_places[*centre as usize]);
            }
        }
        let rank = |routing: &PastRouting| (routing.is_main != Some(true), !routing.is_current);
        let mut order: Vec<u32> = (0..routings.len() as u32).collect();
        order.sort_by(|a, b| {
            let (a, b) = (&routings[*a as usize], &routings[*b as usize]);
            a.item_idx
                .cmp(&b.item_idx)
                .then_with(|| rank(a).cmp(&rank(b)))
                .then_with(|| b.created.cmp(&a.created))
                .then_with(|| a.id.cmp(&b.id))
        });
        let mut places = vec![0u32; order.len()];
        order.iter().zip(0..).for_each(|(number, place)| places[*number as usize] = place);
        reports.iter_mut().for_each(|((routing, _), _)| *routing = places[*routing as usize]);
        let observed = observed(reports, as_of);
        let mut routings: Vec<Option<PastRouting>> = routings.into_iter().map(Some).collect();
        let routings = order.into_iter().filter_map(|number| routings[number as usize].take()).collect();
        let mut is_active = vec![true; centres.len()];
        retired.into_iter().for_each(|number| is_active[centre_places[number as usize] as usize] = false);
        let centre = |((code, name), is_active)| WorkCentre { code, name, is_active };
        let mut book = Book {
            jobs: jobs.into_iter().map(|(code, name)| Job { code, name, work_centres: Vec::new() }).collect(),
            work_centres: centres.into_iter().zip(is_active).map(centre).collect(),
            routings,
        };
        list_work_centres_of_jobs(&mut book);
        (book, observed, as_of)
    }

    /// Numbers of work centres that no longer run: every operation there has ended, or nothing was written or reported
    /// there for years in a plant that reports its work.
    fn retired(&self) -> Vec<u32> {
        let Some(as_of) = self.latest else { return Vec::new() };
        let horizon = as_of - chrono::Duration::days(RETIRED_AFTER_DAYS);
        let mut has_valid = vec![false; self.centres.all.len()];
        let mut last_written: Vec<Option<Date>> = vec![None; self.centres.all.len()];
        for routing in &self.routings {
            for step in &routing.steps {
                for centre in step.work_centre.iter().chain(&step.alternatives) {
                    has_valid[*centre as usize] |= is_valid_at(step, Some(as_of));
                    let last = &mut last_written[*centre as usize];
                    *last = (*last).max(routing.created);
                }
            }
        }
        let n_recent: usize = self.n_reported.range(horizon..).map(|(_, n)| n).sum();
        let is_silent = |centre: u32| {
            n_recent >= MIN_RECENT_REPORTS
                && self.last_reported.get(&centre).is_some_and(|day| *day < horizon)
                && last_written[centre as usize].is_none_or(|day| day < horizon)
        };
        (0..has_valid.len() as u32).filter(|centre| !has_valid[*centre as usize] || is_silent(*centre)).collect()
    }
}

/// Reports by the place of their step, each place in an order that depends on their content only.
fn observed(mut reports: Vec<((u32, u32), RawReport)>, as_of: Option<Date>) -> Observed {
    reports.sort_by_key(|(place, _)| *place);
    let mut observed = Observed::default();
    for of_step in reports.chunk_by(|(a, _), (b, _)| a == b) {
        let mut found: Vec<ReportedOrder> = of_step.iter().map(|(_, report)| report.seen_on(as_of)).collect();
        ReportedOrder::sort(&mut found);
        observed.push(of_step[0].0, &found);
    }
    observed
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

fn is_valid_at(step: &PastStep, day: Option<Date>) -> bool {
    match (step.valid_to, day) {
        (Some(end), Some(day)) => end >= day,
        _ => true,
    }
}
