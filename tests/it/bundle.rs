//! The offline copy.

use engine::bundle::{self, BundleError};
use engine::domain::ItemCode;
use engine::predict::{OwnHistory, PredictOptions, Prediction};
use engine::snapshot::SnapshotError;
use serde_json::json;
use tests::{TestApp, on_every_database};

#[tokio::test]
async fn it_is_sent_once_and_answers_like_the_server() {
    on_every_database(async |app: TestApp| {
        let app = app.with_plant().await;
        let plain = app.get("/api/v1/bundle").await;
        assert_eq!((plain.status, plain.header("content-type")), (200, "application/octet-stream"));
        assert_eq!(plain.header("content-length"), plain.body.len().to_string());
        assert_eq!(plain.header("x-bundle-size"), plain.body.len().to_string());
        let model = bundle::from_bytes(&plain.body).expect("the server sends a sound bundle");
        assert_eq!(plain.header("etag"), format!("W/\"{}\"", model.id().as_str()));

        // The plant fits into one bundle, so that both sides know the same.
        let code = ItemCode::from("SL-NEW");
        let item = model.item(&code).expect("a small plant is kept whole");
        let options = PredictOptions { own_history: OwnHistory::Ignore, ..PredictOptions::default() };
        let offline = model.predict(&item, &options);
        let request = json!({"codes": ["SL-NEW"], "own_history": "ignore"});
        let mut online: Vec<Prediction> = app.post("/api/v1/predictions", &[], &request).await.json();
        // The bundle is a model and a snapshot of its own, so their ids and the receipt that follows from them differ.
        online[0].model = offline.model.clone();
        online[0].snapshot = offline.snapshot.clone();
        assert_ne!(online[0].receipt, offline.receipt);
        online[0].receipt = offline.receipt.clone();
        assert_eq!(online, [offline]);

        let tag = plain.header("etag").to_owned();
        let unchanged = app.get_with("/api/v1/bundle", &[("if-none-match", &tag)]).await;
        assert_eq!((unchanged.status, unchanged.body.len()), (304, 0));
        assert_eq!(unchanged.header("etag"), tag);
    })
    .await;
}

#[tokio::test]
async fn it_comes_compressed_to_who_wants_it() {
    let app = TestApp::on_sqlite().await.with_plant().await;
    let plain = app.get("/api/v1/bundle").await;
    let packed = app.get_with("/api/v1/bundle", &[("accept-encoding", "gzip, br")]).await;
    assert_eq!(packed.header("content-encoding"), "br");
    assert_eq!(packed.header("content-length"), packed.body.len().to_string());
    assert_eq!(packed.header("x-bundle-size"), plain.body.len().to_string());
    let mut decoded = Vec::new();
    brotli::BrotliDecompress(&mut packed.body.as_slice(), &mut decoded).expect("the server sends sound brotli");
    assert_eq!(decoded, plain.body);
}

#[tokio::test]
async fn a_flipped_byte_is_refused() {
    let app = TestApp::on_sqlite().await.with_plant().await;
    let mut bytes = app.get("/api/v1/bundle").await.body;
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    assert!(matches!(bundle::from_bytes(&bytes), Err(BundleError::Snapshot(SnapshotError::Checksum { .. }))));
}

#[tokio::test]
async fn it_needs_a_model_and_a_sensible_size() {
    let app = TestApp::on_sqlite().await;
    app.get("/api/v1/bundle").await.expect_error(503, "no_model");
    app.get("/api/v1/bundle?limit=5001").await.expect_error(422, "too_many");
    let app = app.with_plant().await;
    let small = app.get("/api/v1/bundle?limit=10").await;
    let model = bundle::from_bytes(&small.body).expect("the server sends a sound bundle");
    assert_eq!(model.card().n_items, 10);
    assert!(model.card().parent.is_some());
}
