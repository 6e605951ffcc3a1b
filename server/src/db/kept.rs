//! What every request asks of the accounts, kept in memory as long as nothing of it has changed.
//!
//! Comes in: hashes of tokens. Goes out: what the tables say, as of this moment.
//! Never does: keep that something is not there, so that whoever has just come in is found.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use contract::settings::KeptSettings;

use super::accounts::sessions::{self, LiveSession};
use super::accounts::tokens::{self, LiveToken};
use super::{Db, DbError, revisions, settings};

/// Most sessions, and most tokens, that are kept.
const MOST: usize = 10_000;

/// What was read at one revision of the accounts.
#[derive(Default)]
pub(super) struct Kept(Mutex<State>);

#[derive(Default)]
struct State {
    revision: i64,
    sessions: HashMap<String, LiveSession>,
    tokens: HashMap<String, LiveToken>,
    settings: Option<KeptSettings>,
}

impl Kept {
    /// What is kept of this revision; what was kept of another one is forgotten.
    fn at(&self, revision: i64) -> MutexGuard<'_, State> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Also when it went back, as after a restore.
        if state.revision != revision {
            *state = State { revision, ..State::default() };
        }
        state
    }

    /// Keeps what was read at a revision, unless there is a later one by now.
    fn keep(&self, revision: i64, keep: impl FnOnce(&mut State)) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if state.revision == revision {
            keep(&mut state);
        }
    }
}

/// Adds to a map that never grows beyond [`MOST`].
fn put<V>(map: &mut HashMap<String, V>, key: &str, value: V) {
    if map.len() >= MOST {
        map.clear();
    }
    map.insert(key.to_owned(), value);
}

/// The accounts as they are at one moment.
pub struct Accounts<'a> {
    db: &'a Db,
    revision: i64,
}

impl Db {
    /// The accounts as they are now.
    ///
    /// # Cost
    /// One small question; the rest comes from memory until something changes.
    pub async fn accounts(&self) -> Result<Accounts<'_>, DbError> {
        Ok(Accounts { db: self, revision: revisions::now(self).await?.accounts })
    }
}

impl Accounts<'_> {
    /// The session of a token, with its person. When it was seen last may be old: [`Self::session_anew`] knows.
    pub async fn session(&self, token_hash: &str) -> Result<Option<LiveSession>, DbError> {
        if let Some(live) = self.db.kept.at(self.revision).sessions.get(token_hash) {
            return Ok(Some(live.clone()));
        }
        self.session_anew(token_hash).await
    }

    /// The same from the tables.
    pub async fn session_anew(&self, token_hash: &str) -> Result<Option<LiveSession>, DbError> {
        let found = sessions::by_token(self.db, token_hash).await?;
        if let Some(live) = &found {
            self.db.kept.keep(self.revision, |state| put(&mut state.sessions, token_hash, live.clone()));
        }
        Ok(found)
    }

    /// The token of a hash, with its person. When it was used last may be old: [`Self::token_anew`] knows.
    pub async fn token(&self, token_hash: &str) -> Result<Option<LiveToken>, DbError> {
        if let Some(live) = self.db.kept.at(self.revision).tokens.get(token_hash) {
            return Ok(Some(live.clone()));
        }
        self.token_anew(token_hash).await
    }

    /// The same from the tables.
    pub async fn token_anew(&self, token_hash: &str) -> Result<Option<LiveToken>, DbError> {
        let found = tokens::by_hash(self.db, token_hash).await?;
        if let Some(live) = &found {
            self.db.kept.keep(self.revision, |state| put(&mut state.tokens, token_hash, live.clone()));
        }
        Ok(found)
    }

    /// The settings.
    pub async fn settings(&self) -> Result<KeptSettings, DbError> {
        if let Some(settings) = &self.db.kept.at(self.revision).settings {
            return Ok(settings.clone());
        }
        let found = settings::get(self.db).await?;
        self.db.kept.keep(self.revision, |state| state.settings = Some(found.clone()));
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_before_a_change_is_not_kept_after_it() {
        let kept = Kept::default();
        kept.at(1).settings = Some(KeptSettings::default());
        assert!(kept.at(1).settings.is_some());
        assert!(kept.at(2).settings.is_none(), "something has changed");
        // Whoever read before the change comes late.
        kept.keep(1, |state| state.settings = Some(KeptSettings::default()));
        assert!(kept.at(2).settings.is_none());
    }

    #[test]
    fn memory_has_a_bound() {
        let mut map = HashMap::new();
        for at in 0..=MOST {
            put(&mut map, &at.to_string(), at);
        }
        assert_eq!(map.len(), 1);
    }
}
