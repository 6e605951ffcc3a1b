//! `bench --part search`: making, opening and searching a snapshot, beside reading the text of every item.

use std::convert::Infallible;

use anyhow::{Result, bail};
use engine::demo::{DemoFile, DemoSettings, stream};
use engine::domain::Item;
use engine::import::{Profile, Record, TableReader};
use engine::snapshot::{Builder, Snapshot};
use serde::Serialize;

use super::clocked::{Spread, clocked};
use super::report::{Machine, Measure, Peer};
use super::{table, used};
use crate::cli::Console;

/// Questions of each kind.
const N_OF_A_KIND: usize = 60;
/// Lines of a page.
const LIMIT: usize = 20;

#[derive(Serialize)]
struct Report {
    machine: Machine,
    seed: u64,
    n_items: usize,
    n_questions: usize,
    snapshot_bytes: usize,
    measures: Vec<Measure>,
}

pub fn run(n_items: u32, seed: u64, is_json: bool, console: &mut Console) -> Result<()> {
    let progress = console.progress();
    progress.at("making items", 0.0);
    let items = items(usize::try_from(n_items)?, seed)?;
    let questions = questions(&items);

    progress.at("making the snapshot", 0.0);
    used::forget_peak();
    let before = used::peak_bytes();
    let (making_s, made) = clocked(|| {
        let mut builder = Builder::new();
        items.iter().for_each(|item| builder.push(item, 1));
        builder.finish()
    });
    let peak_bytes = used::peak_bytes().zip(before).map(|(peak, before)| peak - before);
    let (manifest, sections) = made.to_sections();
    drop(made);
    progress.at("opening it", 0.0);
    let (opening_s, snapshot) = clocked(|| Snapshot::from_sections(&manifest, &sections));
    let snapshot = snapshot?;

    progress.at("searching", 0.0);
    let first = Spread::of(&questions, |question| snapshot.search(question, 0, LIMIT));
    let last = Spread::of(&questions, |question| {
        let total = snapshot.search(question, 0, 0).total;
        snapshot.search(question, total.saturating_sub(LIMIT), LIMIT)
    });
    progress.at("reading every item", 0.0);
    let (texts_s, texts) = clocked(|| items.iter().map(text).collect::<Vec<String>>());
    let few: Vec<String> = questions.iter().step_by(10).cloned().collect();
    let read = Spread::of(&few, |question| {
        let words: Vec<String> = question.split_whitespace().map(str::to_lowercase).collect();
        texts.iter().filter(|text| words.iter().all(|word| text.contains(word))).count()
    });
    progress.done();
    let peer = |value| Peer::new("reading the text of every item", value);
    let n_text_bytes = texts.iter().map(String::len).sum::<usize>() as f64;
    let measures = vec![
        Measure::new("making_s", Some(making_s), Peer::new("lower case of every text", texts_s)),
        Measure::new("making_peak_bytes", peak_bytes, Peer::new("text of every item", n_text_bytes)),
        Measure::new("snapshot_bytes", Some(manifest.n_bytes() as f64), Peer::new("text of every item", n_text_bytes)),
        Measure::new("opening_s", Some(opening_s), Peer::new("making", making_s)),
        Measure::new("first_page_median_ms", Some(first.median_ms()), peer(read.median_ms())),
        Measure::new("first_page_p95_ms", Some(first.p95_ms()), peer(read.p95_ms())),
        Measure::new("count_and_last_page_p95_ms", Some(last.p95_ms()), peer(read.p95_ms())),
    ];
    let report = Report {
        machine: Machine::this(),
        seed,
        n_items: items.len(),
        n_questions: questions.len(),
        snapshot_bytes: manifest.n_bytes(),
        measures,
    };
    if is_json {
        return console.json(&report);
    }
    let head = format!("{} items, seed {seed}; {} questions\n", report.n_items, report.n_questions);
    let text = head + &table::of_measures(&report.machine, &report.measures);
    Ok(console.out().write_all(text.as_bytes())?)
}

/// Items of the demo plant, without its other tables.
pub fn items(n_items: usize, seed: u64) -> Result<Vec<Item>> {
    let mut csv = String::new();
    let mut emit = |file: DemoFile, piece: &str| -> Result<(), Infallible> {
        if file as usize == 0 {
            csv.push_str(piece);
        }
        Ok(())
    };
    let settings = DemoSettings { items: n_items, seed, standard_codes: 0 };
    match stream(&settings, &mut emit, &mut |_| {}) {
        Ok(_) => {}
        Err(never) => match never {},
    }
    let records = TableReader::open("items.csv", csv.as_bytes(), &Profile::common())?.flatten();
    let items: Vec<Item> =
        records.filter_map(|record| if let Record::Item(item) = record { Some(item) } else { None }).collect();
    if items.is_empty() {
        bail!("the demo plant has no items");
    }
    Ok(items)
}

/// What people type: a code, its beginning, its middle, a word of a name, two of them, a value, initial consonants, a
/// letter, and something that nobody has.
fn questions(items: &[Item]) -> Vec<String> {
    let part = |text: &str, from: usize, n: usize| text.chars().skip(from).take(n).collect::<String>();
    let mut questions = Vec::new();
    for kind in 0..9 {
        for n in 0..N_OF_A_KIND {
            let item = &items[(n * 9 + kind) * items.len() / (N_OF_A_KIND * 9)];
            let (code, name) = (item.code.as_str(), item.name.as_deref().unwrap_or("seal"));
            let word = name.split_whitespace().next().unwrap_or(name);
            let last = name.split_whitespace().last().unwrap_or(name);
            questions.push(match kind {
                0 => code.to_owned(),
                1 => part(code, 0, 4),
                2 => part(code, 3, 4),
                3 => word.to_owned(),
                4 => format!("{word} {last}"),
                5 => item.attributes.values().nth(n % 7).cloned().unwrap_or_default(),
                6 => ["ㅂㅌ", "ㅁㅋㄴㅋ", "ㅅ", "ㄱㅅㅋ"][n % 4].to_owned(),
                7 => part(word, 0, 1),
                _ => format!("zq{n}x"),
            });
        }
    }
    questions.retain(|question| !question.trim().is_empty());
    questions
}

fn text(item: &Item) -> String {
    let parts = std::iter::once(item.code.as_str()).chain(item.name.as_deref());
    parts.chain(item.attributes.values().map(String::as_str)).collect::<Vec<_>>().join("\n").to_lowercase()
}
