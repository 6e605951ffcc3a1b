//! Evaluations of small plants in which the right result is known.

use std::ops::ControlFlow;

use super::*;
use crate::domain::{OperationRow, Seq};
use crate::model::RANKING;
use crate::watch::unwatched;

/// Groups of four items with one route each group, drawn by chance: only a relative knows the answer.
fn groups(n: usize, n_jobs: usize, name: impl Fn(usize, usize) -> String) -> Plant {
    let (mut items, mut rows) = (Vec::new(), Vec::new());
    for group in 0..n {
        let route = [group * 37 % n_jobs, group * 59 / 3 % n_jobs].map(|job| format!("JOB{job}"));
        for twin in 0..4 {
            let code = format!("Z{:05}", (group * 4 + twin) * 7919 % 99_991);
            items.push(Item::new(&code).named(name(group, twin)).with("material", "316"));
            for (seq, job) in (1..).zip(&route) {
                let (item, routing, job) = (ItemCode::from(code.as_str()), "1".into(), job.as_str().into());
                rows.push(OperationRow { item, routing, seq: Seq::new(seq * 10), job, ..OperationRow::default() });
            }
        }
    }
    Plant::assemble(items, rows, Vec::new())
}

/// Six letters that belong to one group only.
fn letters(group: usize) -> String {
    let mut number = (group + 1) * 104_729_011 % 308_915_776;
    let letter = |_| {
        let letter = char::from(b'a' + (number % 26) as u8);
        number /= 26;
        letter
    };
    (0..6).map(letter).collect()
}

fn run(plant: &Plant, split: Split) -> Evaluation {
    evaluate(plant, &EvaluateSettings::once(split, 0.3, 5), &mut unwatched).expect("there are enough items")
}

fn exact(evaluation: &Evaluation, method: &str) -> f64 {
    evaluation.scores.iter().find(|score| score.method == method).expect("it is always there").exact_at_1
}

#[test]
fn a_planted_near_copy_gives_the_answer_away_until_families_are_held_out() {
    let plant = groups(60, 7, |group, twin| format!("{} {}", letters(group), twin + 1));
    let open = run(&plant, Split::Random);
    assert!(exact(&open, "copy_nearest") > 0.5, "the leak is there: {}", exact(&open, "copy_nearest"));
    assert_eq!(open.n_copies_removed, 0);
    let closed = run(&plant, Split::Family);
    for score in &closed.scores {
        assert!(score.exact_at_1 < 0.2, "{} knows what it cannot know: {}", score.method, score.exact_at_1);
    }
    assert_eq!(closed.n_units * 4, closed.n_test, "each family is one unit of four items");
}

#[test]
fn a_planted_exact_copy_never_helps() {
    let plant = groups(60, 7, |group, _| letters(group));
    let evaluation = run(&plant, Split::Random);
    assert!(evaluation.n_copies_removed > 20, "{}", evaluation.n_copies_removed);
    assert_eq!(evaluation.n_train + evaluation.n_test + evaluation.n_copies_removed, 240);
    for score in &evaluation.scores {
        assert!(score.exact_at_1 < 0.2, "{} knows what it cannot know: {}", score.method, score.exact_at_1);
    }
}

#[test]
fn repeats_are_pooled_and_an_evaluation_is_repeatable() {
    let plant = groups(20, 7, |group, twin| format!("{} {twin}", letters(group)));
    let settings = EvaluateSettings { n_repeats: 2, ..EvaluateSettings::once(Split::Random, 0.3, 5) };
    let mut heard = Vec::new();
    let hear = &mut |(), share| {
        heard.push(share);
        ControlFlow::Continue(())
    };
    let evaluation = evaluate(&plant, &settings, hear).expect("there are enough items");
    assert_eq!(evaluation.n_test, 48);
    assert!((24..48).contains(&evaluation.n_units), "some items were held out twice: {}", evaluation.n_units);
    assert!(heard.windows(2).all(|pair| pair[0] <= pair[1]) && heard.last() == Some(&1.0));
    assert_eq!(evaluate(&plant, &settings, &mut unwatched).as_ref(), Ok(&evaluation));
    let model = &evaluation.scores[0];
    assert_eq!((model.kind, model.n), (MethodKind::Model, 48));
    assert!(model.exact_at_1_interval.low <= model.exact_at_1 && model.exact_at_1 <= model.exact_at_1_interval.high);
    assert_eq!(evaluation.comparisons.len(), 4);
    let by_hand = |comparison: &Comparison| {
        let of = |method: &str| {
            let score = evaluation.scores.iter().find(|score| score.method == method).expect("it is there");
            if comparison.measure == Measure::ExactAt1 { score.exact_at_1 } else { score.edit_similarity }
        };
        // Parts withhold nothing, and neither does the ranking that is set beside them.
        let is_part = comparison.against_kind == MethodKind::Part;
        of(if is_part { RANKING } else { "model" }) - of(&comparison.against)
    };
    for comparison in &evaluation.comparisons {
        assert!((comparison.difference - by_hand(comparison)).abs() < 1e-9, "{comparison:?}");
    }
}

#[test]
fn folds_hold_every_item_out_once() {
    let plant = groups(20, 7, |group, twin| format!("{} {twin}", letters(group)));
    for split in [Split::Random, Split::Family] {
        let settings = EvaluateSettings { n_folds: Some(4), ..EvaluateSettings::once(split, 0.3, 5) };
        let evaluation = evaluate(&plant, &settings, &mut unwatched).expect("there are enough items");
        assert_eq!((evaluation.n_test, evaluation.n_repeats, evaluation.n_train), (80, 4, 60));
        assert_eq!(evaluation.n_units, if split == Split::Family { 20 } else { 80 }, "none was held out twice");
    }
    let refused = |split, n_folds| {
        let settings = EvaluateSettings { n_folds: Some(n_folds), ..EvaluateSettings::once(split, 0.3, 5) };
        evaluate(&plant, &settings, &mut unwatched).err()
    };
    assert_eq!(refused(Split::Time, 4), Some(EvaluateError::TimeFolds));
    let too_many = EvaluateError::Folds { n_folds: 21, most: 20, units: "name families" };
    assert_eq!(refused(Split::Family, 21), Some(too_many));
    assert_eq!(refused(Split::Random, 1), Some(EvaluateError::Folds { n_folds: 1, most: 80, units: "items" }));
}

#[test]
fn a_column_can_be_left_out_and_an_unknown_one_is_refused() {
    let mut plant = groups(40, 3, |group, twin| format!("{} {twin}", letters(group)));
    for item in &mut plant.items {
        let routing = plant.routings.iter().find(|routing| routing.item == item.code).expect("each has one");
        let route: Vec<String> = routing.jobs().map(ToString::to_string).collect();
        item.attributes.insert("plan".into(), route.join("-"));
    }
    let with = run(&plant, Split::Family);
    assert_eq!(with.suspicious_columns[0].evidence, Suspicion::NamesTheRoute);
    assert!(exact(&with, "family_majority") > 0.8);
    let settings = EvaluateSettings { without: vec!["plan".into()], ..EvaluateSettings::once(Split::Family, 0.3, 5) };
    let without = evaluate(&plant, &settings, &mut unwatched).expect("there are enough items");
    assert!(without.suspicious_columns.is_empty() && exact(&without, "model") < 0.4);
    assert_eq!(without.n_test, with.n_test, "the same items are held out");
    let unknown = EvaluateSettings { without: vec!["plam".into()], ..settings };
    let refused = evaluate(&plant, &unknown, &mut unwatched).err();
    assert_eq!(refused, Some(EvaluateError::NoSuchColumn { column: "plam".into() }));
}

#[test]
fn what_vectors_of_texts_add_is_measured_beside_the_model_without_them() {
    // Names say nothing by their letters; the vectors know the group's route.
    let plant = groups(120, 3, |group, _| letters(group));
    let plant = Plant { items: plant.items.iter().enumerate().map(numbered).collect(), ..plant };
    let mut sentences = Sentences::of(&plant.items);
    let route_of = |text: &str| {
        let item = plant.items.iter().find(|item| item.name.as_deref() == Some(text)).expect("texts are names");
        let routing = plant.routings.iter().find(|routing| routing.item == item.code).expect("each has one");
        routing.jobs().map(ToString::to_string).collect::<String>()
    };
    let vector = |(at, text): (usize, &&str)| -> Vec<f32> {
        let route = route_of(text);
        ["JOB0", "JOB1", "JOB2"]
            .iter()
            .map(|job| if route.starts_with(job) { 0.9 } else { 0.1 } + (at * 31 % 17) as f32 / 100.0)
            .chain(["JOB0", "JOB1", "JOB2"].iter().map(|job| if route.ends_with(job) { 0.8 } else { 0.1 }))
            .collect()
    };
    let vectors = sentences.texts().iter().enumerate().map(vector).collect();
    sentences.set_vectors(vectors);
    let settings = EvaluateSettings::once(Split::Family, 0.3, 5);
    let evaluation =
        evaluate_with(&plant, Some(&sentences), &settings, &mut unwatched).expect("there are enough items");
    let (with, without) = (exact(&evaluation, "model"), exact(&evaluation, "without_encoder"));
    let added = evaluation.comparisons.iter().find(|found| found.against_kind == MethodKind::Ablation);
    let added = added.expect("the model without the encoder is an ablation");
    assert!((added.difference - (with - without)).abs() < 1e-9, "{added:?}");
    assert!(exact(&evaluation, "copy_sentence") > 0.8, "the nearest vectors have the route");
    let plain = run(&plant, Split::Family);
    assert_eq!(exact(&plain, "model"), without, "the ablation is the model that one gets without an encoder");
}

fn numbered((at, item): (usize, &Item)) -> Item {
    let name = item.name.clone().unwrap_or_default();
    Item { name: Some(format!("{name} {at}")), ..item.clone() }
}
