//! Leaving: one's own session ends.

use contract::access::Action;
use contract::error::ApiError;

use crate::db::accounts::sessions;
use crate::services::acting::{Acting, AuditEvent, Caller};

impl Acting {
    /// Ends the session of the caller.
    ///
    /// # Errors
    /// [`ApiError::SignInNeeded`] without a session.
    pub async fn sign_out(&self) -> Result<(), ApiError> {
        let work = async {
            if let Caller::Person { user_id, session_id, name, .. } = &self.caller {
                let mut write = self.services.db.begin_write().await?;
                sessions::end_one(&mut write, user_id, session_id).await?;
                self.note_in(&mut write, AuditEvent::done(Action::SignOut.code(), name.clone())).await?;
                write.commit().await.map_err(crate::db::DbError::from)?;
            }
            Ok(())
        };
        self.run(Action::SignOut, "", work).await
    }
}
