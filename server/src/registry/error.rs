//! Why a model or a snapshot cannot be read or kept.

use std::path::PathBuf;

use engine::bundle::BundleError;

use crate::db::DbError;
use crate::disk::megabytes;

/// Why there is no model to ask, or none was stored.
#[derive(Debug, thiserror::Error)]
pub enum RegistryError {
    /// Nothing was trained yet.
    #[error("no model was trained yet: run `routing-ml train`")]
    NoModel,
    /// The model's file is gone.
    #[error(
        "the file of the model is missing: {path}; train again, restore it, or `routing-ml model activate` another"
    )]
    Missing {
        /// Where it should be.
        path: PathBuf,
    },
    /// The model's file was changed or cut off.
    #[error("{path}: {reason}; train again, restore it, or `routing-ml model activate` another")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: BundleError,
    },
    /// The disk has no room for what would be written.
    #[error("the disk is full: {} MB are free below {path}, and {} MB are needed", megabytes(*free), megabytes(*needed))]
    NoRoom {
        /// The folder.
        path: PathBuf,
        /// In bytes.
        free: u64,
        /// In bytes.
        needed: u64,
    },
    /// The disk.
    #[error("{path}: {reason}")]
    Disk {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: std::io::Error,
    },
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
    /// Reading the file ended early.
    #[error("reading the model ended early: {0}")]
    Task(#[from] tokio::task::JoinError),
}

impl RegistryError {
    /// Whether the file is at fault, so that another model may go on.
    pub(super) fn is_of_the_file(&self) -> bool {
        matches!(self, Self::Missing { .. } | Self::Damaged { .. } | Self::Disk { .. })
    }

    /// What is wrong, without saying where the server keeps its files.
    pub fn without_folder(&self) -> String {
        match self {
            Self::Damaged { reason, .. } if reason.is_of_another_version() => format!("{reason}; train again"),
            Self::Damaged { reason, .. } => reason.to_string(),
            Self::Missing { .. } => "the file of the active model is missing".to_owned(),
            Self::Disk { reason, .. } => reason.to_string(),
            other => other.to_string(),
        }
    }
}
