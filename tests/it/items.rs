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
        assert_eq!(codes(&app, "q=2_").await, ["A/1#2_%-가"], "_ is a letter");
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
        app.get("/api/v1/items/UNKNOWN").await.expect_error(404, "not_found");
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
