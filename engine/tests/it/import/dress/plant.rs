//! Random plants, in the units in which a dress will write them.

use engine::domain::Date;
use rand::Rng;
use rand::seq::SliceRandom;
use rand_xoshiro::Xoshiro256PlusPlus as Dice;

use super::words::Words;

/// A number as it will be written: digits without a sign before decimals.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decimal {
    pub units: u32,
    pub n_decimals: usize,
}

impl Decimal {
    pub fn value(self) -> f64 {
        f64::from(self.units) / 10_f64.powi(self.n_decimals as i32)
    }
}

#[derive(Clone, Debug)]
pub struct ItemRow {
    pub code: String,
    pub name: Option<String>,
    pub alloy: Option<String>,
    pub hardness: Option<Decimal>,
    pub bore_mm: Option<Decimal>,
}

#[derive(Clone, Debug)]
pub struct Step {
    pub item: String,
    pub routing: String,
    pub seq: String,
    pub job: String,
    pub job_name: Option<String>,
    pub centre: Option<String>,
    pub setup: Option<Decimal>,
    pub run: Option<Decimal>,
    pub queue: Option<Decimal>,
    pub lot: Option<u32>,
    pub created: Option<Date>,
    pub valid_to: Option<Date>,
    pub is_main: Option<bool>,
}

#[derive(Clone, Debug)]
pub struct Done {
    pub item: String,
    pub order: String,
    pub job: String,
    pub centre: Option<String>,
    pub qty: Option<u32>,
    pub good: Option<u32>,
    pub setup: Option<Decimal>,
    pub run: Option<Decimal>,
    pub end: Option<Date>,
}

#[derive(Clone, Debug)]
pub struct PlantRows {
    pub items: Vec<ItemRow>,
    pub steps: Vec<Step>,
    pub done: Vec<Done>,
}

fn maybe<T>(dice: &mut Dice, share: f64, make: impl FnOnce(&mut Dice) -> T) -> Option<T> {
    dice.gen_bool(share).then(|| make(dice))
}

fn time(dice: &mut Dice) -> Decimal {
    let n_decimals = *[0, 0, 1, 1, 2, 3].choose(dice).expect("some");
    let whole = *[1, 9, 60, 400, 3000].choose(dice).expect("some");
    Decimal { units: dice.gen_range(0..=whole * 10_u32.pow(n_decimals as u32)), n_decimals }
}

fn date(dice: &mut Dice) -> Date {
    Date::from_ymd_opt(dice.gen_range(1995..2060), dice.gen_range(1..=12), dice.gen_range(1..=28)).expect("a day")
}

fn code(dice: &mut Dice, at: usize) -> String {
    match dice.gen_range(0..6) {
        0 => format!("{:05}", at * 7 + 13),
        1 => format!("GX-{at}"),
        2 => format!("K{at}.{}", dice.gen_range(0..9)),
        3 => format!("{at}-A/{}", dice.gen_range(10..99)),
        4 => format!("Ø{at}-쿠{at}"),
        _ => format!("P {at} B"),
    }
}

/// A plant whose texts every encoding of `words` can write when `is_plain`.
pub fn plant(dice: &mut Dice, words: &Words, is_plain: bool) -> PlantRows {
    let n_items = dice.gen_range(8..40);
    let codes: Vec<String> = (0..n_items)
        .map(|at| {
            let code = code(dice, at);
            if is_plain && !code.is_ascii() { format!("Q{at}") } else { code }
        })
        .collect();
    let jobs = ["NA", "TURN", "MILL-2", "T0100", "F61-1", "WASH", "QC"];
    let centres = ["M-1", "M-2", "0007", "CNC 5", "NIL", "WC#9"];
    let text = |dice: &mut Dice| (*words.things.choose(dice).expect("some")).to_owned();
    let items = codes
        .iter()
        .enumerate()
        .map(|(at, code)| ItemRow {
            code: code.clone(),
            name: maybe(dice, 0.9, |dice| match dice.gen_range(0..8) {
                0 => format!("{}, \"{at}\"; x|y", text(dice)),
                1 => format!("{} {at} 2.5\"", text(dice)),
                _ => format!("{} {at}", text(dice)),
            }),
            alloy: maybe(dice, 0.8, |dice| text(dice)),
            hardness: maybe(dice, 0.8, time),
            bore_mm: maybe(dice, 0.8, |dice| Decimal {
                units: dice.gen_range(1..5000),
                n_decimals: dice.gen_range(0..2),
            }),
        })
        .collect();
    let mut steps = Vec::new();
    for code in &codes {
        for routing in 1..=*[0, 1, 1, 2].choose(dice).expect("some") {
            let is_main = maybe(dice, 0.7, |dice| dice.gen_bool(0.5));
            let created = maybe(dice, 0.7, date);
            for step in 1..=dice.gen_range(1..7) {
                let seq = match dice.gen_range(0..12) {
                    0 => format!("{step}.5"),
                    1 => format!("{}A", step * 10),
                    2 => format!("{:04}", step * 10),
                    _ => (step * 10).to_string(),
                };
                let n_jobs = if dice.gen_bool(0.1) { 2 } else { 1 };
                let at_once: Vec<&str> = jobs.choose_multiple(dice, n_jobs).copied().collect();
                for (nth, job) in at_once.into_iter().enumerate() {
                    steps.push(Step {
                        item: code.clone(),
                        routing: format!("R{routing}"),
                        seq: seq.clone(),
                        job: job.to_owned(),
                        job_name: maybe(dice, 0.7, |dice| format!("{} {step}{nth}", text(dice))),
                        centre: maybe(dice, 0.8, |dice| (*centres.choose(dice).expect("some")).to_owned()),
                        setup: maybe(dice, 0.8, time),
                        run: maybe(dice, 0.8, time),
                        queue: maybe(dice, 0.5, time),
                        lot: maybe(dice, 0.5, |dice| dice.gen_range(1..200)),
                        created,
                        valid_to: maybe(dice, 0.5, date),
                        is_main,
                    });
                }
            }
        }
    }
    let done = (0..dice.gen_range(0..40))
        .map(|at| {
            let qty = maybe(dice, 0.9, |dice| dice.gen_range(1..2000));
            Done {
                item: codes.choose(dice).expect("some").clone(),
                order: format!("W{:04}", at),
                job: (*jobs.choose(dice).expect("some")).to_owned(),
                centre: maybe(dice, 0.8, |dice| (*centres.choose(dice).expect("some")).to_owned()),
                qty,
                good: qty.filter(|_| dice.gen_bool(0.7)).map(|qty| dice.gen_range(0..=qty)),
                setup: maybe(dice, 0.7, time),
                run: maybe(dice, 0.9, time),
                end: maybe(dice, 0.8, date),
            }
        })
        .collect();
    PlantRows { items, steps, done }
}
