//! A model whose file is damaged or missing, and servers that share a database but no disk.

use std::path::Path;

use server::services::acting::Caller;
use tests::cli::run;
use tests::{TestApp, on_every_database};

use super::*;

fn damage(path: &Path) -> Vec<u8> {
    let whole = std::fs::read(path).expect("the model has a file");
    let mut bytes = whole.clone();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x40;
    // Another length as well, so that it is another file however coarse the clock of the disk is.
    bytes.push(0);
    std::fs::write(path, bytes).expect("the temporary folder is writable");
    whole
}

const BANNERS: [(&str, &str); 2] = [("en", "The model before it answers"), ("ko", "이전 모델이 답하고 있습니다")];

#[tokio::test]
async fn the_model_before_goes_on_when_the_latest_cannot_be_read_and_every_page_says_so() {
    let app = TestApp::on_sqlite().await.with_plant().await;
    let first = answers(&app).await;
    let second = train_another(&app, "SL-NEW").await;
    assert_eq!(answers(&app).await, second.id.as_str());
    let path = app.services.registry.path(&second.id);
    for is_missing in [false, true] {
        let whole = damage(&path);
        if is_missing {
            std::fs::remove_file(&path).expect("it is there");
        }
        // In memory it is whole: it answers, and the check says what is wrong with the file.
        let (status, ready_now) = ready(&app).await;
        assert_eq!((status, &ready_now["state"], &ready_now["model"]), (200, &json!("degraded"), &json!("degraded")));
        assert_eq!(ready_now["model_id"], second.id.as_str());
        let fresh = app.restarted_in_place().await;
        assert_eq!(answers(&fresh).await, first);
        let (status, ready_now) = ready(&fresh).await;
        assert_eq!((status, &ready_now["state"], &ready_now["is_ready"]), (200, &json!("degraded"), &json!(true)));
        assert_eq!(ready_now["model_id"], first.as_str());
        assert!(!ready_now["model_problem"].as_str().expect("it says why").contains('/'), "{ready_now}");
        for (language, words) in BANNERS {
            for path in ["/", "/model", "/profile", "/predict?code=GL-01"] {
                let page = fresh.get_with(path, &[("accept-language", language)]).await;
                assert_eq!(page.text().matches(words).count(), 1, "{path} in {language}");
                assert!(page.text().contains("data-remarks=\"model-before\""), "{path}");
            }
        }
        assert!(!fresh.get("/sign-in").await.text().contains("data-remarks=\"x"));
        // The file comes back, and is taken without a restart.
        std::fs::write(&path, whole).expect("the temporary folder is writable");
        answers_soon(&fresh, &second.id).await;
        assert!(!fresh.get("/").await.text().contains("data-remarks"), "nothing is wrong any more");
        assert_eq!(ready(&fresh).await.1["state"], "ok");
    }
}

#[tokio::test]
async fn a_model_that_was_trained_before_is_chosen_and_a_damaged_one_is_not() {
    on_every_database(async |app: TestApp| {
        let app = app.with_plant().await;
        let first = answers(&app).await;
        let second = train_another(&app, "SL-NEW").await;
        let console = app.services.acting(Caller::Console, None);
        console.activate_model(&first[..8]).await.expect("its file is whole");
        assert_eq!(answers(&app).await, first);
        let models = console.models().await.expect("the console may");
        let shown: Vec<_> = models.iter().map(|one| (one.row.id.as_str(), one.is_active, one.has_file)).collect();
        assert_eq!(shown, [(first.as_str(), true, true), (second.id.as_str(), false, true)]);
        assert_eq!(app.number("SELECT COUNT(*) FROM audit WHERE action = 'activate_model'").await, 1);

        for digits in ["0", "ffffffffffff"] {
            console.activate_model(digits).await.expect_err("there is no such model");
        }
        if app.config.database_url.starts_with("sqlite") {
            damage(&app.services.registry.path(&second.id));
            let error = console.activate_model(second.id.as_str()).await.expect_err("it is damaged").to_string();
            assert!(error.contains("routing-ml model activate"), "{error}");
            assert_eq!(answers(&app).await, first, "everything is as it was");
        }
    })
    .await;
}

#[tokio::test]
async fn the_command_lists_and_chooses() {
    let folder = tempfile::tempdir().expect("the temporary folder is writable");
    let data = folder.path().join("data");
    let tables = folder.path().join("tables").to_string_lossy().into_owned();
    run(&data, &["demo", "--items", "40", "--seed", "1", "--out", &tables]).await.ok();
    run(&data, &["import", &tables]).await.ok();
    run(&data, &["train", "--seed", "1"]).await.ok();
    run(&data, &["train", "--seed", "2"]).await.ok();
    let list = async || -> Vec<Value> {
        serde_json::from_str(&run(&data, &["model", "list", "--json"]).await.ok()).expect("JSON")
    };
    let before = list().await;
    assert_eq!((before.len(), &before[0]["is_active"], &before[1]["is_active"]), (2, &json!(true), &json!(false)));
    let other = before[1]["id"].as_str().expect("an id").to_owned();
    run(&data, &["model", "activate", &other[..10]]).await.ok();
    assert_eq!(list().await[0]["id"], other);
    assert!(run(&data, &["model", "list"]).await.ok().contains("active"));
    assert!(run(&data, &["model", "activate", "ffffffffff"]).await.result.is_err());
}

#[tokio::test]
async fn servers_that_share_a_database_and_no_disk_share_models() {
    let Some(here) = TestApp::on_postgres_if_any().await else { return };
    let here = here.with_plant().await;
    let there = here.beside().await;
    assert_eq!(answers(&there).await, answers(&here).await, "the file comes through the database");
    let second = train_another(&here, "SL-NEW").await;
    answers_soon(&there, &second.id).await;
    assert!(there.services.registry.path(&second.id).is_file(), "it is kept for the next start");

    // Bytes that are on no disk of this server and not what was trained: what is in memory goes on.
    let third = train_another(&here, "A1").await;
    there.sql("UPDATE model_parts SET bytes = 'x'").await.expect("the table is there");
    assert_eq!(answers(&there).await, second.id.as_str());
    let (status, ready_now) = ready(&there).await;
    assert_eq!((status, &ready_now["state"]), (200, &json!("degraded")));
    assert_eq!(answers(&here).await, third.id.as_str());
    assert_eq!(here.number("SELECT COUNT(DISTINCT model) FROM model_parts").await, 2, "two are kept");
}

#[tokio::test]
async fn what_dead_trainings_have_left_is_deleted_and_what_is_known_stays() {
    let app = TestApp::on_sqlite().await.with_plant().await;
    let active = answers(&app).await;
    let folder = app.config.models_dir();
    let left = [format!("{active}.1.draft"), format!("{}.rtml", "0".repeat(64))];
    for name in &left {
        std::fs::write(folder.join(name), "left").expect("the temporary folder is writable");
    }
    assert_eq!(app.services.registry.clean(&app.services.db).await.expect("the folder is there"), 2);
    assert!(left.iter().all(|name| !folder.join(name).exists()));
    assert_eq!(answers(&app.restarted().await).await, active);
}
