//! Numbers on trials made by hand.

use super::*;
use crate::ensemble::{BasePrediction, BasePredictions, N_COLUMNS};
use crate::features::infer_schema;
use crate::model::MethodKind;
use crate::snapshot::book::Job;

/// Thirty items: rings are turned (job 0), sleeves turned and ground (0, 1), and one odd shaft. Names have digits.
struct Plant {
    items: Vec<Item>,
    book: Book,
    voters: Vec<u32>,
    families: Vec<u16>,
    truths: Vec<Vec<u32>>,
}

const KINDS: [&str; 3] = ["Ring", "Sleeve", "Shaft"];

/// Kind of the item at a place: fifteen rings, fourteen sleeves, one shaft.
fn kind(at: usize) -> usize {
    if at == 29 { 2 } else { at % 2 }
}

fn plant() -> Plant {
    let item = |at: usize| {
        let kind = KINDS[kind(at)];
        Item::new(format!("X{at:02}"))
            .named(format!("Seal {kind} {at}"))
            .with("part_type", kind)
            .with("size_mm", at.to_string())
    };
    let job = |code: &str| Job { code: code.into(), name: None, work_centres: Vec::new() };
    Plant {
        items: (0..30).map(item).collect(),
        book: Book { jobs: vec![job("TURN"), job("GRIND")], ..Book::default() },
        voters: (0..30).collect(),
        families: (0..30).map(|at| kind(at) as u16).collect(),
        truths: (0..30).map(|at| if kind(at) == 0 { vec![0] } else { vec![0, 1] }).collect(),
    }
}

/// The candidates of every item: [turn], [turn, grind], [grind]. The vote prefers the first, all other columns the second.
fn case(plant: &Plant, voter: usize) -> Case {
    let all: Vec<BasePrediction> = [&[0][..], &[0, 1], &[1]]
        .into_iter()
        .enumerate()
        .map(|(at, jobs)| BasePrediction {
            jobs: jobs.to_vec(),
            shares: std::array::from_fn(|column| [[0.9, 0.1, 0.0], [0.2, 0.7, 0.1]][usize::from(column > 0)][at]),
            n_items: 10,
            nearness: 0.0,
            is_voted: at == 0,
            alike: 0.0,
        })
        .collect();
    let truth = all.iter().position(|prediction| prediction.jobs == plant.truths[voter]);
    let predictions = BasePredictions { all, nearest: 0.9 };
    // The commonest route is the first; the nearest item is always a sleeve, with a ring after it.
    let baseline_ranks = if kind(voter) == 0 { [Some(0), Some(1)] } else { [Some(1), Some(0)] };
    Case { voter, predictions, truth, coverage: 1.0, is_hidden: false, baseline_ranks }
}

/// The whole says "turn" of everything; of rings it is sure and right, of sleeves it is less sure and wrong.
fn answer(voter: usize) -> OutOfFold {
    let is_ring = kind(voter) == 0;
    let (first_prob, four_prob) = if is_ring { (0.8, 0.9) } else { (0.4, if voter % 4 == 1 { 0.2 } else { 0.6 }) };
    OutOfFold { first_prob, is_first_right: is_ring, four_prob, is_among_four: true, first: Some(0) }
}

fn card_of(plant: &Plant, n: usize, schema_of: &[Item]) -> ModelCard {
    let mut cases: Vec<Case> = (0..n).map(|at| case(plant, at)).collect();
    // A question with much hidden is no trial.
    cases.insert(3, Case { is_hidden: true, ..case(plant, 1) });
    let answers: Vec<OutOfFold> = (0..n).map(answer).collect();
    let points: Vec<Point> = Vec::new();
    let context = TrialContext {
        schema: &infer_schema(schema_of),
        book: &plant.book,
        items: &plant.items,
        voters: &plant.voters,
        families: &plant.families,
        points: &points,
        truths: &plant.truths,
        answer_above: 0.5,
    };
    let mut card = ModelCard::default();
    describe(&mut card, &cases, &answers, &context);
    card
}

#[test]
fn every_method_is_counted_on_the_same_trials() {
    let plant = plant();
    let methods = card_of(&plant, 30, &plant.items).trial_methods;
    assert!(methods.iter().all(|method| method.n_trials == 30), "{methods:?}");
    let of = |name: &str| {
        let found = methods.iter().find(|method| method.method == name).expect("it was tried");
        (found.kind, (found.exact_at_1 * 30.0).round() as usize, (found.exact_at_4 * 30.0).round() as usize)
    };
    assert_eq!(methods[0].method, "model");
    assert_eq!(of("model"), (MethodKind::Model, 15, 30));
    assert_eq!(of("vote"), (MethodKind::Part, 15, 30));
    assert_eq!(of("steps"), (MethodKind::Part, 15, 30));
    assert_eq!(of("commonest_route"), (MethodKind::Baseline, 15, 30));
    assert_eq!(of("nearest_item"), (MethodKind::Baseline, 15, 30));
    assert_eq!(methods.len(), 1 + N_COLUMNS + 2);
}

#[test]
fn a_predictor_that_prefers_another_is_wrong_where_the_vote_is_right() {
    let plant = plant();
    // Rings only: fifteen of them and the same fifteen once more without their family.
    let rings: Vec<usize> = (0..30).filter(|at| kind(*at) == 0).collect();
    let cases: Vec<Case> = rings.iter().chain(&rings).map(|at| case(&plant, *at)).collect();
    let answers: Vec<OutOfFold> = rings.iter().chain(&rings).map(|at| answer(*at)).collect();
    let trials: Vec<Trial> = cases.iter().zip(&answers).map(|(case, answer)| Trial { case, answer }).collect();
    let shares: Vec<(String, f64)> =
        methods::methods(&trials).into_iter().map(|method| (method.method, method.exact_at_1)).collect();
    let of = |name: &str| shares.iter().find(|(method, _)| method == name).map(|(_, share)| *share);
    assert_eq!((of("vote"), of("steps")), (Some(1.0), Some(0.0)));
    assert_eq!((of("commonest_route"), of("nearest_item")), (Some(1.0), Some(0.0)));
}

#[test]
fn the_worst_group_comes_first_with_what_goes_wrong() {
    let plant = plant();
    let found = card_of(&plant, 30, &plant.items).trial_groups.expect("thirty trials");
    assert_eq!(found.column.as_deref(), Some("part_type"));
    let labels: Vec<&[String]> = found.groups.iter().map(|group| group.label.as_slice()).collect();
    assert_eq!(labels, [["Sleeve".to_owned()], ["Ring".to_owned()]]);
    assert_eq!(found.n_other_trials, 1, "the shaft is alone");
    let sleeves = &found.groups[0];
    assert_eq!((sleeves.n_trials, sleeves.n_items, sleeves.exact_at_1), (14, 14, 0.0));
    // Places 1, 5, 9 … 25 fall short of the threshold: seven of fourteen.
    assert_eq!(sleeves.answered_share, 0.5);
    assert!((sleeves.stated_prob - 0.4).abs() < 1e-12);
    let [confusion] = sleeves.confusions.as_slice() else { panic!("{:?}", sleeves.confusions) };
    let codes = |jobs: &[JobCode]| jobs.iter().map(|job| job.as_str().to_owned()).collect::<Vec<_>>();
    assert_eq!(
        (codes(&confusion.truth), codes(&confusion.said)),
        (vec!["TURN".into(), "GRIND".into()], vec!["TURN".into()])
    );
    assert_eq!(confusion.n_trials, 14);
    assert_eq!(confusion.items.iter().map(ItemCode::as_str).collect::<Vec<_>>(), ["X01", "X03", "X05"]);
    assert!(found.groups[1].confusions.is_empty() && found.groups[1].answered_share == 1.0);
}

#[test]
fn without_a_telling_attribute_the_part_families_are_the_groups() {
    let plant = plant();
    let unnamed: Vec<Item> = (0..30).map(|at| Item::new(format!("X{at:02}"))).collect();
    let found = card_of(&plant, 30, &unnamed).trial_groups.expect("thirty trials");
    assert_eq!(found.column, None);
    assert_eq!(found.groups[0].label, ["Sleeve"], "words of the name distinguish a family, `Seal` does not");
}

#[test]
fn too_few_trials_give_no_number_at_all() {
    let plant = plant();
    let card = card_of(&plant, 19, &plant.items);
    assert!(card.trial_methods.is_empty() && card.trial_groups.is_none());
    assert_eq!(card.family_map, None, "no embedding, no map");
}
