//! A receipt makes its answer again, on every database.

use engine::domain::Receipt;
use engine::predict::Prediction;
use serde_json::json;
use server::background::Share;
use server::services::receipts::ReplayError;
use tests::{TestApp, on_every_database};

async fn predict(app: &TestApp, code: &str) -> Prediction {
    let answers: Vec<Prediction> =
        app.post("/api/v1/predictions", &[], &json!({"codes": [code], "allow_unknown": true})).await.json();
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

#[tokio::test]
async fn what_came_after_the_training_takes_part_and_a_receipt_names_the_data_too() {
    on_every_database(async |app: TestApp| {
        let app = app.with_plant().await;
        let before = predict(&app, "VAL-0").await;
        assert!(!before.is_of_later_data);

        let mut items = String::from("item_cd,item_nm,part_type,material,outer_diameter_mm\n");
        let mut routings =
            String::from("item_cd,routing_id,proc_seq,job_cd,job_nm,res_cd,setup_time_min,run_time_min\n");
        for at in 0..5 {
            items += &format!("VAL-{at},밸브 몸체 {at},VALVE,황동,{}\n", 300 + at);
            routings +=
                &format!("VAL-{at},R1,10,C10,casting,FURNACE-1,60,12\nVAL-{at},R1,20,Q10,inspection,QC-1,20,4\n");
        }
        // The answer comes at once from what is there, and from the new data as soon as they are ready.
        app.import_only(&[app.write("new/items.csv", items), app.write("new/routings.csv", routings)]).await;
        assert_eq!(predict(&app, "VAL-9").await.snapshot, before.snapshot);
        app.services.make_snapshot(Share::Whole).await.expect("the database works");

        let after = predict(&app, "VAL-0").await;
        assert_eq!((&after.model, after.is_of_later_data), (&before.model, true));
        assert_ne!((&after.snapshot, &after.receipt), (&before.snapshot, &before.receipt));
        let near: Vec<&str> = after.neighbours.iter().take(4).map(|near| near.item.as_str()).collect();
        assert!(near.iter().all(|code| code.starts_with("VAL-") && *code != "VAL-0"), "{near:?}");
        let detail: serde_json::Value = app.get("/api/v1/items/VAL-1").await.json();
        assert!(detail["neighbours"][0]["item"].as_str().is_some_and(|code| code.starts_with("VAL-")), "{detail}");
        let page = app.get("/predict?code=VAL-0").await.text();
        assert!(page.contains("데이터가 모델보다 최신입니다"), "the page says so");

        // Another process puts model and data together by itself, and finds the answers of both.
        let later = app.restarted_in_place().await;
        later.services.active_over_latest(Share::Whole).await.expect("a model answers");
        assert_eq!(predict(&later, "VAL-0").await.receipt, after.receipt);
        for answer in [&before, &after] {
            let again = later.services.replay(&answer.receipt).await.expect("both are kept");
            assert!(again.is_same, "{answer:?}");
        }

        // A snapshot that a receipt names is kept beyond the latest two.
        for n in 0..3 {
            let more = app.write("more.csv", format!("item_cd,item_nm\nMORE-{n},piece\n"));
            app.import(&[more]).await;
        }
        assert!(app.services.replay(&after.receipt).await.expect("it is kept").is_same);
        let sql = format!("DELETE FROM snapshots WHERE id = '{}'", after.snapshot);
        app.sql(&sql).await.expect("it may");
        let gone = app.services.replay(&after.receipt).await.expect_err("its data are gone");
        assert!(matches!(&gone, ReplayError::SnapshotGone(id) if *id == after.snapshot), "{gone}");

        let model = app.train(1).await.expect("there are routings");
        let anew = predict(&app, "VAL-0").await;
        assert_eq!((&anew.model, anew.is_of_later_data), (&model.id, false));
    })
    .await;
}
