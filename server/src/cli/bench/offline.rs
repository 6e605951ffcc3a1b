//! The bundle: its size, opening it, and answers over it as a page asks for them, from JSON to JSON.

use std::path::Path;

use anyhow::{Context, Result};
use app::offline::kept_backend::KeptBackend;
use contract::predict::{PredictApi, PredictRequest};
use contract::wire::{OwnHistory, Prediction, WireForm};
use engine::Model;
use engine::bundle;
use engine::domain::{Item, Routing};
use futures::FutureExt;

use super::clocked::{Spread, clocked};
use super::report::{Measure, Peer};
use crate::services::bundle::{DEFAULT_BUNDLE_ITEMS, compress};

const LIMIT_BUNDLE_BYTES: f64 = 8e6;

pub struct Offline {
    pub n_items: usize,
    pub is_equal: bool,
    pub measures: Vec<Measure>,
}

/// Cuts a bundle as the server does, opens it again and asks it for each of `queries`. The files that a browser needs go
/// to `files`: `bundle.rtml`, `requests.json` and `expected.json` (a list of JSON texts each).
pub fn measure(model: &Model, queries: &[Item], files: Option<&Path>) -> Result<Offline> {
    let cut = model.subset(&[], DEFAULT_BUNDLE_ITEMS);
    let bytes = bundle::to_bytes(&cut);
    let packed = compress(&bytes).map(|packed| packed.len() as f64);
    let json = as_json(&cut)?;
    let packed_json = compress(&json).context("brotli did not take the JSON")?.len() as f64;

    let (open_s, opened) = clocked(|| bundle::from_bytes(&bytes));
    let opened = opened?;
    let (parse_s, parsed) = clocked(|| serde_json::from_slice::<Vec<(Item, Vec<Routing>)>>(&json));
    let n_items = parsed?.len();

    let requests: Vec<String> = queries.iter().map(request).collect::<Result<_>>()?;
    let whole = Spread::of(&requests, |request| answered(model, request));
    let offline = Spread::of(&requests, |request| answered(&opened, request));
    let answers = |model: &Model| requests.iter().map(|request| answered(model, request)).collect::<Result<Vec<_>>>();
    let expected = answers(&opened)?;
    let is_equal = expected == answers(&cut)?;
    if let Some(folder) = files {
        std::fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
        let write = |name: &str, bytes: &[u8]| {
            let path = folder.join(name);
            std::fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))
        };
        write("bundle.rtml", &bytes)?;
        write("requests.json", &serde_json::to_vec(&requests)?)?;
        write("expected.json", &serde_json::to_vec(&expected)?)?;
    }

    let limit = (n_items == DEFAULT_BUNDLE_ITEMS).then_some(LIMIT_BUNDLE_BYTES);
    let of_whole = |value: f64| Peer::new("the same of the whole model", value);
    let measures = vec![
        Measure::new("bundle_bytes", Some(bytes.len() as f64), Peer::new("items, routings as JSON", json.len() as f64))
            .within(limit),
        Measure::new("bundle_brotli_bytes", packed, Peer::new("items, routings as JSON, brotli", packed_json)),
        Measure::new("bundle_open_ms", Some(open_s * 1e3), Peer::new("parsing that JSON", parse_s * 1e3)),
        Measure::new("bundle_predict_median_ms", Some(offline.median_ms()), of_whole(whole.median_ms())),
        Measure::new("bundle_predict_p95_ms", Some(offline.p95_ms()), of_whole(whole.p95_ms())),
    ];
    Ok(Offline { n_items, is_equal, measures })
}

/// What the bundle holds of the plant itself.
fn as_json(model: &Model) -> Result<Vec<u8>> {
    let all: Vec<(Item, Vec<Routing>)> = model
        .items()
        .map(|item| {
            let routings = model.routings(&item.code);
            (item, routings)
        })
        .collect();
    Ok(serde_json::to_vec(&all)?)
}

/// The question of a page for a described item.
fn request(item: &Item) -> Result<String> {
    let own_history = OwnHistory::Ignore;
    let request = PredictRequest { items: vec![WireForm::of(item.clone())], own_history, ..PredictRequest::default() };
    Ok(serde_json::to_string(&request)?)
}

/// The offline answer, by the very steps that the browser takes (`frontend/src/parity.rs`).
fn answered(model: &Model, request: &str) -> Result<String> {
    let kept = KeptBackend::over(model);
    let answers = kept.predict(serde_json::from_str(request)?).now_or_never().context("the model waits")??;
    let predictions: Vec<Prediction> = answers.into_iter().map(|answer| answer.prediction).collect();
    Ok(serde_json::to_string(&predictions)?)
}
