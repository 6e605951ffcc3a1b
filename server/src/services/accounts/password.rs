//! Replacing one's own password.

use contract::access::Action;
use contract::error::ApiError;
use contract::sign_in::{PasswordFault, PasswordRefusal};

use super::enter::{Arrival, Entered};
use crate::auth::password::PasswordError;
use crate::auth::password_rules;
use crate::auth::throttle::Attempt;
use crate::db::accounts::{devices, sessions, users};
use crate::error::Failure;
use crate::services::acting::{Acting, AuditEvent, Caller};

impl Acting {
    /// Replaces the password; all sessions of the person end, and the browser gets a new one.
    ///
    /// # Errors
    /// [`ApiError`] when nobody is signed in or for faults of ours; a refusal is no error.
    pub async fn change_password(
        &self,
        old: &str,
        new: &str,
        repeated: &str,
        arrival: &Arrival,
    ) -> Result<Result<Entered, PasswordRefusal>, ApiError> {
        self.run(Action::ChangePassword, "", self.replace_password(old, new, repeated, arrival)).await
    }

    async fn replace_password(
        &self,
        old: &str,
        new: &str,
        repeated: &str,
        arrival: &Arrival,
    ) -> Result<Result<Entered, PasswordRefusal>, Failure> {
        let services = &self.services;
        let Caller::Person { user_id, name, .. } = &self.caller else { return Err(ApiError::Denied.into()) };
        if new != repeated {
            return Ok(Err(PasswordRefusal::New(PasswordFault::NotRepeated)));
        }
        if let Err(fault) = password_rules::check_new(new, name) {
            return Ok(Err(PasswordRefusal::New(fault)));
        }
        let Some(mut user) = users::by_id(services.db.pool(), user_id).await? else {
            return Err(ApiError::SignInNeeded.into());
        };
        // Guessing here is slowed down as at the door; a session is no proof that its person sits before it.
        let attempt = Attempt { account: &user.name_key, address: arrival.address, is_known_device: true };
        let at_ms = services.now_ms();
        if let Err(wait) = services.with_throttle(|throttle| throttle.may_try(&attempt, at_ms)) {
            return Ok(Err(PasswordRefusal::Wait { seconds: wait.seconds }));
        }
        let verdict = match services.passwords.verify(old, Some(&user.password_hash)).await {
            Ok(verdict) => verdict,
            Err(PasswordError::Busy) => {
                services.with_throttle(|throttle| throttle.withdrawn(&attempt, at_ms));
                return Ok(Err(PasswordRefusal::Busy));
            }
            Err(error) => return Err(Failure::Other(error.to_string())),
        };
        if !verdict.is_right {
            services.with_throttle(|throttle| throttle.failed(&attempt, at_ms));
            self.note(AuditEvent::done(Action::ChangePassword.code(), name.clone()).failed("wrong")).await?;
            return Ok(Err(PasswordRefusal::WrongOld));
        }
        services.with_throttle(|throttle| throttle.succeeded(&attempt, at_ms));
        if old == new {
            return Ok(Err(PasswordRefusal::New(PasswordFault::SameAsOld)));
        }
        user.password_hash = match services.passwords.hash(new).await {
            Ok(hash) => hash,
            Err(PasswordError::Busy) => return Ok(Err(PasswordRefusal::Busy)),
            Err(error) => return Err(Failure::Other(error.to_string())),
        };
        (user.must_change_password, user.password_expires_ms) = (false, None);
        let door = services.door().await?;
        let mut write = services.db.begin_write().await?;
        if !users::update(&mut write, &user).await? {
            // Reset or disabled at this very moment: that goes before.
            return Err(ApiError::SignInNeeded.into());
        }
        sessions::end_all(&mut write, &user.id, "").await?;
        devices::forget_all(&mut write, &user.id).await?;
        self.note_in(&mut write, AuditEvent::done(Action::ChangePassword.code(), name.clone())).await?;
        let entered = services.let_in(&mut write, &user, arrival, None, door).await?;
        write.commit().await.map_err(crate::db::DbError::from)?;
        Ok(Ok(entered))
    }
}

/// What was expected instead, as a code.
pub(super) fn expected(fault: PasswordFault) -> String {
    match fault {
        PasswordFault::TooShort { least } => format!("at_least_{least}_chars"),
        PasswordFault::TooLong { most } => format!("at_most_{most}_chars"),
        PasswordFault::Common => "not_a_common_password".to_owned(),
        PasswordFault::LikeName => "not_the_name".to_owned(),
        PasswordFault::NotRepeated => "the_same_twice".to_owned(),
        PasswordFault::SameAsOld => "another_password".to_owned(),
    }
}
