//! A model as bytes: magic, format version, checksum, payload.

use crate::Model;

/// Why bytes are not a model.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum BundleError {
    /// Fewer bytes than the header or its length field says.
    #[error("the model file is cut off: {got} bytes, expected {expected}")]
    Truncated { got: usize, expected: usize },
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
pub fn to_bytes(_model: &Model) -> Vec<u8> {
    todo!()
}

/// The model in `bytes`.
///
/// # Errors
/// [`BundleError`] names what is wrong; no byte is trusted before the checksum was compared.
pub fn from_bytes(_bytes: &[u8]) -> Result<Model, BundleError> {
    todo!()
}
