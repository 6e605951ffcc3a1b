//! Every failure that the UI can see, as codes with data. The wording is in `locales/*/app.ftl` under `error-<code>`.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use strum::IntoStaticStr;
use utoipa::ToSchema;

use crate::codes::UnknownCode;

/// A failure as it crosses the wire.
///
/// In JSON it is an object with its `code`; between the two halves of our own pages it is packed like all their data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, thiserror::Error, IntoStaticStr)]
#[strum(serialize_all = "snake_case", const_into_str)]
#[serde(remote = "Self", tag = "code", rename_all = "snake_case")]
pub enum ApiError {
    /// Nothing has this key.
    #[error("not found: {key}")]
    NotFound { key: String },
    /// No item has these codes, or which of several is meant cannot be known; nothing was done.
    #[error("unknown codes: {}", .unknown.iter().map(|one| one.code.as_str()).collect::<Vec<_>>().join(", "))]
    UnknownCodes { unknown: Vec<UnknownCode> },
    /// A value is not acceptable; `expected` is a code of what would be.
    #[error("{field}: {value} is not {expected}")]
    Invalid { field: String, value: String, expected: String },
    /// More than one request may carry.
    #[error("{field}: {got} exceeds {limit}")]
    TooMany { field: String, limit: usize, got: usize },
    /// No model was trained yet.
    #[error("no model")]
    NoModel,
    /// The same idempotency key was used for another content.
    #[error("idempotency key was used before for something else")]
    KeyReused,
    /// The server cannot answer now; asking again later makes sense.
    #[error("unavailable")]
    Unavailable,
    /// The server could not be reached.
    #[error("network")]
    Network,
    /// Nothing is kept on this device.
    #[error("nothing kept offline")]
    NothingKept,
    /// Nobody is signed in, or the session has ended.
    #[error("sign in first")]
    SignInNeeded,
    /// A temporary password must be replaced first.
    #[error("choose a new password first")]
    PasswordChangeNeeded,
    /// Not with this role, or not from where the request came.
    #[error("not allowed")]
    Denied,
    /// Asked too often, or too much at once.
    #[error("too many requests, try again in {retry_after_s} s")]
    TooFast { retry_after_s: usize },
    /// Somebody else changed it in the meantime: what was sent, and what is there now.
    #[error("{object} was changed in the meantime")]
    Stale { object: String, yours: String, theirs: String },
    /// Our fault; the log has the details under this reference.
    #[error("internal error {ref_id}")]
    Internal { ref_id: String },
}

impl ApiError {
    /// [`ApiError::Invalid`] of these texts.
    pub fn invalid(field: impl Into<String>, value: impl Into<String>, expected: impl Into<String>) -> Self {
        Self::Invalid { field: field.into(), value: value.into(), expected: expected.into() }
    }

    /// The code, as in JSON and in the locale key `error-<code>` (with dashes).
    pub const fn code(&self) -> &'static str {
        self.into_str()
    }

    /// The HTTP status that goes with it.
    pub fn status(&self) -> u16 {
        match self {
            Self::NotFound { .. } | Self::UnknownCodes { .. } => 404,
            Self::Invalid { .. } | Self::TooMany { .. } => 422,
            Self::KeyReused | Self::Stale { .. } => 409,
            Self::SignInNeeded => 401,
            Self::PasswordChangeNeeded | Self::Denied => 403,
            Self::TooFast { .. } => 429,
            Self::NoModel | Self::Unavailable | Self::Network | Self::NothingKept => 503,
            Self::Internal { .. } => 500,
        }
    }

    /// Whether the request never got an answer, so that the offline copy may serve instead.
    pub fn is_network(&self) -> bool {
        matches!(self, Self::Network | Self::Unavailable)
    }
}

impl Serialize for ApiError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // The inherent functions of these names are the tagged form, which only formats with names can carry.
        if serializer.is_human_readable() {
            Self::serialize(self, serializer)
        } else {
            Packed::from(self).serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for ApiError {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            Self::deserialize(deserializer)
        } else {
            Packed::deserialize(deserializer).map(Self::from)
        }
    }
}

/// An [`ApiError`] without names: which one it is, its texts, its numbers and its codes in the order of its fields.
#[derive(Serialize, Deserialize)]
struct Packed(String, Vec<String>, Vec<usize>, Vec<UnknownCode>);

impl From<&ApiError> for Packed {
    fn from(error: &ApiError) -> Self {
        let (texts, numbers): (Vec<&String>, Vec<usize>) = match error {
            ApiError::NotFound { key } => (vec![key], vec![]),
            ApiError::Invalid { field, value, expected } => (vec![field, value, expected], vec![]),
            ApiError::TooMany { field, limit, got } => (vec![field], vec![*limit, *got]),
            ApiError::Internal { ref_id } => (vec![ref_id], vec![]),
            ApiError::TooFast { retry_after_s } => (vec![], vec![*retry_after_s]),
            ApiError::Stale { object, yours, theirs } => (vec![object, yours, theirs], vec![]),
            ApiError::UnknownCodes { .. }
            | ApiError::SignInNeeded
            | ApiError::PasswordChangeNeeded
            | ApiError::Denied
            | ApiError::NoModel
            | ApiError::KeyReused
            | ApiError::Unavailable
            | ApiError::Network
            | ApiError::NothingKept => (vec![], vec![]),
        };
        let unknown = if let ApiError::UnknownCodes { unknown } = error { unknown.clone() } else { Vec::new() };
        Self(error.code().into(), texts.into_iter().cloned().collect(), numbers, unknown)
    }
}

impl From<Packed> for ApiError {
    fn from(Packed(code, texts, numbers, unknown): Packed) -> Self {
        let mut texts = texts.into_iter();
        let mut text = || texts.next().unwrap_or_default();
        match (code.as_str(), numbers.as_slice()) {
            ("not_found", _) => Self::NotFound { key: text() },
            ("unknown_codes", _) => Self::UnknownCodes { unknown },
            ("invalid", _) => Self::Invalid { field: text(), value: text(), expected: text() },
            ("too_many", [limit, got]) => Self::TooMany { field: text(), limit: *limit, got: *got },
            ("no_model", _) => Self::NoModel,
            ("key_reused", _) => Self::KeyReused,
            ("unavailable", _) => Self::Unavailable,
            ("network", _) => Self::Network,
            ("nothing_kept", _) => Self::NothingKept,
            ("sign_in_needed", _) => Self::SignInNeeded,
            ("password_change_needed", _) => Self::PasswordChangeNeeded,
            ("denied", _) => Self::Denied,
            ("too_fast", [retry_after_s]) => Self::TooFast { retry_after_s: *retry_after_s },
            ("stale", _) => Self::Stale { object: text(), yours: text(), theirs: text() },
            _ => Self::Internal { ref_id: text() },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::NamedCode;

    #[test]
    fn both_forms_give_back_what_they_took() {
        let text = String::from;
        for error in [
            ApiError::NotFound { key: text("A") },
            ApiError::UnknownCodes {
                unknown: vec![UnknownCode {
                    code: "2G10256PC".into(),
                    is_ambiguous: false,
                    did_you_mean: vec![NamedCode { code: "2G10265PC".into(), name: Some(text("gland")) }],
                }],
            },
            ApiError::Invalid { field: text("q"), value: text("x"), expected: text("short") },
            ApiError::TooMany { field: text("codes"), limit: 50, got: 51 },
            ApiError::NoModel,
            ApiError::KeyReused,
            ApiError::Unavailable,
            ApiError::Network,
            ApiError::NothingKept,
            ApiError::SignInNeeded,
            ApiError::PasswordChangeNeeded,
            ApiError::Denied,
            ApiError::TooFast { retry_after_s: 7 },
            ApiError::Stale { object: text("user"), yours: text("a"), theirs: text("b") },
            ApiError::Internal { ref_id: text("r") },
        ] {
            let json = serde_json::to_value(&error).expect("it is plain data");
            assert_eq!(json["code"], error.code());
            assert_eq!(serde_json::from_value::<ApiError>(json).expect("it was just written"), error);
            let packed = postcard::to_allocvec(&error).expect("it is plain data");
            assert_eq!(postcard::from_bytes::<ApiError>(&packed).expect("it was just written"), error);
        }
    }
}
