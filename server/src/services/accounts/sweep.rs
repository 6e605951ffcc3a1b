//! Time as sessions know it, and tidying up what is over.

use std::sync::PoisonError;
use std::sync::atomic::{AtomicI64, Ordering};

use crate::auth::throttle::Throttle;
use crate::clock::stamp_of;
use crate::db::accounts::{devices, links, sessions, tokens};
use crate::db::audit;
use crate::error::Failure;
use crate::services::Services;

/// A browser is known for so many days after its last sign-in.
pub const KEEP_DEVICES_DAYS: i64 = 180;
/// Time stands still for sessions when the clock goes back by at most so many milliseconds; by more, the clock was wrong.
pub(super) const SMALL_STEP_BACK_MS: i64 = 60 * 60 * 1000;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Devices last used before this are unknown.
pub(super) fn device_horizon_ms(now_ms: i64) -> i64 {
    now_ms.saturating_sub(KEEP_DEVICES_DAYS * DAY_MS)
}

impl Services {
    /// Milliseconds since 1970 by the clock.
    pub(crate) fn now_ms(&self) -> u64 {
        u64::try_from(self.clock.now().timestamp_millis()).unwrap_or(0)
    }

    /// The same for sessions, which never goes back, so that nothing that has expired comes to life again. Should the
    /// clock turn out to have been far ahead, all sessions end and time begins anew: nobody is revived, and nobody is
    /// locked out, since everybody can sign in. A clock that is held moves nothing: by its time sessions and tokens may seem
    /// over, and they serve again once it is right.
    pub(crate) async fn session_ms(&self) -> Result<i64, Failure> {
        let now_ms = self.clock.now().timestamp_millis();
        let begin = async { Ok::<_, Failure>(AtomicI64::new(self.believed_ms().await?)) };
        let high = self.high_ms.get_or_try_init(|| begin).await?;
        if self.is_clock_held(now_ms).await? {
            return Ok(now_ms);
        }
        let high_ms = high.fetch_max(now_ms, Ordering::SeqCst);
        if now_ms >= high_ms {
            return Ok(now_ms);
        }
        if high_ms - now_ms <= SMALL_STEP_BACK_MS {
            return Ok(high_ms);
        }
        // Only the first to see it acts.
        if high.compare_exchange(high_ms, now_ms, Ordering::SeqCst, Ordering::SeqCst).is_ok() {
            let n_min = (high_ms - now_ms) / 60_000;
            tracing::warn!(n_min, "the clock went back by {n_min} minutes: all sessions end");
            tokens::revoke_expired(&self.db, high_ms, &self.clock.stamp()).await?;
            links::forget_old(&self.db, high_ms).await?;
            sessions::end_old(&self.db, i64::MAX, i64::MAX, i64::MAX).await?;
            self.with_throttle(|throttle| *throttle = Throttle::default());
        }
        Ok(now_ms)
    }

    /// Ends sessions and revokes tokens that are over, forgets old devices and links, and deletes lines of the audit
    /// trail, predictions and receipts that are older than the plant keeps them. Safe to run at any time; the server does so every minute. While the
    /// clock is held nothing of this happens.
    pub async fn sweep(&self) -> Result<(), Failure> {
        if self.settle_clock().await? {
            return Ok(());
        }
        // A session whose last use is not written yet is not idle.
        self.write_uses().await?;
        let now_ms = self.session_ms().await?;
        let settings = crate::db::settings::get(&self.db).await?.settings;
        let idle_ms = now_ms - i64::from(settings.session_idle_min) * 60_000;
        let begun_ms = now_ms - i64::from(settings.session_most_h) * 3_600_000;
        sessions::end_old(&self.db, idle_ms, begun_ms, now_ms + SMALL_STEP_BACK_MS).await?;
        tokens::revoke_expired(&self.db, now_ms, &self.clock.stamp()).await?;
        links::forget_old(&self.db, now_ms).await?;
        devices::forget_old(&self.db, device_horizon_ms(now_ms)).await?;
        let oldest_ms = now_ms - i64::from(settings.audit_kept_days) * DAY_MS;
        // Nothing is older than an instant that no calendar has, whose stamp is empty.
        audit::forget_before(&self.db, &stamp_of(oldest_ms)).await?;
        self.forget_predictions(now_ms, settings.predictions_kept_days).await
    }

    /// Asks or tells the counters of failed attempts.
    pub(super) fn with_throttle<T>(&self, ask: impl FnOnce(&mut Throttle) -> T) -> T {
        ask(&mut self.throttle.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
