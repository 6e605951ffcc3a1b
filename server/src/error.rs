//! The one place where a failure is logged and gets its reference.
//!
//! Services speak in [`Failure`]; what crosses the wire is [`ApiError`]. Details of our own faults stay in the log
//! under the reference that the user sees.

use contract::error::ApiError;

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
                let fault = one_line(&fault.to_string());
                tracing::error!(ref_id, error = %fault, "request failed ({ref_id}): {fault}");
                ApiError::Internal { ref_id }
            }
        }
    }
}

/// A text that comes from elsewhere as one line of the log, so that nobody can write a second one.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    use super::*;

    /// A log that can be read.
    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Vec<u8>>>);

    impl Write for Log {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().expect("no panic").write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    /// What the caller is told of a failure, and what the log says.
    fn told_and_logged(failure: Failure) -> (ApiError, String) {
        let log = Log::default();
        let subscriber = tracing_subscriber::fmt().with_ansi(false).with_writer({
            let log = log.clone();
            move || log.clone()
        });
        let told =
            tracing::subscriber::with_default(subscriber.finish(), || failure.into_api(|| "reference-1".to_owned()));
        let text = String::from_utf8(log.0.lock().expect("no panic").clone()).expect("the log is text");
        (told, text)
    }

    #[test]
    fn a_fault_of_ours_is_told_by_a_reference_and_logged_with_it() {
        let (told, log) = told_and_logged(Failure::Other("no such table: users".into()));
        assert_eq!(told, ApiError::Internal { ref_id: "reference-1".into() });
        assert!(log.contains("ERROR") && log.contains("reference-1") && log.contains("no such table: users"), "{log}");
        assert!(log.contains('Z') && log.starts_with("20"), "it begins with the time in UTC: {log}");
        let (told, log) = told_and_logged(ApiError::Denied.into());
        assert_eq!((told, log.as_str()), (ApiError::Denied, ""), "what a caller understands is no fault");
    }

    #[test]
    fn nobody_writes_a_line_of_the_log() {
        let (_, log) =
            told_and_logged(Failure::Other("x\n2026-01-01T00:00:00Z ERROR made up\r\u{1b}[31m\u{2028}y".into()));
        assert_eq!(log.trim_end_matches('\n').lines().count(), 1, "{log:?}");
        assert!(!log.contains(['\r', '\u{1b}', '\u{2028}']), "{log:?}");
    }
}
