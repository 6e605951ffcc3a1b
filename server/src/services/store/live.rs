//! Which imports are under way, so that the remains of others can be cleared away.

use std::collections::BTreeSet;
use std::sync::{Mutex, OnceLock, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use crate::clock::Clock;
use crate::db::imports::{self, ImportState};
use crate::db::versions;
use crate::error::Failure;
use crate::services::Services;

/// After so many minutes without a sign an import of another process has ended.
const SILENT_MIN: i64 = 10;

static LIVE: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
static PROCESS: OnceLock<String> = OnceLock::new();

/// Names this process among all that ever used the database.
pub fn process(clock: &Clock) -> &'static str {
    PROCESS.get_or_init(|| clock.new_id())
}

/// An import of this process that is under way, until this is dropped.
pub struct Live {
    id: String,
}

impl Live {
    /// From now on.
    pub fn new(id: String) -> Self {
        LIVE.lock().unwrap_or_else(PoisonError::into_inner).insert(id.clone());
        Self { id }
    }

    /// Its id.
    pub fn id(&self) -> &str {
        &self.id
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        LIVE.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.id);
    }
}

/// Clears away what imports have left that ended before they were done. By a clock that is held nobody has been silent.
pub async fn clear_away(services: &Services) -> Result<(), Failure> {
    let (db, now) = (&services.db, services.clock.now());
    let is_clock_held = services.is_clock_held(now.timestamp_millis()).await?;
    let silent_since = now - TimeDelta::minutes(SILENT_MIN);
    for import in imports::list(db).await?.into_iter().filter(|one| one.state == ImportState::Staging) {
        let is_live = if import.process == process(&services.clock) {
            LIVE.lock().unwrap_or_else(PoisonError::into_inner).contains(&import.id)
        } else {
            let touched: Option<DateTime<Utc>> = import.touched_at.parse().ok();
            is_clock_held || touched.is_some_and(|touched| touched > silent_since)
        };
        if !is_live {
            imports::fail(db, &import.id).await?;
            versions::delete(db, import.no).await?;
        }
    }
    Ok(())
}
