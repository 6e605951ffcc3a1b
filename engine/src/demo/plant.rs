//! The run through all projects: items become rows, get routings or stay new.

use std::collections::HashSet;

use chrono::Days;

use super::design::{Design, project};
use super::routings::{routings_of, standard_routing_of};
use super::rows::dirt::PlantedFaults;
use super::rows::items::ItemRows;
use super::rows::naming::texts;
use super::rows::routings::RoutingRows;
use super::rows::tables::{Emit, Tables};
use super::sampling::{Chooser, Dice};
use super::settings::DemoSettings;
use super::standards::{standard_code, standard_designs};
use super::statistics::{DemoStatistics, Statistics};
use crate::domain::Date;

const CALENDAR: u64 = 8;
const FATE: u64 = 10;

/// What was made: counts and planted faults.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DemoReport {
    pub statistics: DemoStatistics,
    pub faults: PlantedFaults,
}

/// One operation of a routing that was left out of the tables: as it was written in its time, so that the work
/// centre of an old one may have retired since.
#[derive(Clone, Debug, PartialEq)]
pub struct TruthRow {
    pub item_cd: String,
    pub proc_seq: u32,
    pub job_cd: &'static str,
    pub res_cd: &'static str,
    /// What the operation really takes, minutes per order.
    pub setup_min: f64,
    /// Minutes per piece.
    pub run_min_per_piece: f64,
}

/// What becomes of the routing of an item.
enum Fate {
    Written,
    LeftOut,
    /// Nobody has planned it yet.
    New,
}

/// Makes a plant and hands its tables on in pieces of about 64 KiB, header rows first.
///
/// # Errors
/// Only what `emit` returns.
pub fn stream<E>(
    settings: &DemoSettings,
    emit: &mut Emit<'_, E>,
    on_truth: &mut dyn FnMut(TruthRow),
) -> Result<DemoReport, E> {
    let DemoSettings { items, seed, standard_codes } = *settings;
    let as_of = Date::from_ymd_opt(2025, 12, 31).expect("a day of the calendar");
    let mut tables = Tables::with_headers();
    let mut faults = PlantedFaults::default();
    let mut statistics = Statistics::default();
    let mut item_rows = ItemRows::default();
    let mut routing_rows = RoutingRows::default();
    let mut codes: HashSet<String> = HashSet::new();
    let mut project_idx = 0;
    while codes.len() < items {
        let age = codes.len() as f64 / items as f64;
        for design in project(seed, project_idx, created(seed, project_idx, age)) {
            if codes.len() >= items {
                break;
            }
            let mut texts = texts(&design);
            texts.code = free_code(&mut codes, texts.code);
            item_rows.write(seed, &design, &texts, &mut tables, &mut faults);
            let is_make = design.part().is_make();
            statistics.counts.n_make_items += usize::from(is_make);
            if is_make {
                match fate(seed, &design, age) {
                    Fate::New => {}
                    Fate::LeftOut => {
                        let routings = routings_of(seed, &design, as_of);
                        statistics.take(&design, &routings, true);
                        routing_rows.write_truth(&texts.code, &routings, &mut tables, on_truth);
                    }
                    Fate::Written => {
                        let routings = routings_of(seed, &design, as_of);
                        statistics.take(&design, &routings, false);
                        routing_rows.write(seed, &texts.code, &design, &routings, as_of, &mut tables, &mut faults);
                    }
                }
            }
            if codes.len() < items
                && let Some(copy) = item_rows.copy_with_suffix(seed, &design, &texts, &codes)
            {
                statistics.counts.n_make_items += usize::from(is_make);
                faults.copies_with_suffix += 1;
                codes.insert(copy.code.clone());
                item_rows.write(seed, &design, &copy, &mut tables, &mut faults);
            }
        }
        tables.hand_on(false, emit)?;
        project_idx += 1;
    }
    for design in standard_designs(seed, standard_codes) {
        let code = standard_code(&design);
        item_rows.write_standard(&code, design.created, &mut tables);
        let routing = standard_routing_of(seed, &design, "S01".to_owned());
        statistics.take_standard(&routing);
        routing_rows.write_standard(&code, &routing, &mut tables);
        codes.insert(code);
    }
    tables.hand_on(true, emit)?;
    statistics.counts.n_items = codes.len();
    statistics.counts.n_results = routing_rows.n_results();
    Ok(DemoReport { statistics: statistics.finish(), faults })
}

/// The day of a project: 2005 to 2025, more of them in later years. `age` is the share of the plant made so far.
fn created(seed: u64, project: u64, age: f64) -> Date {
    const SPAN_DAYS: f64 = 7_580.0;
    let mut dice = Dice::new(seed, &[CALENDAR, project]);
    let day = libm::pow(age, 0.85) * SPAN_DAYS + dice.between(0.0, 60.0);
    Date::from_ymd_opt(2005, 1, 3)
        .and_then(|first| first.checked_add_days(Days::new(day as u64)))
        .expect("at most 21 years after 2005")
}

/// About 45 % of the make-items have a routing, older ones more often; a quarter of the others' are left out.
fn fate(seed: u64, design: &Design, age: f64) -> Fate {
    let mut dice = Dice::new(seed, &[FATE, design.stream[0], design.stream[1]]);
    let written = 0.63 - 0.34 * age;
    match dice.choose(&[written, (1.0 - written) * 0.25, (1.0 - written) * 0.75]) {
        0 => Fate::Written,
        1 => Fate::LeftOut,
        _ => Fate::New,
    }
}

/// The code, or its first variant (`-V`, `-V2` …) that is still free; and marks it as taken.
fn free_code(codes: &mut HashSet<String>, code: String) -> String {
    let variants = (1u32..).map(|n| if n == 1 { format!("{code}-V") } else { format!("{code}-V{n}") });
    let free = std::iter::once(code.clone())
        .chain(variants)
        .find(|variant| !codes.contains(variant))
        .expect("variants never end");
    codes.insert(free.clone());
    free
}
