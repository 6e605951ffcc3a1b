//! The plant as a whole: repeatable, within its recipe, feasible, and as faulty as it says.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::OnceLock;

use super::actuals::reports;
use super::catalogue::work_centres::Role;
use super::catalogue::{Job, WORK_CENTRES, parts::PARTS};
use super::design::{Design, project};
use super::routings::{end_of, routings_of, runs_on};
use super::rows::dirt::{JUNK_UNITS, UNCLASSIFIED};
use super::*;
use crate::domain::Date;
use crate::import::{Flaw, Profile, TableReader};

const SETTINGS: DemoSettings = DemoSettings { items: 5_000, seed: 1, standard_codes: 60 };

fn plant() -> &'static DemoPlant {
    static PLANT: OnceLock<DemoPlant> = OnceLock::new();
    PLANT.get_or_init(|| generate(&SETTINGS))
}

type Row = HashMap<&'static str, String>;

/// The rows of a table as an importer's CSV reader sees them, by column name.
fn rows(file: DemoFile) -> &'static [Row] {
    static ROWS: [OnceLock<Vec<Row>>; 4] = [const { OnceLock::new() }; 4];
    ROWS[file as usize].get_or_init(|| {
        let table = if file == DemoFile::Truth { &plant().truth_table } else { &plant().tables[file as usize] };
        let mut reader = csv::Reader::from_reader(table.csv.as_bytes());
        assert!(reader.headers().unwrap().iter().eq(file.header().iter().copied()));
        let named = |row: csv::StringRecord| file.header().iter().copied().zip(row.iter().map(str::to_owned)).collect();
        reader.records().map(|row| named(row.unwrap())).collect()
    })
}

/// Items of the first projects, with days spread over the years.
fn designs() -> impl Iterator<Item = Design> {
    (0..400).flat_map(|idx| project(7, idx, Date::from_ymd_opt(2005 + (idx % 20) as i32, 5, 4).unwrap()))
}

fn as_of() -> Date {
    Date::from_ymd_opt(2025, 12, 31).unwrap()
}

#[test]
fn the_same_settings_give_the_same_bytes_and_another_seed_others() {
    assert!(*plant() == generate(&SETTINGS));
    let other = generate(&DemoSettings { seed: 2, ..SETTINGS });
    for (table, other) in plant().tables.iter().zip(&other.tables) {
        assert!(table.csv != other.csv, "{}", table.file_name);
    }
}

#[test]
fn streamed_pieces_are_the_same_tables_and_an_error_of_the_caller_ends_the_run() {
    let mut items = String::new();
    let mut n_pieces = 0;
    let mut emit = |file: DemoFile, piece: &str| -> Result<(), &str> {
        if file == DemoFile::Items {
            items.push_str(piece);
            n_pieces += 1;
        }
        Ok(())
    };
    stream(&SETTINGS, &mut emit, &mut |_| {}).unwrap();
    assert!(items == plant().tables[0].csv);
    assert!(n_pieces > 5, "{n_pieces}");
    assert_eq!(stream(&SETTINGS, &mut |_, _| Err("disk full"), &mut |_| {}), Err("disk full"));
}

#[test]
fn a_plant_without_items_is_header_rows() {
    let empty = generate(&DemoSettings { items: 0, seed: 1, standard_codes: 0 });
    assert!(empty.tables.iter().all(|table| table.csv.lines().count() == 1));
    assert!(empty.truth.is_empty());
}

#[test]
fn counts_and_shares_follow_the_recipe() {
    let counts = &plant().report.statistics;
    let codes: BTreeSet<String> = rows(DemoFile::Items).iter().map(|row| row["item_cd"].trim().to_owned()).collect();
    assert_eq!((codes.len(), counts.n_items, counts.n_standard_items), (5_060, 5_060, 60));
    let share = |n: usize, of: usize| n as f64 / of as f64;
    let routed = share(counts.n_items_with_routing, counts.n_make_items);
    assert!((0.40..0.50).contains(&routed), "{routed}");
    let left_out = share(counts.n_truth_items, counts.n_make_items - counts.n_items_with_routing);
    assert!((0.20..0.30).contains(&left_out), "{left_out}");
    let outside = share(counts.n_outsourced_operations, counts.n_operations);
    assert!((0.10..0.15).contains(&outside), "{outside}");
    let blank = share(plant().report.faults.blank_sizes, counts.n_items);
    assert!((0.45..0.60).contains(&blank), "{blank}");
    let short = share(plant().report.faults.outlier_results, counts.n_results);
    assert!((0.04..0.06).contains(&short), "{short}");
}

#[test]
fn every_routed_item_is_made_and_has_one_main_routing_within_the_range_of_its_part() {
    let mut n_many = 0;
    for design in designs() {
        let (least, most) = design.part().facts().n_operations;
        let routings = routings_of(7, &design, as_of());
        assert_eq!(routings.iter().filter(|routing| routing.is_main).count(), 1);
        assert!(routings.len() <= 4);
        n_many += usize::from(routings.len() > 1);
        for routing in &routings {
            let n = routing.operations.len();
            assert!((least..=most).contains(&n), "{:?} has {n} operations", design.part());
        }
    }
    assert!(n_many > 100, "{n_many}");
    let bought: BTreeSet<&str> = PARTS.iter().filter(|facts| !facts.part.is_make()).map(|facts| facts.code).collect();
    let type_of: HashMap<String, String> =
        rows(DemoFile::Items).iter().map(|row| (row["item_cd"].trim().to_owned(), row["part_type"].clone())).collect();
    for row in rows(DemoFile::Routings) {
        assert!(!bought.contains(type_of[&row["item_cd"]].as_str()), "{row:?}");
    }
}

#[test]
fn nothing_runs_on_a_machine_that_is_too_small_or_not_there() {
    let (mut n_outside, mut n_waiting, mut n_retired) = (0, 0, 0);
    for design in designs() {
        let od = design.sizes.outer_diameter_mm;
        for (idx, routing) in routings_of(7, &design, as_of()).iter().enumerate() {
            for operation in &routing.operations {
                assert_ne!(operation.work_centre.role, Role::Waiting);
                for centre in operation.alternatives.iter().chain([&operation.work_centre]) {
                    assert_eq!(centre.pool, operation.job.facts().pool);
                    assert!(centre.holds(od), "{od} mm on {}", centre.name);
                    assert!(runs_on(centre, routing.created), "{} on {}", centre.code, routing.created);
                    n_waiting += usize::from(centre.role == Role::Waiting);
                    n_retired += usize::from(centre.ended.is_some());
                }
                n_outside += usize::from(operation.is_outside());
            }
            for report in reports(7, &design, idx, routing, as_of()) {
                assert!(report.work_centre.holds(od) && runs_on(report.work_centre, report.end));
                assert_eq!(report.work_centre.role, Role::Own);
            }
        }
    }
    assert!(n_outside > 100 && n_waiting > 100 && n_retired > 100, "{n_outside} {n_waiting} {n_retired}");
}

#[test]
fn a_retired_work_centre_appears_only_before_its_end() {
    let ends: HashMap<&str, String> =
        WORK_CENTRES.iter().filter_map(|centre| end_of(centre).map(|end| (centre.code, end.to_string()))).collect();
    let mut n_rows = 0;
    for row in rows(DemoFile::Routings) {
        if let Some(end) = ends.get(row["res_cd"].as_str()) {
            assert!(row["created"] <= *end && row["valid_to"] == *end, "{row:?}");
            n_rows += 1;
        }
    }
    let mut n_reports = 0;
    for row in rows(DemoFile::WorkResults) {
        if let Some(end) = ends.get(row["res_cd"].as_str()) {
            assert!(row["end"] <= *end, "{row:?}");
            n_reports += 1;
        }
    }
    assert!(n_rows > 50 && n_reports > 20, "{n_rows} rows, {n_reports} reports");
    assert!(ends.values().all(|end| end.as_str() < "2014"));
}

#[test]
fn truth_is_of_items_that_the_tables_know_without_routing() {
    let items: BTreeSet<String> = rows(DemoFile::Items).iter().map(|row| row["item_cd"].trim().to_owned()).collect();
    let routed: BTreeSet<String> =
        rows(DemoFile::Routings).iter().chain(rows(DemoFile::WorkResults)).map(|row| row["item_cd"].clone()).collect();
    let mut left_out = BTreeSet::new();
    for (row, cells) in plant().truth.iter().zip(rows(DemoFile::Truth)) {
        assert!(items.contains(&row.item_cd) && !routed.contains(&row.item_cd), "{}", row.item_cd);
        assert_eq!((&cells["item_cd"], cells["job_cd"].as_str()), (&row.item_cd, row.job_cd));
        assert!(row.setup_min > 0.0 && row.run_min_per_piece > 0.0);
        left_out.insert(&row.item_cd);
    }
    assert_eq!(rows(DemoFile::Truth).len(), plant().truth.len());
    assert_eq!(left_out.len(), plant().report.statistics.n_truth_items);
}

#[test]
fn refused_rows_stand_in_the_tables_as_often_as_reported() {
    let faults = plant().report.faults;
    let mut first: HashMap<String, &Row> = HashMap::new();
    let (mut same, mut clashing_keys) = (0, 0);
    for row in rows(DemoFile::Items) {
        match first.get(row["item_cd"].trim()) {
            Some(before) if *before == row => same += 1,
            Some(_) => clashing_keys += 1,
            None => {
                first.insert(row["item_cd"].trim().to_owned(), row);
            }
        }
    }
    assert_eq!((same, clashing_keys), (faults.same_item_row_again, faults.refused_item_key_again));
    let mut job_at: HashMap<[String; 3], String> = HashMap::new();
    let (mut clashing_seq, mut words) = (0, 0);
    for row in rows(DemoFile::Routings) {
        let key = ["item_cd", "routing_id", "proc_seq"].map(|column| row[column].clone());
        let job = job_at.entry(key).or_insert_with(|| row["job_cd"].clone());
        clashing_seq += usize::from(*job != row["job_cd"]);
        let time = &row["setup_time_min"];
        words += usize::from(!time.is_empty() && time.parse::<f64>().is_err());
    }
    assert_eq!((clashing_seq, words), (faults.refused_clashing_seq, faults.refused_text_in_time));
    let results = rows(DemoFile::WorkResults);
    let without_item = results.iter().filter(|row| row["item_cd"].is_empty()).count();
    let words = results.iter().filter(|row| row["run_min"].parse::<f64>().is_err()).count();
    assert_eq!((without_item, words), (faults.refused_result_without_item, faults.refused_text_in_result));
    assert_eq!(results.len() - without_item - words, plant().report.statistics.n_results);
    assert!([same, clashing_keys, clashing_seq, without_item, words].iter().all(|n| *n > 0));
}

#[test]
fn dirt_stands_in_the_tables_as_often_as_reported() {
    let faults = plant().report.faults;
    // Rows that were planted on top (twice, or with a code of another row) repeat the dirt of their model.
    let mut seen = BTreeSet::new();
    let items: Vec<_> = rows(DemoFile::Items)
        .iter()
        .filter(|row| row["part_type"] != "RTG" && seen.insert(row["item_cd"].trim().to_owned()))
        .collect();
    let count = |test: &dyn Fn(&Row) -> bool| items.iter().filter(|row| test(row)).count();
    assert_eq!(count(&|row| row["item_cd"].starts_with(' ')), faults.leading_blanks);
    assert_eq!(count(&|row| row["part_type"] == UNCLASSIFIED), faults.unclassified);
    assert_eq!(count(&|row| row["material"].starts_with("USE ")), faults.use_instead);
    assert_eq!(count(&|row| row["raw_material_name"].contains('\u{3000}')), faults.full_width_blanks);
    assert_eq!(count(&|row| row["outer_diameter_unit"].eq_ignore_ascii_case("inch")), faults.inch_sizes);
    assert_eq!(count(&|row| JUNK_UNITS.contains(&row["thickness_unit"].as_str())), faults.junk_units);
    assert_eq!(count(&|row| ["9999", "8700"].contains(&row["outer_diameter"].as_str())), faults.absurd_sizes);
    assert_eq!(count(&|row| ["", "0", "NULL"].contains(&row["outer_diameter"].as_str())), faults.blank_sizes);
    assert_eq!(count(&|row| !row["item_suffix"].is_empty()), faults.copies_with_suffix);
    let dates = rows(DemoFile::Routings).iter().filter(|row| row["valid_to"] == "31-Dec-99").count();
    assert_eq!(dates, faults.short_sentinel_dates);
    let zeros =
        rows(DemoFile::WorkResults).iter().filter(|row| row["run_min"] == "0" && !row["item_cd"].is_empty()).count();
    assert_eq!(zeros, faults.zero_results);
    let key = |row: &Row| ["item_cd", "routing_id", "proc_seq"].map(|column| row[column].clone());
    let mut planned = HashMap::new();
    for row in rows(DemoFile::Routings) {
        planned.entry(key(row)).or_insert_with(|| row["res_cd"].clone());
    }
    let others = rows(DemoFile::WorkResults)
        .iter()
        .filter(|row| row["run_min"].parse::<f64>().is_ok())
        .filter(|row| planned.get(&key(row)).is_some_and(|centre| *centre != row["res_cd"]))
        .count();
    assert_eq!(others, faults.other_work_centre);
    assert!(faults.inch_sizes > 20 && faults.leading_blanks > 5 && faults.absurd_sizes > 0);
}

#[test]
fn inch_values_are_inches() {
    // The spec text of machined parts keeps the diameter in mm, whatever the size columns say.
    let mut n_compared = 0;
    for row in rows(DemoFile::Items) {
        if !row["outer_diameter_unit"].eq_ignore_ascii_case("inch") || row["part_type"].starts_with("SW") {
            continue;
        }
        let (Some((od, _)), Ok(inches)) = (row["item_spec"].split_once(" X "), row["outer_diameter"].parse::<f64>())
        else {
            continue;
        };
        if let Ok(od) = od.parse::<f64>()
            && inches < 8_000.0
            && row["part_type"] != "OR91"
        {
            assert!((inches * 25.4 - od).abs() < 0.11, "{row:?}");
            n_compared += 1;
        }
    }
    assert!(n_compared > 20, "{n_compared}");
}

#[test]
fn reported_times_scatter_around_the_truth_and_planned_ones_keep_their_habit() {
    let (mut actual, mut planned) = (Vec::new(), BTreeMap::<Job, Vec<f64>>::new());
    for design in designs() {
        for (idx, routing) in routings_of(7, &design, as_of()).iter().enumerate() {
            let truth: BTreeMap<u32, f64> =
                routing.operations.iter().map(|op| (op.seq, op.truth.run_min_per_piece)).collect();
            for op in &routing.operations {
                let ratio = op.planned.run_min_per_piece / op.truth.run_min_per_piece;
                planned.entry(op.job).or_default().push(ratio);
            }
            for report in reports(7, &design, idx, routing, as_of()) {
                assert!(report.good_qty <= report.qty && report.end <= as_of() && report.end >= routing.created);
                actual.push(report.run_min / report.qty as f64 / truth[&report.seq]);
            }
        }
    }
    let median = |values: &mut Vec<f64>| {
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    // Learning takes up to a quarter off; scatter is symmetric on a log scale.
    let middle = median(&mut actual);
    assert!((0.74..0.90).contains(&middle), "{middle}");
    for (job, mut ratios) in planned.into_iter().filter(|(_, ratios)| ratios.len() > 300) {
        let off = median(&mut ratios) / job.facts().planned_bias;
        assert!((0.96..1.04).contains(&off), "{job:?}: {off}");
    }
}

#[test]
fn the_computed_ceiling_is_what_an_ideal_predictor_reaches() {
    let counts = &plant().report.statistics;
    let n_main: usize = counts.main_routes_of_part.values().map(|routes| routes.n_main).sum();
    assert_eq!(n_main, counts.n_items_with_routing + counts.n_truth_items);
    let knowable = counts.knowable_exact_share;
    // Items of one drawing repeat their luck, so the tolerance is wider than that of independent draws.
    assert!((knowable - counts.likeliest_exact_share).abs() < 0.04, "{counts:?}");
    assert!((0.70..0.90).contains(&knowable) && counts.knowable_exact_share_with_drawings > knowable, "{counts:?}");
    let gland = counts.main_routes_of_part["GD31"];
    assert!(gland.knowable_exact_share < 0.75 && gland.n_distinct > 30, "{gland:?}");
}

#[test]
fn the_importer_finds_exactly_the_planted_faults() {
    let faults = plant().report.faults;
    // A second job under one number is an operation beside the first, and no fault.
    let expected = [
        (DemoFile::Items, vec![], vec![("unique_key", faults.refused_item_key_again)], faults.same_item_row_again),
        (DemoFile::Routings, vec![], vec![("minutes", faults.refused_text_in_time)], 0),
        (
            DemoFile::WorkResults,
            vec![],
            vec![("minutes", faults.refused_text_in_result)],
            // A report without an item is of the same order as the one above, and so of its item: here it is said again.
            faults.refused_result_without_item,
        ),
    ];
    for (file, refused, doubtful, n_duplicates) in expected {
        let table = &plant().tables[file as usize];
        let mut reader = TableReader::open(table.file_name, table.csv.as_bytes(), &Profile::auto()).unwrap();
        let by_rule = |flaws: &[Flaw]| {
            let mut seen: BTreeMap<String, usize> = BTreeMap::new();
            flaws.iter().for_each(|flaw| *seen.entry(flaw.rule.clone()).or_default() += 1);
            seen
        };
        let planted = |rules: Vec<(&str, usize)>| rules.into_iter().map(|(rule, n)| (rule.to_owned(), n)).collect();
        let errors: Vec<Flaw> = reader.by_ref().filter_map(Result::err).collect();
        assert_eq!(by_rule(&errors), planted(refused), "{}", table.file_name);
        assert_eq!(by_rule(reader.doubts()), planted(doubtful), "{}", table.file_name);
        assert_eq!(reader.report().n_duplicates, n_duplicates as u64, "{}", table.file_name);
        let n_continued = if file == DemoFile::WorkResults { faults.refused_result_without_item } else { 0 };
        assert_eq!(reader.report().n_continued, n_continued as u64, "{}", table.file_name);
    }
}

#[test]
fn standard_codes_come_last_and_change_nothing_else() {
    let without = generate(&DemoSettings { standard_codes: 0, ..SETTINGS });
    for (table, plain) in plant().tables.iter().zip(&without.tables) {
        assert!(table.csv.starts_with(&plain.csv), "{}", table.file_name);
    }
    assert!(plant().tables[DemoFile::WorkResults as usize] == without.tables[DemoFile::WorkResults as usize]);
    assert_eq!(plant().truth, without.truth);
    assert_eq!(plant().report.faults, without.report.faults);
    let (with, without) = (&plant().report.statistics, &without.report.statistics);
    assert_eq!(with.n_routings, without.n_routings + 60);
    assert_eq!((with.n_make_items, with.n_items_with_routing), (without.n_make_items, without.n_items_with_routing));
    assert_eq!(with.knowable_exact_share, without.knowable_exact_share);
}

#[test]
fn standard_routings_follow_their_codes() {
    let grammars = Profile::erp().standard_codes();
    let mut jobs_of: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for row in rows(DemoFile::Routings).iter().filter(|row| row["item_cd"].starts_with("RTG-")) {
        if seen.insert((row["item_cd"].as_str(), row["proc_seq"].as_str())) {
            jobs_of.entry(&row["item_cd"]).or_default().push(&row["job_cd"]);
        }
    }
    assert_eq!(jobs_of.len(), 60);
    for (code, jobs) in jobs_of {
        let said = grammars[0].parse(code).unwrap_or_else(|| panic!("{code} fits"));
        let has = |job: Job| jobs.contains(&job.facts().code);
        assert_eq!(has(Job::TurnTaper), said["std_taper"] == "Y", "{code}");
        assert_eq!(has(Job::MillFront2), said["std_front_faces"] == "2", "{code}");
        assert_eq!(has(Job::MillSquare1), said["std_right_angle_faces"] == "1", "{code}");
        assert_eq!(has(Job::MillTilted2), said["std_tilted_faces"] == "2", "{code}");
        assert_eq!(has(Job::TurnVertical), said["std_size_class"] == "3", "{code}");
        for (letter, job) in [('P', Job::PressPin), ('L', Job::Weld), ('Z', Job::PowderCoat)] {
            assert_eq!(has(job), said["std_options"].contains(letter), "{code}");
        }
        assert!(jobs.len() >= 7 && jobs[0] == Job::Saw.facts().code, "{code}");
    }
}
