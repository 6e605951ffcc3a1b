//! Finding and reading items.

use serde_json::Value;
use tests::{TestApp, on_every_database};

async fn codes(app: &TestApp, query: &str) -> Vec<String> {
    let page: Value = app.get(&format!("/api/v1/items?{query}")).await.json();
    let items = page["items"].as_array().expect("a page has items");
    items.iter().map(|item| item["code"].as_str().expect("a code is text").to_owned()).collect()
}

#[tokio::test]
async fn every_word_must_occur_and_wildcards_mean_themselves() {
    on_every_database(async |app: TestApp| {
        let app = app.with_plant().await;
        assert_eq!(codes(&app, "q=sleeve+316+77").await, ["SL-NEW"]);
        assert_eq!(codes(&app, "q=100%25").await, ["A/1#2_%-가"], "% is a letter");
        assert_eq!(codes(&app, "q=1%232_").await, ["A/1#2_%-가"], "what joins two parts may be there or not");
        assert_eq!(codes(&app, "q=1%232%25%EA%B0%80").await, ["A/1#2_%-가"]);
        assert_eq!(codes(&app, "q=%EA%B8%80%EB%9E%9C%EB%93%9C").await, ["A/1#2_%-가"], "Hangul is found");
        assert_eq!(codes(&app, "q=%5C").await, Vec::<String>::new());
        assert_eq!(codes(&app, "q=nothing+like+this").await, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn pages_follow_each_other_with_code_prefixes_first() {
    on_every_database(async |app: TestApp| {
        let app = app.with_plant().await;
        let page: Value = app.get("/api/v1/items?q=gl&limit=5&offset=18").await.json();
        // Twenty glands by code, and one item whose name and part type hold "gl".
        assert_eq!(page["total"], 21);
        assert_eq!(codes(&app, "q=gl&limit=5&offset=18").await, ["GL-18", "GL-19", "A/1#2_%-가"]);
        assert_eq!(codes(&app, "limit=1").await, ["A/1#2_%-가"], "without words: by code");
        let first: Value = app.get("/api/v1/items?q=GL-00").await.json();
        assert_eq!(first["items"][0]["n_routings"], 2);
        assert!(!first["items"][0]["facts"].as_array().expect("facts are a list").is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_item_is_read_by_any_code() {
    on_every_database(async |app: TestApp| {
        let app = app.with_plant().await;
        let item: Value = app.get("/api/v1/items/A%2F1%232_%25-%EA%B0%80").await.json();
        assert_eq!(item["item"]["code"], "A/1#2_%-가");
        let gland: Value = app.get("/api/v1/items/GL-00").await.json();
        let routings: Vec<&str> =
            gland["routings"].as_array().expect("a list").iter().filter_map(|routing| routing["id"].as_str()).collect();
        assert_eq!(routings, ["R1", "R0"], "the main routing leads");
        let neighbours = gland["neighbours"].as_array().expect("a list");
        assert!(!neighbours.is_empty() && neighbours.iter().all(|neighbour| neighbour["item"] != "GL-00"));
        app.get("/api/v1/items/UNKNOWN").await.expect_error(404, "unknown_codes");
    })
    .await;
}

#[tokio::test]
async fn an_item_is_read_before_the_first_training() {
    let app = TestApp::on_sqlite().await;
    let file = app.write("items.csv", "item_cd,item_nm\nA,plate\n");
    app.import(&[file]).await;
    let item: Value = app.get("/api/v1/items/A").await.json();
    assert_eq!(item["neighbours"], serde_json::json!([]));
}

#[tokio::test]
async fn bad_queries_are_refused() {
    let app = TestApp::on_sqlite().await;
    app.get(&format!("/api/v1/items?q={}", "x".repeat(201))).await.expect_error(422, "invalid");
    app.get("/api/v1/items?limit=101").await.expect_error(422, "too_many");
    app.get("/api/v1/items?limit=many").await.expect_error(422, "invalid");
}

#[tokio::test]
async fn a_code_in_another_case_is_found_where_only_one_item_is_meant() {
    on_every_database(async |app: TestApp| {
        let app = app.with_plant().await;
        let twins = app.write("twins.csv", "item_cd,item_nm\nTwin-7,one\ntwin-7,other\n");
        app.import(&[twins]).await;
        let found: Value = app.get("/api/v1/items/sl-new").await.json();
        assert_eq!(found["item"]["code"], "SL-NEW");
        let exact: Value = app.get("/api/v1/items/twin-7").await.json();
        assert_eq!(exact["item"]["name"], "other");
        assert_eq!(app.get("/api/v1/items/TWIN-7").await.status, 404, "two items could be meant");
    })
    .await;
}

#[tokio::test]
async fn a_held_back_routing_is_shown_with_its_reason_and_not_proposed() {
    on_every_database(async |app: TestApp| {
        let app = app.with_plant().await;
        let broken = "item_cd,routing_id,proc_seq,job_cd,res_cd\nSL-NEW,R1,10,T10,LATHE-1\nSL-NEW,R1,last,Q10,QC-1\n";
        let file = app.write("held.csv", broken);
        let summary = app.import(&[file]).await;
        assert_eq!((summary.held.n, summary.n_held_routings, summary.changes.n_held), (1, 1, 1));
        let detail: Value = app.get("/api/v1/items/SL-NEW").await.json();
        assert_eq!(detail["routings"], serde_json::json!([]));
        let held = &detail["held"][0];
        assert_eq!((&held["routing"]["id"], &held["reasons"][0]["row"]), (&"R1".into(), &3.into()));
        assert_eq!(held["reasons"][0]["rule"], "operation_number");
        let page = app.get("/items/SL-NEW").await.text();
        assert!(page.contains("held.csv") && page.contains("last"), "{page}");
        // The next import brings it complete.
        let whole = app.write("whole.csv", broken.replace("last", "20"));
        let summary = app.import(&[whole]).await;
        assert_eq!((summary.n_held_routings, summary.changes.n_mended), (0, 1));
    })
    .await;
}
