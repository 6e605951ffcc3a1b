//! One engine in two targets: what the native build answers over a bundle, written down for the browser to compare.
//!
//! `end2end/specs/parity.spec.ts` asks the wasm build for the same and accepts no difference.

use std::fs;
use std::path::{Path, PathBuf};

use app::offline::kept_backend::KeptBackend;
use contract::predict::{PredictApi, PredictRequest};
use contract::wire::{OwnHistory, WireForm};
use engine::Model;
use engine::bundle;
use engine::demo::{DemoSettings, generate};
use engine::domain::{Item, Plant};
use engine::import::{Profile, Record, TableReader};
use engine::predict::{Candidate, Origin, PredictOptions, Prediction};
use engine::train::{TrainSettings, train};
use engine::watch::unwatched;

/// Items of the demo plant, and of the bundle that is cut from it.
const N_ITEMS: usize = 600;
const N_KEPT: usize = 400;
/// Codes of standard routings in the plant.
const N_STANDARD: usize = 30;

#[tokio::test]
async fn parity_files() {
    let model = train(&plant(), &TrainSettings { seed: 1 }, &mut unwatched).expect("the demo plant has routings");
    let bytes = bundle::to_bytes(&model.subset(&[], N_KEPT));
    let kept = bundle::from_bytes(&bytes).expect("the bytes were made a line above");
    let requests = requests(&kept);
    let expected: Vec<Vec<Prediction>> = requests.iter().map(|request| answers(&kept, request)).collect();

    for (request, expected) in requests.iter().zip(&expected) {
        let offline = KeptBackend::over(&kept).predict(request.clone()).await;
        let offline = offline.expect("the request is within its limits");
        let offline: Vec<Prediction> = offline.into_iter().map(|answer| answer.prediction.into_domain()).collect();
        assert_eq!(&offline, expected, "the offline rules change an answer");
    }
    let all: Vec<&Prediction> = expected.iter().flatten().collect();
    let n_answered = all.iter().filter(|answer| !answer.abstained).count();
    assert_eq!(all.len(), 90);
    let n_standard =
        all.iter().flat_map(|answer| &answer.candidates).filter(|candidate| is_standard(candidate)).count();
    assert_eq!(n_standard, 10, "each item that has the features of a standard code is shown its routing");
    // The plant buys a third of its items: for them there is rightly no proposal.
    assert!(n_answered >= 35, "only {n_answered} of 90 items got a proposal: the comparison would mean little");
    let n_asked = all.iter().filter(|answer| answer.question.is_some()).count();
    assert!(n_asked >= 10, "only {n_asked} of 90 answers ask something: the comparison would mean little");

    let folder = folder();
    fs::create_dir_all(&folder).expect("target/ is writable");
    let json = |value| serde_json::to_vec(&value).expect("engine types are plain data");
    fs::write(folder.join("bundle.rtml"), &bytes).expect("target/ is writable");
    fs::write(folder.join("requests.json"), json(serde_json::json!(requests))).expect("target/ is writable");
    fs::write(folder.join("expected.json"), json(serde_json::json!(expected))).expect("target/ is writable");
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/parity")
}

/// The demo plant as an import reads it.
fn plant() -> Plant {
    let (mut items, mut operations, mut results) = (Vec::new(), Vec::new(), Vec::new());
    for table in generate(&DemoSettings { items: N_ITEMS, seed: 1, standard_codes: N_STANDARD }).tables {
        let rows = TableReader::open(table.file_name, table.csv.as_bytes(), &Profile::common());
        // The plant has planted dirt; rows in error are left out as an import leaves them out.
        for record in rows.expect("the demo tables are in the common form").flatten() {
            match record {
                Record::Item(item) => items.push(item),
                Record::Operation(row) => operations.push(row),
                Record::WorkResult(report) => results.push(report.result),
            }
        }
    }
    Plant::assemble(items, operations, results)
}

/// Fifty known items in the three ways of using own history, ten described ones, twenty of which little is said, and ten
/// with the features of standard codes.
fn requests(kept: &Model) -> Vec<PredictRequest> {
    let codes = kept.items().map(|item| item.code.clone());
    let codes: Vec<_> = codes.step_by(N_KEPT / 50).take(50).collect();
    let known = [OwnHistory::First, OwnHistory::Ignore, OwnHistory::Beside];
    let known = known.into_iter().zip(codes.chunks(17)).map(|(own_history, codes)| PredictRequest {
        codes: codes.to_vec(),
        own_history,
        ..PredictRequest::default()
    });
    let described = kept.items().skip(3).step_by(37).take(10).enumerate().map(|(at, item)| describe(at, &item));
    let described = PredictRequest {
        items: WireForm::of(described.collect::<Vec<_>>()),
        n_neighbours: 25,
        ..PredictRequest::default()
    };
    let thin = kept.items().skip(5).step_by(19).take(20).enumerate().map(|(at, item)| {
        let attributes = item.attributes.clone().into_iter().filter(|(name, _)| name == "item_type");
        Item { name: item.name.clone(), attributes: attributes.collect(), ..Item::new(format!("THIN-{at}")) }
    });
    let thin = PredictRequest { items: WireForm::of(thin.collect::<Vec<_>>()), ..PredictRequest::default() };
    // New items with the features of standard codes, entered by hand.
    let by_features = kept.items().filter(|item| item.code.as_str().starts_with("RTG-")).take(10);
    let by_features = by_features.enumerate().map(|(at, item)| {
        let attributes = item.attributes.clone().into_iter().filter(|(name, _)| name.starts_with("std_"));
        Item { attributes: attributes.collect(), ..Item::new(format!("GLAND-{at}")) }
    });
    let by_features =
        PredictRequest { items: WireForm::of(by_features.collect::<Vec<_>>()), ..PredictRequest::default() };
    known.chain([described, thin, by_features]).collect()
}

fn is_standard(candidate: &Candidate) -> bool {
    matches!(candidate.origin, Origin::Standard { .. })
}

/// A new item like `item`: another code, and only a part of what is known of it.
fn describe(at: usize, item: &Item) -> Item {
    let attributes = item.attributes.iter().enumerate().filter(|(idx, _)| idx % 3 != at % 3);
    Item {
        attributes: attributes.map(|(_, (name, value))| (name.clone(), value.clone())).collect(),
        name: item.name.clone().filter(|_| !at.is_multiple_of(4)),
        ..Item::new(format!("NEW-{at}"))
    }
}

fn answers(kept: &Model, request: &PredictRequest) -> Vec<Prediction> {
    let n_neighbours = if request.n_neighbours == 0 { 10 } else { request.n_neighbours };
    let options =
        PredictOptions { own_history: request.own_history.into_domain(), n_neighbours, ..PredictOptions::default() };
    let known = request.codes.iter().map(|code| kept.item(code).expect("the code was taken from the bundle").clone());
    known.chain(request.items.clone().into_domain()).map(|item| kept.predict(&item, &options)).collect()
}
