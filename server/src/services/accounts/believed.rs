//! Which instant is believed. Whatever deletes or revokes by time asks here: a clock that is far beyond the latest instant
//! that was seen may be wrong, and what it would delete is gone for good.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use contract::access::Action;
use contract::error::ApiError;
use contract::settings::HeldClock;
use tokio::sync::OnceCell;

use crate::clock::stamp_of;
use crate::db::{DbError, clock};
use crate::error::Failure;
use crate::services::Services;
use crate::services::acting::{Acting, AuditEvent};

/// A clock may be so many milliseconds beyond the latest instant: a plant that was closed for two weeks. By more, somebody
/// has to say that it is right.
const FAR_MS: i64 = 14 * 24 * 60 * 60 * 1000;

/// The latest instant that is believed, as this process knows it.
#[derive(Default)]
pub struct Believed {
    ms: OnceCell<AtomicI64>,
    is_said: AtomicBool,
}

impl Services {
    /// Milliseconds since 1970 by the clock, as they come.
    pub(crate) fn clock_ms(&self) -> i64 {
        self.clock.now().timestamp_millis()
    }

    async fn believed(&self) -> Result<&AtomicI64, Failure> {
        let begin = async {
            let ms = match clock::trusted_ms(&self.db).await? {
                Some(ms) => Some(ms),
                None => clock::newest_ms(&self.db).await?,
            };
            Ok::<_, Failure>(AtomicI64::new(ms.unwrap_or_else(|| self.clock_ms())))
        };
        self.believed.ms.get_or_try_init(|| begin).await
    }

    /// The latest instant that is believed, in milliseconds since 1970.
    pub(super) async fn believed_ms(&self) -> Result<i64, Failure> {
        Ok(self.believed().await?.load(Ordering::SeqCst))
    }

    /// Whether the clock, which says `now_ms`, is held: nothing is deleted or revoked by it. One that is believed moves the
    /// latest instant on.
    pub(crate) async fn is_clock_held(&self, now_ms: i64) -> Result<bool, Failure> {
        let believed = self.believed().await?;
        if now_ms - believed.load(Ordering::SeqCst) <= FAR_MS {
            believed.fetch_max(now_ms, Ordering::SeqCst);
            self.believed.is_said.store(false, Ordering::SeqCst);
            return Ok(false);
        }
        if !self.believed.is_said.swap(true, Ordering::SeqCst) {
            let (at, latest) = (stamp_of(now_ms), stamp_of(believed.load(Ordering::SeqCst)));
            tracing::error!(
                at,
                latest,
                "the clock says {at}, far beyond {latest}, the latest instant before: nothing is deleted or revoked by time \
                 until an admin confirms it on the page of settings or by `routing-ml clock confirm`"
            );
        }
        Ok(true)
    }

    /// The same from memory, for what is shown beside something else.
    pub(crate) fn seems_clock_held(&self) -> bool {
        let believed = self.believed.ms.get().map(|ms| ms.load(Ordering::SeqCst));
        believed.is_some_and(|believed_ms| self.clock_ms() - believed_ms > FAR_MS)
    }

    /// Whether the clock is held, with what another process has confirmed; keeps the latest instant for the next start.
    pub(super) async fn settle_clock(&self) -> Result<bool, Failure> {
        let (is_held, is_kept) = self.ask_clock().await?;
        // What is written by a clock that is held must not be the newest that the next start finds.
        if is_held && is_kept {
            return Ok(true);
        }
        self.keep_believed().await?;
        Ok(is_held)
    }

    /// Whether the clock is held, with what another process has confirmed, and whether any instant is kept yet.
    async fn ask_clock(&self) -> Result<(bool, bool), Failure> {
        let believed = self.believed().await?;
        let kept_ms = clock::trusted_ms(&self.db).await?;
        believed.fetch_max(kept_ms.unwrap_or(i64::MIN), Ordering::SeqCst);
        Ok((self.is_clock_held(self.clock_ms()).await?, kept_ms.is_some()))
    }

    async fn keep_believed(&self) -> Result<(), Failure> {
        let believed_ms = self.believed_ms().await?;
        self.if_writable(clock::advance(&self.db, believed_ms).await)?;
        Ok(())
    }
}

impl Acting {
    /// What is to be confirmed; `None` while the clock is believed.
    ///
    /// # Errors
    /// [`ApiError`].
    pub async fn held_clock(&self) -> Result<Option<HeldClock>, ApiError> {
        let work = async {
            let services = &self.services;
            // The first question of a command: another process may have confirmed it. Only the very first instant is
            // written here; the sweep moves it on, so that looking at a page waits for no writer.
            let (is_held, is_kept) = services.ask_clock().await?;
            if !is_kept {
                services.keep_believed().await?;
            }
            if !is_held {
                return Ok(None);
            }
            let (now_ms, believed_ms) = (services.clock_ms(), services.believed_ms().await?);
            Ok(Some(HeldClock { clock_at: stamp_of(now_ms), latest_at: stamp_of(believed_ms) }))
        };
        self.run(Action::ChangeSettings, "", work).await
    }

    /// Says that the clock is right; from now on it is believed again.
    ///
    /// # Errors
    /// [`ApiError`].
    pub async fn confirm_clock(&self) -> Result<(), ApiError> {
        let work = async {
            let services = &self.services;
            let (believed, now_ms) = (services.believed().await?, services.clock_ms());
            let event = AuditEvent::done("confirm_clock", "clock");
            let event = event.change(stamp_of(believed.load(Ordering::SeqCst)), stamp_of(now_ms));
            let mut write = services.db.begin_write().await?;
            clock::set(&mut write, now_ms).await?;
            self.note_in(&mut write, event).await?;
            write.commit().await.map_err(DbError::from)?;
            believed.store(now_ms, Ordering::SeqCst);
            Ok(())
        };
        self.run(Action::ChangeSettings, "clock", work).await
    }
}
