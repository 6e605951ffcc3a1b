//! Who asks: a session's cookie or a program's token becomes a caller.

use contract::accounts::UserState;

use super::sweep::SMALL_STEP_BACK_MS;
use crate::auth::secret::{Secret, SecretKind};
use crate::clock::stamp_of;
use crate::error::Failure;
use crate::services::Services;
use crate::services::acting::Caller;

/// A session's last use is written down at most so often, in milliseconds.
const SEEN_EVERY_MS: i64 = 60 * 1000;

impl Services {
    /// The person of a session cookie; nobody when the session has ended or the person may not come in any more. What is
    /// known of them is of this moment, so that a change works at once.
    pub async fn by_session(&self, cookie: &str) -> Result<Caller, Failure> {
        let Some(secret) = Secret::parse(SecretKind::Session, cookie) else { return Ok(Caller::Anonymous) };
        let hash = secret.hash();
        let now_ms = self.session_ms().await?;
        let accounts = self.db.accounts().await?;
        let Some(mut live) = accounts.session(&hash).await? else { return Ok(Caller::Anonymous) };
        let mut seen_ms = self.uses.seen_ms(&hash, live.session.seen_ms);
        if now_ms - seen_ms >= SEEN_EVERY_MS {
            // Another server may have seen it since it was read.
            let Some(anew) = accounts.session_anew(&hash).await? else { return Ok(Caller::Anonymous) };
            live = anew;
            seen_ms = self.uses.seen_ms(&hash, live.session.seen_ms);
        }
        let settings = accounts.settings().await?.settings;
        let is_over = now_ms - seen_ms > i64::from(settings.session_idle_min) * 60_000
            || now_ms - live.session.created_ms > i64::from(settings.session_most_h) * 3_600_000;
        // It was begun by a clock that was wrong.
        let is_of_the_future = seen_ms > now_ms + SMALL_STEP_BACK_MS;
        if is_over && self.is_clock_held(now_ms).await? {
            // By a clock that may be wrong nobody is let in, and nothing ends.
            return Ok(Caller::Anonymous);
        }
        if is_over || is_of_the_future || live.state != UserState::Active {
            self.uses.session_over(hash);
            self.write_uses_later();
            return Ok(Caller::Anonymous);
        }
        if now_ms - seen_ms >= SEEN_EVERY_MS {
            self.uses.session_seen(hash, now_ms);
            self.write_uses_later();
        }
        Ok(Caller::Person {
            user_id: live.session.user_id,
            name: live.name,
            role: live.role,
            must_change_password: live.must_change_password,
            session_id: live.session.id,
        })
    }

    /// The program of an API token; nobody when it was revoked, has expired or its person may not come in any more.
    pub async fn by_api_token(&self, text: &str) -> Result<Caller, Failure> {
        let Some(secret) = Secret::parse(SecretKind::ApiToken, text) else { return Ok(Caller::Anonymous) };
        let hash = secret.hash();
        let now_ms = self.session_ms().await?;
        let accounts = self.db.accounts().await?;
        let Some(mut live) = accounts.token(&hash).await? else { return Ok(Caller::Anonymous) };
        let is_of_the_future = live.token.created_at > stamp_of(now_ms + SMALL_STEP_BACK_MS);
        if now_ms > live.token.expires_ms || is_of_the_future || live.state != UserState::Active {
            return Ok(Caller::Anonymous);
        }
        let minute_ago = stamp_of(now_ms - SEEN_EVERY_MS);
        let is_due = |used_at: Option<String>| self.uses.used_at(&hash, used_at).is_none_or(|at| at < minute_ago);
        if is_due(live.token.used_at.clone()) {
            // Another server may have noted a use since it was read.
            let Some(anew) = accounts.token_anew(&hash).await? else { return Ok(Caller::Anonymous) };
            live = anew;
            if is_due(live.token.used_at.clone()) {
                self.uses.token_used(hash, self.clock.stamp());
                self.write_uses_later();
            }
        }
        Ok(Caller::Token {
            user_id: live.token.user_id,
            name: live.user_name,
            role: live.role,
            token_id: live.token.id,
            token: live.token.name,
            scopes: live.token.scopes,
        })
    }
}
