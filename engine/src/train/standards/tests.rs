//! What standard codes are worth: routings that were hidden are composed from the codes that are there.

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

use crate::Model;
use crate::demo::{DemoSettings, generate};
use crate::domain::{Item, ItemCode, Plant, Routing};
use crate::features::CodeGrammar;
use crate::import::{Profile, Record, TableReader};
use crate::predict::{Candidate, Origin, OwnHistory, PredictOptions};
use crate::train::{TrainSettings, train_by};
use crate::watch::unwatched;

use super::right_prob;
use super::rules::Kept;

fn plant() -> Plant {
    let (mut items, mut operations, mut results) = (Vec::new(), Vec::new(), Vec::new());
    for table in generate(&DemoSettings { items: 400, seed: 4, standard_codes: 60 }).tables {
        let rows = TableReader::open(table.file_name, table.csv.as_bytes(), &Profile::auto()).expect("it is a table");
        for record in rows.flatten() {
            match record {
                Record::Item(item) => items.push(item),
                Record::Operation(row) => operations.push(row),
                Record::WorkResult(report) => results.push(report.result),
            }
        }
    }
    Plant::assemble(items, operations, results)
}

/// Every third standard code with its routing, and the plant without these items.
fn held_out(plant: &Plant) -> (Vec<Routing>, Plant) {
    let of_standard = plant.routings.iter().filter(|routing| routing.item.as_str().starts_with("RTG-"));
    let hidden: Vec<Routing> = of_standard.step_by(3).cloned().collect();
    let is_left = |code: &ItemCode| hidden.iter().all(|routing| routing.item != *code);
    let rest = Plant {
        items: plant.items.iter().filter(|item| is_left(&item.code)).cloned().collect(),
        routings: plant.routings.iter().filter(|routing| is_left(&routing.item)).cloned().collect(),
        results: plant.results.clone(),
    };
    (hidden, rest)
}

fn model(plant: &Plant, grammars: &[CodeGrammar]) -> Model {
    train_by(plant, None, grammars, &TrainSettings { seed: 1 }, &mut unwatched).expect("the plant has routings")
}

/// Shares of the hidden routings that are right.
#[derive(Debug)]
struct Rates {
    first: f64,
    among_four: f64,
    /// First candidate without the one that the rules composed.
    similar: f64,
    /// The steps alone, which compose too, and the vote alone, which copies.
    steps: f64,
    vote: f64,
    /// Mean probability of the composed candidates.
    promised: f64,
}

fn rates(model: &Model, hidden: &[Routing], describe: impl Fn(&Routing) -> Item) -> Rates {
    let options = PredictOptions { own_history: OwnHistory::Ignore, ..PredictOptions::default() };
    let mut rates = Rates { first: 0.0, among_four: 0.0, similar: 0.0, steps: 0.0, vote: 0.0, promised: 0.0 };
    for routing in hidden {
        let truth: Vec<&str> = routing.jobs().map(|job| job.as_str()).collect();
        let query = describe(routing);
        let found = model.predict_only(&query, &options).candidates;
        let is_it = |candidate: &Candidate| {
            candidate.operations.iter().map(|operation| operation.job.as_str()).eq(truth.iter().copied())
        };
        let share = |is_right: bool| f64::from(u8::from(is_right)) / hidden.len() as f64;
        rates.first += share(found.first().is_some_and(is_it));
        rates.among_four += share(found.iter().any(is_it));
        rates.similar += share(found.iter().find(|found| found.origin == Origin::Similar).is_some_and(is_it));
        for (part, routes) in model.rankings(&query) {
            let is_right = share(routes.first() == Some(&truth));
            match part {
                "vote" => rates.vote += is_right,
                "steps" => rates.steps += is_right,
                _ => {}
            }
        }
        let composed = found.iter().find(|found| matches!(found.origin, Origin::Standard { routing: None, .. }));
        rates.promised += composed.and_then(|found| found.confidence_prob).unwrap_or(0.0) / hidden.len() as f64;
    }
    rates
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
    let told = format!("by code {coded:.2?}\nby features {described:.2?}\nwithout the grammar {without:.2?}");
    for rates in [&coded, &described] {
        assert!(rates.first >= 0.8 && rates.first >= rates.vote + 0.5 && rates.among_four >= rates.first, "{told}");
        assert!((0.6..1.0).contains(&rates.promised) && rates.promised < rates.first + 0.2, "{told}");
    }
    assert!(coded.first >= without.first + 0.4, "{told}");
}

/// Sixty codes of three features, each with a job of its own; `other` jobs are drawn by chance.
fn drawn(other: u32) -> Vec<Kept> {
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(5);
    let mut code = |at: u32| {
        let features = [at % 3, at / 3 % 4, at / 12];
        let mut jobs: Vec<u32> = [0, 10, 20].iter().zip(features).map(|(first, feature)| first + feature).collect();
        jobs.extend((30..30 + other).filter(|_| rng.r#gen::<bool>()));
        Kept { features: features.map(|feature| feature.to_string()).to_vec(), jobs }
    };
    (0..60).map(&mut code).collect()
}

#[test]
fn what_follows_no_rule_is_not_composed() {
    let ruled = right_prob(&drawn(0)).expect("there are enough codes to try");
    assert_eq!(ruled, 61.0 / 62.0, "all sixty are right, and no trial promises certainty");
    let half = right_prob(&drawn(1)).expect("there are enough codes to try");
    assert!((0.3..0.7).contains(&half), "{half}");
    let by_chance = right_prob(&drawn(8)).expect("there are enough codes to try");
    assert!(by_chance < 0.1, "{by_chance}");
    assert_eq!(right_prob(&drawn(0)[..9]), None);
}
