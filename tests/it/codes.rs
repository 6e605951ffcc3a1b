//! Codes as people type them: never guessed, never silently a new item.

use contract::error::ApiError;
use engine::predict::Prediction;
use serde_json::{Value, json};
use tests::{TestApp, on_every_database};

/// The codes of a refusal, each with what may be meant instead.
fn unknown(error: &Value) -> Vec<(String, bool, Vec<String>)> {
    let one = |unknown: &Value| {
        let text = |value: &Value| value.as_str().expect("a code is text").to_owned();
        let meant = unknown["did_you_mean"].as_array().expect("a list").iter().map(|near| text(&near["code"]));
        (text(&unknown["code"]), unknown["is_ambiguous"] == true, meant.collect())
    };
    error["unknown"].as_array().expect("a list").iter().map(one).collect()
}

#[tokio::test]
async fn a_code_is_found_whatever_its_case_width_and_joints() {
    on_every_database(async |app: TestApp| {
        let app = app.with_plant().await;
        for typed in ["slnew", "sl new", "SL_NEW", "%EF%BC%B3%EF%BC%AC-new"] {
            let item: Value = app.get(&format!("/api/v1/items/{}", typed.replace(' ', "%20"))).await.json();
            assert_eq!(item["item"]["code"], "SL-NEW", "{typed}");
        }
        let request = json!({"codes": ["slnew", "ＧＬ０３", "gl-03"], "own_history": "ignore"});
        let answers: Vec<Prediction> = app.post("/api/v1/predictions", &[], &request).await.json();
        let items: Vec<&str> = answers.iter().map(|answer| answer.item.as_str()).collect();
        assert_eq!(items, ["SL-NEW", "GL-03", "GL-03"], "under its own spelling");
        assert_eq!(answers[1], answers[2]);
        let reasons: Value = app.post("/api/v1/explanations", &[], &json!({"code": "sl new"})).await.json();
        assert_eq!(reasons["item"], "SL-NEW");
        assert!(app.get("/predict?code=slnew").await.text().contains("href=\"/items/SL-NEW\""));
    })
    .await;
}

#[tokio::test]
async fn an_unknown_code_is_answered_with_its_nearest_and_predicted_only_when_that_is_said() {
    on_every_database(async |app: TestApp| {
        let app = app.with_plant().await;
        let request = json!({"codes": ["SL-NWE", "GL-03", "NOTHING-LIKE-IT"]});
        let refused = app.post("/api/v1/predictions", &[], &request).await;
        assert_eq!(refused.status, 404);
        let expected = [("SL-NWE".into(), false, vec!["SL-NEW".into()]), ("NOTHING-LIKE-IT".into(), false, Vec::new())];
        assert_eq!(unknown(&refused.json()), expected, "both are named, and nothing is predicted");
        assert_eq!(app.number("SELECT COUNT(*) FROM predictions").await, 0);
        let allowed = json!({"codes": ["SL-NWE", "GL-03"], "allow_unknown": true});
        let answers: Vec<Prediction> = app.post("/api/v1/predictions", &[], &allowed).await.json();
        assert_eq!(answers.len(), 2);
        for reply in [
            app.get("/api/v1/items/SL-NWE").await,
            app.post("/api/v1/explanations", &[], &json!({"code": "SL-NWE"})).await,
        ] {
            assert_eq!((reply.status, reply.json::<Value>()["code"].as_str()), (404, Some("unknown_codes")));
        }
    })
    .await;
}

#[tokio::test]
async fn which_of_several_alike_codes_is_meant_is_asked() {
    on_every_database(async |app: TestApp| {
        let app = app.with_plant().await;
        let twins = app.write("twins.csv", "item_cd,item_nm\nTW-7,one\ntw7,other\n");
        app.import(&[twins]).await;
        let refused = app.get("/api/v1/items/T-W-7").await;
        assert_eq!(unknown(&refused.json()), [("T-W-7".into(), true, vec!["TW-7".into(), "tw7".into()])]);
        let exact: Value = app.get("/api/v1/items/tw7").await.json();
        assert_eq!(exact["item"]["name"], "other");
    })
    .await;
}

#[tokio::test]
async fn what_is_said_of_a_known_item_goes_before_what_is_known() {
    on_every_database(async |app: TestApp| {
        let app = app.with_plant().await;
        let ask = async |request: Value| app.post("/api/ui/ask_prediction", &[], &json!({"request": request})).await;
        let said = json!({"code": "slnew", "attributes": {"material": "304"}});
        let answers: Vec<contract::predict::PredictAnswer> =
            ask(json!({"items": [said], "complete_known": true})).await.packed();
        let item = &answers[0].item;
        assert!(answers[0].is_known);
        assert_eq!((item.code.as_str(), item.name.as_deref()), ("SL-NEW", Some("SLEEVE 77")));
        assert_eq!(item.attributes.get("material").map(String::as_str), Some("304"));
        let mistyped = json!({"code": "SL-NWE", "name": "SLEEVE 77", "attributes": {}});
        let refused = ask(json!({"items": [mistyped], "complete_known": true})).await;
        refused.expect_packed_error(404, "unknown_codes");
        let new = ask(json!({"items": [mistyped], "complete_known": true, "allow_unknown": true})).await;
        let answers: Vec<contract::predict::PredictAnswer> = new.packed();
        assert!(!answers[0].is_known);
    })
    .await;
}

#[tokio::test]
async fn pages_ask_what_is_meant_without_scripts() {
    let app = TestApp::on_sqlite().await.with_plant().await;
    let page = app.get("/predict?code=SL-NWE&code=GL-03").await;
    assert_eq!(page.status, 404);
    let text = page.text();
    assert!(text.contains("href=\"/predict?code=SL-NEW&amp;code=GL-03\""), "the right code in its place: {text}");
    assert!(text.contains("href=\"/predict?code=GL-03\""), "the known one goes on");
    assert!(text.contains("item_cd=SL-NWE&amp;edit=1"), "or it is described");
    let item = app.get("/items/SL-NWE").await;
    assert!(item.status == 404 && item.text().contains("href=\"/items/SL-NEW\""));

    // A table is looked at first, then its unknown codes are named.
    let pasted = "codes=item_cd%09material%09colour%0D%0ASL-NWE%09316%09red%0D%0Agl03%09304%09red";
    let preview = app.get(&format!("/predict?{pasted}")).await;
    let text = preview.text();
    assert!(preview.status == 200 && text.contains("SL-NWE") && text.contains("&amp;go=1"), "{text}");
    assert_eq!(app.number("SELECT COUNT(*) FROM predictions").await, 0);
    let asked = app.get(&format!("/predict?{pasted}&go=1")).await;
    assert!(asked.status == 404 && asked.text().contains("&amp;new=1"), "{}", asked.text());
    let mended = app.get(&format!("/predict?{}&go=1", pasted.replace("NWE", "NEW"))).await;
    assert_eq!(mended.status, 200, "{}", mended.text());
}

#[tokio::test]
async fn more_than_fifty_codes_are_the_next_page() {
    let app = TestApp::on_sqlite().await.with_plant().await;
    let codes: Vec<String> =
        (0..20).flat_map(|at| [format!("SL-{at:02}"), format!("GL-{at:02}"), format!("sl{at:02}")]).collect();
    let codes = format!("codes={}", codes.join("%0A"));
    let first = app.get(&format!("/predict?{codes}")).await;
    assert!(first.status == 200 && first.text().contains("&amp;p=1"), "{}", first.text());
    let second = app.get(&format!("/predict?{codes}&p=1")).await;
    assert!(second.status == 200 && second.text().contains("rel=\"prev\"") && !second.text().contains("rel=\"next\""));
}

#[tokio::test]
async fn the_refusal_reads_the_same_in_both_forms() {
    let app = TestApp::on_sqlite().await.with_plant().await;
    let plain: ApiError = app.post("/api/v1/predictions", &[], &json!({"codes": ["SL-NWE"]})).await.json();
    let packed = app.post("/api/ui/ask_prediction", &[], &json!({"request": {"codes": ["SL-NWE"]}})).await;
    let packed: ApiError = postcard::from_bytes(&packed.body).expect("an error of the contract");
    assert_eq!(plain, packed);
}
