//! The bundle in IndexedDB: its bytes and a small record, written in one transaction, so that both are there or neither.

use engine::domain::ModelId;
use js_sys::Uint8Array;
use rexie::{ObjectStore, Rexie, TransactionMode};
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};

const DATABASE: &str = "routing-ml";
const RECORDS: &str = "bundle-records";
const BYTES: &str = "bundle-bytes";
/// One bundle is kept at a time.
const KEY: &str = "current";

/// What is known of the kept bundle without opening it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Record {
    /// Hash of the bundle itself.
    pub bundle: ModelId,
    /// The model that it was cut from.
    pub model: Option<ModelId>,
    pub n_items: usize,
    pub n_routings: usize,
    pub size_bytes: usize,
    /// Milliseconds since 1970, UTC, by the clock of this device.
    pub stored_at_ms: u64,
}

/// IndexedDB is not available, is full, or refused.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("IndexedDB: {0}")]
    Database(#[from] rexie::Error),
    #[error("the transaction was not committed")]
    NotCommitted,
    #[error("the record is not readable: {0}")]
    Record(#[from] serde_json::Error),
}

/// The database, opened on first use.
#[derive(Default)]
pub struct Store {
    database: Option<Rexie>,
}

impl Store {
    /// The record of what is kept.
    pub async fn record(&mut self) -> Result<Option<Record>, StoreError> {
        let transaction = self.database().await?.transaction(&[RECORDS], TransactionMode::ReadOnly)?;
        let record = transaction.store(RECORDS)?.get(KEY.into()).await?;
        Ok(record.and_then(|record| parse(&record)))
    }

    /// Record and bytes of what is kept; `None` when either is missing.
    pub async fn read(&mut self) -> Result<Option<(Record, Vec<u8>)>, StoreError> {
        let transaction = self.database().await?.transaction(&[RECORDS, BYTES], TransactionMode::ReadOnly)?;
        let record = transaction.store(RECORDS)?.get(KEY.into()).await?;
        let bytes = transaction.store(BYTES)?.get(KEY.into()).await?;
        let record = record.and_then(|record| parse(&record));
        let bytes = bytes.and_then(|bytes| bytes.dyn_into::<Uint8Array>().ok());
        Ok(record.zip(bytes.map(|bytes| bytes.to_vec())))
    }

    /// Writes both in one transaction.
    ///
    /// # Errors
    /// When the device is full; what was kept before is then still there.
    pub async fn write(&mut self, record: &Record, bytes: &[u8]) -> Result<(), StoreError> {
        ask_to_stay();
        let record = JsValue::from_str(&serde_json::to_string(record)?);
        let bytes = Uint8Array::from(bytes);
        let transaction = self.database().await?.transaction(&[RECORDS, BYTES], TransactionMode::ReadWrite)?;
        transaction.store(BYTES)?.put(&bytes, Some(&KEY.into())).await?;
        transaction.store(RECORDS)?.put(&record, Some(&KEY.into())).await?;
        committed(transaction).await
    }

    /// Removes what is kept.
    pub async fn clear(&mut self) -> Result<(), StoreError> {
        let transaction = self.database().await?.transaction(&[RECORDS, BYTES], TransactionMode::ReadWrite)?;
        transaction.store(RECORDS)?.clear().await?;
        transaction.store(BYTES)?.clear().await?;
        committed(transaction).await
    }

    async fn database(&mut self) -> Result<&Rexie, StoreError> {
        if self.database.is_none() {
            let builder = Rexie::builder(DATABASE).version(1);
            let builder = builder.add_object_store(ObjectStore::new(RECORDS)).add_object_store(ObjectStore::new(BYTES));
            self.database = Some(builder.build().await?);
        }
        self.database.as_ref().ok_or(StoreError::NotCommitted)
    }
}

async fn committed(transaction: rexie::Transaction) -> Result<(), StoreError> {
    if transaction.done().await?.is_committed() { Ok(()) } else { Err(StoreError::NotCommitted) }
}

/// A record that does not parse was written by another version of the product: it counts as nothing kept.
fn parse(record: &JsValue) -> Option<Record> {
    serde_json::from_str(&record.as_string()?).ok()
}

/// Asks the browser not to clear the bundle when space gets short. It may refuse, and nothing depends on it.
fn ask_to_stay() {
    if let Some(window) = web_sys::window() {
        window.navigator().storage().persist().ok();
    }
}
