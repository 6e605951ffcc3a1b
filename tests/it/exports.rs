//! An answer as a file, and the file as an import.

use contract::items::ItemDetail;
use contract::wire::{Candidate, Operation, Prediction, ProposedOperation};
use serde_json::{Value, json};
use tests::{TestApp, on_every_database};

async fn predict(app: &TestApp, code: &str) -> Prediction {
    let request = json!({"codes": [code], "own_history": "ignore"});
    let answers: Vec<Prediction> = app.post("/api/v1/predictions", &[], &request).await.json();
    answers.into_iter().next().expect("one answer for one code")
}

/// A time as a table holds it.
fn minutes(time: Option<f64>) -> Option<f64> {
    time.map(|time| (time * 10_000.0).round() / 10_000.0)
}

/// What an import makes of a proposed operation.
fn imported(proposed: &ProposedOperation) -> Operation {
    let time = |time: Option<contract::wire::TimeEstimate>| minutes(time.map(|time| time.p50));
    let run = proposed.run_min_per_lot.or(proposed.run_min_per_piece);
    Operation {
        seq: proposed.seq,
        job: proposed.job.clone(),
        job_name: proposed.job_name.clone(),
        work_centre: proposed.work_centre.clone(),
        work_centre_name: proposed.work_centre_name.clone(),
        alternatives: proposed.alternatives.clone(),
        outsourced: proposed.outsourced,
        setup_min: time(proposed.setup_min),
        run_min_per_piece: time(run),
        queue_min: time(proposed.queue_min),
        wait_min: time(proposed.wait_min),
        move_min: time(proposed.move_min),
        is_batch: run.map(|_| proposed.run_min_per_lot.is_some()),
        ..Operation::default()
    }
}

async fn operations(app: &TestApp, code: &str, routing: &str) -> Vec<Operation> {
    let detail: ItemDetail = app.get(&format!("/api/v1/items/{code}")).await.json();
    let found = detail.routings.into_iter().find(|found| found.id.as_str() == routing);
    found.unwrap_or_else(|| panic!("{code} has no routing {routing}")).operations
}

#[tokio::test]
async fn a_table_imports_again_unchanged() {
    on_every_database(async |app: TestApp| {
        let app = app.with_plant().await;
        for (format, code) in [("csv", "SL-NEW"), ("csv_machine", "SL-03"), ("xlsx", "GL-05")] {
            let prediction = predict(&app, code).await;
            let candidate: &Candidate = prediction.candidates.first().expect("it is proposed");
            assert!(candidate.operations.len() > 1, "{candidate:?}");
            let path = format!("/api/v1/receipts/{}/export?format={format}", prediction.receipt);
            let reply = app.get(&path).await.expect(axum::http::StatusCode::OK);
            let extension = if format == "xlsx" { "xlsx" } else { "csv" };
            let name = format!("routing-{}.{extension}", prediction.receipt.short());
            assert!(reply.header("content-disposition").contains(&name), "{}", reply.header("content-disposition"));
            let file = app.write(&format!("{format}.{extension}"), &reply.body);
            let summary = app.import(&[file]).await;
            assert!(summary.failed.is_empty() && summary.held.n == 0, "{format}: {summary:?}");
            let routing = format!("ML-{}-1", prediction.receipt.short());
            let expected: Vec<Operation> = candidate.operations.iter().map(imported).collect();
            assert_eq!(operations(&app, code, &routing).await, expected, "{format}");
        }
    })
    .await;
}

#[tokio::test]
async fn every_row_says_where_it_is_from_and_csv_for_people_is_harmless() {
    let app = TestApp::on_sqlite().await.with_plant().await;
    let prediction = predict(&app, "SL-NEW").await;
    let path = |rest: &str| format!("/api/v1/receipts/{}/export?{rest}", prediction.receipt);
    let people = app.get(&path("format=csv")).await;
    assert!(people.body.starts_with(b"\xef\xbb\xbf") && people.header("content-type").starts_with("text/csv"));
    let machine = app.get(&path("format=csv_machine")).await;
    let (people, machine) = (people.text(), machine.text());
    assert_eq!(people.trim_start_matches('\u{feff}'), machine, "nothing here looks like a formula");
    assert!(machine.starts_with("item_cd,routing_id,proc_seq,job_cd,"), "{machine}");
    for row in machine.lines().skip(1) {
        let origin = format!("{},{},{}", prediction.model, prediction.snapshot, prediction.receipt);
        assert!(row.ends_with(&origin), "{row}");
    }
    let cp949 = app.get(&path("format=csv_machine&encoding=cp949")).await;
    assert_eq!((cp949.status, cp949.header("content-type")), (200, "text/csv; charset=euc-kr"));
    let whole: Prediction = app.get(&path("format=json")).await.json();
    assert_eq!(whole, prediction);
    app.get(&path("format=csv&candidate=99")).await.expect_error(404, "not_found");
    app.get(&path("format=pdf")).await.expect_error(422, "invalid");
    app.get("/api/v1/receipts/0123456789abcdef0123456789abcdef/export").await.expect_error(404, "not_found");
    app.get("/api/v1/receipts/0123/export").await.expect_error(422, "invalid");
    let page = app.get("/predict?code=SL-NEW").await.text();
    assert!(page.contains("/export?format=xlsx&amp;candidate=1"), "{page}");
}

#[tokio::test]
async fn what_cp949_does_not_have_is_said_and_not_replaced() {
    let app = TestApp::on_sqlite().await.with_plant().await;
    let described =
        json!({"code": "=1+🙂", "name": "SLEEVE 77", "attributes": {"part_type": "SLEEVE", "material": "316"}});
    let answers: Vec<Prediction> = app.post("/api/v1/predictions", &[], &json!({"items": [described]})).await.json();
    let path = |rest: &str| format!("/api/v1/receipts/{}/export?{rest}", answers[0].receipt);
    let refused: Value = app.get(&path("format=csv_machine&encoding=cp949")).await.json();
    assert_eq!((&refused["code"], &refused["value"]), (&json!("invalid"), &json!("🙂")));
    assert!(app.get(&path("format=csv_machine")).await.text().contains("\r\n=1+🙂,"));
    assert!(app.get(&path("format=csv")).await.text().contains("\r\n'=1+🙂,"));
}
