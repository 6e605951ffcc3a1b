//! The one place where a failure is logged and gets its reference.
//!
//! Services speak in [`Failure`]; what crosses the wire is [`ApiError`]. Details of our own faults stay in the log
//! under the reference that the user sees.

use app::error::ApiError;

use crate::db::DbError;
use crate::registry::RegistryError;

/// Why a use case did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Something that the caller can understand.
    #[error(transparent)]
    Api(#[from] ApiError),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The model files.
    #[error(transparent)]
    Registry(#[from] RegistryError),
    /// A task of ours ended before it answered.
    #[error("task ended early: {0}")]
    Task(#[from] tokio::task::JoinError),
    /// Anything else that is our fault.
    #[error("{0}")]
    Other(String),
}

impl Failure {
    /// What the caller may know. Our own faults are logged here, once, under a fresh reference.
    pub fn into_api(self, ref_id: impl FnOnce() -> String) -> ApiError {
        match self {
            Self::Api(error) => error,
            Self::Registry(RegistryError::NoModel) => ApiError::NoModel,
            Self::Registry(error @ (RegistryError::Damaged { .. } | RegistryError::Missing { .. })) => {
                tracing::error!(error = %error, "the active model cannot be used: {error}");
                ApiError::Unavailable
            }
            fault => {
                let ref_id = ref_id();
                tracing::error!(ref_id, error = %fault, "request failed ({ref_id}): {fault}");
                ApiError::Internal { ref_id }
            }
        }
    }
}
