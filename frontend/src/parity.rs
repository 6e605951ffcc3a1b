//! The engine as the browser runs it, open to a test: the same bytes must give the same answer as on the server.

use app::api::predict::PredictRequest;
use app::offline::answer;
use engine::bundle;
use engine::predict::Prediction;
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

/// Predictions for a `PredictRequest` in JSON over the bundle in `bytes`, as the JSON array that REST gives.
///
/// # Errors
/// What is wrong with the bundle or the request, as text: it is read by tests, not by planners.
#[wasm_bindgen]
pub fn predict_over_bundle(bytes: &[u8], request_json: &str) -> Result<String, JsError> {
    let model = bundle::from_bytes(bytes)?;
    let request: PredictRequest = serde_json::from_str(request_json)?;
    let answers = answer::predict(&model, request)?;
    let predictions: Vec<Prediction> = answers.into_iter().map(|answer| answer.prediction).collect();
    Ok(serde_json::to_string(&predictions)?)
}
