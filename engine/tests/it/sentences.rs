//! What a model keeps of vectors of texts: the server and the browser read the same numbers.

use engine::bundle;
use engine::domain::{Item, ItemCode, OperationRow, Plant};
use engine::features::Sentences;
use engine::predict::{OwnHistory, PredictOptions, Prediction};
use engine::train::{TrainSettings, train, train_with};
use engine::watch::unwatched;
use engine::{Model, bundle::BundleError};

const IGNORE: PredictOptions = PredictOptions { own_history: OwnHistory::Ignore, n_neighbours: 10, max_candidates: 4 };

/// Eighty items whose route only the vectors of their names tell; each fourth has no routing.
fn plant() -> (Plant, Sentences) {
    let item = |at: usize| {
        let kind = ["gland", "sleeve"][at % 2];
        let item = Item::new(format!("P{at:03}")).named(format!("{kind} {at}")).with("part_type", kind);
        item.with("material", ["316", "304", "Alloy 20"][at % 3])
    };
    let items: Vec<Item> = (0..80).map(item).collect();
    let is_turned = |at: usize| at * 37 % 11 < 5;
    let row = |at: usize, seq: u32, job: &str| OperationRow {
        item: ItemCode::from(items[at].code.as_str()),
        routing: "1".into(),
        seq: seq.into(),
        job: job.into(),
        ..OperationRow::default()
    };
    let rows = (0..80).filter(|at| at % 4 != 0).flat_map(|at| {
        let job = if is_turned(at) { "TURN" } else { "MILL" };
        [row(at, 10, "CUT"), row(at, 20, job)]
    });
    let plant = Plant::assemble(items.clone(), rows.collect(), Vec::new());
    let mut sentences = Sentences::of(&plant.items);
    let at_of = |text: &str| text.rsplit(' ').next().and_then(|at| at.parse().ok()).expect("the name ends in a number");
    let vector = |text: &&str| {
        let at: usize = at_of(text);
        vec![if is_turned(at) { 0.9 } else { 0.1 }, (at * 13 % 7) as f32 / 70.0, 0.5]
    };
    let vectors = sentences.texts().iter().map(vector).collect();
    sentences.set_vectors(vectors);
    (plant, sentences)
}

fn second_job(prediction: &Prediction) -> Option<&str> {
    prediction.candidates.first()?.operations.get(1).map(|operation| operation.job.as_str())
}

#[test]
fn items_without_a_routing_are_told_by_their_vectors() {
    let (plant, sentences) = plant();
    let settings = TrainSettings { seed: 1 };
    let model = train_with(&plant, Some(&sentences), &settings, &mut unwatched).expect("it has routings");
    let truth = |at: usize| if at * 37 % 11 < 5 { "TURN" } else { "MILL" };
    let n_right = |model: &Model| {
        let is_right = |at: &usize| second_job(&model.predict(&plant.items[*at], &IGNORE)) == Some(truth(*at));
        (0..80).step_by(4).filter(is_right).count()
    };
    let plain = train(&plant, &settings, &mut unwatched).expect("it has routings");
    assert!(n_right(&model) >= 18, "{} of 20", n_right(&model));
    assert!(n_right(&plain) < 18, "without vectors there is little to go on: {} of 20", n_right(&plain));
}

#[test]
fn a_bundle_answers_like_the_model_it_was_read_from_and_keeps_the_numbers_of_its_items_only() {
    let (plant, sentences) = plant();
    let model =
        train_with(&plant, Some(&sentences), &TrainSettings { seed: 1 }, &mut unwatched).expect("it has routings");
    let bytes = bundle::to_bytes(&model.subset(&[], 40));
    let (server, browser): (Result<Model, BundleError>, _) = (bundle::from_bytes(&bytes), bundle::from_bytes(&bytes));
    let (server, browser) = (server.expect("it was just written"), browser.expect("it was just written"));
    let free = Item::new("FREE").named("gland 999").with("part_type", "gland");
    for item in plant.items.iter().chain([&free]) {
        assert_eq!(server.predict(item, &IGNORE), browser.predict(item, &IGNORE));
    }
    let smaller = bundle::to_bytes(&model.subset(&[], 10));
    assert!(smaller.len() < bytes.len());
    let again = train_with(&plant, Some(&sentences), &TrainSettings { seed: 1 }, &mut unwatched).expect("as before");
    assert_eq!(again.id(), model.id(), "the same vectors and seed give the same model");
    let plain = train(&plant, &TrainSettings { seed: 1 }, &mut unwatched).expect("it has routings");
    assert_ne!(plain.id(), model.id());
}
