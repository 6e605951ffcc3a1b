//! The page of the model, as the server sends it.

use contract::plant::{ActiveModel, HeldOut, MeasuredMethod};
use contract::wire::MethodKind;
use engine::evaluate::{EvaluateSettings, Evaluation, Split};
use engine::watch::unwatched;
use serde_json::json;
use server::background::Share;
use server::services::acting::Caller;
use server::services::training::{evaluate_plant, keep_evaluations};
use tests::{TestApp, on_every_database};

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
    let end = html[start..].find("</section>").unwrap_or(html.len() - start);
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
    let places = [
        "misses-title",
        "groups-title",
        "methods-title",
        "measured-title",
        "reliability-title",
        "coverage-title",
        "families-title",
    ]
    .map(|id| html.find(&format!("id=\"{id}\"")));
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}");
    assert_eq!(section(&html, "families-title").matches("<title>").count(), map.spots.len());
    let methods = section(&html, "methods-title");
    for code in card.trial_methods.iter().map(|method| &method.method) {
        assert!(!methods.contains(&format!("scope=\"row\">{code}<")), "{code} is shown as a code");
    }
}

/// Differences and intervals come from the evaluation; a later one of the same split takes the place of an earlier one.
async fn measured_shows_the_latest(app: TestApp) {
    let app = app.with_plant().await;
    let shown = page(&app).await;
    let shown = section(&shown, "measured-title");
    assert!(shown.contains("Not measured yet.") && !shown.contains('%'), "{shown}");

    let evaluate = async |seed| {
        let settings = EvaluateSettings::once(Split::Random, 0.3, seed);
        evaluate_plant(&app.services, None, settings, Share::Whole, |share| unwatched((), share))
            .await
            .expect("the plant is large enough")
    };
    let first = evaluate(1).await;
    // The plant's names are too few for families to be held out.
    let of_families = Evaluation { split: Split::Family, ..first.clone() };
    keep_evaluations(&app.services.acting(Caller::Console, None), &[of_families, first])
        .await
        .expect("the database works");
    let second = evaluate(2).await;
    keep_evaluations(&app.services.acting(Caller::Console, None), std::slice::from_ref(&second))
        .await
        .expect("the database works");

    let measured = model(&app).await.measured;
    assert_eq!(measured.iter().map(|one| one.held_out).collect::<Vec<_>>(), [HeldOut::Random, HeldOut::Family]);
    assert!(measured[0].measured_at > measured[1].measured_at);
    let logistic =
        |methods: &[MeasuredMethod]| methods.iter().find(|one| one.method == "logistic").map(|one| one.exact_at_1);
    let truth = second.scores.iter().find(|score| score.method == "logistic").map(|score| score.exact_at_1);
    assert_eq!(logistic(&measured[0].methods), truth);
    assert!(measured[0].methods.iter().all(|one| one.kind != MethodKind::Part && one.low <= one.exact_at_1));

    let html = page(&app).await;
    let shown = section(&html, "measured-title");
    for text in
        ["Held out at random", "whole name families", "Baseline: logistic regression", "Difference to “Baseline: "]
    {
        assert!(shown.contains(text), "{text}: {shown}");
    }
    assert!(!shown.contains("the newest items") && !shown.contains("Measured before this model"), "{shown}");

    app.train(2).await.expect("the plant has routings");
    assert_eq!(section(&page(&app).await, "measured-title").matches("Measured before this model").count(), 2);
}

#[tokio::test]
async fn measured_shows_the_latest_on_both_databases() {
    on_every_database(measured_shows_the_latest).await;
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
    app.train(1).await.expect("the plant has routings");
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
