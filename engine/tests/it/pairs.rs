//! A model over snapshots of its plant: the one that it was learned from, and later ones.

use std::sync::Arc;

use engine::bundle;
use engine::domain::Item;
use engine::predict::{OwnHistory, PredictOptions, Prediction, TimeEstimate, TimeSource};
use engine::snapshot::Snapshot;

use crate::plants::{IGNORE, Rows, first_jobs, new_gland};

fn snapshot(rows: &Rows) -> Arc<Snapshot> {
    Arc::new(Snapshot::of_plant(&rows.clone().plant()))
}

#[test]
fn over_its_own_snapshot_a_model_is_what_training_gave() {
    let rows = Rows::new(200);
    let model = rows.clone().model();
    assert!(model.is_over_its_own());
    let again = model.over(snapshot(&rows));
    assert!(again.is_over_its_own(), "equal data are one snapshot");
    let from_bytes = bundle::from_bytes(&bundle::to_bytes(&model)).expect("it was just written");
    for query in [new_gland("150"), new_gland("60"), model.item(&"SL-0001".into()).expect("it is there").clone()] {
        let answer = model.predict(&query, &IGNORE);
        assert_eq!(again.predict(&query, &IGNORE), answer);
        assert_eq!(from_bytes.predict(&query, &IGNORE), answer);
        let cut = model.subset(&[], 150);
        let cut_again = bundle::from_bytes(&bundle::to_bytes(&cut)).expect("it was just written");
        assert_eq!(cut_again.predict(&query, &IGNORE), cut.predict(&query, &IGNORE));
    }
}

#[test]
fn what_came_after_the_training_is_found_shown_alike_and_votes() {
    let mut rows = Rows::new(200);
    let model = rows.clone().model();
    // A new kind of part that is made in a way that nobody had written, with a job and a work centre that are new.
    for at in 0..6 {
        let code = format!("AA-NEW-{at}");
        let item = Item::new(code.as_str()).named(format!("manifold block {at}")).with("part_type", "manifold");
        rows.items.push(item.with("outer_diameter_mm", "500").with("bore_pattern", "M-77"));
        rows.add_routing(&code, &[("ANNEAL", "HT-9"), ("CUT", "SAW-1"), ("INSPECT", "QC")]);
    }
    let later = model.over(snapshot(&rows));
    assert!(!later.is_over_its_own());
    assert_eq!(later.id(), model.id(), "nothing was learned anew");
    let (found, total) = later.search("manifold", 0, 10);
    assert_eq!((found.len(), total), (6, 6));
    let routings = later.routings(&"AA-NEW-3".into());
    assert_eq!(routings[0].operations[0].job.as_str(), "ANNEAL");

    let query = Item::new("AA-ASKED").named("manifold block 9").with("part_type", "manifold");
    let query = query.with("outer_diameter_mm", "500").with("bore_pattern", "M-77");
    let answer = later.predict(&query, &IGNORE);
    assert!(
        answer.neighbours.iter().take(5).all(|near| near.item.as_str().starts_with("AA-NEW")),
        "{:?}",
        answer.neighbours
    );
    let routes: Vec<Vec<&str>> = answer
        .candidates
        .iter()
        .map(|candidate| candidate.operations.iter().map(|operation| operation.job.as_str()).collect())
        .collect();
    assert!(routes.contains(&vec!["ANNEAL", "CUT", "INSPECT"]), "{routes:?}");

    // Its own routing leads, with the times that were planned, also of a job that the model has never seen.
    let known = later.item(&"AA-NEW-0".into()).expect("it is there").clone();
    let own = later.predict(&known, &PredictOptions { own_history: OwnHistory::First, ..IGNORE });
    let operations = &own.candidates[0].operations;
    assert_eq!(operations[0].job.as_str(), "ANNEAL");
    assert_eq!(operations[0].work_centre.as_ref().map(|centre| centre.as_str()), Some("HT-9"));
    let setup = operations[0].setup_min.zip(operations[0].run_min_per_piece);
    let (setup, run) = setup.expect("both were planned");
    assert_eq!((setup.p50, run.source), (0.0, TimeSource::Planned));
    assert!((4.0..6.5).contains(&run.p50) && run.p80 >= run.p50, "{run:?}");
    // What was learned is what it was.
    assert_eq!(first_jobs(&later.predict(&new_gland("150"), &IGNORE)), ["CUT", "TURN", "MILL", "INSPECT"]);
    let bytes = bundle::to_bytes(&later);
    let again = bundle::from_bytes(&bytes).expect("it was just written");
    assert_eq!(again.predict(&query, &IGNORE), answer);
    let cut = later.subset(&["AA-NEW-1".into()], 60);
    assert!(cut.item(&"AA-NEW-1".into()).is_some() && cut.is_over_its_own());
}

#[test]
fn an_item_that_is_gone_is_gone_and_reports_that_came_count() {
    let mut rows = Rows::new(200);
    let model = rows.clone().model();
    let asked = new_gland("150");
    assert_eq!(turning(&model.predict(&asked, &IGNORE)).source, TimeSource::Planned);
    for at in 0..200 {
        let code = format!("GL-{at:04}");
        if rows.items.iter().any(|item| item.code.as_str() == code) {
            rows.report(&code, "TURN", 40.0, 8.0, 3);
        }
    }
    rows.items.retain(|item| item.code.as_str() != "GL-0002");
    rows.operations.retain(|row| row.item.as_str() != "GL-0002");
    let later = model.over(snapshot(&rows));
    assert!(later.item(&"GL-0002".into()).is_none());
    let answer = later.predict(&asked, &IGNORE);
    assert!(answer.neighbours.iter().all(|near| near.item.as_str() != "GL-0002"));
    let time = turning(&answer);
    assert_eq!(time.source, TimeSource::Actual);
    // Eight pieces in forty minutes, which is about what was planned.
    assert!((4.0..7.0).contains(&time.p50), "{time:?}");
}

/// Run time of turning in the first candidate.
fn turning(answer: &Prediction) -> TimeEstimate {
    let turn = answer.candidates[0].operations.iter().find(|operation| operation.job.as_str() == "TURN");
    turn.and_then(|turn| turn.run_min_per_piece).expect("a time is known")
}
