//! Golden predictions: what a fixed plant's model answers, kept as a text beside this file, so that a change of the model is
//! seen in review. A change that was meant: `INSTA_UPDATE=always cargo test -p engine --test it golden`, and read the diff.

use std::collections::BTreeMap;
use std::fmt::Write;

use engine::Model;
use engine::demo::{DemoSettings, generate};
use engine::domain::{Item, ItemCode, Plant};
use engine::import::{Profile, Record, TableReader};
use engine::predict::{Contest, PredictOptions, Prediction, ProposedOperation, TimeEstimate};
use engine::train::{TrainSettings, train};
use engine::watch::unwatched;

use crate::plants::IGNORE;

/// A demo plant without the routings of the items that are asked about as new ones.
fn plant(settings: &DemoSettings) -> (Plant, Vec<Item>) {
    let (mut items, mut operations, mut results) = (Vec::new(), Vec::new(), Vec::new());
    for table in generate(settings).tables {
        let reader = TableReader::open(table.file_name, table.csv.as_bytes(), &Profile::common());
        for record in reader.expect("the demo tables are in the common form").flatten() {
            match record {
                Record::Item(item) => items.push(item),
                Record::Operation(row) => operations.push(row),
                Record::WorkResult(report) => results.push(report.result),
            }
        }
    }
    let mut plant = Plant::assemble(items, operations, results);
    let routed: Vec<ItemCode> = plant.routings.iter().map(|routing| routing.item.clone()).collect();
    let new: Vec<Item> = plant.items.iter().filter(|item| routed.contains(&item.code)).step_by(9).cloned().collect();
    let is_new = |code: &ItemCode| new.iter().any(|item| item.code == *code);
    plant.items.retain(|item| !is_new(&item.code));
    plant.routings.retain(|routing| !is_new(&routing.item));
    plant.results.retain(|result| !is_new(&result.item));
    (plant, new)
}

/// Six digits behind the point: less than anybody sees, more than a change of a predictor hides in.
fn prob(prob: Option<f64>) -> String {
    prob.map_or("-".to_owned(), |prob| format!("{prob:.6}"))
}

fn time(name: &str, time: Option<TimeEstimate>) -> String {
    time.map_or(String::new(), |time| format!(" {name} {:.4}/{:.4} ({} {:?})", time.p50, time.p80, time.n, time.source))
}

fn operation(operation: &ProposedOperation) -> String {
    let centre = operation.work_centre.as_ref().map_or("-", |centre| centre.as_str());
    let times = [
        time("setup", operation.setup_min),
        time("run", operation.run_min_per_piece),
        time("lot", operation.run_min_per_lot),
    ];
    format!("    {} {} @ {centre}{}\n", operation.seq, operation.job, times.concat())
}

/// An answer: all candidates by their jobs, and the first one of each origin with work centres and times.
fn answer(prediction: &Prediction, text: &mut String) {
    let reason = prediction.abstain_reason.map(|reason| format!(" withheld: {reason:?}")).unwrap_or_default();
    writeln!(text, "{}{reason}", prediction.item).expect("a text takes everything");
    for candidate in &prediction.candidates {
        let jobs: Vec<&str> = candidate.operations.iter().map(|operation| operation.job.as_str()).collect();
        let (rank, prob) = (candidate.rank, prob(candidate.confidence_prob));
        writeln!(text, "  {rank}. {prob} {} {:?}", jobs.join(" "), candidate.origin).expect("a text takes everything");
        if rank == 1 {
            candidate.operations.iter().for_each(|found| text.push_str(&operation(found)));
        }
    }
    if let Some(question) = &prediction.question {
        let (from, to) = (question.confidence_prob, question.expected_prob);
        writeln!(text, "  asks for {}: {from:.6} -> {to:.6}", question.attribute).expect("a text takes everything");
    }
}

/// Why the first candidate and not the second, by part.
fn contest(contest: &Contest, text: &mut String) {
    let parts: Vec<String> = contest.parts.iter().map(|part| format!("{:?} {:.6}", part.part, part.score)).collect();
    writeln!(text, "  for the first: {:.6} = {}", contest.log_odds, parts.join(" + "))
        .expect("a text takes everything");
}

/// What `model` says of the `new` items, of some that it was trained with, and of one with hardly anything known.
fn said(model: &Model, new: &[Item], known: &[Item]) -> String {
    let mut text = String::new();
    let card = model.card();
    writeln!(text, "{} items, {} with a routing", card.n_items, card.n_items_with_routing).expect("a text");
    for method in &card.trial_methods {
        let (first, four) = (method.exact_at_1, method.exact_at_4);
        writeln!(text, "{:?} {}: {first:.6} {four:.6} of {}", method.kind, method.method, method.n_trials)
            .expect("a text takes everything");
    }
    let bare = Item { code: "BARE".into(), attributes: BTreeMap::new(), ..new[0].clone() };
    for (title, items) in [("new", new), ("trained with", known), ("hardly known", std::slice::from_ref(&bare))] {
        writeln!(text, "\n{title}").expect("a text takes everything");
        for item in items {
            answer(&model.predict(item, &IGNORE), &mut text);
        }
    }
    writeln!(text, "\nwhy").expect("a text takes everything");
    for item in new.iter().take(3) {
        writeln!(text, "{}", item.code).expect("a text takes everything");
        let options = PredictOptions { max_candidates: 2, ..IGNORE };
        model.explain(item, &options).contests.iter().for_each(|found| contest(found, &mut text));
    }
    text
}

#[test]
fn predictions_are_those_that_were_reviewed_on_any_number_of_threads() {
    let (plant, new) = plant(&DemoSettings { items: 150, seed: 3, standard_codes: 6 });
    let routed = |item: &&Item| plant.routings.iter().any(|routing| routing.item == item.code);
    let known: Vec<Item> = plant.items.iter().filter(routed).step_by(12).cloned().collect();
    let [one, three] = [1, 3].map(|n_threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(n_threads).build().expect("threads can be had");
        pool.install(|| train(&plant, &TrainSettings { seed: 1 }, &mut unwatched).expect("the plant has routings"))
    });
    assert_eq!(one.id(), three.id());
    insta::assert_snapshot!("golden_predictions", said(&one, &new, &known));
}
