//! Links that work once: the first admin's, and one that signs somebody in.

use contract::access::Action;
use contract::accounts::UserState;
use contract::sign_in::SignInRefusal;

use super::enter::{Arrival, Entered, new_secret};
use crate::auth::secret::{Secret, SecretKind};
use crate::auth::user_name::UserName;
use crate::db::accounts::links::Purpose;
use crate::db::accounts::{links, users};
use crate::error::Failure;
use crate::services::Services;
use crate::services::acting::{AuditEvent, Caller};

/// How long a one-time link works, in milliseconds: a day, as the person who starts the server may be called away.
const LINK_LIFE_MS: i64 = 24 * 60 * 60 * 1000;

impl Services {
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
        let failed = || nobody.note_sparingly(AuditEvent::done(Action::SignIn.code(), "").failed("link_used"));
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
}
