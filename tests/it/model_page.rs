//! The page of the model, as the server sends it.

use app::api::plant::ActiveModel;
use engine::train::TrainSettings;
use serde_json::json;
use server::services::training::train_model;
use tests::TestApp;

async fn model(app: &TestApp) -> ActiveModel {
    let model: Option<ActiveModel> = app.post("/api/ui/get_active_model", &[], &json!({})).await.packed();
    model.expect("it was trained")
}

async fn page(app: &TestApp) -> String {
    app.get_with("/model", &[("accept-language", "en")]).await.text()
}

/// What stands in the section of this heading, before the scripts.
fn section<'a>(html: &'a str, id: &str) -> &'a str {
    let start = html.find(&format!("id=\"{id}\"")).unwrap_or_else(|| panic!("no {id} in {html}"));
    let end = html[start..].find("</section><section").unwrap_or(html.len() - start);
    &html[start..start + end]
}

#[tokio::test]
async fn failures_come_first_and_the_worst_group_leads() {
    let app = TestApp::on_sqlite().await.with_plant().await;
    let card = model(&app).await.card;
    let groups = card.trial_groups.expect("forty items with a routing were tried");
    let worst = groups.groups.first().expect("two kinds of parts");
    assert!(groups.groups.windows(2).all(|pair| pair[0].exact_at_1 <= pair[1].exact_at_1));
    assert_eq!(card.trial_methods[0].method, "model");
    let map = card.family_map.expect("two kinds of parts");
    assert_eq!(map.spots.iter().map(|spot| spot.n_items).sum::<usize>(), card.n_items);

    let html = page(&app).await;
    let shown = section(&html, "groups-title");
    let first_row = shown.find("scope=\"row\"").expect("a row of the worst group");
    let label = worst.label.join(" · ");
    assert!(shown[first_row..].starts_with(&format!("scope=\"row\">{label}<")), "{label}: {shown}");
    let places =
        ["misses-title", "groups-title", "methods-title", "reliability-title", "coverage-title", "families-title"]
            .map(|id| html.find(&format!("id=\"{id}\"")));
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}");
    assert_eq!(section(&html, "families-title").matches("<title>").count(), map.spots.len());
    let methods = section(&html, "methods-title");
    for code in card.trial_methods.iter().map(|method| &method.method) {
        assert!(!methods.contains(&format!("scope=\"row\">{code}<")), "{code} is shown as a code");
    }
}

#[tokio::test]
async fn a_model_without_trials_shows_no_number_of_any() {
    let app = TestApp::on_sqlite().await;
    let items =
        app.write("few/items.csv", "item_cd,item_nm,part_type\nA1,Ring 1,RING\nA2,Ring 2,RING\nB1,Plate 1,PLATE\n");
    let routings = app.write(
        "few/routings.csv",
        "item_cd,routing_no,seq,job_cd,resource_cd\nA1,1,10,TURN,M1\nA2,1,10,TURN,M1\nB1,1,10,MILL,M2\n",
    );
    let summary = app.import(&[items, routings]).await;
    assert!(summary.failed.is_empty(), "{:?}", summary.failed);
    train_model(&app.services, None, TrainSettings { seed: 1 }, |_, _| {}).await.expect("the plant has routings");
    let card = model(&app).await.card;
    assert!(card.trial_methods.is_empty() && card.trial_groups.is_none());

    let html = page(&app).await;
    for id in ["groups-title", "methods-title"] {
        let shown = section(&html, id);
        assert!(shown.contains("Too few items to measure.") && !shown.contains('%'), "{id}: {shown}");
    }
    let misses = section(&html, "misses-title");
    assert!(misses.contains("unknown") && !misses.contains('%'), "{misses}");
}
