//! The trail tells of every audit event that happened, and of none that did not, wherever a process was killed.

use tests::cut::{cut, n_rounds, points};
use tests::{TestApp, on_every_database};

use super::*;

/// Rows of what was done, and lines of the trail that tell of it.
async fn rows_and_lines(app: &TestApp) -> [(i64, i64); 3] {
    let lines = async |action: &str| {
        app.number(&format!("SELECT COUNT(*) FROM audit WHERE outcome = 'done' AND action = '{action}'")).await
    };
    [
        (app.number("SELECT COUNT(*) FROM predictions").await, lines("predict").await),
        (app.number("SELECT COUNT(*) FROM feedback").await, lines("give_feedback").await),
        (app.number("SELECT COALESCE(MAX(activation), 0) FROM models").await, lines("train_model").await),
    ]
}

/// Waits until what was on its way when it was cut off is in the database, or undone. A process that is killed has nothing on
/// its way any more.
async fn arrived(app: &TestApp) {
    app.services.settle().await.expect("the database works");
    app.hold_writers().await.release().await;
}

#[tokio::test]
async fn a_deed_that_is_cut_off_and_its_line_are_both_there_or_neither() {
    on_every_database(async |app: TestApp| {
        let app = app.with_plant().await;
        let model = answers(&app).await;
        let mut n = 0;
        for point in points() {
            let (mut has_ended, mut n_ended) = (false, 0);
            for _ in 0..n_rounds() {
                n += 1;
                let key = format!("k{n}");
                let verdict = json!({"prediction": null, "item": "GL-00", "model": model, "signature": "s", "rank": 1,
                    "verdict": "up"});
                let asked = cut(point, predict(&app)).await;
                let judged = cut(point, app.post("/api/v1/feedback", &[("idempotency-key", &key)], &verdict)).await;
                n_ended += usize::from(asked.is_some()) + usize::from(judged.is_some());
                has_ended = n_ended == 2 * n_rounds();
                arrived(&app).await;
                let counts = rows_and_lines(&app).await;
                assert!(counts.iter().all(|(rows, lines)| rows == lines), "after {point} waits: {counts:?}");
            }
            if has_ended {
                return;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_training_that_is_cut_off_leaves_the_old_model_or_the_new_one_and_no_remains() {
    on_every_database(async |app: TestApp| {
        let app = app.with_plant().await;
        let first = answers(&app).await;
        let model = {
            let plant = server::db::plant::load(&app.services.db).await.expect("it is read");
            engine::train::train(&plant, &TrainSettings { seed: 9 }, &mut engine::watch::unwatched)
                .expect("the plant has routings")
                .learned()
        };
        let second = model.id().to_string();
        assert_ne!(first, second);
        let line = || server::db::audit::AuditRow { line: audit_line(&app), user_id: None };
        for point in points() {
            let mut has_ended = false;
            for _ in 0..n_rounds() {
                let stored = app.services.registry.store(&app.services.db, &model, app.services.clock.stamp(), line());
                has_ended = cut(point, stored).await.is_some();
                arrived(&app).await;
                let fresh = app.restarted_in_place().await;
                fresh.services.registry.clean(&fresh.services.db).await.expect("the folder is there");
                let answering = answers(&fresh).await;
                assert!([&first, &second].contains(&&answering), "after {point} waits");
                assert!(!has_ended || answering == second);
                let counts = rows_and_lines(&app).await;
                assert_eq!(counts[2].0, counts[2].1, "after {point} waits");
                let n_models = usize::try_from(app.number("SELECT COUNT(*) FROM models").await).expect("a count");
                let files = std::fs::read_dir(app.config.models_dir()).expect("it is there").flatten();
                let left: Vec<_> = files.map(|file| file.file_name()).filter(|name| name != "lock").collect();
                assert_eq!(left.len(), n_models, "after {point} waits: {left:?}");
            }
            if has_ended {
                break;
            }
        }
    })
    .await;
}

fn audit_line(app: &TestApp) -> contract::audit::AuditLine {
    contract::audit::AuditLine {
        id: app.services.clock.new_id(),
        at: app.services.clock.stamp(),
        who: contract::audit::CONSOLE.into(),
        token: None,
        address: String::new(),
        action: "train_model".into(),
        object: "m".into(),
        before: None,
        after: None,
        outcome: contract::audit::Outcome::Done,
        reason: None,
    }
}
