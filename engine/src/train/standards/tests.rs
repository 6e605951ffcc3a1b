//! What standard codes are worth: routings that were hidden are composed from the codes that are there.

use crate::Model;
use crate::demo::{DemoSettings, generate};
use crate::domain::{Item, Plant, Routing};
use crate::features::CodeGrammar;
use crate::import::{Profile, Record, TableReader};
use crate::predict::{OwnHistory, PredictOptions};
use crate::train::{TrainSettings, train_by};

fn plant() -> Plant {
    let (mut items, mut operations, mut results) = (Vec::new(), Vec::new(), Vec::new());
    for table in generate(&DemoSettings { items: 1_500, seed: 4, standard_codes: 60 }).tables {
        let rows = TableReader::open(table.file_name, table.csv.as_bytes(), &Profile::auto()).expect("it is a table");
        for record in rows.flatten() {
            match record {
                Record::Item(item) => items.push(item),
                Record::Operation(row) => operations.push(row),
                Record::WorkResult(result) => results.push(result),
            }
        }
    }
    Plant::assemble(items, operations, results)
}

/// Every third standard code with its routing, and the plant without these items.
fn held_out(plant: &Plant) -> (Vec<Routing>, Plant) {
    let of_standard = plant.routings.iter().filter(|routing| routing.item.as_str().starts_with("RTG-"));
    let hidden: Vec<Routing> = of_standard.step_by(3).cloned().collect();
    let is_left = |code| hidden.iter().all(|routing| routing.item != *code);
    let rest = Plant {
        items: plant.items.iter().filter(|item| is_left(&item.code)).cloned().collect(),
        routings: plant.routings.iter().filter(|routing| is_left(&routing.item)).cloned().collect(),
        results: plant.results.clone(),
    };
    (hidden, rest)
}

fn model(plant: &Plant, grammars: &[CodeGrammar]) -> Model {
    train_by(plant, None, grammars, &TrainSettings { seed: 1 }, &mut |_, _| {}).expect("the plant has routings")
}

/// Shares of the hidden routings that are right: first candidate, one of four, and the vote alone.
fn rates(model: &Model, hidden: &[Routing], describe: impl Fn(&Routing) -> Item) -> [f64; 3] {
    let options = PredictOptions { own_history: OwnHistory::Ignore, ..PredictOptions::default() };
    let mut right = [0.0; 3];
    for routing in hidden {
        let truth: Vec<&str> = routing.jobs().map(|job| job.as_str()).collect();
        let query = describe(routing);
        let found = model.predict_only(&query, &options);
        let is_it = |candidate: &crate::predict::Candidate| {
            candidate.operations.iter().map(|operation| operation.job.as_str()).eq(truth.iter().copied())
        };
        let vote = model.rankings(&query).into_iter().find(|(part, _)| *part == "vote").map(|(_, routes)| routes);
        let is_voted = vote.and_then(|routes| routes.into_iter().next()) == Some(truth.clone());
        let marks = [found.candidates.first().is_some_and(is_it), found.candidates.iter().any(is_it), is_voted];
        right.iter_mut().zip(marks).for_each(|(n, mark)| *n += f64::from(u8::from(mark)) / hidden.len() as f64);
    }
    right
}

#[test]
fn hidden_standard_routings_are_composed_from_the_others() {
    let grammars = Profile::erp().standard_codes();
    let (hidden, rest) = held_out(&plant());
    assert_eq!(hidden.len(), 20);
    let by_code = |routing: &Routing| Item::new(routing.item.as_str());
    let by_features = |routing: &Routing| Item {
        attributes: grammars[0].parse(routing.item.as_str()).expect("it is a standard code"),
        ..Item::new("NEW-1")
    };
    let with = model(&rest, &grammars);
    let [coded, described] = [rates(&with, &hidden, by_code), rates(&with, &hidden, by_features)];
    let without = rates(&model(&rest, &[]), &hidden, by_code);
    let told = format!("by code {coded:.2?}, by features {described:.2?}, without the grammar {without:.2?}");
    println!("exact@1, exact@4, vote alone: {told}");
    assert!(coded[0] >= 0.6 && described[0] >= 0.6, "{told}");
    assert!(coded[0] >= coded[2] + 0.2 && described[0] >= described[2] + 0.2, "{told}");
    assert!(coded[0] >= without[0] + 0.2, "{told}");
}
