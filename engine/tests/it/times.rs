//! Times of proposed operations, on plants whose truth is known.

use chrono::NaiveDate;

use engine::Model;
use engine::domain::{Item, OperationRow, Plant, Seq, WorkResult};
use engine::predict::{LotTime, OwnHistory, PredictOptions, ProposedOperation, TimeEstimate, TimeSource};
use engine::train::{TrainSettings, train};
use engine::watch::unwatched;
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

const IGNORE: PredictOptions = PredictOptions { own_history: OwnHistory::Ignore, n_neighbours: 10, max_candidates: 4 };
const OWN: PredictOptions = PredictOptions { own_history: OwnHistory::First, ..IGNORE };

/// A plant of rings: one job, `TURN`, whose run time per piece is size / 10 minutes times chance.
#[derive(Clone)]
struct Rings {
    items: Vec<Item>,
    operations: Vec<OperationRow>,
    results: Vec<WorkResult>,
    random: Xoshiro256PlusPlus,
}

impl Rings {
    fn new(n: usize) -> Self {
        let mut rings = Self {
            items: Vec::new(),
            operations: Vec::new(),
            results: Vec::new(),
            random: Xoshiro256PlusPlus::seed_from_u64(5),
        };
        for at in 0..n {
            let code = format!("R-{at:04}");
            rings.items.push(ring(&code, size_of(at)));
            rings.operations.push(OperationRow {
                item: code.as_str().into(),
                routing: "1".into(),
                seq: Seq::new(10),
                job: "TURN".into(),
                work_centre: Some("CNC-1".into()),
                is_main: Some(true),
                created: day(0),
                ..OperationRow::default()
            });
        }
        rings
    }

    /// Standard normal.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.random.r#gen::<f64>()).sum::<f64>() - 6.0
    }

    fn report(&mut self, at: usize, setup_min: Option<f64>, run_min: f64, qty: f64) {
        self.results.push(WorkResult {
            item: format!("R-{at:04}").as_str().into(),
            order: Some(format!("W{}", self.results.len())),
            job: "TURN".into(),
            qty: Some(qty),
            setup_min,
            run_min: Some(run_min),
            end: day(self.results.len() as u64 % 300),
            ..WorkResult::default()
        });
    }

    /// Reports as the shop floor writes them: scatter between items and orders, 5 % of the clocks forgotten, 3 % zeros.
    fn report_all(&mut self, n_orders: usize) {
        for at in 0..self.items.len() {
            let (run, setup) = (self.truth(size_of(at), 0.25), 20.0 * self.chance(0.25));
            for _ in 0..n_orders {
                let qty = self.random.gen_range(1..8);
                let minutes = run * f64::from(qty) * self.chance(0.3);
                let setup_min = setup * self.chance(0.3);
                match self.random.gen_range(0..100) {
                    0..3 => self.report(at, Some(0.0), 0.0, f64::from(qty)),
                    3..8 => self.report(at, Some(setup_min), minutes * 6.0, f64::from(qty)),
                    _ => self.report(at, Some(setup_min), minutes, f64::from(qty)),
                }
            }
        }
    }

    fn chance(&mut self, sd: f64) -> f64 {
        libm::exp(self.normal() * sd)
    }

    fn truth(&mut self, size: f64, sd: f64) -> f64 {
        size / 10.0 * self.chance(sd)
    }

    fn model(&self) -> Model {
        let plant = Plant::assemble(self.items.clone(), self.operations.clone(), self.results.clone());
        train(&plant, &TrainSettings { seed: 1 }, &mut unwatched).expect("the plant has routings")
    }
}

fn size_of(at: usize) -> f64 {
    20.0 + (at * 37 % 180) as f64
}

fn ring(code: &str, size: f64) -> Item {
    Item::new(code).named(format!("ring {size}")).with("outer_diameter_mm", size.to_string())
}

fn day(days: u64) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(2020, 1, 1)?.checked_add_days(chrono::Days::new(days))
}

fn first(model: &Model, item: &Item, options: &PredictOptions) -> ProposedOperation {
    model.predict(item, options).candidates[0].operations[0].clone()
}

fn run(model: &Model, size: f64) -> TimeEstimate {
    first(model, &ring("NEW", size), &IGNORE).run_min_per_piece.expect("the plant reports it")
}

/// How far a time is from another, on the log scale.
fn off(minutes: f64, expected: f64) -> f64 {
    libm::log(minutes / expected).abs()
}

fn ratio(time: TimeEstimate) -> f64 {
    time.p80 / time.p50
}

#[test]
fn p80_covers_four_of_five_orders_of_new_items_and_p50_half() {
    let mut rings = Rings::new(400);
    rings.report_all(4);
    let model = rings.model();
    let (mut below_p50, mut below_p80, mut n) = (0, 0, 0);
    for at in 0..180 {
        let size = 20.5 + f64::from(at);
        let time = run(&model, size);
        for _ in 0..40 {
            let mut took = rings.truth(size, 0.25) * rings.chance(0.3);
            if rings.random.gen_range(0..95) < 5 {
                took *= 6.0;
            }
            n += 1;
            below_p50 += usize::from(took <= time.p50);
            below_p80 += usize::from(took <= time.p80);
        }
    }
    let share = |part: usize| part as f64 / n as f64;
    assert!((0.77..=0.83).contains(&share(below_p80)), "P80 covers {}", share(below_p80));
    assert!((0.46..=0.54).contains(&share(below_p50)), "P50 covers {}", share(below_p50));
}

#[test]
fn a_time_follows_the_size_and_setup_does_not() {
    let mut rings = Rings::new(400);
    rings.report_all(4);
    let model = rings.model();
    for size in [30.0, 90.0, 180.0] {
        assert!(off(run(&model, size).p50, size / 10.0) < 0.15, "{size} mm: {:?}", run(&model, size));
        let setup = first(&model, &ring("NEW", size), &IGNORE).setup_min.expect("it is reported");
        assert!(off(setup.p50, 20.0) < 0.15, "{setup:?}");
        assert_eq!(setup.source, TimeSource::Actual);
    }
}

#[test]
fn an_order_never_takes_less_when_it_has_more_pieces() {
    let mut rings = Rings::new(60);
    rings.report_all(2);
    let operation = first(&rings.model(), &ring("NEW", 70.0), &IGNORE);
    let mut last = (0.0, 0.0);
    for lot in 0..200 {
        let LotTime { p50, p80, n_unknown, .. } = LotTime::of(&operation, lot);
        assert_eq!(n_unknown, 0, "setup and run are known");
        assert!(p50 >= last.0 && p80 >= last.1 && p80 >= p50, "{lot}: {p50} {p80} after {last:?}");
        last = (p50, p80);
    }
    let setup = operation.setup_min.expect("it is known");
    let nothing = LotTime::of(&operation, 0);
    assert_eq!(nothing.p50, setup.p50);
    assert!((nothing.p80 - setup.p80).abs() < 1e-9);
}

#[test]
fn a_reported_zero_is_a_forgotten_clock_unless_the_job_is_full_of_them() {
    let of_zeros = |one_in: usize| {
        let mut rings = Rings::new(60);
        for at in 0..60 {
            for order in 0..3 {
                let setup = if (at + order) % one_in == 0 { 0.0 } else { 12.0 };
                rings.report(at, Some(setup), 9.0, 1.0);
            }
        }
        first(&rings.model(), &ring("NEW", 70.0), &IGNORE).setup_min.expect("it is reported")
    };
    assert!((of_zeros(20).p50 - 12.0).abs() < 0.2, "{:?}", of_zeros(20));
    let none = of_zeros(1);
    assert_eq!((none.p50, none.p80, none.source), (0.0, 0.0, TimeSource::Actual));
    let half = of_zeros(2);
    assert!(half.p50 <= 12.0 && half.p80 >= 11.9, "{half:?}");
}

#[test]
fn missing_is_not_zero() {
    let mut rings = Rings::new(60);
    for at in 0..60 {
        rings.report(at, None, 9.0, 1.0);
    }
    let operation = first(&rings.model(), &ring("NEW", 70.0), &IGNORE);
    assert_eq!(operation.setup_min, None);
    assert!((operation.run_min_per_piece.expect("it is reported").p50 - 9.0).abs() < 0.2);
    assert_eq!((operation.queue_min, operation.wait_min, operation.move_min), (None, None, None));
    assert_eq!(LotTime::of(&operation, 3).n_unknown, 1, "an unknown part is counted");
}

#[test]
fn queue_wait_and_move_are_what_was_planned() {
    let mut rings = Rings::new(60);
    for (at, row) in rings.operations.iter_mut().enumerate() {
        row.queue_min = Some(480.0);
        row.wait_min = (at % 2 == 0).then_some(0.0);
    }
    let operation = first(&rings.model(), &ring("NEW", 70.0), &IGNORE);
    let queue = operation.queue_min.expect("it is planned");
    assert_eq!((queue.p50, queue.p80, queue.source), (480.0, 480.0, TimeSource::Planned));
    assert_eq!(operation.wait_min.map(|wait| wait.p80), Some(0.0), "a planned zero is a value");
    assert_eq!(operation.move_min, None);
}

#[test]
fn plans_are_corrected_by_what_reports_of_the_job_showed() {
    let mut rings = Rings::new(200);
    for row in &mut rings.operations {
        row.run_min_per_piece = Some(10.0);
    }
    // Half of the items report, and they take 15 minutes where 10 were planned.
    for at in (0..200).step_by(2) {
        rings.report(at, None, 30.0, 2.0);
    }
    let model = rings.model();
    let planned = rings.items[1].clone();
    let time = first(&model, &planned, &OWN).run_min_per_piece.expect("it is planned");
    assert_eq!(time.source, TimeSource::Planned);
    assert!(off(time.p50, 15.0) < 0.08, "{time:?}");
}

#[test]
fn one_report_is_never_as_sure_as_many() {
    let mut rings = Rings::new(120);
    rings.report_all(3);
    // One item with one report, one with forty of the same kind.
    let (few, many) = (rings.items.len(), rings.items.len() + 1);
    for (at, n_orders) in [(few, 1), (many, 40)] {
        let code = format!("R-{at:04}");
        rings.items.push(ring(&code, 100.0));
        rings.operations.push(OperationRow { item: code.as_str().into(), ..rings.operations[0].clone() });
        for order in 0..n_orders {
            rings.report(at, Some(20.0), [30.0, 26.0, 34.0][order % 3], 1.0);
        }
    }
    let model = rings.model();
    let own = |at: usize| first(&model, &rings.items[at], &OWN).run_min_per_piece.expect("it is reported");
    let (few, many) = (own(few), own(many));
    assert_eq!((few.n, many.n), (1, 40));
    assert!(ratio(few) > ratio(many) * 1.02 && ratio(few) > 1.2, "{few:?} {many:?}");
    // Many reports carry their item; one leans on what the job takes at this size, 10 minutes.
    assert!(off(many.p50, 30.0) < 0.15, "{many:?}");
    assert!(few.p50 < many.p50 && few.p50 > 10.0, "{few:?}");
}

#[test]
fn a_batch_operation_takes_its_time_for_the_lot() {
    // An oven: 240 minutes whatever the quantity, as the reports show.
    let mut rings = Rings::new(80);
    for at in 0..80 {
        for qty in [1.0, 4.0, 16.0] {
            let minutes = 240.0 * rings.chance(0.1);
            rings.report(at, Some(15.0), minutes, qty);
        }
    }
    let operation = first(&rings.model(), &ring("NEW", 70.0), &IGNORE);
    assert_eq!(operation.run_min_per_piece, None);
    let lot = operation.run_min_per_lot.expect("it is reported");
    assert!(off(lot.p50, 240.0) < 0.1, "{lot:?}");
    assert_eq!(LotTime::of(&operation, 1), LotTime::of(&operation, 50));

    // The plant's flag decides where there are no reports, and reports decide against it.
    let mut flagged = Rings::new(80);
    for row in &mut flagged.operations {
        row.is_batch = Some(true);
        row.run_min_per_piece = Some(240.0);
    }
    let planned = first(&flagged.model(), &ring("NEW", 70.0), &IGNORE);
    assert_eq!(planned.run_min_per_lot.map(|lot| (lot.p50, lot.source)), Some((240.0, TimeSource::Planned)));
    flagged.report_all(3);
    assert!(first(&flagged.model(), &ring("NEW", 70.0), &IGNORE).run_min_per_piece.is_some());
}

#[test]
fn a_new_report_counts_more_than_an_old_one() {
    let years_ago = |years: i32| NaiveDate::from_ymd_opt(2024 - years, 6, 1);
    let mut rings = Rings::new(60);
    for at in 0..60 {
        for (years, minutes) in [(0, 10.0), (20, 20.0)] {
            rings.report(at, None, minutes, 1.0);
            rings.results.last_mut().expect("just reported").end = years_ago(years);
        }
    }
    let time = run(&rings.model(), 70.0);
    assert!(time.p50 < 12.5, "{time:?}");
}

#[test]
fn the_order_of_reports_changes_nothing() {
    let mut rings = Rings::new(80);
    rings.report_all(3);
    let mut turned = rings.clone();
    turned.results.reverse();
    turned.results.rotate_left(17);
    turned.operations.rotate_left(11);
    assert_eq!(rings.model().id(), turned.model().id());
}

#[test]
fn plants_without_reports_plans_or_attributes_still_answer() {
    let silent = first(&Rings::new(40).model(), &ring("NEW", 70.0), &IGNORE);
    assert_eq!((silent.setup_min, silent.run_min_per_piece, silent.run_min_per_lot), (None, None, None));

    let mut bare = Rings::new(40);
    bare.report_all(1);
    for item in &mut bare.items {
        item.attributes.clear();
    }
    assert!(first(&bare.model(), &bare.items[3], &OWN).run_min_per_piece.is_some());

    // A supplier's time is not what the plant's own machine takes.
    let mut outside = Rings::new(40);
    outside.report_all(1);
    for row in &mut outside.operations {
        row.outsourced = Some(true);
    }
    outside.results.clear();
    assert_eq!(first(&outside.model(), &ring("NEW", 70.0), &IGNORE).run_min_per_piece, None);
}

#[test]
fn the_first_orders_of_a_new_item_take_longer_where_the_plant_learns() {
    let mut rings = Rings::new(80);
    for item in &mut rings.items {
        item.attributes.insert("created".to_owned(), "2015-01-01".to_owned());
    }
    for row in &mut rings.operations {
        row.created = NaiveDate::from_ymd_opt(2015, 1, 1);
    }
    for at in 0..80 {
        for year in 0..10 {
            // Half of a third is saved in each year.
            let saved = (1.0 - libm::exp2(-f64::from(year))) / 3.0;
            let minutes = 12.0 * (1.0 - saved) * rings.chance(0.1);
            rings.report(at, None, minutes, 1.0);
            rings.results.last_mut().expect("just reported").end = NaiveDate::from_ymd_opt(2015 + year, 1, 2);
        }
    }
    let model = rings.model();
    let of = |day: &str| {
        let item = ring("NEW", 70.0).with("created", day);
        first(&model, &item, &IGNORE).run_min_per_piece.expect("it is reported").p50
    };
    assert!(off(of("2024-01-02"), 12.0) < 0.1, "a new one: {}", of("2024-01-02"));
    assert!(off(of("1990-01-01"), 8.0) < 0.1, "an old one: {}", of("1990-01-01"));
}

#[test]
fn a_routing_of_five_hundred_operations_gets_a_time_for_each() {
    let mut rings = Rings::new(12);
    rings.report_all(1);
    for code in ["LONG-1", "LONG-2", "LONG-3"] {
        rings.items.push(Item::new(code).named("vessel"));
        for step in 0..500u32 {
            let job = format!("J{}", step % 40);
            rings.operations.push(OperationRow {
                item: code.into(),
                routing: "1".into(),
                seq: Seq::new(step * 10 + 10),
                job: job.as_str().into(),
                ..OperationRow::default()
            });
            rings.results.push(WorkResult {
                item: code.into(),
                seq: Some(Seq::new(step * 10 + 10)),
                job: job.as_str().into(),
                qty: Some(1.0),
                run_min: Some(f64::from(step % 7) + 1.0),
                ..WorkResult::default()
            });
        }
    }
    let answer = rings.model().predict(&Item::new("LONG-9").named("vessel"), &IGNORE);
    let operations = &answer.candidates[0].operations;
    assert_eq!(operations.len(), 500);
    assert!(operations.iter().all(|operation| operation.run_min_per_piece.is_some_and(|time| time.p80 >= time.p50)));
}
