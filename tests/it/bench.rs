//! The benchmark measures what it says it measures. How fast it was is nobody's business here.

use engine::bundle;
use serde_json::Value;
use tests::cli::run;

#[tokio::test]
async fn bench_reports_every_measure_beside_a_peer() {
    let folder = tempfile::tempdir().expect("the temporary folder is writable");
    let data = folder.path().join("data");
    let files = folder.path().join("files");
    let path = files.to_string_lossy().into_owned();
    let args = ["bench", "--items", "300", "--queries", "12", "--seed", "5", "--json", "--files", &path];
    let report: Value = serde_json::from_str(&run(&data, &args).await.ok()).expect("JSON");
    assert!(!data.exists(), "a benchmark leaves the data directory alone");
    assert_eq!(
        (&report["n_items"], &report["n_queries"], &report["n_bundle_items"]),
        (&300.into(), &12.into(), &300.into())
    );
    assert_eq!(report["is_offline_equal"], true);

    let measures = report["measures"].as_array().expect("a list");
    let names: Vec<&str> = measures.iter().filter_map(|measure| measure["name"].as_str()).collect();
    let wanted = [
        "snapshot_s",
        "snapshot_bytes",
        "training_s",
        "training_cpu_s",
        "training_peak_bytes",
        "model_bytes",
        "open_s",
        "predict_median_ms",
        "predict_p95_ms",
        "bundle_bytes",
        "bundle_brotli_bytes",
        "bundle_open_ms",
        "bundle_predict_median_ms",
        "bundle_predict_p95_ms",
    ];
    assert_eq!(names, wanted);
    for measure in measures {
        let is_unknown_here = ["training_cpu_s", "training_peak_bytes"].iter().any(|name| measure["name"] == *name)
            && !cfg!(target_os = "linux");
        let is_positive = |value: &Value| value.as_f64().is_some_and(|value| value.is_finite() && value > 0.0);
        assert!(is_positive(&measure["peer"]["value"]), "{measure}");
        assert!(is_unknown_here || is_positive(&measure["value"]) && is_positive(&measure["ratio"]), "{measure}");
        // The limits are those of 50,000 items and a bundle of 5,000.
        assert!(measure["limit"].is_null() && measure["is_within"].is_null(), "{measure}");
    }

    let read = |name: &str| std::fs::read(files.join(name)).expect("--files writes it");
    assert_eq!(serde_json::from_slice::<Value>(&read("report.json")).expect("JSON"), report);
    let model = bundle::from_bytes(&read("bundle.rtml")).expect("a sound bundle");
    let texts = |name: &str| serde_json::from_slice::<Vec<String>>(&read(name)).expect("a list of texts");
    let (requests, expected) = (texts("requests.json"), texts("expected.json"));
    assert_eq!((requests.len(), expected.len()), (12, 12));
    for (request, expected) in requests.iter().zip(&expected) {
        let request: Value = serde_json::from_str(request).expect("JSON");
        let answers: Value = serde_json::from_str(expected).expect("JSON");
        let code = request["items"][0]["code"].as_str().expect("a described item has a code");
        assert!(model.item(&code.into()).is_none(), "{code} was trained on");
        assert_eq!(answers[0]["item"], code);
        assert_eq!(answers[0]["model"], model.id().as_str());
    }
}

#[tokio::test]
async fn bench_refuses_to_ask_for_items_that_are_not_there() {
    let folder = tempfile::tempdir().expect("the temporary folder is writable");
    let ran = run(folder.path(), &["bench", "--items", "50", "--queries", "2000", "--json"]).await;
    assert_eq!(ran.out, "", "no number of fewer questions than were asked for");
    let error = ran.result.expect_err("such a plant has not so many items with a routing");
    assert!(error.contains("--queries"), "{error}");
}
