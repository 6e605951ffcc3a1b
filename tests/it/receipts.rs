//! A receipt makes its answer again, on every database.

use engine::domain::Receipt;
use engine::predict::Prediction;
use serde_json::json;
use server::services::receipts::ReplayError;
use tests::{TestApp, on_every_database};

async fn predict(app: &TestApp, code: &str) -> Prediction {
    let answers: Vec<Prediction> = app.post("/api/v1/predictions", &[], &json!({"codes": [code]})).await.json();
    answers.into_iter().next().expect("one answer for one code")
}

#[tokio::test]
async fn an_answer_is_made_again_byte_by_byte() {
    on_every_database(async |app: TestApp| {
        let app = app.with_plant().await;
        let (first, other) = (predict(&app, "GL-03").await, predict(&app, "GL-04").await);
        assert_ne!(first.receipt, other.receipt);
        assert_eq!(predict(&app, "GL-03").await.receipt, first.receipt, "the same question has the same receipt");

        let app = app.restarted().await;
        let again = app.services.replay(&first.receipt).await.expect("its model is kept");
        assert!(again.is_same);
        assert_eq!(again.prediction, first);
        let by_digits = app.services.replay(&Receipt::new(&first.receipt.as_str()[..10])).await.expect("clear enough");
        assert_eq!(by_digits.prediction.item, first.item);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_made_again_says_why() {
    let app = TestApp::on_sqlite().await.with_plant().await;
    let replay = async |digits: &str| app.services.replay(&Receipt::new(digits)).await.expect_err("there is none");
    assert!(matches!(replay("zzzzzzzz").await, ReplayError::NotAReceipt(_)));
    assert!(matches!(replay("abc").await, ReplayError::NotAReceipt(_)));
    assert!(matches!(replay("0123456789").await, ReplayError::Unknown(_)));

    let answer = predict(&app, "GL-03").await;
    std::fs::remove_file(app.services.registry.path(&answer.model)).expect("the model's file is there");
    let error = app.services.replay(&answer.receipt).await.expect_err("its model is gone");
    assert!(matches!(&error, ReplayError::ModelGone(id) if *id == answer.model), "{error}");
}

#[tokio::test]
async fn a_receipt_has_a_picture() {
    let app = TestApp::on_sqlite().await;
    let reply = app.get("/api/v1/receipts/0123456789abcdef0123456789abcdef/qr.svg").await;
    assert_eq!((reply.status, reply.header("content-type")), (200, "image/svg+xml"));
    assert!(reply.text().contains("<svg"));
    app.get("/api/v1/receipts/0123/qr.svg").await.expect_error(422, "invalid");
}
