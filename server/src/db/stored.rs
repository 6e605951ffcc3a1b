//! How items, routings and reports stand in a version: JSON of our own, apart from the types of the engine, so that
//! these may change without a change of what is stored.
//!
//! Comes in: engine types. Goes out: text for a row, and the types again.
//! Never does: SQL.

pub mod held;
pub mod item;
pub mod report;
pub mod routing;

use engine::domain::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::DbError;

/// Form of what is written. A higher one comes from a newer program.
const FORM: u32 = 1;

fn write(what: &'static str, content: &impl Serialize) -> Result<String, DbError> {
    serde_json::to_string(content).map_err(|error| DbError::Decode { what, reason: error.to_string() })
}

fn read<'a, T: Deserialize<'a>>(what: &'static str, text: &'a str) -> Result<T, DbError> {
    serde_json::from_str(text).map_err(|error| DbError::Decode { what, reason: error.to_string() })
}

fn check(what: &'static str, form: u32) -> Result<(), DbError> {
    if form == FORM {
        return Ok(());
    }
    Err(DbError::Decode { what, reason: format!("form {form} comes from a newer version of this program") })
}

fn day(text: Option<&str>) -> Result<Option<Date>, DbError> {
    let day = text.map(str::parse).transpose();
    day.map_err(|error| DbError::Decode { what: "day", reason: format!("{text:?}: {error}") })
}

/// Tells one content from another: 64 bits, never 0, which stands for unknown.
pub fn content_hash(parts: &[&str]) -> i64 {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    let mut first = [0; 8];
    first.copy_from_slice(&hash.finalize()[..8]);
    match i64::from_le_bytes(first) {
        0 => 1,
        hash => hash,
    }
}
