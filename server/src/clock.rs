//! Time, and the ids made from it. Everything else gets a [`Clock`] as an argument, so that a test decides what time it is.

use std::sync::Arc;

use chrono::{DateTime, SecondsFormat, Utc};
use uuid::{ContextV7, Timestamp, Uuid};

/// An instant in milliseconds since 1970 as RFC 3339 in UTC; empty for one that no calendar has.
pub fn stamp_of(ms: i64) -> String {
    let instant = DateTime::from_timestamp_millis(ms);
    instant.map(|instant| instant.to_rfc3339_opts(SecondsFormat::Millis, true)).unwrap_or_default()
}

/// Where "now" comes from.
#[derive(Clone)]
pub struct Clock {
    now: Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>,
    /// Keeps ids of one millisecond in order.
    ids: Arc<std::sync::Mutex<ContextV7>>,
}

impl Clock {
    /// The clock of the machine.
    #[allow(clippy::disallowed_methods, reason = "the one place where time is read")]
    pub fn system() -> Self {
        Self::new(Utc::now)
    }

    /// A clock of one's own.
    pub fn new(now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        Self { now: Arc::new(now), ids: Arc::new(std::sync::Mutex::new(ContextV7::new())) }
    }

    /// The current instant.
    pub fn now(&self) -> DateTime<Utc> {
        (self.now)()
    }

    /// The current instant as RFC 3339 in UTC, to the millisecond, which sorts as text.
    pub fn stamp(&self) -> String {
        self.now().to_rfc3339_opts(SecondsFormat::Millis, true)
    }

    /// A new time-ordered id (UUID version 7).
    pub fn new_id(&self) -> String {
        let now = self.now();
        let seconds = u64::try_from(now.timestamp()).unwrap_or(0);
        let context = self.ids.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        Uuid::new_v7(Timestamp::from_unix(&*context, seconds, now.timestamp_subsec_nanos())).to_string()
    }
}

/// The machine's steady clock, which never jumps: for limits of time within this process.
pub fn steady() -> tokio::time::Instant {
    tokio::time::Instant::now()
}
