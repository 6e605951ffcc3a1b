//! One contract, two implementations: the server and the kept model are asked the same over the same plant, and answer the
//! same.

use app::offline::kept_backend::KeptBackend;
use contract::error::ApiError;
use contract::explain::{ExplainApi, ExplainRequest};
use contract::items::{ItemDetail, ItemPage, ItemsApi, SearchItems};
use contract::predict::{PredictAnswer, PredictApi, PredictRequest};
use contract::wire::{Explanation, OwnHistory, Schema, WireForm};
use engine::bundle;
use engine::domain::{Item, ItemCode, ModelId, Receipt, SnapshotId};
use server::services::acting::Caller;
use tests::{TestApp, on_every_database};

/// Everything that was answered.
#[derive(Debug, PartialEq)]
struct Answers {
    pages: Vec<Result<ItemPage, ApiError>>,
    items: Vec<Result<ItemDetail, ApiError>>,
    predictions: Vec<Result<Vec<PredictAnswer>, ApiError>>,
    explanations: Vec<Result<Explanation, ApiError>>,
    schema: Result<Schema, ApiError>,
}

impl Answers {
    async fn of(apis: &(impl ItemsApi + PredictApi + ExplainApi + Sync)) -> Self {
        let mut answers = Self {
            pages: Vec::new(),
            items: Vec::new(),
            predictions: Vec::new(),
            explanations: Vec::new(),
            schema: apis.schema().await,
        };
        for query in searches() {
            answers.pages.push(apis.search_items(query).await);
        }
        for code in codes() {
            answers.items.push(apis.item(code).await);
        }
        for request in predictions() {
            answers.predictions.push(apis.predict(request).await.map(without_origin));
        }
        for request in explanations() {
            let answer = apis.explain(request).await;
            answers.explanations.push(answer.map(|answer| Explanation { model: ModelId::default(), ..answer }));
        }
        answers
    }
}

/// The bundle is a model and a snapshot of its own, so their ids and the receipt that follows from them differ, and the server
/// keeps its answers.
fn without_origin(mut answers: Vec<PredictAnswer>) -> Vec<PredictAnswer> {
    for answer in &mut answers {
        answer.id = None;
        answer.prediction.model = ModelId::default();
        answer.prediction.snapshot = SnapshotId::default();
        answer.prediction.receipt = Receipt::default();
    }
    answers
}

fn long() -> String {
    "x".repeat(201)
}

fn searches() -> Vec<SearchItems> {
    let search = |q: &str, offset, limit| SearchItems { q: q.to_owned(), offset, limit };
    vec![
        search("", 0, 0),
        search("", 40, 100),
        search("", 0, 101),
        search("", 1_000_000_001, 0),
        search(&long(), 0, 0),
        search("sleeve 316", 0, 3),
        search("GL", 18, 5),
        search("nothing like this", 0, 0),
    ]
}

fn codes() -> Vec<ItemCode> {
    ["SL-00", "GL-00", "A/1#2_%-가", "SL-NEW", "NOBODY", "", "sl00", "ＧＬ＿０３", "SL-0O", "SL-NWE"]
        .map(ItemCode::from)
        .to_vec()
}

fn predictions() -> Vec<PredictRequest> {
    let by_codes = |codes: &[&str]| PredictRequest {
        codes: codes.iter().map(|code| ItemCode::from(*code)).collect(),
        ..PredictRequest::default()
    };
    let described = Item::new(" X-1 ").named("GLAND 90").with("part_type", "GLAND").with("material", " 316 ");
    let known = Item::new(" SL-05 ").named("SLEEVE 65");
    let told = Item::new("slnew").with("material", "304");
    let mistyped = Item::new("SL-NWE").named("SLEEVE 77");
    vec![
        by_codes(&[]),
        by_codes(&[" "]),
        by_codes(&[&long()]),
        by_codes(&["SL-00"; 51]),
        PredictRequest { n_neighbours: 51, ..by_codes(&["SL-00"]) },
        PredictRequest { n_neighbours: 3, allow_unknown: true, ..by_codes(&["SL-NEW", "GL-03", "NOBODY"]) },
        by_codes(&["sl new", "ＧＬ０３"]),
        by_codes(&["SL-NEW", "SL-NWE", "NOBODY", "SL-0O"]),
        PredictRequest {
            items: WireForm::of(vec![told.clone(), mistyped.clone()]),
            complete_known: true,
            ..by_codes(&[])
        },
        PredictRequest {
            items: WireForm::of(vec![told, mistyped]),
            complete_known: true,
            allow_unknown: true,
            ..by_codes(&[])
        },
        PredictRequest { own_history: OwnHistory::Beside, ..by_codes(&["GL-00"]) },
        PredictRequest { items: WireForm::of(vec![described, known, Item::default()]), ..by_codes(&["SL-01"]) },
        PredictRequest { items: vec![WireForm::of(Item::new(long()))], ..PredictRequest::default() },
    ]
}

fn explanations() -> Vec<ExplainRequest> {
    let by_code = |code: &str| ExplainRequest { code: Some(ItemCode::from(code)), item: None };
    vec![
        ExplainRequest::default(),
        by_code(" "),
        by_code(&long()),
        by_code("SL-NEW"),
        by_code("NOBODY"),
        by_code("slnew"),
        by_code("SL-NWE"),
        ExplainRequest {
            code: None,
            item: Some(WireForm::of(Item::default().named("GLAND 90").with("material", " 316 "))),
        },
        ExplainRequest { code: None, item: Some(WireForm::of(Item::new(long()))) },
    ]
}

#[tokio::test]
async fn the_server_and_the_kept_model_answer_alike() {
    on_every_database(async |app: TestApp| {
        let app = app.with_plant().await;
        let bytes = app.get("/api/v1/bundle").await.body;
        let model = bundle::from_bytes(&bytes).expect("the server sends a sound bundle");
        let online = Answers::of(&app.services.acting(Caller::Console, None)).await;
        let kept = Answers::of(&KeptBackend::over(&model)).await;

        // The plant fits into one bundle, so that both sides know the same.
        assert_eq!(online.schema, kept.schema);
        for (query, (online, kept)) in searches().iter().zip(online.pages.iter().zip(&kept.pages)) {
            assert_eq!(online, kept, "{query:?}");
        }
        for (code, (online, kept)) in codes().iter().zip(online.items.iter().zip(&kept.items)) {
            assert_eq!(online, kept, "{code}");
        }
        for (request, (online, kept)) in predictions().iter().zip(online.predictions.iter().zip(&kept.predictions)) {
            assert_eq!(online, kept, "{request:?}");
        }
        for (request, (online, kept)) in explanations().iter().zip(online.explanations.iter().zip(&kept.explanations)) {
            assert_eq!(online, kept, "{request:?}");
        }
        assert_eq!(online, kept);

        let n_refused = online.predictions.iter().filter(|answer| answer.is_err()).count();
        assert_eq!(n_refused, 8, "{:?}", online.predictions);
        let all = online.predictions.iter().flatten().flatten();
        assert!(all.filter(|answer| !answer.prediction.abstained).count() >= 4, "the comparison would mean little");
    })
    .await;
}
