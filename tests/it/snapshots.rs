//! The snapshot of the plant: made after each import, found by every server, and never lost for good.

use std::sync::Arc;

use contract::items::ItemsApi;
use contract::items::{ItemPage, SearchItems};
use contract::jobs::{JobKind, JobState, JobsApi};
use engine::snapshot::Snapshot;
use server::background::Share;
use server::db::snapshots;
use server::encoder::EncoderStore;
use server::jobs::{Ticket, Worker};
use server::registry::Registry;
use server::services::acting::Caller;
use tests::cut::{cut, n_rounds, points};
use tests::{TestApp, on_every_database};

const FIRST: &str = "item_cd,item_nm,material\nSN-0100,육각 볼트,SUS304\nSN-0200,Hex nut,S45C\n";
const SECOND: &str = "item_cd,item_nm,material\nSN-0300,둥근머리 나사,황동\n";

async fn import(app: &TestApp, name: &str, text: &str) {
    let path = app.write(name, text);
    app.import(&[path]).await;
}

/// Codes that a search finds, and how many there are.
async fn found(app: &TestApp, q: &str) -> (Vec<String>, usize) {
    let console = app.services.acting(Caller::Console, None);
    let page = console.search_items(SearchItems { q: q.to_owned(), ..SearchItems::default() }).await;
    let ItemPage { items, total, .. } = page.expect("a snapshot answers");
    (items.into_iter().map(|item| item.code.to_string()).collect(), total)
}

async fn snapshot(app: &TestApp) -> Arc<Snapshot> {
    app.services.snapshot().await.expect("the database works")
}

/// Names of the files of sections.
fn files(app: &TestApp) -> Vec<String> {
    let folder = app.folder().join("snapshots");
    let names = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = names.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.retain(|name| name != "lock");
    names.sort();
    names
}

/// Files that there should be.
async fn sections(app: &TestApp) -> Vec<String> {
    let known = snapshots::list(&app.services.db).await.expect("it answers");
    let all = known.iter().flat_map(|row| &row.manifest.sections).map(|part| format!("{}.rtsn", part.hash));
    all.collect::<std::collections::BTreeSet<_>>().into_iter().collect()
}

#[tokio::test]
async fn what_was_imported_is_found_in_every_way_of_writing_it() {
    on_every_database(async |app| {
        assert_eq!(found(&app, "").await, (vec![], 0));
        assert_eq!(app.number("SELECT COUNT(*) FROM snapshots").await, 0, "nothing is kept of nothing");
        import(&app, "first.csv", FIRST).await;
        for (q, expected) in [
            ("볼트", "SN-0100"),
            ("ㅂㅌ", "SN-0100"),
            ("sn0100", "SN-0100"),
            ("ＳＮ　０２００", "SN-0200"),
            ("nut s45", "SN-0200"),
        ] {
            assert_eq!(found(&app, q).await, (vec![expected.to_owned()], 1), "{q}");
        }
        import(&app, "second.csv", SECOND).await;
        assert_eq!(found(&app, "ㄴㅅ").await.0, ["SN-0300"]);
        assert_eq!(found(&app, "sn").await.1, 3);
        // Another process reads what this one has kept.
        let id = snapshot(&app).await.id().clone();
        assert_eq!(snapshot(&app.restarted_in_place().await).await.id(), &id);
    })
    .await;
}

#[tokio::test]
async fn equal_data_make_no_new_snapshot_and_only_two_are_kept() {
    on_every_database(async |app| {
        import(&app, "first.csv", FIRST).await;
        let first = snapshots::latest(&app.services.db).await.expect("it answers").expect("one");
        import(&app, "again.csv", FIRST).await;
        let again = snapshots::latest(&app.services.db).await.expect("it answers").expect("one");
        assert_eq!((&again.id, again.activation), (&first.id, first.activation));
        assert!(again.data_revision > first.data_revision, "it is of the later data too");
        for n in 0..3 {
            import(&app, "more.csv", &format!("item_cd,item_nm\nMORE-{n},piece\n")).await;
        }
        let known = snapshots::list(&app.services.db).await.expect("it answers");
        assert_eq!((known.len(), known[0].manifest.n_items), (2, 5));
        assert_eq!(files(&app), sections(&app).await);
        // What dead processes leave goes with the next one.
        app.write("snapshots/left.123.draft", "x");
        app.write("snapshots/left.rtsn", "x");
        import(&app, "more.csv", "item_cd,item_nm\nMORE-9,piece\n").await;
        assert_eq!(files(&app), sections(&app).await);
    })
    .await;
}

#[tokio::test]
async fn a_snapshot_that_is_gone_or_damaged_comes_back() {
    on_every_database(async |app| {
        import(&app, "first.csv", FIRST).await;
        let id = snapshot(&app).await.id().clone();
        for harm in ["gone", "damaged"] {
            for name in files(&app) {
                let path = app.folder().join("snapshots").join(name);
                match harm {
                    "gone" => std::fs::remove_file(path).expect("it is there"),
                    _ => std::fs::write(path, "SN").expect("it may be written"),
                }
            }
            let later = app.restarted_in_place().await;
            assert_eq!(snapshot(&later).await.id(), &id, "{harm}");
            assert_eq!(found(&later, "ㅂㅌ").await.0, ["SN-0100"], "{harm}");
            let bytes = std::fs::read(app.folder().join("snapshots").join(&files(&later)[0])).expect("it is back");
            assert!(bytes.len() > 2, "{harm}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_server_sees_what_another_one_has_imported() {
    let Some(app) = TestApp::on_postgres_if_any().await else { return };
    let other = app.beside().await;
    import(&app, "first.csv", FIRST).await;
    // The other has another disk: it gets the sections from the database.
    assert_eq!(found(&other, "sn").await.1, 2);
    assert_eq!(files(&other), files(&app));
    import(&app, "second.csv", SECOND).await;
    // It answers from the one before until the new one is loaded.
    for _ in 0..1_000 {
        if found(&other, "sn").await.1 == 3 {
            break;
        }
        tokio::task::yield_now().await;
        // The load runs on threads of its own.
        let _wait = other.services.registry.snapshots().loading().lock_owned().await;
    }
    assert_eq!(found(&other, "sn").await.1, 3);
    assert_eq!(snapshot(&other).await.id(), snapshot(&app).await.id());
}

#[tokio::test]
async fn without_room_the_plant_is_found_all_the_same() {
    on_every_database(async |app| {
        import(&app, "first.csv", FIRST).await;
        let full = Registry::with_space(app.folder().join("models"), Arc::new(|_| Some(0)));
        let app = app.with_registry(full);
        let before = snapshots::latest(&app.services.db).await.expect("it answers").expect("one");
        import(&app, "second.csv", SECOND).await;
        assert_eq!(found(&app, "나사").await.0, ["SN-0300"]);
        let after = snapshots::latest(&app.services.db).await.expect("it answers").expect("one");
        assert_eq!(after.id, before.id, "it could not be kept");
    })
    .await;
}

#[tokio::test]
async fn a_worker_sees_to_the_snapshot() {
    on_every_database(async |app| {
        import(&app, "first.csv", FIRST).await;
        assert!(jobs(&app).await.is_empty(), "there is one of these data");
        app.sql("UPDATE plant_state SET revision = revision + 1").await.expect("it may");
        for _ in 0..2 {
            app.services.see_to_snapshot(Caller::Console).await.expect("the database works");
        }
        let all = jobs(&app).await;
        assert_eq!((all.len(), all[0].1), (1, JobState::Queued), "{all:?}");
        let encoder = EncoderStore::new(app.config.encoder_dir());
        let worker = Worker::new(app.services.clone(), encoder, Share::Whole);
        let ended = worker.do_now(&all[0].0, &Ticket::default()).await.expect("it runs").expect("it is free");
        assert_eq!((ended.state, ended.outcome.made.as_deref()), (JobState::Done, Some("2")));
        app.services.see_to_snapshot(Caller::Console).await.expect("the database works");
        assert_eq!(jobs(&app).await.len(), 1, "the data are as they were");
    })
    .await;
}

/// Id and state of the jobs that make snapshots.
async fn jobs(app: &TestApp) -> Vec<(String, JobState)> {
    let page = app.services.acting(Caller::Console, None).jobs().await.expect("it may");
    let all = page.jobs.into_iter().filter(|job| job.kind == JobKind::Snapshot);
    all.map(|job| (job.id, job.state)).collect()
}

#[tokio::test]
async fn a_snapshot_that_is_cut_off_anywhere_is_the_old_one_or_the_new_one() {
    on_every_database(async |app| {
        import(&app, "first.csv", FIRST).await;
        let mut n_items = 2;
        for point in points() {
            let mut has_ended = false;
            for _ in 0..n_rounds() {
                let old = snapshot(&app.restarted_in_place().await).await.id().clone();
                let path = app.write("more.csv", format!("item_cd,item_nm\nCUT-{n_items},piece\n"));
                app.import_only(&[path]).await;
                let process = app.restarted_in_place().await;
                has_ended |= cut(point, process.services.make_snapshot(Share::Whole)).await.is_some();
                let after = snapshot(&app.restarted_in_place().await).await;
                assert!(after.id() == &old || after.len() == n_items + 1, "{} items", after.len());
                // The next attempt comes to its end.
                let process = app.restarted_in_place().await;
                let made = process.services.make_snapshot(Share::Whole).await.expect("the database works");
                n_items += 1;
                assert_eq!(made.len(), n_items);
                assert!(files(&app).iter().all(|name| name.ends_with(".rtsn")), "{:?}", files(&app));
            }
            if has_ended {
                assert!(point > 3, "nothing was cut off");
                return;
            }
        }
    })
    .await;
}
