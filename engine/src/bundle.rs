//! A model as bytes: magic, format version, checksum, payload.
//!
//! Layout: `RTML`, format version (u16, little endian), payload length (u64, little endian), SHA-256 of the payload
//! (32 bytes), payload (postcard). The checksum is also the model's id.

use sha2::{Digest, Sha256};

use crate::Model;
use crate::domain::ModelId;
use crate::model::Payload;

const MAGIC: &[u8; 4] = b"RTML";
const FORMAT: u16 = 6;
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
    #[error("model format {got} is not supported, expected {expected}")]
    Version { got: u16, expected: u16 },
    /// The payload was changed after it was written.
    #[error("the model file is damaged: checksum {got} instead of {expected}")]
    Checksum { got: String, expected: String },
    /// The checksum is right but the payload does not decode.
    #[error("the model file does not decode: {0}")]
    Payload(String),
}

/// The bytes of a model; the same model gives the same bytes.
pub fn to_bytes(model: &Model) -> Vec<u8> {
    let payload = encode(model.payload());
    let mut bytes = Vec::with_capacity(HEADER_BYTES + payload.len());
    bytes.extend_from_slice(MAGIC);
    bytes.extend_from_slice(&FORMAT.to_le_bytes());
    bytes.extend_from_slice(&(payload.len() as u64).to_le_bytes());
    bytes.extend_from_slice(&Sha256::digest(&payload));
    bytes.extend_from_slice(&payload);
    bytes
}

/// The model in `bytes`.
///
/// # Errors
/// [`BundleError`] names what is wrong; no byte of the payload is read before its checksum was compared.
pub fn from_bytes(bytes: &[u8]) -> Result<Model, BundleError> {
    if !bytes.starts_with(MAGIC) {
        return Err(BundleError::NotAModel);
    }
    if bytes.len() < HEADER_BYTES {
        return Err(BundleError::Length { got: bytes.len(), expected: HEADER_BYTES });
    }
    let (header, payload) = bytes.split_at(HEADER_BYTES);
    let got = u16::from_le_bytes([header[4], header[5]]);
    if got != FORMAT {
        return Err(BundleError::Version { got, expected: FORMAT });
    }
    let mut length = [0u8; 8];
    length.copy_from_slice(&header[6..14]);
    let expected = HEADER_BYTES.saturating_add(usize::try_from(u64::from_le_bytes(length)).unwrap_or(usize::MAX));
    if bytes.len() != expected {
        return Err(BundleError::Length { got: bytes.len(), expected });
    }
    let digest = Sha256::digest(payload);
    if digest[..] != header[14..] {
        return Err(BundleError::Checksum { got: hex(&digest), expected: hex(&header[14..]) });
    }
    let decoded: Payload = postcard::from_bytes(payload).map_err(|error| BundleError::Payload(error.to_string()))?;
    Ok(Model::open(ModelId::new(hex(&digest)), decoded))
}

/// Content hash of a payload.
pub(crate) fn id_of(payload: &Payload) -> ModelId {
    ModelId::new(hex(&Sha256::digest(encode(payload))))
}

fn encode(payload: &Payload) -> Vec<u8> {
    postcard::to_allocvec(payload).expect("a payload holds plain data of known lengths, which postcard always encodes")
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
