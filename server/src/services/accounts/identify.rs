//! Who asks: a session's cookie or a program's token becomes a caller.

use app::api::accounts::UserState;

use super::sweep::SMALL_STEP_BACK_MS;
use crate::auth::secret::{Secret, SecretKind};
use crate::clock::stamp_of;
use crate::db::accounts::{sessions, tokens};
use crate::error::Failure;
use crate::services::Services;
use crate::services::acting::Caller;

/// A session's last use is written down at most so often, in milliseconds.
const SEEN_EVERY_MS: i64 = 60 * 1000;

impl Services {
    /// The person of a session cookie; nobody when the session has ended or the person may not come in any more. The
    /// role is read anew each time, so that a change works at once.
    pub async fn by_session(&self, cookie: &str) -> Result<Caller, Failure> {
        let Some(secret) = Secret::parse(SecretKind::Session, cookie) else { return Ok(Caller::Anonymous) };
        let hash = secret.hash();
        let now_ms = self.session_ms().await?;
        let Some(live) = sessions::by_token(&self.db, &hash).await? else { return Ok(Caller::Anonymous) };
        let settings = crate::db::settings::get(&self.db).await?.settings;
        let is_over = now_ms - live.session.seen_ms > i64::from(settings.session_idle_min) * 60_000
            || now_ms - live.session.created_ms > i64::from(settings.session_most_h) * 3_600_000;
        // It was begun by a clock that was wrong.
        let is_of_the_future = live.session.seen_ms > now_ms + SMALL_STEP_BACK_MS;
        if is_over && self.is_clock_held(now_ms).await? {
            // By a clock that may be wrong nobody is let in, and nothing ends.
            return Ok(Caller::Anonymous);
        }
        if is_over || is_of_the_future || live.state != UserState::Active {
            self.if_writable(sessions::end(self.db.writers(), &hash).await)?;
            return Ok(Caller::Anonymous);
        }
        if now_ms - live.session.seen_ms >= SEEN_EVERY_MS {
            self.if_writable(sessions::seen(&self.db, &hash, now_ms).await)?;
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
        let Some(live) = tokens::by_hash(&self.db, &hash).await? else { return Ok(Caller::Anonymous) };
        let is_of_the_future = live.token.created_at > stamp_of(now_ms + SMALL_STEP_BACK_MS);
        if now_ms > live.token.expires_ms || is_of_the_future || live.state != UserState::Active {
            return Ok(Caller::Anonymous);
        }
        let minute_ago = stamp_of(now_ms - SEEN_EVERY_MS);
        if live.token.used_at.is_none_or(|used_at| used_at < minute_ago) {
            self.if_writable(tokens::used(&self.db, &hash, &self.clock.stamp()).await)?;
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
