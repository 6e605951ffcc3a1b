//! One's own account, sessions and tokens; the contract of all that is done with people.

use async_trait::async_trait;
use contract::access::Action;
use contract::accounts::{
    AccountsApi, ChangedUser, ImportedPerson, MAX_TOKEN_DAYS, MadeToken, NewToken, PeoplePreview, Profile, SessionLine,
    TokenLine, UserChange, UserPage, UserQuery,
};
use contract::error::ApiError;

use super::enter::new_secret;
use crate::auth::secret::SecretKind;
use crate::clock::stamp_of;
use crate::db::accounts::sessions::SessionRow;
use crate::db::accounts::tokens::TokenRow;
use crate::db::accounts::{sessions, tokens, users};
use crate::error::Failure;
use crate::services::acting::{Acting, AuditEvent, Caller};

/// Longest name of a token, in characters.
const MAX_TOKEN_NAME_CHARS: usize = 40;
/// Most tokens of one person that are not revoked.
const MAX_TOKENS: usize = 20;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

#[async_trait]
impl AccountsApi for Acting {
    async fn users(&self, query: UserQuery) -> Result<UserPage, ApiError> {
        self.list_users(query).await
    }

    async fn change_user(&self, id: String, revision: i64, change: UserChange) -> Result<ChangedUser, ApiError> {
        self.change_one(id, revision, change).await
    }

    async fn preview_people(&self, file: Vec<u8>) -> Result<PeoplePreview, ApiError> {
        self.preview(file).await
    }

    async fn import_people(&self, file: Vec<u8>) -> Result<Vec<ImportedPerson>, ApiError> {
        self.import(file).await
    }

    async fn profile(&self) -> Result<Profile, ApiError> {
        self.run(Action::ManageSelf, "", self.own_profile()).await
    }

    async fn end_session(&self, id: Option<String>) -> Result<(), ApiError> {
        self.run(Action::ManageSelf, "", self.end_own(id)).await
    }

    async fn make_token(&self, token: NewToken) -> Result<MadeToken, ApiError> {
        let name = token.name.clone();
        self.run(Action::ManageTokens, &name, self.make(token)).await
    }

    async fn revoke_token(&self, id: String) -> Result<(), ApiError> {
        self.run(Action::ManageTokens, &id, self.revoke(&id)).await
    }
}

impl Acting {
    /// The person and the session of the caller; the table of access lets nobody else come here.
    fn own(&self) -> Result<(&str, &str), Failure> {
        match &self.caller {
            Caller::Person { user_id, session_id, .. } => Ok((user_id, session_id)),
            _ => Err(ApiError::Denied.into()),
        }
    }

    async fn own_profile(&self) -> Result<Profile, Failure> {
        let (user_id, session_id) = self.own()?;
        let db = &self.services.db;
        let Some(user) = users::by_id(db.pool(), user_id).await? else { return Err(ApiError::SignInNeeded.into()) };
        let now_ms = self.services.session_ms().await?;
        let own_sessions = sessions::of_user(db, user_id).await?;
        let own_tokens = tokens::of_user(db, user_id).await?;
        Ok(Profile {
            name: user.name,
            role: user.role,
            created_at: user.created_at,
            sessions: own_sessions.into_iter().map(|row| session_line(self.seen(row), session_id)).collect(),
            tokens: own_tokens.into_iter().map(|row| token_line(self.used(row), now_ms)).collect(),
        })
    }

    /// A session with its last use, which may not stand in its row yet.
    fn seen(&self, row: SessionRow) -> SessionRow {
        SessionRow { seen_ms: self.services.uses.seen_ms(&row.token_hash, row.seen_ms), ..row }
    }

    /// The same of a token.
    fn used(&self, mut row: TokenRow) -> TokenRow {
        row.used_at = self.services.uses.used_at(&row.token_hash, row.used_at);
        row
    }

    async fn end_own(&self, id: Option<String>) -> Result<(), Failure> {
        let (user_id, current) = self.own()?;
        let mut write = self.services.db.begin_write().await?;
        let object = match id {
            Some(id) => {
                if !sessions::end_one(&mut write, user_id, &id).await? {
                    return Err(ApiError::NotFound { key: id }.into());
                }
                id
            }
            None => sessions::end_all(&mut write, user_id, current).await?.to_string(),
        };
        self.note_in(&mut write, AuditEvent::done("end_sessions", object)).await?;
        write.commit().await.map_err(crate::db::DbError::from)?;
        Ok(())
    }

    async fn make(&self, new: NewToken) -> Result<MadeToken, Failure> {
        let (user_id, _) = self.own()?;
        let invalid = |field: &str, value: String, expected: String| {
            Failure::Api(ApiError::Invalid { field: field.into(), value, expected })
        };
        let name = new.name.trim().to_owned();
        let n_chars = name.chars().count();
        if !(1..=MAX_TOKEN_NAME_CHARS).contains(&n_chars) || name.chars().any(char::is_control) {
            return Err(invalid("name", name, format!("1_to_{MAX_TOKEN_NAME_CHARS}_chars")));
        }
        if new.scopes.is_empty() {
            return Err(invalid("scope", String::new(), "at_least_1".into()));
        }
        if !(1..=MAX_TOKEN_DAYS).contains(&new.days) {
            return Err(invalid("days", new.days.to_string(), format!("1_to_{MAX_TOKEN_DAYS}")));
        }
        let services = &self.services;
        let n_tokens = tokens::of_user(&services.db, user_id).await?.len();
        if n_tokens >= MAX_TOKENS {
            return Err(ApiError::TooMany { field: "tokens".into(), limit: MAX_TOKENS, got: n_tokens + 1 }.into());
        }
        let secret = new_secret(SecretKind::ApiToken)?;
        let now_ms = services.session_ms().await?;
        let row = TokenRow {
            id: services.clock.new_id(),
            token_hash: secret.hash(),
            user_id: user_id.to_owned(),
            name,
            scopes: new.scopes,
            created_at: services.clock.stamp(),
            expires_ms: now_ms + i64::from(new.days) * DAY_MS,
            used_at: None,
            revoked_at: None,
        };
        let scopes: Vec<&str> = row.scopes.iter().map(|scope| scope.code()).collect();
        let mut write = services.db.begin_write().await?;
        tokens::add(&mut write, &row).await?;
        self.note_in(&mut write, AuditEvent::done("make_token", row.name.clone()).to(scopes.join(" "))).await?;
        write.commit().await.map_err(crate::db::DbError::from)?;
        Ok(MadeToken { token: token_line(row, now_ms), secret: secret.reveal() })
    }

    async fn revoke(&self, id: &str) -> Result<(), Failure> {
        let (user_id, _) = self.own()?;
        let mut write = self.services.db.begin_write().await?;
        let Some(name) = tokens::revoke(&mut write, user_id, id, &self.services.clock.stamp()).await? else {
            return Err(ApiError::NotFound { key: id.to_owned() }.into());
        };
        self.note_in(&mut write, AuditEvent::done("revoke_token", name)).await?;
        write.commit().await.map_err(crate::db::DbError::from)?;
        Ok(())
    }
}

fn session_line(session: SessionRow, current: &str) -> SessionLine {
    SessionLine {
        is_current: session.id == current,
        id: session.id,
        created_at: stamp_of(session.created_ms),
        seen_at: stamp_of(session.seen_ms),
        address: session.address,
        device: session.device,
    }
}

fn token_line(token: TokenRow, now_ms: i64) -> TokenLine {
    TokenLine {
        id: token.id,
        name: token.name,
        scopes: token.scopes,
        created_at: token.created_at,
        expires_at: stamp_of(token.expires_ms),
        used_at: token.used_at,
        is_expired: now_ms > token.expires_ms,
    }
}
