//! Coming in by name and password, and what everybody gets who comes in: a session and a known device.

use std::net::IpAddr;

use contract::access::Action;
use contract::accounts::UserState;
use contract::sign_in::SignInRefusal;
use sqlx::{Any, Transaction};

use super::sweep::device_horizon_ms;
use crate::auth::password::PasswordError;
use crate::auth::secret::{Secret, SecretKind};
use crate::auth::throttle::Attempt;
use crate::auth::user_name::UserName;
use crate::db::accounts::sessions::SessionRow;
use crate::db::accounts::users::UserRow;
use crate::db::accounts::{devices, sessions, users};
use crate::error::Failure;
use crate::services::Services;
use crate::services::acting::{AuditEvent, Caller};

/// Most sessions of one person; with one more, the one that was used least lately ends.
const MOST_SESSIONS: usize = 20;
/// From where somebody comes.
#[derive(Clone, Debug)]
pub struct Arrival {
    pub address: IpAddr,
    /// The device cookie, if the browser has one.
    pub device: Option<String>,
    /// Browser and system in a few words, for the list of sessions.
    pub agent: String,
    /// The session cookie, if the browser has one: that session ends.
    pub old_session: Option<String>,
}

/// The time, and how long a session may last.
#[derive(Clone, Copy, Debug)]
pub(super) struct Door {
    pub(super) now_ms: i64,
    most_s: u64,
}

/// What a browser gets that came in.
#[derive(Clone, Debug)]
pub struct Entered {
    /// For the session cookie.
    pub session: Secret,
    /// For the device cookie.
    pub device: Secret,
    /// How long the session may last at most, in seconds.
    pub most_s: u64,
    pub must_change_password: bool,
}

impl Services {
    /// Signs a person in by name and password.
    ///
    /// # Errors
    /// [`Failure`] for faults of ours; a refusal is no failure.
    pub async fn sign_in(
        &self,
        name: &str,
        password: &str,
        arrival: &Arrival,
    ) -> Result<Result<Entered, SignInRefusal>, Failure> {
        // What can be no name is nobody's.
        let key = UserName::parse(name).map(|name| name.key()).unwrap_or_default();
        let user = users::by_name(&self.db, &key).await?;
        let now_ms = self.session_ms().await?;
        let is_known_device = match (&user, device_hash(arrival)) {
            (Some(user), Some(hash)) => devices::is_known(&self.db, &hash, &user.id, device_horizon_ms(now_ms)).await?,
            _ => false,
        };
        let attempt = Attempt { account: &key, address: arrival.address, is_known_device };
        let acting = self.acting(Caller::Anonymous, Some(arrival.address));
        // What was typed as a name may be a password: only names that exist are written down.
        let object = user.as_ref().map(|user| user.name.clone()).unwrap_or_default();
        let failed = |reason: &'static str| AuditEvent::done(Action::SignIn.code(), object.clone()).failed(reason);
        let at_ms = u64::try_from(now_ms).unwrap_or(0);
        if let Err(wait) = self.with_throttle(|throttle| throttle.may_try(&attempt, at_ms)) {
            acting.note_sparingly(failed("wait")).await;
            return Ok(Err(SignInRefusal::Wait { seconds: wait.seconds }));
        }
        let stored = user.as_ref().map(|user| user.password_hash.as_str());
        let verdict = match self.passwords.verify(password, stored).await {
            Ok(verdict) => verdict,
            Err(PasswordError::Busy) => {
                self.with_throttle(|throttle| throttle.withdrawn(&attempt, at_ms));
                return Ok(Err(SignInRefusal::Busy));
            }
            Err(error) => return Err(Failure::Other(error.to_string())),
        };
        let Some(user) = user.filter(|_| verdict.is_right) else {
            self.with_throttle(|throttle| throttle.failed(&attempt, at_ms));
            acting.note(failed("wrong")).await?;
            return Ok(Err(SignInRefusal::Wrong));
        };
        self.with_throttle(|throttle| throttle.succeeded(&attempt, at_ms));
        let refusal = match user.state {
            UserState::Active if user.password_expires_ms.is_some_and(|end_ms| now_ms > end_ms) => {
                acting.note(failed("expired")).await?;
                return Ok(Err(SignInRefusal::Expired));
            }
            UserState::Active => None,
            UserState::Pending => Some(SignInRefusal::Pending),
            UserState::Disabled | UserState::Rejected => Some(SignInRefusal::Closed),
        };
        if let Some(refusal) = refusal {
            acting.note(failed(user.state.code())).await?;
            return Ok(Err(refusal));
        }
        let new_hash = match verdict.needs_rehash {
            true => Some(self.passwords.hash(password).await.map_err(|error| Failure::Other(error.to_string()))?),
            false => None,
        };
        let door = self.door().await?;
        let mut write = self.db.begin_write().await?;
        // The person may have been disabled while the password was checked.
        let Some(user) = users::by_id(&mut *write, &user.id).await?.filter(|user| user.state == UserState::Active)
        else {
            return Ok(Err(SignInRefusal::Closed));
        };
        let entered = self.let_in(&mut write, &user, arrival, new_hash.as_deref(), door).await?;
        write.commit().await.map_err(crate::db::DbError::from)?;
        Ok(Ok(entered))
    }

    /// What a session begins with. Asked before the transaction: one that waits for another connection while it holds one
    /// could wait for ever.
    pub(super) async fn door(&self) -> Result<Door, Failure> {
        let now_ms = self.session_ms().await?;
        let settings = crate::db::settings::get(&self.db).await?.settings;
        Ok(Door { now_ms, most_s: u64::from(settings.session_most_h) * 3600 })
    }

    /// Begins a session within a transaction. Whatever session the browser had before ends: a token that somebody
    /// planted there is worth nothing.
    pub(super) async fn let_in(
        &self,
        write: &mut Transaction<'static, Any>,
        user: &UserRow,
        arrival: &Arrival,
        new_hash: Option<&str>,
        door: Door,
    ) -> Result<Entered, Failure> {
        let session = new_secret(SecretKind::Session)?;
        let device = match arrival.device.as_deref().and_then(|text| Secret::parse(SecretKind::Session, text)) {
            Some(device) => device,
            None => new_secret(SecretKind::Session)?,
        };
        if let Some(old) = arrival.old_session.as_deref().and_then(|text| Secret::parse(SecretKind::Session, text)) {
            sessions::end(&mut **write, &old.hash()).await?;
        }
        let row = SessionRow {
            token_hash: session.hash(),
            id: self.clock.new_id(),
            user_id: user.id.clone(),
            created_ms: door.now_ms,
            seen_ms: door.now_ms,
            address: arrival.address.to_string(),
            device: arrival.agent.clone(),
        };
        sessions::add(write, &row).await?;
        let seen_ms = |row: &SessionRow| self.uses.seen_ms(&row.token_hash, row.seen_ms);
        sessions::end_beyond(write, &user.id, MOST_SESSIONS, seen_ms).await?;
        users::signed_in(write, &user.id, &self.clock.stamp(), new_hash).await?;
        devices::used(write, &device.hash(), &user.id, door.now_ms).await?;
        let acting = self.acting(caller_of(user, &row.id), Some(arrival.address));
        acting.note_in(write, AuditEvent::done(Action::SignIn.code(), user.name.clone())).await?;
        Ok(Entered { session, device, most_s: door.most_s, must_change_password: user.must_change_password })
    }
}

pub(super) fn new_secret(kind: SecretKind) -> Result<Secret, Failure> {
    Secret::new(kind).map_err(|error| Failure::Other(error.to_string()))
}

fn device_hash(arrival: &Arrival) -> Option<String> {
    arrival.device.as_deref().and_then(|text| Secret::parse(SecretKind::Session, text)).map(|secret| secret.hash())
}

pub(super) fn caller_of(user: &UserRow, session_id: &str) -> Caller {
    Caller::Person {
        user_id: user.id.clone(),
        name: user.name.clone(),
        role: user.role,
        must_change_password: user.must_change_password,
        session_id: session_id.to_owned(),
    }
}
