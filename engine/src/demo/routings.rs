//! The routings of one item: main and sub, each operation placed on a work centre that can do it.

use chrono::{Datelike, Days};

use super::catalogue::work_centres::Role;
use super::catalogue::{Job, Kind, Pool, WORK_CENTRES, WorkCentre};
use super::design::Design;
use super::drawing::SizeClass;
use super::operations::{Style, jobs};
use super::sampling::{ByTheRule, Chooser, Dice};
use super::times::{Minutes, planned_minutes, true_minutes};
use crate::domain::Date;

const ROUTING: u64 = 6;

/// One operation as planned.
#[derive(Clone, Debug)]
pub struct PlannedOperation {
    pub seq: u32,
    pub job: Job,
    pub work_centre: &'static WorkCentre,
    pub alternatives: Vec<&'static WorkCentre>,
    pub planned: Minutes,
    /// Hidden: what it really takes.
    pub truth: Minutes,
}

impl PlannedOperation {
    /// Whether a supplier does it.
    pub fn is_outside(&self) -> bool {
        self.work_centre.role == Role::Supplier
    }
}

/// One routing of one item.
#[derive(Clone, Debug)]
pub struct PlannedRouting {
    pub id: String,
    pub is_main: bool,
    pub created: Date,
    pub operations: Vec<PlannedOperation>,
}

/// The routings that planners wrote for an item until `as_of`, one of them main.
pub fn routings_of(seed: u64, design: &Design, as_of: Date) -> Vec<PlannedRouting> {
    let mut dice = Dice::new(seed, &[ROUTING, design.stream[0], design.stream[1]]);
    let n_wished = 1 + dice.choose(&[0.62, 0.24, 0.09, 0.05]);
    let mut days = vec![later(design.created, 1 + dice.below(45) as u64, as_of)];
    for idx in 1..n_wished {
        days.push(later(days[idx - 1], 30 + dice.below(1_000) as u64, as_of));
    }
    // Whatever would be written after the end of the data is not written yet.
    let n_routings = 1 + days[1..].iter().filter(|day| **day < as_of).count();
    let main_idx = if n_routings > 1 && dice.happens(0.25) { 1 } else { 0 };
    let mut main_style = None;
    let mut routings = Vec::new();
    for (idx, created) in days.into_iter().take(n_routings).enumerate() {
        let is_main = idx == main_idx;
        // The route of the main routing has a stream of its own, so that its distribution is the one that
        // `knowable` weighs, however many routings stand beside it.
        let mut route_dice = Dice::new(seed, &[ROUTING, design.stream[0], design.stream[1], u64::from(is_main)]);
        let style = if is_main { None } else { main_style.map(other) };
        let jobs = if is_main {
            jobs(design.visible, design.features, None, &mut route_dice)
        } else {
            jobs(design.visible, design.features, style.or(Some(Style::Lathe)), &mut dice)
        };
        if is_main {
            let on_mill_turn = jobs.contains(&Job::MillTurn1);
            main_style = Some(if on_mill_turn { Style::MillTurn } else { Style::Lathe });
        }
        let operations = jobs
            .into_iter()
            .enumerate()
            .map(|(idx, job)| operation(seed, design, (idx as u32 + 1) * 10, job, created, &mut dice))
            .collect();
        let size = design.visible.drawing.size as u8 + 1;
        let id = format!("{}{size}R{:02}", design.part().facts().letter, idx + 1);
        routings.push(PlannedRouting { id, is_main, created, operations });
    }
    routings
}

/// The one routing of a standard code: by the rules of the plant, without anybody's habit.
pub fn standard_routing_of(seed: u64, design: &Design, id: String) -> PlannedRouting {
    let mut dice = Dice::new(seed, &[ROUTING, design.stream[0], design.stream[1]]);
    let operations = jobs(design.visible, design.features, None, &mut ByTheRule)
        .into_iter()
        .enumerate()
        .map(|(idx, job)| operation(seed, design, (idx as u32 + 1) * 10, job, design.created, &mut dice))
        .collect();
    PlannedRouting { id, is_main: true, created: design.created, operations }
}

fn other(style: Style) -> Style {
    match style {
        Style::Lathe => Style::MillTurn,
        Style::MillTurn => Style::Lathe,
    }
}

fn later(date: Date, days: u64, limit: Date) -> Date {
    date.checked_add_days(Days::new(days)).map_or(limit, |later| later.min(limit))
}

fn operation(seed: u64, design: &Design, seq: u32, job: Job, created: Date, dice: &mut Dice) -> PlannedOperation {
    let facts = job.facts();
    let od = design.sizes.outer_diameter_mm;
    let is_outside = dice.happens(outside_prob(design, job));
    let (work_centre, alternatives) = place(facts.pool, od, created, is_outside, dice);
    let truth = true_minutes(seed, design, job);
    let planned = planned_minutes(job, truth, dice);
    PlannedOperation { seq, job, work_centre, alternatives, planned, truth }
}

/// Large turned parts go out more often.
fn outside_prob(design: &Design, job: Job) -> f64 {
    let facts = job.facts();
    let is_large_turning = facts.pool == Pool::Turning && design.visible.drawing.size >= SizeClass::Large;
    if is_large_turning && design.part().facts().kind == Kind::Made {
        facts.outside_prob * 2.0
    } else {
        facts.outside_prob
    }
}

/// Whether a work centre runs on a day.
pub fn runs_on(centre: &WorkCentre, day: Date) -> bool {
    day.year() >= centre.from_year && end_of(centre).is_none_or(|end| day <= end)
}

/// The last day of a retired work centre.
pub fn end_of(centre: &WorkCentre) -> Option<Date> {
    centre.ended.and_then(|(year, month, day)| Date::from_ymd_opt(year, month, day))
}

/// Work centres of the plant itself that can do the work on that day; waiting pools are not among them.
pub fn able(pool: Pool, outer_diameter_mm: f64, day: Date) -> impl Iterator<Item = &'static WorkCentre> {
    WORK_CENTRES.iter().filter(move |centre| {
        centre.pool == pool && centre.role == Role::Own && centre.holds(outer_diameter_mm) && runs_on(centre, day)
    })
}

/// The main work centre and its alternatives: mostly the smallest machine that holds the part.
fn place(
    pool: Pool,
    outer_diameter_mm: f64,
    day: Date,
    is_outside: bool,
    dice: &mut Dice,
) -> (&'static WorkCentre, Vec<&'static WorkCentre>) {
    let own: Vec<_> = able(pool, outer_diameter_mm, day).collect();
    if is_outside || own.is_empty() {
        let suppliers: Vec<_> =
            WORK_CENTRES.iter().filter(|centre| centre.pool == pool && centre.role == Role::Supplier).collect();
        return (suppliers[dice.below(suppliers.len())], Vec::new());
    }
    let main_idx = if dice.happens(0.7) { 0 } else { dice.below(own.len()) };
    let mut alternatives = Vec::new();
    for (idx, centre) in own.iter().enumerate() {
        if idx != main_idx && alternatives.len() < 3 && dice.happens(0.5) {
            alternatives.push(*centre);
        }
    }
    if dice.happens(0.5) {
        alternatives.extend(WORK_CENTRES.iter().find(|centre| centre.pool == pool && centre.role == Role::Waiting));
    }
    (own[main_idx], alternatives)
}
