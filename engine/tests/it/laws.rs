//! Laws that hold for whatever goes in, tried on made-up inputs (proptest). A failing input is made small and printed.

use std::collections::BTreeSet;

use engine::clean;
use engine::domain::{Item, ItemCode, JobCode, OperationRow, Plant, Seq, WorkCentreCode, signature};
use engine::import::{Profile, Record, TableReader};
use engine::predict::matched_steps;
use engine::snapshot::Snapshot;
use proptest::prelude::*;
use proptest::sample::subsequence;

/// Steps of few kinds, so that lists have much in common.
fn steps() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(0u8..5, 0..12)
}

/// What stands in cells: letters of several scripts and widths, blanks, signs, numbers, words for nothing.
fn cell() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-zA-Z0-9]{1,3}",
        "[가-힣ㄱ-ㅎ]{1,2}",
        "[ \\t\u{a0}\u{3000}\u{200b}\u{ad}]",
        "[-_./,;:'\"()<>#%Øø°½²]",
        "[０-９Ａ-Ｚｱ-ﾝ]{1,2}",
        prop::sample::select(vec!["NULL", "n/a", "-", "25mm", "1,5", "1.234,5", "3/4\"", "2020-01-31", "12 kg"])
            .prop_map(str::to_owned),
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..5).prop_map(|pieces| pieces.concat())
}

/// A text that a table may hold and that is clean already: it begins and ends with a letter.
fn clean_text() -> impl Strategy<Value = String> {
    "[a-z가-나][a-zA-Z가-나,;\"'|]{0,6}( [a-z,;\"]{1,3})?[x-z]"
        .prop_filter("clean and known", |text| clean::text::known(text).as_ref() == Some(text))
}

fn jobs_and_centres() -> impl Strategy<Value = Vec<(String, Option<String>)>> {
    prop::collection::vec(("[AB]{0,2}", prop::option::of("[AB]{1,2}")), 0..4)
}

/// A plant of small texts, so that words are found in many places.
fn plant() -> impl Strategy<Value = Plant> {
    let item =
        ("[ab][ab0-]{1,4}", prop::option::of("[ab]{1,3}( [ab]{1,3})?"), prop::option::of("[ab0]{1,3}[-_ ]?[ab]"));
    let step = (0usize..12, "[JK]", prop::option::of("[MN]"));
    let items = prop::collection::btree_map(item.0, (item.1, item.2), 1..12);
    (items, prop::collection::vec(step, 0..20)).prop_map(|(rows, steps)| {
        let items: Vec<Item> = rows
            .into_iter()
            .map(|(code, (name, kind))| {
                let item = Item { name, ..Item::new(code) };
                kind.map_or(item.clone(), |kind| item.with("kind", kind))
            })
            .collect();
        let row = |(at, (item, job, centre)): (usize, &(usize, String, Option<String>))| OperationRow {
            item: items[item % items.len()].code.clone(),
            routing: "1".into(),
            seq: Seq::new(at as u32 + 1),
            job: job.as_str().into(),
            work_centre: centre.as_deref().map(Into::into),
            ..OperationRow::default()
        };
        let operations = steps.iter().enumerate().map(row).collect();
        Plant::assemble(items, operations, Vec::new())
    })
}

/// How a text is compared in a search of plain letters.
fn squeezed(text: &str) -> String {
    text.to_lowercase().replace([' ', '-', '_'], "")
}

/// Positions of all items that hold every word, or whose code begins with all words together: one after another.
fn scanned(snapshot: &Snapshot, text: &str) -> BTreeSet<usize> {
    let words: Vec<String> = text.split_whitespace().map(squeezed).filter(|word| !word.is_empty()).collect();
    let holds = |item: &Item| {
        let texts: Vec<String> = std::iter::once(item.code.as_str())
            .chain(item.name.as_deref())
            .chain(item.attributes.values().map(String::as_str))
            .map(squeezed)
            .collect();
        let is_found = |word: &String| texts.iter().any(|text| text.contains(word));
        words.iter().all(is_found) || (words.len() > 1 && texts[0].starts_with(&words.concat()))
    };
    (0..snapshot.len()).filter(|at| holds(&snapshot.item(*at))).collect()
}

/// A table as a spreadsheet writes it.
fn csv(rows: &[(String, String, String)]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["item_cd", "item_nm", "material"]).expect("memory takes everything");
    for (code, name, material) in rows {
        writer.write_record([code, name, material]).expect("memory takes everything");
    }
    writer.into_inner().expect("memory takes everything")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn matched_steps_are_equal_ascending_and_as_many_from_either_side(a in steps(), b in steps()) {
        let pairs = matched_steps(&a, &b);
        prop_assert!(pairs.iter().all(|(i, j)| a[*i] == b[*j]));
        prop_assert!(pairs.windows(2).all(|two| two[0].0 < two[1].0 && two[0].1 < two[1].1));
        prop_assert_eq!(pairs.len(), matched_steps(&b, &a).len());
    }

    #[test]
    fn a_list_is_matched_whole_by_itself_and_by_what_was_left_of_it(
        (all, kept) in steps().prop_flat_map(|all| { let n = all.len(); (Just(all.clone()), subsequence(all, 0..=n)) })
    ) {
        prop_assert_eq!(matched_steps(&all, &all), (0..all.len()).map(|at| (at, at)).collect::<Vec<_>>());
        prop_assert_eq!(matched_steps(&all, &kept).len(), kept.len());
    }

    #[test]
    fn signatures_are_equal_for_equal_sequences_only(a in jobs_and_centres(), b in jobs_and_centres()) {
        let of = |steps: &[(String, Option<String>)]| {
            let typed: Vec<(JobCode, Option<WorkCentreCode>)> =
                steps.iter().map(|(job, centre)| (job.as_str().into(), centre.as_deref().map(Into::into))).collect();
            signature(typed.iter().map(|(job, centre)| (job, centre.as_ref())))
        };
        prop_assert_eq!(of(&a) == of(&b), a == b);
    }

    #[test]
    fn cleaning_twice_changes_nothing(code in cell(), name in cell(), values in prop::collection::vec(cell(), 3)) {
        let once = clean::text::clean(&name);
        prop_assert_eq!(clean::text::clean(&once), once.clone());
        let names = ["material", "outer_diameter_mm", "draw_no"];
        let attributes = names.iter().map(|name| (*name).to_owned()).zip(values).collect();
        let raw = Item { name: Some(name), attributes, ..Item::new(code) };
        let once = clean::item(raw);
        prop_assert_eq!(clean::item(once.clone()), once);
    }

    #[test]
    fn a_written_number_is_read_as_itself(number in prop_oneof![-1e9f64..1e9, -1.0f64..1.0, (0u32..10_000).prop_map(f64::from)]) {
        let written = clean::numbers::write(number);
        prop_assert_eq!(clean::numbers::parse(&written, clean::numbers::Decimal::Point), Some(number));
    }

    #[test]
    fn a_snapshot_survives_its_bytes(plant in plant()) {
        let snapshot = Snapshot::of_plant(&plant);
        let (manifest, sections) = snapshot.to_sections();
        let again = Snapshot::from_sections(&manifest, &sections).expect("it was just written");
        prop_assert_eq!(again.id(), snapshot.id());
        prop_assert_eq!(again.len(), plant.items.len());
        for (at, item) in plant.items.iter().enumerate() {
            prop_assert_eq!(&again.item(at), item);
            prop_assert_eq!(again.position(&item.code), Some(at));
            prop_assert_eq!(again.n_routings(at), plant.routings.iter().filter(|of| of.item == item.code).count());
        }
        prop_assert_eq!(again.to_sections(), (manifest, sections));
    }

    #[test]
    fn a_search_finds_what_a_plain_scan_finds(plant in plant(), text in "[abAB0 -]{1,3}( [ab0]{1,2})?") {
        let snapshot = Snapshot::of_plant(&plant);
        let wanted = scanned(&snapshot, &text);
        let found = snapshot.search(&text, 0, usize::MAX);
        prop_assert_eq!(found.items.len(), wanted.len());
        prop_assert_eq!(found.total, wanted.len());
        prop_assert_eq!(found.items.iter().copied().collect::<BTreeSet<_>>(), wanted);
        let pages: Vec<usize> = (0..found.total).flat_map(|at| snapshot.search(&text, at, 1).items).collect();
        prop_assert_eq!(pages, found.items);
    }

    #[test]
    fn an_import_reads_what_was_written(
        texts in prop::collection::btree_map("[A-Z]{3}[0-9]{2}[A-Z]", (clean_text(), clean_text()), 1..8)
    ) {
        let rows: Vec<_> = texts.into_iter().map(|(code, (name, material))| (code, name, material)).collect();
        let bytes = csv(&rows);
        let reader = TableReader::open("items.csv", bytes.as_slice(), &Profile::common()).expect("a table of items");
        let read: Vec<(ItemCode, Option<String>, Option<String>)> = reader
            .map(|record| match record {
                Ok(Record::Item(item)) => (item.code, item.name, item.attributes.get("material").cloned()),
                other => panic!("{other:?}"),
            })
            .collect();
        let written: Vec<_> =
            rows.iter().map(|(code, name, kind)| (code.as_str().into(), Some(name.clone()), Some(kind.clone()))).collect();
        prop_assert_eq!(read, written);
    }
}
