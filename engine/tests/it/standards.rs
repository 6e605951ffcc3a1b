//! Standard routings under codes that name the features of an item: found by features, and harmless elsewhere.

use std::collections::BTreeMap;

use engine::Model;
use engine::bundle;
use engine::domain::{Item, Plant};
use engine::features::CodeGrammar;
use engine::import::Profile;
use engine::predict::{Origin, OwnHistory, PredictOptions, Prediction};
use engine::train::{TrainSettings, train, train_by};
use engine::watch::unwatched;

use crate::plants::{IGNORE, Rows};

const OPTIONS: PredictOptions = PredictOptions { own_history: OwnHistory::First, n_neighbours: 10, max_candidates: 4 };

fn grammar() -> CodeGrammar {
    Profile::erp().standard_codes().remove(0)
}

/// The plant of the other tests and some standard codes: a taper is turned, tilted faces are milled.
fn rows(n_items: usize, codes: &[&str]) -> Rows {
    let mut rows = Rows::new(n_items);
    for code in codes {
        rows.items.push(Item::new(*code).named("MFG ROUTING").with("part_type", "RTG"));
        rows.add_routing(code, &jobs(code));
    }
    rows
}

fn jobs(code: &str) -> Vec<(&'static str, &'static str)> {
    let said = grammar().parse(code).expect("a standard code");
    let mut jobs = vec![("CUT", "SAW-1"), ("TURN", "CNC-12")];
    if said["std_taper"] == "Y" {
        jobs.push(("TAPER", "CNC-8"));
    }
    if said["std_tilted_faces"] != "0" {
        jobs.push(("TILT", "MCT-1"));
    }
    jobs.push(("INSPECT", "QC-1"));
    jobs
}

const CODES: [&str; 8] = [
    "RTG-GLAND1-1",
    "RTG-GLAND1<-1",
    "RTG-GLAND2-1/1",
    "RTG-GLAND2<-1/1P",
    "RTG-GLAND2-2|1",
    "RTG-GLAND2<-2|2PL",
    "RTG-GLAND3-1/2Z",
    "RTG-GLAND3<-2/2L",
];

fn trained(plant: &Plant) -> Model {
    train(plant, &TrainSettings { seed: 1 }, &mut unwatched).expect("the plant has routings")
}

/// A new gland with the features of a standard code, entered by hand.
fn entered(code: &str) -> Item {
    let said: BTreeMap<String, String> = grammar().parse(code).expect("a standard code");
    said.into_iter().fold(crate::plants::new_gland("150"), |item, (name, value)| item.with(name, value))
}

fn standards(prediction: &Prediction) -> Vec<&str> {
    let mut codes = Vec::new();
    for candidate in &prediction.candidates {
        if let Origin::Standard { item, .. } = &candidate.origin {
            codes.push(item.as_str());
        }
    }
    codes
}

#[test]
fn features_entered_by_hand_give_exactly_the_standard_routing_beside_the_similar_ones() {
    let model = rows(80, &CODES).model();
    for code in CODES {
        let found = model.predict(&entered(code), &OPTIONS);
        assert_eq!(standards(&found), [code]);
        let first = &found.candidates[0];
        assert_eq!((first.rank, first.confidence_prob), (1, None), "a rule is a record");
        let steps: Vec<(&str, &str)> = first
            .operations
            .iter()
            .map(|step| (step.job.as_str(), step.work_centre.as_ref().expect("it is kept").as_str()))
            .collect();
        assert_eq!(steps, jobs(code));
        assert!(first.operations.iter().all(|step| step.evidence.len() == 1 && step.evidence[0].item.as_str() == code));
        let run = first.operations[0].run_min_per_piece.expect("the standard routing has a planned time");
        assert!(run.p50 > 0.0 && run.n == 1);
        assert!(found.candidates.len() <= 4);
        assert!(found.abstained || found.candidates[1].origin == Origin::Similar, "{found:?}");
        assert!(found.abstained || found.candidates[1].rank == 1, "each origin counts for itself");
        assert_eq!(found.question, None, "there is nothing to ask");
        let one = model.predict(&entered(code), &PredictOptions { max_candidates: 1, ..OPTIONS });
        assert_eq!((one.candidates.len(), standards(&one)), (1, vec![code]));
        assert_eq!(standards(&model.predict(&entered(code), &IGNORE)), [code]);
    }
}

#[test]
fn letters_and_words_are_read_as_planners_write_them() {
    let model = rows(80, &CODES).model();
    let item = entered("RTG-GLAND2<-2|2PL").with("std_options", "lp").with("std_taper", "y");
    assert_eq!(standards(&model.predict(&item, &OPTIONS)), ["RTG-GLAND2<-2|2PL"]);
}

#[test]
fn what_is_unknown_or_names_no_code_of_the_plant_gives_no_standard_routing() {
    let model = rows(80, &CODES).model();
    let whole = entered(CODES[0]);
    for attribute in grammar().attributes() {
        let mut item = whole.clone();
        item.attributes.remove(attribute.0);
        assert_eq!(standards(&model.predict(&item, &OPTIONS)), [""; 0], "without {}", attribute.0);
    }
    // Eight codes are too few to try whether their routings follow rules, so nothing is composed.
    assert_eq!(standards(&model.predict(&entered("RTG-GLAND3-2|2"), &OPTIONS)), [""; 0]);
    assert_eq!(standards(&model.predict(&whole.clone().with("std_front_faces", "7"), &OPTIONS)), [""; 0]);
}

#[test]
fn a_code_that_the_plant_does_not_have_is_composed_with_a_measured_probability() {
    let sides = ["", "|1", "/1", "/2"];
    let of_side = |side: &str| ["1-1", "1<-1", "2-1", "2<-1", "3-2"].map(|head| format!("RTG-GLAND{head}{side}"));
    let codes: Vec<String> = sides.into_iter().flat_map(of_side).collect();
    let model = rows(80, &codes.iter().map(String::as_str).collect::<Vec<_>>()).model();
    for item in [entered("RTG-GLAND3<-1/2"), Item::new("RTG-GLAND3<-1/2")] {
        let found = model.predict(&item, &OPTIONS);
        let first = &found.candidates[0];
        assert_eq!(first.origin, Origin::Standard { item: "RTG-GLAND3<-1/2".into(), routing: None });
        let said: Vec<&str> = first.operations.iter().map(|step| step.job.as_str()).collect();
        assert_eq!(said, jobs("RTG-GLAND3<-1/2").iter().map(|(job, _)| *job).collect::<Vec<_>>());
        let prob = first.confidence_prob.expect("it was tried on codes that were held out");
        assert!((0.8..1.0).contains(&prob), "{prob}");
        for step in &first.operations {
            assert!(!step.evidence.is_empty() && step.work_centre.is_some(), "every step was done somewhere");
            assert!(step.evidence.iter().all(|past| past.item.as_str().starts_with("RTG-")), "{step:?}");
        }
        let kept = model.subset(&[], 48);
        assert_eq!(kept.predict(&item, &OPTIONS).candidates[0].confidence_prob, first.confidence_prob);
    }
}

#[test]
fn a_standard_code_itself_has_its_own_routing_and_no_other() {
    let model = rows(80, &CODES).model();
    let item = Item::new(CODES[3]);
    let own = model.predict(&item, &OPTIONS);
    assert!(matches!(own.candidates[0].origin, Origin::OwnHistory { .. }));
    assert_eq!(standards(&own), [""; 0]);
    let ignored = model.predict(&item, &IGNORE);
    assert!(ignored.candidates.iter().all(|candidate| candidate.origin == Origin::Similar));
    // The same letters in another order name the same standard.
    assert_eq!(standards(&model.predict(&Item::new("RTG-GLAND2<-2|2LP"), &OPTIONS)), ["RTG-GLAND2<-2|2PL"]);
}

#[test]
fn a_code_that_does_not_fit_is_an_item_like_any_other() {
    let model = rows(80, &CODES).model();
    for code in ["RTG-GLAND", "RTG-GLAND9-1", "RTG-GLAND1-1PP", "RTG-GLAND2<-1|3", "RTG-ASSY", "rtg-"] {
        assert_eq!(standards(&model.predict(&Item::new(code), &OPTIONS)), [""; 0], "{code}");
        assert!(model.explain(&Item::new(code), &OPTIONS).contests.len() < 4);
    }
    let mut rows = rows(80, &CODES);
    rows.items.push(Item::new("RTG-GLAND7X").with("part_type", "RTG"));
    rows.add_routing("RTG-GLAND7X", &[("CUT", "SAW-1"), ("INSPECT", "QC-1")]);
    let model = rows.model();
    let odd = model.item(&"RTG-GLAND7X".into()).expect("it was trained on");
    assert_eq!(odd.attributes.len(), 1, "what does not fit says nothing");
}

#[test]
fn the_form_offers_the_features_with_all_their_values() {
    let schema = rows(80, &CODES).model().schema().clone();
    let grammar = grammar();
    let names: Vec<&str> = grammar.attributes().into_iter().map(|(name, _)| name).collect();
    assert_eq!(schema.standard, names);
    let values = |name: &str| {
        let feature = schema.features.iter().find(|feature| feature.name == name);
        feature.expect("the codes say it").common_values.clone()
    };
    assert_eq!(values("std_size_class"), ["1", "2", "3"]);
    assert_eq!(values("std_taper"), ["N", "Y"]);
    assert_eq!(values("std_tilted_faces"), ["0", "1", "2"]);
    assert!(values("std_options").contains(&"PL".to_owned()));
}

#[test]
fn a_plant_without_such_codes_is_not_affected() {
    let without = |plant: &Plant| {
        let settings = TrainSettings { seed: 1 };
        train_by(plant, None, &[], &settings, &mut unwatched).expect("the plant has routings")
    };
    for codes in [&CODES[..0], &CODES[..2]] {
        let plant = rows(60, codes).plant();
        let model = trained(&plant);
        assert_eq!(model.id(), without(&plant).id(), "{} codes are no use of a grammar", codes.len());
        assert!(model.schema().standard.is_empty());
    }
    let plant = rows(60, &CODES[..3]).plant();
    assert_ne!(trained(&plant).id(), without(&plant).id());
}

#[test]
fn the_order_of_rows_changes_nothing_and_the_bundle_answers_alike() {
    let rows = rows(80, &CODES);
    let mut turned = rows.clone();
    turned.items.reverse();
    turned.operations.reverse();
    let model = rows.model();
    assert_eq!(model.id(), turned.model().id());
    let opened = bundle::from_bytes(&bundle::to_bytes(&model)).expect("the bytes were made a line above");
    let cut = model.subset(&[], 48);
    let kept = bundle::from_bytes(&bundle::to_bytes(&cut)).expect("the bytes were made a line above");
    for code in CODES {
        let query = entered(code);
        assert_eq!(opened.predict(&query, &OPTIONS), model.predict(&query, &OPTIONS));
        let offline = kept.predict(&query, &OPTIONS);
        assert_eq!(offline, cut.predict(&query, &OPTIONS));
        assert_eq!(standards(&offline), [code], "a bundle keeps the standard routings");
    }
}
