//! The one question and the explanation, on the demo plant and on a small one whose routes are known.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use engine::Model;
use engine::demo::{DemoSettings, generate};
use engine::domain::{Item, ItemCode, OperationRow, Plant, Seq};
use engine::import::{Profile, Record, TableReader};
use engine::predict::{AbstainReason, OwnHistory, PartScore, PredictOptions, Prediction, StepPlace};
use engine::train::{TrainSettings, train};
use engine::watch::unwatched;

const IGNORE: PredictOptions = PredictOptions { own_history: OwnHistory::Ignore, n_neighbours: 10, max_candidates: 4 };

/// The demo plant as an import reads it.
fn plant() -> Plant {
    let (mut items, mut operations, mut results) = (Vec::new(), Vec::new(), Vec::new());
    for table in generate(&DemoSettings { items: 3_000, seed: 5, standard_codes: 0 }).tables {
        let reader = TableReader::open(table.file_name, table.csv.as_bytes(), &Profile::common());
        for record in reader.expect("the demo tables are in the common form").flatten() {
            match record {
                Record::Item(item) => items.push(item),
                Record::Operation(row) => operations.push(row),
                Record::WorkResult(report) => results.push(report.result),
            }
        }
    }
    Plant::assemble(items, operations, results)
}

/// An item with the jobs of its main routing.
type Case = (Item, Vec<String>);

/// A model of the demo plant, and every sixth routed item, which it has not seen.
fn held_out() -> &'static (Model, Vec<Case>) {
    static HELD_OUT: OnceLock<(Model, Vec<Case>)> = OnceLock::new();
    HELD_OUT.get_or_init(|| {
        let mut plant = plant();
        let routed: BTreeMap<ItemCode, Vec<String>> = plant
            .routings
            .iter()
            .filter(|routing| routing.is_main == Some(true))
            .map(|routing| (routing.item.clone(), routing.jobs().map(|job| job.to_string()).collect()))
            .collect();
        let held: BTreeMap<ItemCode, Vec<String>> = routed.into_iter().step_by(6).collect();
        let case = |item: &Item| Some((item.clone(), held.get(&item.code)?.clone()));
        let cases: Vec<Case> = plant.items.iter().filter_map(case).collect();
        plant.items.retain(|item| !held.contains_key(&item.code));
        plant.routings.retain(|routing| !held.contains_key(&routing.item));
        plant.results.retain(|result| !held.contains_key(&result.item));
        let model = train(&plant, &TrainSettings { seed: 1 }, &mut unwatched).expect("the demo plant has routings");
        (model, cases)
    })
}

/// What names the part, and what names its features: each group is hidden whole, for its members say the same.
const PART: [&str; 5] = ["item_nm", "part_type", "part_name", "group1", "group2"];
const FEATURES: [&str; 2] = ["group1", "additional_spec"];

fn value(item: &Item, attribute: &str) -> Option<String> {
    if attribute == "item_nm" { item.name.clone() } else { item.attributes.get(attribute).cloned() }
}

fn without(item: &Item, hidden: &[&str]) -> Item {
    let mut query = Item { code: "NEW".into(), ..item.clone() };
    // The number of a drawing that other items share would name them.
    query.attributes.retain(|name, _| name != "draw_no" && !hidden.contains(&name.as_str()));
    query.name = query.name.filter(|_| !hidden.contains(&"item_nm"));
    query
}

fn first(prediction: &Prediction) -> (f64, Vec<String>) {
    let first = prediction.candidates.first();
    let jobs = first.map(|first| first.operations.iter().map(|operation| operation.job.to_string()).collect());
    (first.and_then(|first| first.confidence_prob).unwrap_or(0.0), jobs.unwrap_or_default())
}

/// What became of the items whose question can be answered from the table.
#[derive(Default)]
struct Tally {
    n_asked: f64,
    n_of_group: f64,
    n_answered: f64,
    confidence: [f64; 2],
    right: [f64; 2],
}

fn ask(hidden: &[&str]) -> Tally {
    let (model, cases) = held_out();
    let mut tally = Tally::default();
    for (item, jobs) in cases {
        let query = without(item, hidden);
        let before = model.predict(&query, &IGNORE);
        let Some(question) = &before.question else { continue };
        tally.n_asked += 1.0;
        tally.n_of_group += f64::from(u8::from(hidden.contains(&question.attribute.as_str())));
        let Some(answer) = value(item, &question.attribute) else { continue };
        let told = match question.attribute.as_str() {
            "item_nm" => query.named(answer),
            attribute => query.with(attribute, answer),
        };
        let after = model.predict(&told, &IGNORE);
        tally.n_answered += 1.0;
        for (at, prediction) in [before, after].iter().enumerate() {
            let (confidence, found) = first(prediction);
            tally.confidence[at] += confidence;
            tally.right[at] += f64::from(u8::from(found == *jobs));
        }
    }
    tally
}

#[test]
fn what_was_hidden_is_asked_for_and_a_true_answer_helps() {
    let (mut n_in_all, mut right_in_all) = (0.0, 0.0);
    for hidden in [&PART[..], &FEATURES[..]] {
        let tally = ask(hidden);
        let n = tally.n_answered;
        assert!(tally.n_asked >= 20.0, "{hidden:?}: only {} questions", tally.n_asked);
        let share = tally.n_of_group / tally.n_asked;
        assert!(share >= 0.6, "{hidden:?}: {share} of the questions are for what was hidden");
        let gain = |sums: [f64; 2]| (sums[1] - sums[0]) / n;
        assert!(gain(tally.confidence) >= 0.05, "{hidden:?}: confidence rises by {}", gain(tally.confidence));
        assert!(gain(tally.right) >= 0.0, "{hidden:?}: right answers rise by {}", gain(tally.right));
        n_in_all += n;
        right_in_all += tally.right[1] - tally.right[0];
    }
    // Some forty answers of one group are too few to show more than that it does no harm.
    assert!(right_in_all >= 0.08 * n_in_all, "{right_in_all} of {n_in_all} answers more are right");
}

#[test]
fn a_sure_answer_and_an_item_with_a_routing_ask_nothing() {
    let (model, cases) = held_out();
    let answers: Vec<Prediction> = cases.iter().take(40).map(|(item, _)| model.predict(item, &IGNORE)).collect();
    let sure = |answer: &&Prediction| !answer.abstained && first(answer).0 >= 0.7;
    assert!(answers.iter().filter(sure).count() >= 10, "the comparison would mean little");
    assert!(answers.iter().filter(sure).all(|answer| answer.question.is_none()));
    for answer in &answers {
        let values = answer.question.iter().flat_map(|question| &question.values);
        assert!(values.clone().all(|value| value.share > 0.0 && (0.0..=1.0).contains(&value.confidence_prob)));
        assert!(values.map(|value| value.share).sum::<f64>() <= 1.0 + 1e-9);
    }
    let known = model.items().filter(|item| !model.routings(&item.code).is_empty()).step_by(29).take(10);
    let first = PredictOptions { own_history: OwnHistory::First, ..IGNORE };
    assert!(known.map(|item| model.predict(&item, &first)).all(|answer| answer.question.is_none()));
}

#[test]
fn predictors_that_disagree_say_on_what() {
    let (model, cases) = held_out();
    let hidden = [&PART[..], &FEATURES, &["item_type", "material", "material_code", "item_account"]].concat();
    let answers: Vec<Prediction> =
        cases.iter().map(|(item, _)| model.predict_only(&without(item, &hidden), &IGNORE)).collect();
    let disagree = |answer: &&Prediction| answer.abstain_reason == Some(AbstainReason::Disagreement);
    assert!(answers.iter().filter(disagree).count() >= 5, "{} are too few", answers.iter().filter(disagree).count());
    for answer in &answers {
        let shares: Vec<f64> = answer.disputed.iter().map(|disputed| disputed.share).collect();
        assert!(shares.iter().all(|share| (0.1..=0.9).contains(share)) && shares.len() <= 3, "{shares:?}");
        assert_eq!(shares.is_empty(), !disagree(&answer), "{:?}", answer.abstain_reason);
        assert!(shares.windows(2).all(|pair| (pair[0] - 0.5).abs() <= (pair[1] - 0.5).abs() + 1e-9), "{shares:?}");
    }
}

#[test]
fn contributions_add_up_to_the_odds() {
    let (model, cases) = held_out();
    let sum = |parts: &[PartScore]| parts.iter().map(|part| part.score).sum::<f64>();
    let mut n_contests = 0;
    for (item, _) in cases.iter().step_by(2).take(50) {
        let explanation = model.explain(item, &IGNORE);
        assert_eq!(explanation, model.explain(item, &IGNORE));
        let answer = model.predict_only(item, &IGNORE);
        let similar = answer.candidates.len();
        assert_eq!(explanation.contests.len(), similar.saturating_sub(1));
        for contest in &explanation.contests {
            n_contests += 1;
            let close = |a: f64, b: f64| (a - b).abs() < 1e-9;
            assert!(close(sum(&contest.parts), contest.log_odds));
            for (at, part) in contest.parts.iter().enumerate() {
                let of_attributes: f64 = contest.attributes.iter().map(|attribute| attribute.parts[at].score).sum();
                let all = of_attributes + contest.others[at].score + contest.ground[at].score;
                assert!(close(all, part.score), "{:?} of {}: {all} is not {}", part.part, item.code, part.score);
            }
            assert!(contest.attributes.iter().all(|attribute| close(sum(&attribute.parts), attribute.score)));
            // The first is the likelier one, unless what stands beside it is as likely once confidence is capped.
            let is_level = contest.first.confidence_prob == contest.other.confidence_prob;
            assert!(contest.log_odds > 0.0 || (is_level && contest.log_odds > -1e-9), "{contest:?}");
            let of_first = contest
                .steps
                .iter()
                .filter(|step| matches!(step.place, StepPlace::Both | StepPlace::OnlyFirst | StepPlace::MovedFirst));
            assert!(of_first.map(|step| &step.job).eq(&contest.first.jobs));
        }
    }
    assert!(n_contests >= 50, "only {n_contests} pairs of candidates");
}

/// Sleeves, of which the coated ones are coated and nothing else matters.
fn coated(at: usize) -> (Item, Vec<OperationRow>) {
    let is_coated = at * 7 % 10 < 5;
    let code = format!("S-{at:03}");
    let item = Item::new(&code)
        .named(format!("sleeve {}", at % 9))
        .with("coating", if is_coated { "chrome" } else { "none" })
        .with("material", ["316", "304", "Alloy 20"][at % 3])
        .with("length_mm", format!("{}", 20 + at * 13 % 90));
    let jobs: &[&str] = if is_coated { &["CUT", "TURN", "COAT", "CHECK"] } else { &["CUT", "TURN", "CHECK"] };
    // Now and then a planner forgets: without it there would be no second candidate.
    let jobs = if at.is_multiple_of(11) { &["CUT", "TURN", "CHECK"] } else { jobs };
    let row = |(step, job): (usize, &&str)| OperationRow {
        item: code.as_str().into(),
        routing: "1".into(),
        seq: Seq::new((step as u32 + 1) * 10),
        job: (**job).into(),
        is_main: Some(true),
        ..OperationRow::default()
    };
    (item, jobs.iter().enumerate().map(row).collect())
}

#[test]
fn the_attribute_that_decides_is_named() {
    let (items, operations): (Vec<Item>, Vec<Vec<OperationRow>>) = (0..160).map(coated).unzip();
    let plant = Plant::assemble(items, operations.concat(), Vec::new());
    let model = train(&plant, &TrainSettings { seed: 1 }, &mut unwatched).expect("the plant has routings");
    let query = Item::new("NEW").named("sleeve 4").with("coating", "chrome").with("material", "304");
    let explanation = model.explain(&query.clone().with("length_mm", "55"), &IGNORE);
    let contest = explanation.contests.first().expect("a route without coating is the next candidate");
    let only_first: Vec<&str> =
        contest.steps.iter().filter(|step| step.place == StepPlace::OnlyFirst).map(|step| step.job.as_str()).collect();
    assert_eq!(only_first, ["COAT"]);
    assert_eq!(contest.attributes[0].attribute, "coating", "{:?}", contest.attributes);
    assert!(contest.attributes[0].score > 0.5 * contest.log_odds, "{contest:?}");
    assert!(contest.first.vote_share > contest.other.vote_share);
}

#[test]
fn the_attribute_that_decides_is_asked_for() {
    let (items, operations): (Vec<Item>, Vec<Vec<OperationRow>>) = (0..160).map(coated).unzip();
    let plant = Plant::assemble(items, operations.concat(), Vec::new());
    let model = train(&plant, &TrainSettings { seed: 1 }, &mut unwatched).expect("the plant has routings");
    let query = Item::new("NEW").named("sleeve 4").with("material", "304");
    let answer = model.predict(&query, &IGNORE);
    let question = answer.question.expect("without its coating the routing of a sleeve is open");
    assert_eq!(question.attribute, "coating");
    let mut values: Vec<&str> = question.values.iter().map(|value| value.value.as_str()).collect();
    values.sort_unstable();
    assert_eq!(values, ["chrome", "none"]);
    assert!(question.expected_prob > question.confidence_prob + 0.05);
}
