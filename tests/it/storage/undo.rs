//! Taking an import back.

use tests::{TestApp, on_every_database};

use super::*;

#[tokio::test]
async fn an_import_is_taken_back_and_the_state_before_is_there() {
    on_every_database(async |app: TestApp| {
        let first = Brings::default().item("A", "ring", &["x"], &[("x", "1")]).routing("A", "1", &["J", "K"]);
        put(&app, first.report("A", "O", "r", 5.0)).await;
        let before = plant(&app).await;
        let second = Brings::default().item("A", "ring", &["x"], &[]).item("B", "", &[], &[]).routing("A", "1", &["L"]);
        let second = put(&app, second.routing("B", "1", &["M"]).report("A", "O", "r", 6.0)).await;
        let after = plant(&app).await;
        assert_ne!(after, before);

        let preview = take_back(&app, &no(&second), true).await.expect("it was done");
        assert_eq!(plant(&app).await, after, "a preview changes nothing");
        let undone = take_back(&app, &no(&second), false).await.expect("it was done");
        assert_eq!(
            (&undone.items, &undone.routings, &undone.results),
            (&preview.items, &preview.routings, &preview.results)
        );
        assert_eq!((undone.items.taken_back.n, undone.routings.taken_back.n, undone.results.taken_back.n), (2, 2, 1));
        assert_eq!(undone.routings.taken_back.first, ["A / 1", "B / 1"]);
        assert_eq!((undone.items.kept.n, undone.items.failed.n), (0, 0));
        assert_eq!(plant(&app).await, before);
        assert_eq!(undone.counts.n_items, 1);

        let id = second.import.expect("it was no dry run").id;
        assert!(matches!(take_back(&app, &id, false).await, Err(UndoError::Already(_))), "by its id too");
        assert!(matches!(take_back(&app, "77", false).await, Err(UndoError::Unknown(_))));
        assert!(app.dump().await.contains("undo_import"), "the trail tells of it");
    })
    .await;
}

#[tokio::test]
async fn what_was_changed_since_stays() {
    on_every_database(async |app: TestApp| {
        put(&app, Brings::default().routing("A", "1", &["J"]).routing("B", "1", &["J"])).await;
        let second = put(&app, Brings::default().routing("A", "1", &["K"]).routing("B", "1", &["K"])).await;
        let third = put(&app, Brings::default().routing("B", "1", &["L"])).await;
        let undone = take_back(&app, &no(&second), false).await.expect("it was done");
        assert_eq!(
            (undone.routings.taken_back.first, undone.routings.kept.first),
            (vec!["A / 1".into()], vec!["B / 1".into()])
        );
        let known = jobs(&app).await;
        assert_eq!((known["A/1"].as_str(), known["B/1"].as_str()), ("J", "L"));
        take_back(&app, &no(&third), false).await.expect("it was done");
        assert_eq!(jobs(&app).await["B/1"], "J", "not the version that was taken back before");
    })
    .await;
}

#[tokio::test]
async fn what_a_later_import_brought_again_stays_until_that_goes_too() {
    on_every_database(async |app: TestApp| {
        let brings =
            || Brings::default().item("A", "ring", &[], &[]).routing("A", "1", &["J"]).report("A", "O", "", 1.0);
        let first = put(&app, brings().routing("B", "1", &["K"])).await;
        let second = put(&app, brings()).await;
        let undone = take_back(&app, &no(&first), false).await.expect("it was done");
        assert_eq!((undone.routings.kept.n, undone.routings.taken_back.first), (1, vec!["B / 1".to_owned()]));
        assert_eq!(
            (codes(&app).await, jobs(&app).await.len(), run_min(&app).await.len()),
            (vec!["A".to_owned()], 1, 1)
        );
        take_back(&app, &no(&second), false).await.expect("it was done");
        assert_eq!(plant(&app).await, Plant::default());
    })
    .await;
}

#[tokio::test]
async fn imports_go_back_in_any_order() {
    on_every_database(async |app: TestApp| {
        let mut states = vec![plant(&app).await];
        let mut numbers = Vec::new();
        for at in 1..=4 {
            let jobs: Vec<String> = (0..at).map(|job| format!("J{at}{job}")).collect();
            let jobs: Vec<&str> = jobs.iter().map(String::as_str).collect();
            let brings = Brings::default().routing("A", "1", &jobs).routing(&format!("ONLY-{at}"), "1", &["X"]);
            numbers.push(no(&put(&app, brings).await));
            states.push(plant(&app).await);
        }
        for at in [1, 2, 3] {
            take_back(&app, &numbers[at], false).await.expect("it was done");
        }
        assert_eq!(plant(&app).await, states[1], "the second to the fourth are gone");
        take_back(&app, &numbers[0], false).await.expect("it was done");
        assert_eq!(plant(&app).await, states[0]);
    })
    .await;
}

#[tokio::test]
async fn a_removal_and_a_hold_are_taken_back_like_a_change() {
    on_every_database(async |app: TestApp| {
        put(&app, Brings::default().routing("A", "1", &["J", "K"]).routing("B", "1", &["L"])).await;
        let before = plant(&app).await;
        let options =
            StoreOptions { complete: [engine::import::TableKind::Routings].into(), may_remove_many: true, ..usual() };
        let second = Brings::default().routing("A", "1", &["J"]).hold("A", "1", 4);
        let second = try_put(&app, second, &options).await.expect("somebody agreed");
        assert_eq!((second.counts.n_routings, second.counts.n_held), (0, 1));
        take_back(&app, &no(&second), false).await.expect("it was done");
        assert_eq!(plant(&app).await, before);
    })
    .await;
}

#[tokio::test]
async fn an_item_stays_while_a_routing_that_stays_names_it() {
    on_every_database(async |app: TestApp| {
        let first = put(&app, Brings::default().item("A", "ring", &[], &[])).await;
        let second = put(&app, Brings::default().routing("A", "1", &["J"])).await;
        let undone = take_back(&app, &no(&first), false).await.expect("it was done");
        assert_eq!((undone.items.kept.first, undone.counts.n_items), (vec!["A".to_owned()], 1));
        take_back(&app, &no(&second), false).await.expect("it was done");
        assert_eq!(plant(&app).await, Plant::default());
    })
    .await;
}

#[tokio::test]
async fn the_list_of_imports_tells_who_did_what() {
    on_every_database(async |app: TestApp| {
        let first = put(&app, Brings::default().routing("A", "1", &["J"])).await;
        put(&app, Brings::default().routing("A", "2", &["J"])).await;
        take_back(&app, &no(&first), false).await.expect("it was done");
        let imports = server::services::store::list(&app.services.db).await.expect("it is read");
        let lines: Vec<_> =
            imports.iter().map(|one| (one.no, one.state, one.by.clone(), one.undone_by.clone())).collect();
        let console = "(console)".to_owned();
        use server::db::imports::ImportState::{Done, Undone};
        assert_eq!(lines, [(2, Done, console.clone(), String::new()), (1, Undone, console.clone(), console)]);
        assert_eq!(imports[0].as_of, Some(day("2026-01-15")));
        assert_eq!(imports[0].counts.n_routings, 2);
    })
    .await;
}
