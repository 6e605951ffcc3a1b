//! The engine as the browser runs it, open to a test and to the benchmark: the same bytes must give the same answer as on
//! the server.

use std::cell::RefCell;
use std::error::Error;

use app::offline::kept_backend::KeptBackend;
use contract::predict::{PredictApi, PredictRequest};
use contract::wire::Prediction;
use engine::Model;
use engine::bundle;
use futures::FutureExt;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

thread_local! {
    /// The bundle that was opened last, as the page keeps its own open: who measures one answer opens it once.
    static OPENED: RefCell<Option<Model>> = const { RefCell::new(None) };
}

/// Predictions for a `PredictRequest` in JSON over the bundle in `bytes`, as the JSON array that REST gives. No bytes at
/// all mean the bundle of the call before.
///
/// # Errors
/// What is wrong with the bundle or the request, as text: it is read by tests, not by planners.
#[wasm_bindgen]
pub async fn predict_over_bundle(bytes: Vec<u8>, request_json: String) -> Result<String, JsError> {
    predictions(&bytes, &request_json).await?.map_err(|error| JsError::new(&error))
}

#[wasm_split(offline, wasm_split_path = ::leptos::wasm_split, fallible)]
fn predictions(bytes: &[u8], request_json: &str) -> Result<Result<String, String>, SplitLoaderError> {
    Ok(try_predictions(bytes, request_json).map_err(|error| error.to_string()))
}

fn try_predictions(bytes: &[u8], request_json: &str) -> Result<String, Box<dyn Error>> {
    if !bytes.is_empty() {
        let model = bundle::from_bytes(bytes)?;
        OPENED.set(Some(model));
    }
    let request: PredictRequest = serde_json::from_str(request_json)?;
    OPENED.with_borrow(|opened| {
        let model = opened.as_ref().ok_or("no bundle was opened yet")?;
        let answers = KeptBackend::over(model).predict(request).now_or_never().ok_or("the model waits")??;
        let predictions: Vec<Prediction> = answers.into_iter().map(|answer| answer.prediction).collect();
        Ok(serde_json::to_string(&predictions)?)
    })
}
