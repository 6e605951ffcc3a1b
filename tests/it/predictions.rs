//! The prediction contract.

use std::collections::BTreeSet;

use contract::predict::RecentPrediction;
use engine::predict::{Explanation, Prediction};
use serde_json::{Value, json};
use tests::{TestApp, on_every_database};

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

#[tokio::test]
async fn the_json_has_exactly_the_documented_form() {
    on_every_database(async |app: TestApp| {
        let app = app.with_plant().await;
        let request = json!({"codes": ["SL-NEW"], "own_history": "ignore"});
        let answer: Value = app.post("/api/v1/predictions", &[], &request).await.json();
        let prediction = &answer[0];
        let expected = [
            "abstain_reason",
            "abstained",
            "candidates",
            "disputed",
            "is_of_later_data",
            "item",
            "model",
            "neighbours",
            "question",
            "receipt",
            "snapshot",
        ];
        assert_eq!(keys(prediction), BTreeSet::from(expected));
        assert_eq!((&prediction["item"], &prediction["abstained"]), (&json!("SL-NEW"), &json!(false)), "{answer}");
        assert_eq!((&prediction["abstain_reason"], &prediction["disputed"]), (&Value::Null, &json!([])));

        let candidate = &prediction["candidates"][0];
        assert_eq!(keys(candidate), BTreeSet::from(["confidence_prob", "operations", "origin", "rank", "signature"]));
        assert_eq!((&candidate["rank"], &candidate["origin"]), (&json!(1), &json!("similar")));
        let jobs: Vec<&Value> =
            candidate["operations"].as_array().expect("a list").iter().map(|operation| &operation["job"]).collect();
        assert_eq!(jobs, ["T10", "Q10"], "a sleeve is turned and inspected");

        let turning = &candidate["operations"][0];
        let expected = [
            "alternatives",
            "evidence",
            "job",
            "job_name",
            "move_min",
            "outsourced",
            "queue_min",
            "run_min_per_lot",
            "run_min_per_piece",
            "seq",
            "setup_min",
            "wait_min",
            "work_centre",
            "work_centre_name",
        ];
        assert_eq!(keys(turning), BTreeSet::from(expected));
        assert_eq!(turning["outsourced"], Value::Null, "the tables do not say, so it is unknown");
        assert_eq!(keys(&turning["run_min_per_piece"]), BTreeSet::from(["n", "p50", "p80", "source"]));
        assert_eq!(turning["run_min_per_piece"]["source"], "actual");
        assert_eq!(keys(&turning["evidence"][0]), BTreeSet::from(["item", "n_reports", "routing", "seq", "weight"]));

        let neighbour = &prediction["neighbours"][0];
        assert_eq!(keys(neighbour), BTreeSet::from(["contributions", "expected", "item", "name", "score"]));
        let expected = ["difference", "expected", "feature", "neighbour_value", "query_value", "value"];
        assert_eq!(keys(&neighbour["contributions"][0]), BTreeSet::from(expected));
    })
    .await;
}

#[tokio::test]
async fn answers_come_in_the_order_asked_and_are_remembered() {
    on_every_database(async |app: TestApp| {
        let app = app.with_plant().await;
        let described =
            json!({"code": "X-1", "name": "GLAND 90", "attributes": {"part_type": "GLAND", "material": " 316 "}});
        let request = json!({"codes": ["GL-03", "NOBODY"], "items": [described], "allow_unknown": true});
        let answers: Vec<Prediction> = app.post("/api/v1/predictions", &[], &request).await.json();
        let items: Vec<&str> = answers.iter().map(|answer| answer.item.as_str()).collect();
        assert_eq!(items, ["GL-03", "NOBODY", "X-1"]);
        assert!(answers[0].candidates[0].confidence_prob.is_none(), "its own routing is a record, not a guess");

        let recent = app.post("/api/ui/get_recent_predictions", &[], &json!({"limit": 10})).await;
        let recent: Vec<RecentPrediction> = recent.packed();
        let lines: Vec<(&str, bool)> = recent.iter().map(|line| (line.item.as_str(), line.is_known)).collect();
        assert_eq!(lines, [("X-1", false), ("NOBODY", false), ("GL-03", true)], "newest first");
    })
    .await;
}

#[tokio::test]
async fn own_history_can_be_ignored() {
    let app = TestApp::on_sqlite().await.with_plant().await;
    for (choice, first_is_own) in [("ignore", false), ("first", true)] {
        let request = json!({"codes": ["SL-05"], "own_history": choice});
        let answers: Vec<Value> = app.post("/api/v1/predictions", &[], &request).await.json();
        let origin = &answers[0]["candidates"][0]["origin"];
        assert_eq!(origin["own_history"]["routing"] == "R1", first_is_own, "{choice}: {origin}");
    }
}

#[tokio::test]
async fn impossible_requests_are_refused() {
    let app = TestApp::on_sqlite().await;
    let post = async |body: Value| app.post("/api/v1/predictions", &[], &body).await;
    post(json!({"codes": ["A"]})).await.expect_error(503, "no_model");
    post(json!({})).await.expect_error(422, "invalid");
    post(json!({"codes": ["  "]})).await.expect_error(422, "invalid");
    post(json!({"codes": vec!["A"; 51]})).await.expect_error(422, "too_many");
    post(json!({"codes": ["A"], "n_neighbours": 51})).await.expect_error(422, "too_many");
    post(json!({"codes": 5})).await.expect_error(422, "invalid");
    post(json!({"codes": ["A".repeat(2 << 20)]})).await.expect_error(413, "invalid");
    app.get("/api/v1/predictions").await.expect_error(405, "invalid");
}

#[tokio::test]
async fn reasons_are_given_for_a_known_and_for_a_described_item() {
    let app = TestApp::on_sqlite().await.with_plant().await;
    let described = json!({"code": "X-1", "name": "GLAND 90", "attributes": {"part_type": "GLAND"}});
    for (request, item) in [(json!({"code": "SL-NEW"}), "SL-NEW"), (json!({"item": described}), "X-1")] {
        let explanation: Explanation = app.post("/api/v1/explanations", &[], &request).await.json();
        assert_eq!(explanation.item.as_str(), item);
        for contest in &explanation.contests {
            assert_ne!(contest.first.jobs, contest.other.jobs);
            let sum: f64 = contest.parts.iter().map(|part| part.score).sum();
            assert!((sum - contest.log_odds).abs() < 1e-9);
        }
        let on_page = json!({"request": request});
        let same: Explanation = app.post("/api/ui/ask_explanation", &[], &on_page).await.packed();
        assert_eq!(same, explanation, "pages and other systems get the same reasons");
    }
    let post = async |body: Value| app.post("/api/v1/explanations", &[], &body).await;
    post(json!({})).await.expect_error(422, "invalid");
    post(json!({"code": " "})).await.expect_error(422, "invalid");
    post(json!({"code": "A".repeat(201)})).await.expect_error(422, "invalid");
    TestApp::on_sqlite()
        .await
        .post("/api/v1/explanations", &[], &json!({"code": "A"}))
        .await
        .expect_error(503, "no_model");
}

#[tokio::test]
async fn an_answer_stored_before_there_were_questions_is_still_read() {
    let old = json!({"item": "A", "model": "m", "abstained": true, "abstain_reason": "disagreement", "candidates": [],
        "neighbours": []});
    let old: Prediction = serde_json::from_value(old).expect("new fields have defaults");
    assert_eq!(old.question, None);
}
