//! What takes the place of what.

use serde_json::Value;
use tests::{TestApp, on_every_database};

use super::*;

#[tokio::test]
async fn a_routing_takes_the_place_of_the_one_of_its_name() {
    on_every_database(async |app: TestApp| {
        let first =
            Brings::default().routing("A", "1", &["SAW", "TURN", "MILL", "WASH", "PACK"]).routing("A", "2", &["CAST"]);
        put(&app, first.routing("B", "1", &["FORGE"])).await;
        let stored = put(&app, Brings::default().routing("A", "1", &["LASER", "PACK"])).await;
        let jobs = jobs(&app).await;
        assert_eq!(jobs["A/1"], "LASER PACK", "not a mixture of both");
        assert_eq!((jobs["A/2"].as_str(), jobs["B/1"].as_str()), ("CAST", "FORGE"), "what is not named stays");
        let changes = stored.changes;
        assert_eq!((changes.routings.n_changed, changes.routings.n_new, changes.routings.n_before), (1, 0, 3));
        let shrunk: Vec<_> = changes.shrunk.iter().map(|one| (one.item.as_str(), one.n_before, one.n_after)).collect();
        assert_eq!(shrunk, [("A", 5, 2)]);
    })
    .await;
}

#[tokio::test]
async fn columns_of_the_files_count_and_others_stay() {
    on_every_database(async |app: TestApp| {
        let first = Brings::default().item("A", "plate", &["grade", "colour"], &[("grade", "S2"), ("colour", "red")]);
        put(&app, first).await;
        put(&app, Brings::default().item("A", "", &["grade", "weight_kg"], &[("weight_kg", "2")])).await;
        let item = plant(&app).await.items.remove(0);
        let attributes: Vec<_> = item.attributes.iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(
            attributes,
            ["colour=red", "weight_kg=2"],
            "a blank takes the value away, a missing column does not"
        );
        assert_eq!(item.name.as_deref(), Some("plate"));
        assert_eq!(app.get("/api/v1/items?q=red").await.json::<Value>()["total"], 1);
        assert_eq!(app.get("/api/v1/items?q=s2").await.json::<Value>()["total"], 0, "a search knows the new state");
    })
    .await;
}

#[tokio::test]
async fn a_report_takes_the_place_of_the_one_of_its_number() {
    on_every_database(async |app: TestApp| {
        put(&app, Brings::default().report("A", "O1", "r1", 5.0).report("A", "O1", "r2", 6.0).report("B", "", "", 9.0))
            .await;
        let stored = put(&app, Brings::default().report("A", "O1", "r2", 7.0).report("A", "O1", "r3", 8.0)).await;
        assert_eq!(run_min(&app).await, [5.0, 7.0, 8.0, 9.0]);
        let changes = stored.changes.results;
        assert_eq!((changes.n_new, changes.n_changed, changes.n_unchanged, changes.n_before), (1, 1, 1, 3));
        put(&app, Brings::default().report("A", "O1", "r9", -8.0)).await;
        assert_eq!(run_min(&app).await, [5.0, 7.0, 9.0], "a reversal of a later file takes a report back");
        let counts = server::db::imports::count(&app.services.db).await.expect("it is read");
        assert_eq!(counts.n_results, 3, "five are written down");
    })
    .await;
}

#[tokio::test]
async fn the_same_again_changes_nothing() {
    on_every_database(async |app: TestApp| {
        let brings = || {
            let base = Brings::default().item("A", "ring", &["x"], &[("x", "1")]).routing("A", "1", &["J", "K"]);
            base.hold("C", "1", 7).report("A", "O", "", 1.5).report("Z", "", "", 2.0)
        };
        let first = put(&app, brings()).await;
        let second = put(&app, brings()).await;
        for kind in [&second.changes.items, &second.changes.routings, &second.changes.results] {
            assert_eq!((kind.n_new, kind.n_changed, kind.n_removed), (0, 0, 0), "{:?}", second.changes);
        }
        assert_eq!(second.counts, first.counts);
        assert_eq!((second.counts.n_items, second.counts.n_held, second.counts.n_routings), (3, 1, 1));
    })
    .await;
}

#[tokio::test]
async fn a_routing_with_a_refused_row_is_held_back_whole_and_mended_by_the_next() {
    on_every_database(async |app: TestApp| {
        put(&app, Brings::default().routing("A", "1", &["SAW", "TURN"])).await;
        let stored = put(&app, Brings::default().routing("A", "1", &["SAW"]).hold("A", "1", 12)).await;
        assert_eq!((stored.changes.n_held, stored.changes.n_newly_held), (1, 1));
        assert_eq!((stored.counts.n_routings, stored.counts.n_held, stored.counts.n_operations), (0, 1, 0));
        assert!(jobs(&app).await.is_empty(), "nothing is learned from it");
        let page: Value = app.get("/api/v1/items/A").await.json();
        assert_eq!(page["routings"], serde_json::json!([]));
        assert_eq!(page["held"][0]["routing"]["operations"][0]["job"], "SAW");
        assert_eq!(
            (&page["held"][0]["reasons"][0]["row"], &page["held"][0]["reasons"][0]["rule"]),
            (&12.into(), &"non_empty".into())
        );
        // The same fault at another place of the file is the same state.
        let again = put(&app, Brings::default().routing("A", "1", &["SAW"]).hold("A", "1", 99)).await;
        assert_eq!((again.changes.routings.n_changed, again.changes.routings.n_unchanged), (0, 1));
        let mended = put(&app, Brings::default().routing("A", "1", &["SAW", "TURN"])).await;
        assert_eq!((mended.changes.n_mended, mended.counts.n_held), (1, 0));
        assert_eq!(jobs(&app).await["A/1"], "SAW TURN");
    })
    .await;
}

#[tokio::test]
async fn adding_takes_nothing_away() {
    on_every_database(async |app: TestApp| {
        let first =
            Brings::default().item("A", "ring", &["x", "y"], &[("x", "1"), ("y", "2")]).routing("A", "1", &["J", "K"]);
        put(&app, first.report("A", "O", "r1", 5.0)).await;
        let more = Brings::default().item("A", "", &["x", "y"], &[("x", "9")]).report("A", "O", "r1", 6.0);
        let row = OperationRow {
            item: "A".into(),
            routing: "1".into(),
            seq: Seq::new(30),
            job: "L".into(),
            ..OperationRow::default()
        };
        try_put(&app, more.row(row), &adding()).await.expect("it is stored");
        assert_eq!(jobs(&app).await["A/1"], "J K L");
        let item = plant(&app).await.items.remove(0);
        assert_eq!((item.attributes["x"].as_str(), item.attributes["y"].as_str()), ("9", "2"));
        assert_eq!(run_min(&app).await, [5.0, 6.0]);
    })
    .await;
}

#[tokio::test]
async fn as_many_rows_as_were_refused_mend_a_routing_that_is_held_back() {
    on_every_database(async |app: TestApp| {
        put(&app, Brings::default().routing("A", "1", &["J"]).hold("A", "1", 3).hold("A", "1", 4)).await;
        let row = |seq, job: &str| OperationRow {
            item: "A".into(),
            routing: "1".into(),
            seq: Seq::new(seq),
            job: job.into(),
            ..OperationRow::default()
        };
        let one = try_put(&app, Brings::default().row(row(20, "K")), &adding()).await.expect("it is stored");
        assert_eq!(one.counts.n_held, 1, "one of two is still missing");
        put(&app, Brings::default().routing("A", "1", &["J"]).hold("A", "1", 3).hold("A", "1", 4)).await;
        let both = Brings::default().row(row(20, "K")).row(row(30, "L"));
        assert_eq!(try_put(&app, both, &adding()).await.expect("it is stored").counts.n_held, 0);
        assert_eq!(jobs(&app).await["A/1"], "J K L");
    })
    .await;
}

#[tokio::test]
async fn the_plants_day_decides_which_period_counts() {
    on_every_database(async |app: TestApp| {
        let row = |job: &str, from: &str, to: &str| OperationRow {
            item: "A".into(),
            routing: "1".into(),
            seq: Seq::new(10),
            job: job.into(),
            valid_from: Some(day(from)),
            valid_to: Some(day(to)),
            ..OperationRow::default()
        };
        let brings = || {
            Brings::default()
                .row(row("OLD", "2020-01-01", "2025-12-31"))
                .row(row("NEW", "2026-01-01", "2026-06-30"))
                .row(row("LATER", "2026-07-01", "2999-12-31"))
        };
        let stored = put(&app, brings()).await;
        assert_eq!(jobs(&app).await["A/1"], "NEW");
        assert_eq!((stored.changes.n_expired, stored.changes.due.get(&day("2026-07-01"))), (1, Some(&1)));
        let later = StoreOptions { as_of: day("2026-08-01"), ..usual() };
        try_put(&app, brings(), &later).await.expect("it is stored");
        assert_eq!(jobs(&app).await["A/1"], "LATER", "the same files on a later day");
    })
    .await;
}
