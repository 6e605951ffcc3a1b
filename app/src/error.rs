//! Every failure that the UI can see, as codes with data. The wording is in `locales/*/app.ftl` under `error-<code>`.

use serde::{Deserialize, Serialize};
use server_fn::codec::JsonEncoding;
use server_fn::error::{FromServerFnError, ServerFnErrorErr};
use utoipa::ToSchema;

/// A failure as it crosses the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum ApiError {
    /// Nothing has this key.
    #[error("not found: {key}")]
    NotFound { key: String },
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
    /// Our fault; the log has the details under this reference.
    #[error("internal error {ref_id}")]
    Internal { ref_id: String },
}

impl ApiError {
    /// The code, as in JSON and in the locale key `error-<code>` (with dashes).
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound { .. } => "not_found",
            Self::Invalid { .. } => "invalid",
            Self::TooMany { .. } => "too_many",
            Self::NoModel => "no_model",
            Self::KeyReused => "key_reused",
            Self::Unavailable => "unavailable",
            Self::Network => "network",
            Self::NothingKept => "nothing_kept",
            Self::Internal { .. } => "internal",
        }
    }

    /// The HTTP status that goes with it.
    pub fn status(&self) -> u16 {
        match self {
            Self::NotFound { .. } => 404,
            Self::Invalid { .. } | Self::TooMany { .. } => 422,
            Self::KeyReused => 409,
            Self::NoModel | Self::Unavailable | Self::Network | Self::NothingKept => 503,
            Self::Internal { .. } => 500,
        }
    }

    /// Whether the request never got an answer, so that the offline copy may serve instead.
    pub fn is_network(&self) -> bool {
        matches!(self, Self::Network | Self::Unavailable)
    }
}

impl FromServerFnError for ApiError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) => Self::Network,
            // A body that does not decode arrives as `Deserialization`.
            ServerFnErrorErr::Args(detail)
            | ServerFnErrorErr::MissingArg(detail)
            | ServerFnErrorErr::Deserialization(detail) => {
                Self::Invalid { field: "request".into(), value: detail, expected: "json".into() }
            }
            other => Self::Internal { ref_id: other.to_string() },
        }
    }
}
