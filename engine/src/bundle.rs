//! What was learned as bytes, alone (a model's file) or with the snapshot that it answers from (an offline bundle).
//!
//! Layout of a model's file: `RTML`, format version (u16, little endian), payload length (u64, little endian), SHA-256 of the
//! payload (32 bytes), payload (postcard). The checksum is also the model's id.
//! A bundle goes on with the length of the snapshot's manifest (u64), the manifest (postcard) and the sections that it lists.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::Model;
use crate::domain::ModelId;
use crate::model::Learned;
use crate::snapshot::{Manifest, Section, Snapshot, SnapshotError};

const MAGIC: &[u8; 4] = b"RTML";
const FORMAT: u16 = 7;
const HEADER_BYTES: usize = 4 + 2 + 8 + 32;

/// Why bytes are not a model.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum BundleError {
    /// Fewer or more bytes than the header says.
    #[error("the model file has {got} bytes, expected {expected}")]
    Length { got: usize, expected: usize },
    /// Not a file of ours.
    #[error("not a Routing ML model file: it does not begin with RTML")]
    NotAModel,
    /// Written by another version of the product.
    #[error(
        "the model was written by another version of the program: its format is {got}, this version reads {expected}"
    )]
    Version { got: u16, expected: u16 },
    /// The payload was changed after it was written.
    #[error("the model file is damaged: checksum {got} instead of {expected}")]
    Checksum { got: String, expected: String },
    /// The checksum is right but the payload does not decode.
    #[error("the model file does not decode: {0}")]
    Payload(String),
    /// What was learned is whole, but not the plant that it answers from.
    #[error(transparent)]
    Snapshot(#[from] SnapshotError),
}

impl BundleError {
    /// Whether the bytes may be sound, but are those of another version of the product.
    pub fn is_of_another_version(&self) -> bool {
        matches!(self, Self::Version { .. } | Self::Snapshot(SnapshotError::Version { .. }))
    }
}

/// The bytes of a model's file; the same model gives the same bytes.
pub fn learned_to_bytes(learned: &Learned) -> Vec<u8> {
    let payload = learned.payload().to_bytes();
    let mut bytes = Vec::with_capacity(HEADER_BYTES + payload.len());
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&FORMAT.to_le_bytes());
    bytes.extend_from_slice(&(payload.len() as u64).to_le_bytes());
    bytes.extend_from_slice(&Sha256::digest(&payload));
    bytes.extend_from_slice(&payload);
    bytes
}

/// What was learned, from a model's file or a bundle; the snapshot of a bundle is not looked at.
///
/// # Errors
/// [`BundleError`] names what is wrong; no byte of the payload is decoded before its checksum was compared.
pub fn learned_from_bytes(bytes: &[u8]) -> Result<Learned, BundleError> {
    Ok(read_learned(bytes)?.0)
}

/// The bytes of a model with its snapshot; the same model gives the same bytes.
pub fn to_bytes(model: &Model) -> Vec<u8> {
    let mut bytes = learned_to_bytes(&model.learned());
    let (manifest, sections) = model.snapshot().to_sections();
    let manifest = plain(&manifest);
    bytes.extend_from_slice(&(manifest.len() as u64).to_le_bytes());
    bytes.extend_from_slice(&manifest);
    sections.iter().for_each(|section| bytes.extend_from_slice(&section.bytes));
    bytes
}

/// The model in `bytes`, over the snapshot there.
///
/// # Errors
/// [`BundleError`] names what is wrong; no byte of the payload is decoded before its checksum was compared.
pub fn from_bytes(bytes: &[u8]) -> Result<Model, BundleError> {
    let (learned, mut rest) = read_learned(bytes)?;
    let mut length = [0u8; 8];
    length.copy_from_slice(rest.take(8)?);
    let manifest: Manifest = decode(rest.take(u64::from_le_bytes(length))?)?;
    let mut sections = Vec::with_capacity(manifest.sections.len());
    for part in &manifest.sections {
        sections.push(Section { part: part.clone(), bytes: rest.take(part.n_bytes as u64)?.to_vec() });
    }
    if !rest.bytes.is_empty() {
        return Err(BundleError::Length { got: bytes.len(), expected: rest.before });
    }
    Ok(learned.over(Arc::new(Snapshot::from_sections(&manifest, &sections)?)))
}

/// What was learned, and what stands behind it.
fn read_learned(bytes: &[u8]) -> Result<(Learned, Rest<'_>), BundleError> {
    if !bytes.starts_with(MAGIC) {
        return Err(BundleError::NotAModel);
    }
    if bytes.len() < HEADER_BYTES {
        return Err(BundleError::Length { got: bytes.len(), expected: HEADER_BYTES });
    }
    let (header, rest) = bytes.split_at(HEADER_BYTES);
    let got = u16::from_le_bytes([header[4], header[5]]);
    if got != FORMAT {
        return Err(BundleError::Version { got, expected: FORMAT });
    }
    let mut length = [0u8; 8];
    length.copy_from_slice(&header[6..14]);
    let mut rest = Rest { bytes: rest, before: HEADER_BYTES };
    let payload = rest.take(u64::from_le_bytes(length))?;
    let digest = Sha256::digest(payload);
    if digest[..] != header[14..] {
        return Err(BundleError::Checksum { got: hex(&digest), expected: hex(&header[14..]) });
    }
    Ok((Learned::new(ModelId::new(hex(&digest)), decode(payload)?), rest))
}

/// What is not read yet.
struct Rest<'b> {
    bytes: &'b [u8],
    /// Bytes that were read.
    before: usize,
}

impl<'b> Rest<'b> {
    fn take(&mut self, n_bytes: u64) -> Result<&'b [u8], BundleError> {
        let n_bytes = usize::try_from(n_bytes).unwrap_or(usize::MAX);
        let (taken, rest) = self.bytes.split_at_checked(n_bytes).ok_or(BundleError::Length {
            got: self.before.saturating_add(self.bytes.len()),
            expected: self.before.saturating_add(n_bytes),
        })?;
        self.before += n_bytes;
        self.bytes = rest;
        Ok(taken)
    }
}

fn decode<'b, T: Deserialize<'b>>(bytes: &'b [u8]) -> Result<T, BundleError> {
    postcard::from_bytes(bytes).map_err(|error| BundleError::Payload(error.to_string()))
}

fn plain(data: &impl Serialize) -> Vec<u8> {
    postcard::to_allocvec(data).expect("plain data of known lengths, which postcard always encodes")
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
