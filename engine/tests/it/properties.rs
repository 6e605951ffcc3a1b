//! Laws that every trained model keeps, on a small plant whose routes are known.

use std::collections::BTreeMap;
use std::sync::Arc;

use engine::bundle::{self, BundleError};
use engine::domain::{Item, ItemCode};
use engine::model::MethodKind;
use engine::predict::{AbstainReason, Contribution, Origin, OwnHistory, PredictOptions, TimeSource};
use engine::snapshot::SnapshotError;

use crate::plants::{IGNORE, Rows, day, first_jobs, new_gland};

#[test]
fn the_route_follows_the_attributes_that_decide_it() {
    let model = Rows::new(200).model();
    assert_eq!(first_jobs(&model.predict(&new_gland("150"), &IGNORE)), ["CUT", "TURN", "MILL", "INSPECT"]);
    assert_eq!(first_jobs(&model.predict(&new_gland("60"), &IGNORE)), ["CUT", "MILLTURN", "INSPECT"]);
}

#[test]
fn the_order_of_the_input_rows_changes_nothing() {
    let rows = Rows::new(120);
    let mut turned = rows.clone();
    turned.items.reverse();
    turned.operations.rotate_left(37);
    turned.operations.reverse();
    let (one, other) = (rows.model(), turned.model());
    assert_eq!(one.id(), other.id());
    assert_eq!(one.predict(&new_gland("77"), &IGNORE), other.predict(&new_gland("77"), &IGNORE));
}

#[test]
fn an_item_never_votes_for_itself() {
    let mut rows = Rows::new(120);
    // A route that nobody else has.
    rows.items.push(Item::new("GL-ODD").named("gland 80").with("part_type", "gland").with("outer_diameter_mm", "80"));
    rows.add_routing("GL-ODD", &[("SECRET", "X-1")]);
    let model = rows.model();
    let odd = model.item(&"GL-ODD".into()).expect("it is in the plant").clone();
    let prediction = model.predict(&odd, &IGNORE);
    assert!(prediction.neighbours.iter().all(|neighbour| neighbour.item != odd.code));
    assert!(prediction.candidates.iter().all(|candidate| {
        candidate.operations.iter().all(|operation| {
            operation.job.as_str() != "SECRET" && operation.evidence.iter().all(|evidence| evidence.item != odd.code)
        })
    }));
}

#[test]
fn own_history_leads_or_stands_beside_when_asked() {
    let model = Rows::new(120).model();
    let known = model.item(&"SL-0001".into()).expect("it is in the plant").clone();
    let ask = |own_history| model.predict(&known, &PredictOptions { own_history, ..IGNORE });
    let first = ask(OwnHistory::First);
    assert!(matches!(first.candidates[0].origin, Origin::OwnHistory { .. }));
    assert_eq!(first.candidates[0].confidence_prob, None);
    let ranks: Vec<u32> = first.candidates.iter().map(|candidate| candidate.rank).collect();
    assert_eq!(ranks, (1..=ranks.len() as u32).collect::<Vec<_>>());
    let beside = ask(OwnHistory::Beside);
    assert_eq!(beside.candidates.iter().filter(|candidate| candidate.rank == 1).count(), 2);
    assert!(ask(OwnHistory::Ignore).candidates.iter().all(|candidate| candidate.origin == Origin::Similar));
}

#[test]
fn parts_of_a_score_add_up_to_it() {
    let model = Rows::new(120).model();
    let prediction = model.predict(&new_gland("90"), &IGNORE);
    assert_eq!(prediction.neighbours.len(), 10);
    for neighbour in &prediction.neighbours {
        let sum: f64 = neighbour.contributions.iter().map(|part| part.value).sum();
        assert!((sum - neighbour.score).abs() < 1e-9, "{neighbour:?}");
        let beyond: f64 = neighbour.contributions.iter().map(|part| part.value - part.expected).sum();
        assert!((neighbour.expected + beyond - neighbour.score).abs() < 1e-9, "{neighbour:?}");
        assert!((0.0..=1.0).contains(&neighbour.score));
    }
    for operation in prediction.candidates.iter().flat_map(|candidate| &candidate.operations) {
        assert!(operation.evidence.iter().map(|evidence| evidence.weight).sum::<f64>() <= 1.0 + 1e-9);
    }
}

#[test]
fn what_is_expected_is_the_mean_over_the_items_with_a_routing() {
    let model = Rows::new(60).model();
    let query = new_gland("90");
    let all = model.neighbours(&query, 100);
    let n_routed = model.items().filter(|item| !model.routings(&item.code).is_empty()).count();
    let mean = all.iter().map(|neighbour| neighbour.score).sum::<f64>() / n_routed as f64;
    assert!((all[0].expected - mean).abs() < 1e-6, "{} is not {mean}", all[0].expected);
    // A known item is not compared with itself.
    let known = model.item(&"SL-0001".into()).expect("it is in the plant");
    let all = model.neighbours(&known, 100);
    let mean = all.iter().map(|neighbour| neighbour.score).sum::<f64>() / (n_routed - 1) as f64;
    assert!((all[0].expected - mean).abs() < 1e-6, "{} is not {mean}", all[0].expected);
}

#[test]
fn a_neighbour_stands_beside_the_item_value_by_value() {
    let model = Rows::new(120).model();
    let known = model.item(&"GL-0002".into()).expect("it is in the plant");
    let neighbours = model.neighbours(&known, 100);
    let parts = || neighbours.iter().flat_map(|neighbour| &neighbour.contributions);
    // What differs is told, although it adds nothing: it speaks against the neighbour.
    let against = parts().find(|part| part.value == 0.0 && part.neighbour_value.is_some()).expect("not all are alike");
    assert!(against.expected > 0.0, "{against:?}");
    assert_ne!(against.query_value, against.neighbour_value);
    let number = |value: &Option<String>| value.as_deref().and_then(|value| value.parse::<f64>().ok()).expect("a size");
    let sizes: Vec<&Contribution> = parts().filter(|part| part.difference.is_some()).collect();
    assert!(!sizes.is_empty(), "sizes are compared");
    for size in sizes {
        let difference = number(&size.neighbour_value) - number(&size.query_value);
        assert!(size.difference.is_some_and(|told| (told - difference).abs() < 1e-6), "{size:?}");
    }
}

#[test]
fn candidates_are_distinct_ranked_and_never_surer_than_certain() {
    let model = Rows::new(200).model();
    let prediction = model.predict(&new_gland("100"), &IGNORE);
    let confidences: Vec<f64> =
        prediction.candidates.iter().map(|candidate| candidate.confidence_prob.expect("similar")).collect();
    assert!(confidences.windows(2).all(|pair| pair[0] >= pair[1]), "{confidences:?}");
    assert!(confidences.iter().sum::<f64>() <= 1.0);
    let mut signatures: Vec<&str> =
        prediction.candidates.iter().map(|candidate| candidate.signature.as_str()).collect();
    signatures.sort_unstable();
    signatures.dedup();
    assert_eq!(signatures.len(), prediction.candidates.len());
}

#[test]
fn job_and_work_centre_only_appear_as_the_plant_paired_them() {
    let rows = Rows::new(200);
    let mut pairs: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in &rows.operations {
        pairs.entry(row.job.to_string()).or_default().extend(row.work_centre.as_ref().map(ToString::to_string));
    }
    let model = rows.model();
    for size in ["45", "99", "101", "180"] {
        for operation in model.predict(&new_gland(size), &IGNORE).candidates.iter().flat_map(|found| &found.operations)
        {
            let known = &pairs[operation.job.as_str()];
            for centre in operation.work_centre.iter().chain(&operation.alternatives) {
                assert!(known.contains(&centre.to_string()), "{} at {centre}", operation.job);
            }
        }
    }
}

#[test]
fn a_work_centre_that_no_longer_runs_is_never_proposed() {
    let mut rows = Rows::new(200);
    for row in &mut rows.operations {
        if row.job.as_str() == "MILL" && row.item.as_str() > "GL-0060" {
            row.work_centre = Some("MCT-OLD".into());
            row.valid_to = day(2010, 6);
        }
    }
    let model = rows.model();
    let prediction = model.predict(&new_gland("150"), &IGNORE);
    let mill = prediction.candidates[0].operations.iter().find(|operation| operation.job.as_str() == "MILL");
    assert_eq!(mill.and_then(|operation| operation.work_centre.as_ref()).map(|centre| centre.as_str()), Some("MCT-1"));
}

#[test]
fn times_come_from_reports_then_plans_and_unknown_stays_unknown() {
    let mut rows = Rows::new(200);
    for month in 1..=12 {
        for at in (1..200).step_by(2) {
            rows.report(&format!("SL-{at:04}"), "TURN", 30.0 + f64::from(month), 3.0, month);
        }
    }
    let model = rows.model();
    let sleeve = Item::new("NEW").named("sleeve 81").with("part_type", "sleeve").with("outer_diameter_mm", "81");
    let prediction = model.predict(&sleeve, &IGNORE);
    let time = |job: &str| {
        let operations = &prediction.candidates[0].operations;
        operations.iter().find(|operation| operation.job.as_str() == job).expect("a sleeve has it")
    };
    let turn = time("TURN").run_min_per_piece.expect("it was reported");
    assert_eq!(turn.source, TimeSource::Actual);
    assert!((turn.p50 - 12.0).abs() < 1.0 && turn.p80 >= turn.p50, "{turn:?}");
    let cut = time("CUT").run_min_per_piece.expect("it was planned");
    assert_eq!((cut.source, cut.p50), (TimeSource::Planned, 5.0));
    // A planned setup of zero is a time; a run time that nobody knows is none.
    assert_eq!(time("CUT").setup_min.map(|setup| setup.p50), Some(0.0));
    assert_eq!(time("GRIND").run_min_per_piece, None);
}

#[test]
fn nothing_known_and_nothing_similar_are_said_so() {
    let model = Rows::new(120).model();
    let blank = model.predict(&Item::new(""), &IGNORE);
    assert!(blank.abstained && blank.candidates.is_empty());
    assert_eq!(blank.abstain_reason, Some(AbstainReason::NothingKnown));
    let strange = Item::new("").named("ウラン遠心").with("part_type", "rotor");
    let answer = model.predict(&strange, &IGNORE);
    assert!(answer.abstained, "{:?}", answer.neighbours.first());
}

#[test]
fn a_model_survives_the_way_through_bytes_and_a_flipped_byte_does_not() {
    let model = Rows::new(120).model();
    let bytes = bundle::to_bytes(&model);
    let again = bundle::from_bytes(&bytes).expect("it was just written");
    assert_eq!(again.id(), model.id());
    assert_eq!(again.predict(&new_gland("88"), &IGNORE), model.predict(&new_gland("88"), &IGNORE));
    for at in [50, bytes.len() / 2, bytes.len() - 1] {
        let mut flipped = bytes.clone();
        flipped[at] ^= 1;
        let refused = bundle::from_bytes(&flipped).err();
        let is_told = matches!(
            refused,
            Some(BundleError::Checksum { .. } | BundleError::Snapshot(SnapshotError::Checksum { .. }))
        );
        assert!(is_told, "{at}: {refused:?}");
    }
    assert!(matches!(bundle::from_bytes(&bytes[..bytes.len() - 3]), Err(BundleError::Length { .. })));
    // What was learned is a file of its own, and stands in a bundle too.
    for learned in [bundle::learned_to_bytes(&model.learned()), bytes.clone()] {
        let learned = bundle::learned_from_bytes(&learned).expect("it was just written");
        assert_eq!((learned.id(), learned.snapshot()), (model.id(), model.snapshot().id()));
        let again = learned.over(Arc::clone(model.snapshot()));
        assert_eq!(again.predict(&new_gland("88"), &IGNORE), model.predict(&new_gland("88"), &IGNORE));
    }
    for format in [0u16, 1, 6, 60_000] {
        let mut other = bytes.clone();
        other[4..6].copy_from_slice(&format.to_le_bytes());
        assert!(bundle::from_bytes(&other).is_err_and(|error| error.is_of_another_version()), "{format}");
        assert!(bundle::learned_from_bytes(&other).is_err_and(|error| error.is_of_another_version()), "{format}");
    }
    assert!(matches!(bundle::from_bytes(b"PK\x03\x04"), Err(BundleError::NotAModel)));
    assert!(matches!(bundle::from_bytes(b""), Err(BundleError::NotAModel)));
}

#[test]
fn the_card_says_where_the_model_fails_and_a_bundle_does_not_repeat_it() {
    let model = Rows::new(200).model();
    let card = model.card();
    let of_kind = |kind| card.trial_methods.iter().filter(move |method| method.kind == kind).count();
    assert_eq!((of_kind(MethodKind::Model), of_kind(MethodKind::Baseline)), (1, 2));
    assert!(of_kind(MethodKind::Part) > 2);
    let (whole, n) = (&card.trial_methods[0], card.trial_methods[0].n_trials);
    assert_eq!(Some(whole.exact_at_1), card.trial_exact_at_1, "one truth in two places");
    assert!(card.trial_methods.iter().all(|method| method.n_trials == n && method.exact_at_1 <= method.exact_at_4));
    let groups = card.trial_groups.as_ref().expect("enough trials");
    assert_eq!(groups.groups.iter().map(|group| group.n_trials).sum::<usize>() + groups.n_other_trials, n);
    let map = card.family_map.as_ref().expect("several families");
    assert_eq!(map.spots.len(), card.n_families);
    assert_eq!(map.spots.iter().map(|spot| spot.n_items).sum::<usize>(), card.n_items);
    assert!(map.spots.iter().all(|spot| spot.x.abs() <= 1.0 && spot.y.abs() <= 1.0));
    assert!(map.spots.iter().all(|spot| spot.exact_at_1.is_some() == (spot.n_trials >= 10)));
    let bundle = model.subset(&[], 50);
    assert!(bundle.card().trial_groups.is_none() && bundle.card().family_map.is_none());
}

#[test]
fn a_subset_keeps_recent_items_and_answers_by_itself() {
    let model = Rows::new(400).model();
    let recent: ItemCode = "SL-0377".into();
    let small = model.subset(std::slice::from_ref(&recent), 100);
    assert_eq!(small.card().n_items, 100);
    assert_eq!(small.card().parent.as_ref(), Some(model.id()));
    assert!(small.item(&recent).is_some());
    assert_eq!(first_jobs(&small.predict(&new_gland("150"), &IGNORE)), ["CUT", "TURN", "MILL", "INSPECT"]);
    let again = bundle::from_bytes(&bundle::to_bytes(&small)).expect("it was just written");
    assert_eq!(again.id(), small.id());
    assert_eq!(model.subset(std::slice::from_ref(&recent), 100).id(), small.id());
}

#[test]
fn search_finds_every_word_and_code_starts_lead() {
    let model = Rows::new(120).model();
    let (codes, total) = model.search("gl-000", 0, 3);
    assert_eq!(total, 5);
    assert_eq!(codes, ["GL-0000".into(), "GL-0002".into(), "GL-0004".into()]);
    let (codes, _) = model.search("sleeve 304", 0, 100);
    assert!(!codes.is_empty() && codes.iter().all(|code| code.as_str().starts_with("SL")));
    assert_eq!(model.search("nowhere", 0, 10), (Vec::new(), 0));
}
