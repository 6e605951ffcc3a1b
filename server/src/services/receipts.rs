//! Receipts: what was asked is kept under the receipt of its answer, and the answer can be made again from it.

use std::borrow::Cow;
use std::sync::Arc;

use contract::access::Action;
use contract::error::ApiError;
use engine::Model;
use engine::domain::{Item, ModelId, Receipt, SnapshotId};
use engine::model::Learned;
use engine::predict::{CODE, PredictOptions, Prediction};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Services;
use super::acting::Acting;
use super::answers::Remembered;
use crate::db::DbError;
use crate::db::receipts::{self, ReceiptRow};
use crate::error::Failure;
use crate::registry::RegistryError;

/// Fewer digits would find too much.
const LEAST_DIGITS: usize = 6;

/// A question as it is kept.
#[derive(Debug, Serialize, Deserialize)]
struct StoredQuestion<'a> {
    item: Cow<'a, Item>,
    options: PredictOptions,
}

/// A question as JSON, as it is kept and by which its answer is remembered.
pub(super) fn asked(item: &Item, options: PredictOptions) -> Result<String, Failure> {
    json(&StoredQuestion { item: Cow::Borrowed(item), options }).map_err(Failure::Other)
}

/// An answer with all that is kept of it.
#[derive(Debug)]
pub(super) struct Answered {
    pub(super) prediction: Prediction,
    /// The same as JSON.
    pub(super) json: Arc<str>,
    asked: String,
    answer_hash: String,
}

impl Answered {
    /// The answer to `asked`, which is [`asked`].
    ///
    /// # Errors
    /// Why it cannot be written as JSON.
    pub(super) fn new(prediction: Prediction, asked: String) -> Result<Self, String> {
        let json = json(&prediction)?;
        let answer_hash = hash(&json);
        Ok(Self { prediction, json: json.into(), asked, answer_hash })
    }

    /// What was asked, under the receipt of the answer, as it is kept.
    pub(super) fn receipt(&self, at: &str) -> ReceiptRow {
        ReceiptRow {
            receipt: self.prediction.receipt.clone(),
            at: at.to_owned(),
            model: self.prediction.model.clone(),
            snapshot: self.prediction.snapshot.clone(),
            code: CODE.to_owned(),
            asked: self.asked.clone(),
            answer_hash: self.answer_hash.clone(),
        }
    }
}

impl Remembered for Answered {
    fn json_bytes(&self) -> usize {
        self.json.len() + self.asked.len()
    }
}

/// Why an answer cannot be made again.
#[derive(Debug, thiserror::Error)]
pub enum ReplayError {
    #[error("{0:?} is not a receipt: expected at least {LEAST_DIGITS} of its hexadecimal digits")]
    NotAReceipt(String),
    #[error("no prediction has the receipt {0}")]
    Unknown(String),
    #[error("several predictions have a receipt that begins with {0}: give more digits")]
    Ambiguous(String),
    #[error("the model {} that answered is not kept any more", .0.short())]
    ModelGone(ModelId),
    #[error("the snapshot {} of the plant that it answered from is not kept any more", .0.short())]
    SnapshotGone(SnapshotId),
    #[error("the answer was made by other code ({made_by}; this is {this}): run the version that made it")]
    OtherCode { made_by: String, this: &'static str },
    #[error(transparent)]
    Failed(#[from] Failure),
}

/// An answer that was made again.
#[derive(Debug)]
pub struct Replay {
    pub prediction: Prediction,
    /// Whether its bytes are those of the first time.
    pub is_same: bool,
}

impl Acting {
    /// Whether the caller may have a receipt drawn as a picture.
    ///
    /// # Errors
    /// [`ApiError`] when not.
    pub async fn may_draw_receipts(&self) -> Result<(), ApiError> {
        self.run(Action::ReadItems, "", async { Ok(()) }).await
    }
}

impl Services {
    /// Makes the answer of a receipt again, by the model that made it. The first digits are enough where they are clear.
    pub async fn replay(&self, receipt: &Receipt) -> Result<Replay, ReplayError> {
        let digits = receipt.as_str().to_ascii_lowercase();
        if digits.len() < LEAST_DIGITS || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(ReplayError::NotAReceipt(receipt.to_string()));
        }
        let mut rows = receipts::beginning_with(&self.db, &digits).await.map_err(Failure::from)?;
        let row = match (rows.pop(), rows.is_empty()) {
            (None, _) => return Err(ReplayError::Unknown(digits)),
            (Some(_), false) => return Err(ReplayError::Ambiguous(digits)),
            (Some(row), true) => row,
        };
        if row.code != CODE {
            return Err(ReplayError::OtherCode { made_by: row.code, this: CODE });
        }
        let learned = self.registry.learned(&self.db, &row.model).await.map_err(|error| match error {
            RegistryError::Missing { .. } => ReplayError::ModelGone(row.model.clone()),
            other => ReplayError::Failed(other.into()),
        })?;
        let model = self.over_snapshot_of(&row, learned).await?;
        let asked: StoredQuestion<'static> = serde_json::from_str(&row.asked)
            .map_err(|error| Failure::Db(DbError::Decode { what: "question", reason: error.to_string() }))?;
        let prediction = self.compute(move || model.predict(&asked.item, &asked.options)).await?;
        let is_same = hash(&json(&prediction).map_err(Failure::Other)?) == row.answer_hash;
        let is_same = is_same && prediction.receipt == row.receipt;
        Ok(Replay { prediction, is_same })
    }
}

impl Services {
    /// A model over the snapshot that it answered from.
    async fn over_snapshot_of(&self, row: &ReceiptRow, learned: Learned) -> Result<Model, ReplayError> {
        // Answers from before there were snapshots are of the model's own.
        let id = if row.snapshot.as_str().is_empty() { learned.snapshot() } else { &row.snapshot };
        let found = self.registry.snapshots().get(&self.db, id).await.map_err(Failure::from)?;
        let snapshot = found.ok_or_else(|| ReplayError::SnapshotGone(id.clone()))?;
        Ok(self.compute(move || learned.over(Arc::new(snapshot))).await?)
    }
}

fn json(value: &impl Serialize) -> Result<String, String> {
    serde_json::to_string(value).map_err(|error| error.to_string())
}

/// SHA-256 in hexadecimal digits.
fn hash(text: &str) -> String {
    hex::encode(Sha256::digest(text))
}
