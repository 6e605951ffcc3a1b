//! Vectors that were made before, by the hash of their text. One file for each encoder: vectors of two are never mixed.
//!
//! Layout: `RMLV`, components of a vector (u32), SHA-256 of the encoder as text (64 bytes), then for each text its SHA-256
//! and its components (f32), all little endian; last the SHA-256 of all this. A file that is not wholly so is no cache, and
//! its texts are encoded again.

use std::collections::BTreeMap;
use std::path::Path;

use sha2::{Digest, Sha256};

const MAGIC: &[u8] = b"RMLV";
const HEADER_BYTES: usize = 4 + 4 + 64;
const HASH_BYTES: usize = 32;

/// Hash of a text.
pub type Key = [u8; HASH_BYTES];

/// The key of a text.
pub fn key(text: &str) -> Key {
    Sha256::digest(text).into()
}

/// The vectors of a file; none when it is missing, damaged or of another encoder.
pub fn read(path: &Path, encoder: &str) -> BTreeMap<Key, Vec<f32>> {
    std::fs::read(path).ok().and_then(|bytes| from_bytes(&bytes, encoder)).unwrap_or_default()
}

/// The file of some vectors of equal length.
pub fn to_bytes(vectors: &BTreeMap<Key, Vec<f32>>, encoder: &str) -> Vec<u8> {
    let n_components = vectors.values().next().map_or(0, Vec::len);
    let mut bytes = MAGIC.to_vec();
    bytes.extend((n_components as u32).to_le_bytes());
    bytes.extend(encoder.as_bytes());
    for (key, vector) in vectors {
        bytes.extend(key);
        bytes.extend(vector.iter().flat_map(|x| x.to_le_bytes()));
    }
    let checksum = Sha256::digest(&bytes);
    bytes.extend(checksum);
    bytes
}

fn from_bytes(bytes: &[u8], encoder: &str) -> Option<BTreeMap<Key, Vec<f32>>> {
    let (body, checksum) = bytes.split_at_checked(bytes.len().checked_sub(HASH_BYTES)?)?;
    let (header, records) = body.split_at_checked(HEADER_BYTES)?;
    if Sha256::digest(body).as_slice() != checksum || !header.starts_with(MAGIC) || &header[8..] != encoder.as_bytes() {
        return None;
    }
    let n_components = u32::from_le_bytes([header[4], header[5], header[6], header[7]]) as usize;
    let record = HASH_BYTES.checked_add(n_components.checked_mul(4)?)?;
    if records.len() % record != 0 {
        return None;
    }
    let read = |record: &[u8]| {
        let (key, vector) = record.split_at(HASH_BYTES);
        let vector = vector.chunks_exact(4).map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]]));
        Some((key.try_into().ok()?, vector.collect()))
    };
    records.chunks_exact(record).map(read).collect()
}
