//! Random plants in random dress, read back equal.
//!
//! `IMPORT_DRESS_CASES` sets the number of cases, `IMPORT_DRESS_FIRST` the first one, to run a single case again.

mod plant;
mod sheet;
mod tables;
mod words;

use std::sync::Arc;

use engine::clean::dates::DateOrder;
use engine::clean::numbers::Decimal as DecimalSign;
use engine::clean::text;
use engine::domain::{OperationRow, Seq};
use engine::import::{Encoding, Flaw, Gathered, ImportError, Options, ReadEvent, SetFile, look};
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus as Dice;
use rust_xlsxwriter::Workbook;

use plant::{Decimal, Done, ItemRow, PlantRows, Step};
use sheet::{Dress, Table};
use tables::{Left, Times, UNITS};
use words::{LANGUAGES, Words};

/// A plant, its files, and what the files leave out.
struct Case {
    plant: PlantRows,
    words: &'static Words,
    dress: Dress,
    files: Vec<(String, Vec<u8>)>,
    routings: (Left, Times),
    results: (Left, Times),
}

/// How often a plant was asked what its files leave open.
#[derive(Default, Debug)]
struct OpenChoices {
    n_decimal: usize,
    n_dates: usize,
    n_encoding: usize,
}

fn case(seed: u64) -> Case {
    let mut dice = Dice::seed_from_u64(seed);
    let (language, words) = &LANGUAGES[dice.gen_range(0..LANGUAGES.len())];
    let dress = Dress::draw(&mut dice, language);
    let is_workbook = dice.gen_bool(0.35);
    let plant = plant::plant(&mut dice, words, dress.is_plain() && !is_workbook);
    let (items, _) = tables::items(&mut dice, words, &plant);
    let (routings, left, times) = tables::routings(&mut dice, words, &plant);
    let (results, results_left, results_times) = tables::results(&mut dice, words, &plant);
    let all: Vec<Table> = [items, routings, results].into_iter().filter(|table| !table.rows.is_empty()).collect();
    let files = if is_workbook && dice.gen_bool(0.5) {
        let mut book = Workbook::new();
        for table in &all {
            dress.fill(table, book.add_worksheet().set_name(&table.name).expect("a name"));
        }
        vec![("export.xlsx".to_owned(), book.save_to_buffer().expect("a workbook"))]
    } else if is_workbook {
        let book = |table: &Table| {
            let mut book = Workbook::new();
            dress.fill(table, book.add_worksheet());
            (format!("{}.xlsx", table.name), book.save_to_buffer().expect("a workbook"))
        };
        all.iter().map(book).collect()
    } else {
        all.iter().map(|table| (format!("{}.csv", table.name), dress.write(table))).collect()
    };
    Case { plant, words, dress, files, routings: (left, times), results: (results_left, results_times) }
}

/// Reads as a person would who answers what the import asks.
fn read(case: &Case, open: &mut OpenChoices) -> Result<Gathered, String> {
    let files: Vec<SetFile> =
        case.files.iter().map(|(name, bytes)| SetFile::named(name, Arc::<[u8]>::from(bytes.clone()))).collect();
    let mut options = Options::default();
    for _ in 0..5 {
        let look = look(&files, &options, &|_| {});
        match look.failed.first().or(look.left_out.first()).map(|left| &left.error) {
            None => {}
            Some(ImportError::OpenNumbers { .. }) if options.decimal.is_none() => {
                open.n_decimal += 1;
                let is_comma = case.dress.decimal == ',';
                options.decimal = Some(if is_comma { DecimalSign::Comma } else { DecimalSign::Point });
                continue;
            }
            Some(ImportError::OpenEncoding { .. }) if options.encoding.is_none() => {
                open.n_encoding += 1;
                options.encoding = Encoding::from_name(case.dress.encoding);
                continue;
            }
            Some(error) => return Err(error.to_string()),
        }
        let mut flaws: Vec<Flaw> = Vec::new();
        let (gathered, _) = look.read(&files, &mut |event| {
            if let ReadEvent::Row(_, outcome) = event {
                flaws.extend(outcome.doubts.clone());
                flaws.extend(outcome.record.as_ref().err().map(|refusal| refusal.flaw.clone()));
            }
        });
        let is_day = |flaw: &Flaw| flaw.rule == "one_reading" && flaw.value.len() >= 8;
        match flaws.first() {
            None => return Ok(gathered),
            Some(flaw) if is_day(flaw) && options.date_order.is_none() && [3, 4, 5].contains(&case.dress.dates) => {
                open.n_dates += 1;
                options.date_order = Some(if case.dress.dates == 5 { DateOrder::Mdy } else { DateOrder::Dmy });
            }
            Some(flaw) => return Err(format!("{} flaws, the first: {flaw}", flaws.len())),
        }
    }
    Err("it asks again and again".to_owned())
}

fn minutes(number: Option<Decimal>, (left, times): &(Left, Times), field: &str, row: usize) -> Option<f64> {
    if left.out.contains(&field) {
        return None;
    }
    let number = number?;
    Some(match times {
        Times::Heading(unit) => number.value() * UNITS[*unit].1,
        Times::PerRow => number.value() * UNITS[left.units[row]].1,
        Times::Clock => f64::from(number.units) / 60.0,
        Times::Behind => number.value(),
    })
}

fn same(what: &str, read: Option<f64>, expected: Option<f64>) -> Result<(), String> {
    let is_same = match (read, expected) {
        (Some(a), Some(b)) => (a - b).abs() <= 1e-6 + 1e-9 * b.abs(),
        (a, b) => a == b,
    };
    if is_same { Ok(()) } else { Err(format!("{what}: read {read:?}, written {expected:?}")) }
}

fn equal<T: PartialEq + std::fmt::Debug>(what: &str, read: T, expected: T) -> Result<(), String> {
    if read == expected { Ok(()) } else { Err(format!("{what}: read {read:?}, written {expected:?}")) }
}

fn check_items(case: &Case, gathered: &Gathered) -> Result<(), String> {
    let mut rows: Vec<&ItemRow> = case.plant.items.iter().collect();
    rows.sort_by(|a, b| a.code.cmp(&b.code));
    let items: Vec<_> = gathered.items().map(|one| one.item).collect();
    equal(
        "items",
        items.iter().map(|one| one.code.as_str()).collect(),
        rows.iter().map(|row| row.code.as_str()).collect::<Vec<_>>(),
    )?;
    for (item, row) in items.iter().zip(rows) {
        let what = |field: &str| format!("item {} {field}", row.code);
        equal(&what("name"), item.name.clone(), row.name.clone())?;
        let value = |at: usize| item.attributes.get(&text::attribute_name(case.words.attributes[at])).cloned();
        let number = |at: usize| value(at).and_then(|text| text.parse::<f64>().ok());
        equal(&what("alloy"), value(0), row.alloy.clone())?;
        same(&what("hardness"), number(1), row.hardness.map(Decimal::value))?;
        same(&what("bore"), number(2), row.bore_mm.map(Decimal::value))?;
    }
    Ok(())
}

fn check_step(case: &Case, read: &OperationRow, row: &Step, at: usize) -> Result<(), String> {
    let has = |field: &str| !case.routings.0.out.contains(&field);
    let what = |field: &str| format!("step {} {} {} {field}", row.item, row.routing, row.seq);
    equal(&what("number"), Some(read.seq), Seq::parse(&row.seq))?;
    equal(&what("job"), read.job.as_str(), &row.job)?;
    equal(&what("job name"), read.job_name.clone(), row.job_name.clone().filter(|_| has("job_name")))?;
    equal(&what("centre"), read.work_centre.as_ref().map(ToString::to_string), row.centre.clone())?;
    equal(&what("others"), read.alternatives.len(), 0)?;
    same(&what("setup"), read.setup_min, minutes(row.setup, &case.routings, "setup", at))?;
    let lot = row.lot.filter(|_| has("lot")).map_or(1.0, f64::from);
    same(&what("run"), read.run_min_per_piece, minutes(row.run, &case.routings, "run", at).map(|run| run / lot))?;
    same(&what("queue"), read.queue_min, minutes(row.queue, &case.routings, "queue", at))?;
    equal(&what("created"), read.created, row.created.filter(|_| has("created")))?;
    equal(&what("end"), read.valid_to, row.valid_to.filter(|_| has("valid_to")))?;
    equal(&what("main"), read.is_main, row.is_main.filter(|_| has("is_main")))
}

fn check_routings(case: &Case, gathered: &Gathered) -> Result<(), String> {
    let mut rows: Vec<(usize, &Step)> = case.plant.steps.iter().enumerate().collect();
    rows.sort_by(|(_, a), (_, b)| {
        (&a.item, &a.routing, Seq::parse(&a.seq)).cmp(&(&b.item, &b.routing, Seq::parse(&b.seq)))
    });
    let routings: Vec<_> = gathered.routings().collect();
    if let Some(held) = routings.iter().find(|routing| !routing.held.is_empty()) {
        return Err(format!("{}/{} is held back", held.item, held.id));
    }
    let read: Vec<&OperationRow> = routings.iter().flat_map(|routing| &routing.rows).collect();
    equal("steps", read.len(), rows.len())?;
    for (read, (at, row)) in read.into_iter().zip(rows) {
        equal("item", read.item.as_str(), &row.item)?;
        equal("routing", read.routing.as_str(), &row.routing)?;
        check_step(case, read, row, at)?;
    }
    Ok(())
}

fn check_results(case: &Case, gathered: &Gathered) -> Result<(), String> {
    let mut rows: Vec<(usize, &Done)> = case.plant.done.iter().enumerate().collect();
    rows.sort_by(|(_, a), (_, b)| (&a.item, &a.order).cmp(&(&b.item, &b.order)));
    let read: Vec<_> = gathered.report_groups().flat_map(|group| group.reports).collect();
    equal("reports", read.len(), rows.len())?;
    for (report, (at, row)) in read.iter().zip(rows) {
        let has = |field: &str| !case.results.0.out.contains(&field);
        let what = |field: &str| format!("report {} {} {field}", row.item, row.order);
        let result = &report.result;
        equal(&what("item"), result.item.as_str(), &row.item)?;
        equal(&what("order"), result.order.as_deref(), Some(row.order.as_str()))?;
        equal(&what("job"), result.job.as_str(), &row.job)?;
        let centre = row.centre.clone().filter(|_| has("centre"));
        equal(&what("centre"), result.work_centre.as_ref().map(ToString::to_string), centre)?;
        same(&what("quantity"), result.qty, row.qty.map(f64::from))?;
        same(&what("good"), result.good_qty, row.good.filter(|_| has("good")).map(f64::from))?;
        same(&what("setup"), result.setup_min, minutes(row.setup, &case.results, "setup", at))?;
        same(&what("run"), result.run_min, minutes(row.run, &case.results, "run", at))?;
        equal(&what("end"), result.end, row.end.filter(|_| has("end")))?;
    }
    Ok(())
}

fn told(case: &Case) -> String {
    let show = |(name, bytes): &(String, Vec<u8>)| {
        let text: String = String::from_utf8_lossy(bytes).lines().take(6).collect::<Vec<_>>().join("\n");
        format!("--- {name}\n{text}")
    };
    let files: Vec<String> = case.files.iter().map(show).collect();
    format!("{:?} {:?} {:?}\n{}", case.dress, case.routings.1, case.results.1, files.join("\n"))
}

#[test]
fn plants_in_any_dress_are_read_back() {
    let of = |name: &str, default: u64| std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(default);
    let (first, n_cases) = (of("IMPORT_DRESS_FIRST", 0), of("IMPORT_DRESS_CASES", 200));
    let mut open = OpenChoices::default();
    let mut failures = Vec::new();
    for seed in first..first + n_cases {
        let case = case(seed);
        let outcome = read(&case, &mut open).and_then(|gathered| {
            check_items(&case, &gathered)?;
            check_routings(&case, &gathered)?;
            check_results(&case, &gathered)
        });
        if let Err(error) = outcome {
            failures.push(format!("case {seed}: {error}\n{}", told(&case)));
        }
    }
    let share = |n: usize| n as f64 / n_cases as f64;
    assert!(
        failures.is_empty(),
        "{} of {n_cases} fail\n{}",
        failures.len(),
        failures[..failures.len().min(8)].join("\n\n")
    );
    // Whatever can be settled is settled without a question.
    let is_seldom = share(open.n_decimal) < 0.25 && share(open.n_dates) < 0.05 && share(open.n_encoding) < 0.05;
    assert!(is_seldom || n_cases < 100, "{open:?}");
}
