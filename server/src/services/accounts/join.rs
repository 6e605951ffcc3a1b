//! Joining: strangers who ask for an account, the first admin, and people added from the console.

use contract::access::{Action, Role};
use contract::accounts::UserState;
use contract::error::ApiError;
use contract::sign_in::{NameFault, PasswordFault, SignUpRefusal};
use sqlx::{Any, Transaction};

use super::enter::{Arrival, Entered, caller_of};
use crate::auth::look_alike::Looks;
use crate::auth::password::PasswordError;
use crate::auth::password_rules;
use crate::auth::secret::{Secret, SecretKind};
use crate::auth::user_name::{self, UserName};
use crate::db::accounts::links::Purpose;
use crate::db::accounts::users::UserRow;
use crate::db::accounts::{links, users};
use crate::error::Failure;
use crate::services::Services;
use crate::services::acting::{Acting, AuditEvent, Caller};

/// How long a temporary password lets somebody in, in milliseconds.
const TEMPORARY_LIFE_MS: i64 = 7 * 24 * 60 * 60 * 1000;

impl Services {
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
            acting.note_sparingly(AuditEvent::done("sign_up", name.as_str()).failed("wait")).await;
            return Ok(Err(SignUpRefusal::Wait { seconds: 60 }));
        };
        let user = match self.new_user(&name, password, Role::Viewer, UserState::Pending, false).await {
            Ok(user) => user,
            Err(MakeUserError::Busy) => return Ok(Err(SignUpRefusal::Busy)),
            Err(MakeUserError::Failed(failure)) => return Err(failure),
        };
        let mut write = self.db.begin_write().await?;
        if let Err(fault) = self.add_person(&mut write, &user).await? {
            return Ok(Err(SignUpRefusal::Name(fault)));
        }
        acting.note_in(&mut write, AuditEvent::done("sign_up", user.name).to(UserState::Pending.code())).await?;
        write.commit().await.map_err(crate::db::DbError::from)?;
        Ok(Ok(()))
    }

    /// Makes the first admin and signs them in.
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
        let failed = |reason: &'static str| nobody.note_sparingly(AuditEvent::done("set_up", "").failed(reason));
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
        if let Err(fault) = self.add_person(&mut write, &user).await? {
            // Nothing is committed, so the link still works.
            return Ok(Err(SignUpRefusal::Name(fault)));
        }
        let acting = self.acting(caller_of(&user, ""), Some(arrival.address));
        acting.note_in(&mut write, AuditEvent::done("set_up", user.name.clone()).to(user.role.code())).await?;
        let entered = self.let_in(&mut write, &user, arrival, None, door).await?;
        write.commit().await.map_err(crate::db::DbError::from)?;
        Ok(Ok(entered))
    }

    /// Adds a person within a transaction, unless somebody has this name or one that looks like it.
    async fn add_person(
        &self,
        write: &mut Transaction<'static, Any>,
        user: &UserRow,
    ) -> Result<Result<(), NameFault>, Failure> {
        let names = users::names(&self.db, write).await?;
        if !users::add(write, user).await? {
            return Ok(Err(NameFault::Taken));
        }
        let looks = Looks::of(names.iter().map(String::as_str));
        Ok(if looks.has(&user.name) { Err(NameFault::LooksTaken) } else { Ok(()) })
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
            if let Err(fault) = services.add_person(&mut write, &user).await? {
                return Err(invalid(&user.name, SignUpRefusal::Name(fault)).into());
            }
            self.note_in(&mut write, AuditEvent::done("add_user", user.name).to(role.code())).await?;
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
        SignUpRefusal::Name(NameFault::LooksTaken) => ("name", name, "a_name_that_looks_like_no_other".to_owned()),
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
        return Err(SignUpRefusal::Password(PasswordFault::NotRepeated));
    }
    password_rules::check_new(password, name.as_str()).map_err(SignUpRefusal::Password)?;
    Ok(name)
}
