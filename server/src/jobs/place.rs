//! Where a job runs, and why it may make nothing.

use super::ticket::Ticket;
use crate::background::Share;
use crate::db::files::FileError;
use crate::encoder::EncoderStore;
use crate::error::Failure;
use crate::services::training::TrainingError;

/// Why a job made nothing.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// Somebody wanted its end.
    #[error("it was ended")]
    Stopped,
    #[error(transparent)]
    Training(TrainingError),
    /// The files that it was to read are gone.
    #[error("its files are gone")]
    FilesGone,
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl From<TrainingError> for JobError {
    fn from(error: TrainingError) -> Self {
        match error {
            TrainingError::Stopped => Self::Stopped,
            TrainingError::Failure(failure) => Self::Failure(failure),
            error => Self::Training(error),
        }
    }
}

impl From<FileError> for JobError {
    fn from(error: FileError) -> Self {
        match error {
            FileError::Db(error) => Self::Failure(error.into()),
            FileError::Io(error) => Self::Failure(Failure::Other(error.to_string())),
        }
    }
}

/// Where a job runs and who is told of it.
pub(super) struct Place<'a> {
    pub job: &'a str,
    pub encoder: &'a EncoderStore,
    pub share: Share,
    pub ticket: &'a Ticket,
}
