//! Tables in: counts that add up, dirt that is reported, the same files twice.

use engine::domain::ItemCode;
use server::db::{imports, items};
use tests::{TestApp, on_every_database, plant};

#[tokio::test]
async fn counts_add_up_and_a_second_import_changes_nothing() {
    on_every_database(async |app: TestApp| {
        let folder = plant::write(&app);
        let first = app.import(std::slice::from_ref(&folder)).await;
        assert_eq!((first.n_items, first.n_items_with_routing), (plant::N_ITEMS, plant::N_ROUTED));
        assert_eq!((first.n_new_items, first.n_new_operations), (plant::N_ITEMS, plant::N_OPERATIONS));
        assert_eq!((first.n_results, first.n_new_results), (plant::N_RESULTS, plant::N_RESULTS));
        for file in &first.files {
            assert_eq!(file.n_rows, file.n_ok + file.n_duplicates + file.n_errors, "{file:?}");
            assert_eq!(file.n_errors, 0, "{file:?}");
        }

        let second = app.import(&[folder]).await;
        assert_eq!((second.n_new_items, second.n_new_operations, second.n_new_results), (0, 0, 0));
        assert_eq!(second.files, first.files);
        let counts = imports::count(&app.services.db).await.expect("the database works");
        assert_eq!((counts.n_items, counts.n_routings), (second.n_items, second.n_routings));
    })
    .await;
}

#[tokio::test]
async fn bad_rows_are_refused_one_by_one() {
    on_every_database(async |app: TestApp| {
        let items = app.write("items.csv", "item_cd,item_nm\nA,first\n,nameless\nB,second\n");
        let routings =
            app.write("routings.csv", "item_cd,routing_id,proc_seq,job_cd\nA,R1,10,J1\nA,R1,ten,J2\nA,R1,30,\n");
        let summary = app.import(&[items, routings]).await;
        let counts: Vec<_> = summary.files.iter().map(|file| (file.n_rows, file.n_ok, file.n_errors)).collect();
        assert_eq!(counts, [(3, 2, 1), (3, 1, 2)]);
        // The routing that lacks two rows is kept, and is none to go by.
        assert_eq!((summary.n_items, summary.n_new_operations, summary.n_held_routings), (2, 0, 1));
        let rules: Vec<&str> = summary.flaws.iter().map(|group| group.rule.as_str()).collect();
        assert_eq!(rules, ["non_empty", "operation_number"]);
    })
    .await;
}

#[tokio::test]
async fn korean_windows_text_is_read() {
    on_every_database(async |app: TestApp| {
        let (bytes, ..) = encoding_rs::EUC_KR.encode("품목코드,품목명,재질\nK-1,글랜드,스테인리스\n");
        let file = app.write("품목.csv", bytes);
        let summary = app.import(&[file]).await;
        assert_eq!(summary.n_items, 1, "{summary:?}");
        let item = items::get(&app.services.db, &ItemCode::from("K-1"))
            .await
            .expect("the database works")
            .expect("it is there");
        assert_eq!(item.name.as_deref(), Some("글랜드"));
        assert_eq!(item.attributes.values().collect::<Vec<_>>(), ["스테인리스"]);
    })
    .await;
}

#[tokio::test]
async fn two_item_files_complete_each_other() {
    on_every_database(async |app: TestApp| {
        let first = app.write("a.csv", "item_cd,item_nm,material\nA,plate,316\nB,ring,304\n");
        let second = app.write("b.csv", "item_cd,item_nm,colour\nA,plate,red\n");
        app.import(&[first, second]).await;
        let item =
            items::get(&app.services.db, &ItemCode::from("A")).await.expect("the database works").expect("it is there");
        let attributes: Vec<_> = item.attributes.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(attributes, [("colour", "red"), ("material", "316")]);
    })
    .await;
}

#[tokio::test]
async fn an_item_that_only_a_routing_names_can_be_found() {
    on_every_database(async |app: TestApp| {
        let file = app.write("routings.csv", "item_cd,routing_id,proc_seq,job_cd\nGHOST-1,R1,10,J1\n");
        let summary = app.import(&[file]).await;
        assert_eq!((summary.n_unlisted_items, summary.n_items), (1, 1));
        assert_eq!(app.get("/api/v1/items?q=ghost").await.json::<serde_json::Value>()["total"], 1);
    })
    .await;
}

#[tokio::test]
async fn files_that_are_no_tables_are_told_apart() {
    let app = TestApp::on_sqlite().await;
    plant::write(&app);
    app.write("plant/bom.csv", "item_cd,child_item_cd,qty\nA,B,1\n");
    app.write("plant/notes.txt", "call the planner on Monday\n");
    let folder = app.import(&[app.folder().join("plant")]).await;
    assert_eq!((folder.files.len(), folder.skipped.len(), folder.failed.len()), (3, 2, 0), "{folder:?}");

    let empty = app.import(&[app.write("empty.csv", "")]).await;
    assert_eq!((empty.files.len(), empty.failed.len()), (0, 1), "a named file must be a table");
    let binary = app.import(&[app.write("items.csv", [0u8, 159, 146, 150, 0, 1, 2, 3])]).await;
    assert_eq!(binary.failed.len(), 1, "{binary:?}");
}
