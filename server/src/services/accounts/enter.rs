//! Coming in: signing in and up, the first admin, links that work once, and people made from the console.

use std::net::IpAddr;

use app::access::{Action, Role};
use app::api::accounts::UserState;
use app::api::sign_in::{NameFault, SignInRefusal, SignUpRefusal};
use app::error::ApiError;
use sqlx::{Any, Transaction};

use super::password::fault_of;
use super::sweep::device_horizon_ms;
use crate::auth::password::PasswordError;
use crate::auth::password_rules;
use crate::auth::secret::{Secret, SecretKind};
use crate::auth::throttle::Attempt;
use crate::auth::user_name::{self, UserName};
use crate::db::accounts::links::Purpose;
use crate::db::accounts::sessions::SessionRow;
use crate::db::accounts::users::UserRow;
use crate::db::accounts::{devices, links, sessions, users};
use crate::error::Failure;
use crate::services::Services;
use crate::services::acting::{Acting, Caller, Deed};

/// How long a one-time link works, in milliseconds: a day, as the person who starts the server may be called away.
const LINK_LIFE_MS: i64 = 24 * 60 * 60 * 1000;

/// Most sessions of one person; with one more, the one that was used least lately ends.
const MOST_SESSIONS: usize = 20;
/// How long a temporary password lets somebody in, in milliseconds.
const TEMPORARY_LIFE_MS: i64 = 7 * 24 * 60 * 60 * 1000;

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
    now_ms: i64,
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
        let failed = |reason: &'static str| Deed::done(Action::SignIn.code(), object.clone()).failed(reason);
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
        sessions::end_beyond(write, &user.id, MOST_SESSIONS).await?;
        users::signed_in(write, &user.id, &self.clock.stamp(), new_hash).await?;
        devices::used(write, &device.hash(), &user.id, door.now_ms).await?;
        let acting = self.acting(caller_of(user, &row.id), Some(arrival.address));
        acting.note_in(write, Deed::done(Action::SignIn.code(), user.name.clone()).to(row.id)).await?;
        Ok(Entered { session, device, most_s: door.most_s, must_change_password: user.must_change_password })
    }

    /// Whether strangers may ask for an account.
    pub async fn may_sign_up(&self) -> Result<bool, Failure> {
        let is_open = crate::db::settings::get(&self.db).await?.settings.may_sign_up;
        Ok(is_open && users::count(&self.db).await? > 0)
    }

    /// Notes a stranger who wants an account; an admin decides.
    ///
    /// # Errors
    /// [`Failure`] for faults of ours; a refusal is no failure.
    pub async fn sign_up(
        &self,
        name: &str,
        password: &str,
        repeated: &str,
        arrival: &Arrival,
    ) -> Result<Result<(), SignUpRefusal>, Failure> {
        if !self.may_sign_up().await? {
            return Ok(Err(SignUpRefusal::NotOpen));
        }
        let name = match checked(name, password, repeated) {
            Ok(name) => name,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let acting = self.acting(Caller::Anonymous, Some(arrival.address));
        let Ok(_guard) = self.limits.enter("sign_up", &acting.key(), self.now_ms()) else {
            acting.note_sparingly(Deed::done("sign_up", name.as_str()).failed("wait")).await;
            return Ok(Err(SignUpRefusal::Wait { seconds: 60 }));
        };
        let user = match self.new_user(&name, password, Role::Viewer, UserState::Pending, false).await {
            Ok(user) => user,
            Err(MakeUserError::Busy) => return Ok(Err(SignUpRefusal::Busy)),
            Err(MakeUserError::Failed(failure)) => return Err(failure),
        };
        let mut write = self.db.begin_write().await?;
        if !users::add(&mut write, &user).await? {
            return Ok(Err(SignUpRefusal::Name(NameFault::Taken)));
        }
        acting.note_in(&mut write, Deed::done("sign_up", user.name).to(UserState::Pending.code())).await?;
        write.commit().await.map_err(crate::db::DbError::from)?;
        Ok(Ok(()))
    }

    /// Makes the first admin and signs him in.
    ///
    /// # Errors
    /// [`Failure`] for faults of ours; a refusal is no failure.
    pub async fn set_up(
        &self,
        key: &str,
        name: &str,
        password: &str,
        repeated: &str,
        arrival: &Arrival,
    ) -> Result<Result<Entered, SignUpRefusal>, Failure> {
        let n_people = users::count(&self.db).await?;
        let nobody = self.acting(Caller::Anonymous, Some(arrival.address));
        let failed = |reason: &'static str| nobody.note_sparingly(Deed::done("set_up", "").failed(reason));
        // Somebody may have been added from the console since the link was printed.
        let key = Secret::parse(SecretKind::Link, key).filter(|_| n_people == 0);
        let Some(key) = key else {
            failed("link_used").await;
            return Ok(Err(SignUpRefusal::LinkUsed));
        };
        let name = match checked(name, password, repeated) {
            Ok(name) => name,
            Err(refusal) => return Ok(Err(refusal)),
        };
        // A password is hashed before the link is looked up, so strangers could keep the server busy.
        let Ok(_guard) = self.limits.enter("sign_up", &nobody.key(), self.now_ms()) else {
            failed("wait").await;
            return Ok(Err(SignUpRefusal::Wait { seconds: 60 }));
        };
        let user = match self.new_user(&name, password, Role::Admin, UserState::Active, false).await {
            Ok(user) => user,
            Err(MakeUserError::Busy) => return Ok(Err(SignUpRefusal::Busy)),
            Err(MakeUserError::Failed(failure)) => return Err(failure),
        };
        let door = self.door().await?;
        let mut write = self.db.begin_write().await?;
        if links::take(&mut write, &key.hash(), Purpose::Setup, door.now_ms).await?.is_none() {
            drop(write);
            failed("link_used").await;
            return Ok(Err(SignUpRefusal::LinkUsed));
        }
        if !users::add(&mut write, &user).await? {
            // Nothing is committed, so the link still works.
            return Ok(Err(SignUpRefusal::Name(NameFault::Taken)));
        }
        let acting = self.acting(caller_of(&user, ""), Some(arrival.address));
        acting.note_in(&mut write, Deed::done("set_up", user.name.clone()).to(user.role.code())).await?;
        let entered = self.let_in(&mut write, &user, arrival, None, door).await?;
        write.commit().await.map_err(crate::db::DbError::from)?;
        Ok(Ok(entered))
    }

    /// Signs in by a link that works once.
    ///
    /// # Errors
    /// [`Failure`] for faults of ours; a refusal is no failure.
    pub async fn sign_in_by_link(
        &self,
        key: &str,
        arrival: &Arrival,
    ) -> Result<Result<Entered, SignInRefusal>, Failure> {
        let nobody = self.acting(Caller::Anonymous, Some(arrival.address));
        let failed = || nobody.note_sparingly(Deed::done(Action::SignIn.code(), "").failed("link_used"));
        let Some(key) = Secret::parse(SecretKind::Link, key) else {
            failed().await;
            return Ok(Err(SignInRefusal::LinkUsed));
        };
        let door = self.door().await?;
        let mut write = self.db.begin_write().await?;
        let user_id = links::take(&mut write, &key.hash(), Purpose::SignIn, door.now_ms).await?.flatten();
        let user = match user_id {
            Some(id) => users::by_id(&mut *write, &id).await?.filter(|user| user.state == UserState::Active),
            None => None,
        };
        let Some(user) = user else {
            drop(write);
            failed().await;
            return Ok(Err(SignInRefusal::LinkUsed));
        };
        let entered = self.let_in(&mut write, &user, arrival, None, door).await?;
        write.commit().await.map_err(crate::db::DbError::from)?;
        Ok(Ok(entered))
    }

    /// A link that makes the first admin; `None` when there are people already. An earlier one stops working.
    pub async fn setup_link(&self) -> Result<Option<Secret>, Failure> {
        if users::count(&self.db).await? > 0 {
            return Ok(None);
        }
        self.link(Purpose::Setup, None).await.map(Some)
    }

    /// A link that signs a person in once. An earlier one stops working.
    pub async fn sign_in_link(&self, name: &str) -> Result<Option<Secret>, Failure> {
        let key = UserName::parse(name).map(|name| name.key()).unwrap_or_default();
        let Some(user) = users::by_name(&self.db, &key).await? else { return Ok(None) };
        self.link(Purpose::SignIn, Some(&user.id)).await.map(Some)
    }

    async fn link(&self, purpose: Purpose, user_id: Option<&str>) -> Result<Secret, Failure> {
        let secret = new_secret(SecretKind::Link)?;
        let expires_ms = self.session_ms().await?.saturating_add(LINK_LIFE_MS);
        let mut write = self.db.begin_write().await?;
        links::replace(&mut write, &secret.hash(), purpose, user_id, expires_ms).await?;
        write.commit().await.map_err(crate::db::DbError::from)?;
        Ok(secret)
    }

    /// Until when a temporary password that is made now lets somebody in.
    pub(super) fn temporary_end_ms(&self) -> i64 {
        self.clock.now().timestamp_millis().saturating_add(TEMPORARY_LIFE_MS)
    }

    /// A person as it will be stored.
    pub(super) async fn new_user(
        &self,
        name: &UserName,
        password: &str,
        role: Role,
        state: UserState,
        must_change_password: bool,
    ) -> Result<UserRow, MakeUserError> {
        let password_hash = self.passwords.hash(password).await.map_err(|error| match error {
            PasswordError::Busy => MakeUserError::Busy,
            error => MakeUserError::Failed(Failure::Other(error.to_string())),
        })?;
        Ok(UserRow {
            id: self.clock.new_id(),
            name: name.as_str().to_owned(),
            name_key: name.key(),
            role,
            state,
            password_hash,
            must_change_password,
            password_expires_ms: must_change_password.then(|| self.temporary_end_ms()),
            revision: 1,
            created_at: self.clock.stamp(),
            signed_in_at: None,
        })
    }
}

impl Acting {
    /// Makes a person who may sign in at once, from the console.
    ///
    /// # Errors
    /// [`ApiError::Invalid`] for a name or a password that cannot be.
    pub async fn add_user(
        &self,
        name: &str,
        role: Role,
        password: &str,
        must_change_password: bool,
    ) -> Result<(), ApiError> {
        let work = async {
            let services = &self.services;
            let name = checked(name, password, password).map_err(|refusal| invalid(name, refusal))?;
            let made = services.new_user(&name, password, role, UserState::Active, must_change_password).await;
            let user = made.map_err(|error| match error {
                MakeUserError::Busy => Failure::Api(ApiError::Unavailable),
                MakeUserError::Failed(failure) => failure,
            })?;
            let mut write = services.db.begin_write().await?;
            if !users::add(&mut write, &user).await? {
                return Err(invalid(&user.name, SignUpRefusal::Name(NameFault::Taken)).into());
            }
            self.note_in(&mut write, Deed::done("add_user", user.name).to(role.code())).await?;
            write.commit().await.map_err(crate::db::DbError::from)?;
            Ok(())
        };
        self.run(Action::ManageUsers, name, work).await
    }
}

/// Why a person was not made.
pub(super) enum MakeUserError {
    Busy,
    Failed(Failure),
}

/// A refusal as the error that a program gets.
fn invalid(name: &str, refusal: SignUpRefusal) -> ApiError {
    let (field, value, expected) = match refusal {
        SignUpRefusal::Name(NameFault::Taken) => ("name", name, "a_name_that_nobody_has".to_owned()),
        SignUpRefusal::Name(_) => ("name", name, "2_to_40_letters_digits_blanks_or_._-".to_owned()),
        SignUpRefusal::Password(fault) => ("password", "", super::password::expected(fault)),
        SignUpRefusal::NotOpen | SignUpRefusal::Wait { .. } | SignUpRefusal::Busy | SignUpRefusal::LinkUsed => {
            return ApiError::Unavailable;
        }
    };
    ApiError::Invalid { field: field.into(), value: value.into(), expected }
}

/// A name and a new password that may be.
fn checked(name: &str, password: &str, repeated: &str) -> Result<UserName, SignUpRefusal> {
    let name = UserName::parse(name).map_err(|fault| {
        SignUpRefusal::Name(match fault {
            user_name::NameFault::TooShort { .. } | user_name::NameFault::TooLong { .. } => NameFault::Length,
            user_name::NameFault::Characters => NameFault::Characters,
        })
    })?;
    if password != repeated {
        return Err(SignUpRefusal::Password(app::api::sign_in::PasswordFault::NotRepeated));
    }
    password_rules::check_new(password, name.as_str()).map_err(|fault| SignUpRefusal::Password(fault_of(fault)))?;
    Ok(name)
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
