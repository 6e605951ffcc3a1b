//! Plants at the edges: tiny, strange, undetermined or with one route only; and what an evaluation says of plants.

use std::ops::ControlFlow;

use engine::domain::{Item, ItemCode, Plant};
use engine::evaluate::{EvaluateError, EvaluateSettings, Split, evaluate};
use engine::predict::AbstainReason;
use engine::train::{TrainError, TrainSettings, train};
use engine::watch::unwatched;

use crate::plants::{IGNORE, Rows, first_jobs, new_gland};

#[test]
fn small_and_strange_plants_train_and_predict() {
    let forty = Rows::new(40).model();
    assert!(!forty.predict(&new_gland("150"), &IGNORE).candidates.is_empty());

    let mut one_attribute = Rows::new(60);
    for item in &mut one_attribute.items {
        item.name = None;
        item.attributes.retain(|name, _| name == "part_type");
    }
    let model = one_attribute.model();
    let answer = model.predict(&Item::new("").with("part_type", "sleeve"), &IGNORE);
    assert_eq!(first_jobs(&answer)[2], "GRIND");

    let mut long = Rows::new(12);
    let names: Vec<String> = (0..500).map(|step| format!("J{}", step % 40)).collect();
    for code in ["LONG-1", "LONG-2", "LONG-3"] {
        long.items.push(Item::new(code).named("vessel"));
        long.add_routing(code, &names.iter().map(|name| (name.as_str(), "W")).collect::<Vec<_>>());
    }
    let answer = long.model().predict(&Item::new("LONG-9").named("vessel"), &IGNORE);
    assert_eq!(answer.candidates[0].operations.len(), 500);

    assert_eq!(
        train(&Plant::default(), &TrainSettings { seed: 1 }, &mut unwatched).err(),
        Some(TrainError::Empty { n_items: 0, n_routings: 0 })
    );
}

#[test]
fn work_ends_wherever_its_watcher_says_so() {
    let plant = Rows::new(120).plant();
    let settings = TrainSettings { seed: 1 };
    let evaluation = EvaluateSettings::once(Split::Random, 0.2, 7);
    // How often each is asked whether to go on.
    let (mut n_trained, mut n_evaluated) = (0, 0);
    let mut shares = Vec::new();
    let hear = &mut |_, share| {
        n_trained += 1;
        shares.push(share);
        ControlFlow::Continue(())
    };
    assert!(train(&plant, &settings, hear).is_ok());
    let hear = &mut |(), _| {
        n_evaluated += 1;
        ControlFlow::Continue(())
    };
    assert!(evaluate(&plant, &evaluation, hear).is_ok());
    assert!(n_trained > 1_000 && n_evaluated > 1_000, "{n_trained} {n_evaluated}");
    assert!(shares.is_sorted() && shares[0] == 0.0 && shares[shares.len() - 1] <= 1.0);
    for part in 0..6 {
        let mut left = 1 + part * n_trained / 8;
        let mut countdown = || {
            left -= 1;
            if left > 0 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        };
        assert_eq!(train(&plant, &settings, &mut |_, _| countdown()).err(), Some(TrainError::Stopped), "part {part}");
        let mut left = 1 + part * n_evaluated / 8;
        let mut countdown = || {
            left -= 1;
            if left > 0 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        };
        let ended = evaluate(&plant, &evaluation, &mut |(), _| countdown());
        assert_eq!(ended.err(), Some(EvaluateError::Stopped), "part {part}");
    }
}

#[test]
fn evaluation_beats_its_baselines_where_attributes_decide() {
    let plant = Rows::new(300).plant();
    let settings = EvaluateSettings::once(Split::Random, 0.2, 7);
    let evaluation = evaluate(&plant, &settings, &mut unwatched).expect("there are enough items");
    assert_eq!(evaluation.n_test, 48);
    assert_eq!(evaluation.n_test + evaluation.n_train, 240);
    let exact = |method: &str| {
        evaluation.scores.iter().find(|score| score.method == method).expect("it is always there").exact_at_1
    };
    assert!(exact("model") > exact("commonest_route") && exact("model") >= exact("copy_nearest"));
    let bad = EvaluateSettings { holdout: 1.5, ..settings };
    assert_eq!(evaluate(&plant, &bad, &mut unwatched).err(), Some(EvaluateError::Holdout(1.5)));
}

#[test]
fn a_family_split_keeps_every_name_family_on_one_side() {
    let plant = Rows::new(300).plant();
    // Names differ in digits only, so there are two families: glands and sleeves; one is held out if it fits.
    let settings = EvaluateSettings::once(Split::Family, 0.5, 7);
    let evaluation = evaluate(&plant, &settings, &mut unwatched).expect("two families");
    assert_eq!(evaluation.n_test, 120);
    assert!(evaluation.scores[0].exact_at_1 < 0.5, "a route of the other family cannot be right");
}

#[test]
fn a_plant_whose_attributes_say_nothing_is_not_answered_and_says_why() {
    let mut rows = Rows::new(300);
    // Every routing goes to an item that has nothing to do with it: eleven routes by a walk through the codes.
    let codes: Vec<ItemCode> = rows.items.iter().map(|item| item.code.clone()).collect();
    rows.operations.clear();
    for (at, code) in codes.iter().enumerate() {
        let chance = (at * at * 7919 + at * 104_729) % 1_000_003 % 11;
        let (first, last) = (format!("J{chance}"), format!("K{}", chance % 3));
        rows.add_routing(code.as_str(), &[("CUT", "SAW-1"), (&first, "X-1"), (&last, "X-2")]);
    }
    let plant = rows.plant();
    let settings = EvaluateSettings::once(Split::Random, 0.2, 7);
    let evaluation = evaluate(&plant, &settings, &mut unwatched).expect("there are enough items");
    assert!(evaluation.answered_share <= 0.2, "{}", evaluation.answered_share);
    let model = train(&plant, &TrainSettings { seed: 1 }, &mut unwatched).expect("the plant has routings");
    let answer = model.predict(&new_gland("100"), &IGNORE);
    assert_eq!(answer.abstain_reason, Some(AbstainReason::NotDetermined));
    assert!(answer.candidates.is_empty());
}

#[test]
fn one_route_for_everything_is_answered_with_that_route() {
    let mut rows = Rows::new(60);
    rows.operations.clear();
    for at in 0..60 {
        let code = format!("{}-{at:04}", if at % 2 == 0 { "GL" } else { "SL" });
        rows.add_routing(&code, &[("CUT", "SAW-1"), ("TURN", "CNC-8")]);
    }
    let answer = rows.model().predict(&new_gland("100"), &IGNORE);
    assert_eq!(first_jobs(&answer), ["CUT", "TURN"]);
    assert!(answer.candidates[0].confidence_prob.expect("similar") > 0.7);
}

#[test]
fn every_proposed_operation_stands_on_past_ones_even_for_a_new_combination() {
    // Large parts are milled, stainless ones are passivated, red ones are painted; none was all three yet.
    let mut rows = Rows::default();
    let part = |code: &str, (is_large, is_stainless, is_red): (bool, bool, bool), at: usize| {
        Item::new(code)
            .named("plate")
            .with("length_mm", (if is_large { 200 } else { 40 } + at % 17).to_string())
            .with("material", if is_stainless { "316" } else { "C45" })
            .with("colour", if is_red { "red" } else { "grey" })
            .with("customer", ["A", "B", "C"][at % 3])
    };
    for at in 0..280 {
        let kind = at % 7;
        let traits = (kind & 1 == 1, kind & 2 == 2, kind & 4 == 4);
        let code = format!("P-{at:04}");
        rows.items.push(part(&code, traits, at));
        let mut jobs = vec![("CUT", "S-1")];
        jobs.extend(traits.0.then_some(("MILL", "M-1")));
        jobs.push(("DEBURR", "D-1"));
        jobs.extend(traits.1.then_some(("PASSIVATE", "P-1")));
        jobs.push(("WASH", "W-1"));
        jobs.extend(traits.2.then_some(("PAINT", "P-2")));
        jobs.push(("INSPECT", "Q-1"));
        rows.add_routing(&code, &jobs);
    }
    let answer = rows.model().predict(&part("NEW", (true, true, true), 8), &IGNORE);
    assert!(!answer.candidates.is_empty());
    for operation in answer.candidates.iter().flat_map(|candidate| &candidate.operations) {
        assert!(!operation.evidence.is_empty(), "{operation:?}");
    }
}
