//! When sessions and tokens were used last, and sessions that are over: written down beside the requests, so that none of
//! them waits for a writer.
//!
//! Until it is written it stands here, and whoever asks for a last use asks here too.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::db::accounts::{sessions, tokens};
use crate::db::{DbError, DbKind};
use crate::services::Services;

/// What is not written down yet.
#[derive(Default)]
pub struct Uses {
    unwritten: Mutex<Unwritten>,
    /// One writes at a time.
    writing: tokio::sync::Mutex<()>,
}

#[derive(Clone, Default)]
struct Unwritten {
    /// By the hash of the token, in milliseconds since 1970.
    sessions: BTreeMap<String, i64>,
    /// By the hash of the token, RFC 3339, UTC.
    tokens: BTreeMap<String, String>,
    ended: BTreeSet<String>,
}

impl Unwritten {
    fn is_empty(&self) -> bool {
        self.sessions.is_empty() && self.tokens.is_empty() && self.ended.is_empty()
    }
}

impl Uses {
    fn unwritten(&self) -> MutexGuard<'_, Unwritten> {
        self.unwritten.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// When a session was used last as far as both know: the row, and what is not written yet.
    pub(super) fn seen_ms(&self, token_hash: &str, in_row_ms: i64) -> i64 {
        let unwritten = self.unwritten().sessions.get(token_hash).copied();
        unwritten.map_or(in_row_ms, |ms| ms.max(in_row_ms))
    }

    /// The same of an API token.
    pub(super) fn used_at(&self, token_hash: &str, in_row: Option<String>) -> Option<String> {
        let unwritten = self.unwritten().tokens.get(token_hash).cloned();
        unwritten.max(in_row)
    }

    pub(super) fn session_seen(&self, token_hash: String, now_ms: i64) {
        self.unwritten().sessions.insert(token_hash, now_ms);
    }

    pub(super) fn token_used(&self, token_hash: String, at: String) {
        self.unwritten().tokens.insert(token_hash, at);
    }

    pub(super) fn session_over(&self, token_hash: String) {
        self.unwritten().ended.insert(token_hash);
    }

    /// Forgets what was written, unless it is newer by now.
    fn forget(&self, written: &Unwritten) {
        let mut unwritten = self.unwritten();
        unwritten.sessions.retain(|hash, ms| written.sessions.get(hash) != Some(ms));
        unwritten.tokens.retain(|hash, at| written.tokens.get(hash) != Some(at));
        unwritten.ended.retain(|hash| !written.ended.contains(hash));
    }
}

impl Services {
    /// Has a task write down what is not written yet, beside the request.
    pub(super) fn write_uses_later(&self) {
        let services = self.clone();
        tokio::spawn(async move {
            if let Err(error) = services.write_uses().await {
                // It stays in memory, and is written with the next ones or by the next sweep.
                services.refuse(error);
            }
        });
    }

    /// Writes down what is not written yet; where nothing can be written it stays in memory.
    pub(crate) async fn write_uses(&self) -> Result<(), DbError> {
        let _one_writes = self.uses.writing.lock().await;
        let unwritten = self.uses.unwritten().clone();
        if !unwritten.is_empty() && self.if_writable(self.write(&unwritten).await)?.is_some() {
            self.uses.forget(&unwritten);
        }
        Ok(())
    }

    async fn write(&self, unwritten: &Unwritten) -> Result<(), DbError> {
        let Unwritten { sessions: seen, tokens: used, ended } = unwritten;
        if self.db.kind() == DbKind::Sqlite {
            // One commit, one wait for the disk.
            let mut write = self.db.begin_write().await?;
            for (hash, ms) in seen {
                sessions::seen(&mut *write, hash, *ms).await?;
            }
            for (hash, at) in used {
                tokens::used(&mut *write, hash, at).await?;
            }
            for hash in ended {
                sessions::end(&mut *write, hash).await?;
            }
            return Ok(write.commit().await?);
        }
        // One row at a time: whoever ends several sessions of a person at once never waits for this in a circle.
        for (hash, ms) in seen {
            sessions::seen(self.db.writers(), hash, *ms).await?;
        }
        for (hash, at) in used {
            tokens::used(self.db.writers(), hash, at).await?;
        }
        for hash in ended {
            sessions::end(self.db.writers(), hash).await?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_while_it_is_written_is_written_next() {
        let uses = Uses::default();
        uses.session_seen("a".into(), 1);
        uses.session_over("b".into());
        let first = uses.unwritten().clone();
        uses.session_seen("a".into(), 2);
        assert_eq!((uses.seen_ms("a", 1), uses.seen_ms("a", 3), uses.seen_ms("b", 7)), (2, 3, 7));
        uses.forget(&first);
        let second = uses.unwritten().clone();
        assert_eq!((second.sessions.get("a"), second.ended.len()), (Some(&2), 0), "it was seen again");
        uses.forget(&second);
        assert!(uses.unwritten().is_empty());
    }

    #[test]
    fn the_later_use_of_a_token_counts() {
        let uses = Uses::default();
        assert_eq!(uses.used_at("a", None), None);
        uses.token_used("a".into(), "2026-01-02".into());
        assert_eq!(uses.used_at("a", None).as_deref(), Some("2026-01-02"));
        assert_eq!(uses.used_at("a", Some("2026-01-03".into())).as_deref(), Some("2026-01-03"));
    }
}
