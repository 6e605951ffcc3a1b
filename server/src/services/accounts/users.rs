//! What admins see of people, and what they do to them.

use contract::access::{Action, Role};
use contract::accounts::{ChangedUser, PAGE_LEN, UserChange, UserLine, UserPage, UserQuery, UserState};
use contract::error::ApiError;
use contract::limits::check_length;

use crate::auth::secret::temporary_password;
use crate::auth::user_name::comparable;
use crate::db::accounts::users::UserRow;
use crate::db::accounts::{devices, sessions, tokens, users};
use crate::error::Failure;
use crate::services::acting::{Acting, AuditEvent};

impl Acting {
    pub(super) async fn list_users(&self, query: UserQuery) -> Result<UserPage, ApiError> {
        let work = async {
            check_length("q", &query.q)?;
            let db = &self.services.db;
            let part = comparable(query.q.trim());
            let (found, total) = users::list(db, &part, query.state, query.offset, PAGE_LEN).await?;
            let users = found.into_iter().map(|(user, n_sessions)| line(user, n_sessions)).collect();
            Ok(UserPage { users, total, n_pending: users::n_pending(db).await? })
        };
        self.run(Action::ManageUsers, "", work).await
    }

    pub(super) async fn change_one(
        &self,
        id: String,
        revision: i64,
        change: UserChange,
    ) -> Result<ChangedUser, ApiError> {
        self.run(Action::ManageUsers, &id, self.change(&id, revision, change)).await
    }

    async fn change(&self, id: &str, revision: i64, change: UserChange) -> Result<ChangedUser, Failure> {
        let services = &self.services;
        // Hashing takes long, so it is done before anything is locked.
        let temporary_password = match change {
            UserChange::ResetPassword => Some(temporary_password().map_err(|e| Failure::Other(e.to_string()))?),
            _ => None,
        };
        let password_hash = match &temporary_password {
            Some(password) => {
                Some(services.passwords.hash(password).await.map_err(|_| Failure::Api(ApiError::Unavailable))?)
            }
            None => None,
        };
        let mut write = services.db.begin_write().await?;
        let Some(old) = users::by_id(&mut *write, id).await? else {
            return Err(ApiError::NotFound { key: id.to_owned() }.into());
        };
        if old.revision != revision {
            return Err(stale(&old, change).into());
        }
        let mut new = changed(&old, change)?;
        let loses_admin = |user: &UserRow| user.role == Role::Admin && user.state == UserState::Active;
        if loses_admin(&old) && !loses_admin(&new) && users::n_admins(&services.db, &mut write).await? <= 1 {
            return Err(not_so(change, "another_admin"));
        }
        if change == UserChange::Disable && self.caller.user_id() == Some(id) {
            return Err(not_so(change, "another_person"));
        }
        if let Some(hash) = password_hash {
            (new.password_hash, new.must_change_password) = (hash, true);
            new.password_expires_ms = Some(services.temporary_end_ms());
        }
        if !users::update(&mut write, &new).await? {
            return Err(stale(&old, change).into());
        }
        new.revision += 1;
        let is_out = matches!(change, UserChange::Disable | UserChange::ResetPassword | UserChange::EndSessions);
        if is_out {
            sessions::end_all(&mut write, id, "").await?;
        }
        if matches!(change, UserChange::Disable | UserChange::ResetPassword) {
            devices::forget_all(&mut write, id).await?;
        }
        if change == UserChange::Disable {
            tokens::revoke_all(&mut write, id, &services.clock.stamp()).await?;
        }
        let event = AuditEvent::done(code(change), new.name.clone()).change(state(&old), state(&new));
        self.note_in(&mut write, event).await?;
        write.commit().await.map_err(crate::db::DbError::from)?;
        let n_sessions = if is_out { 0 } else { sessions::of_user(&services.db, id).await?.len() };
        Ok(ChangedUser { user: line(new, n_sessions), temporary_password })
    }
}

/// The person after a change, if it goes with the state.
fn changed(old: &UserRow, change: UserChange) -> Result<UserRow, Failure> {
    let mut new = old.clone();
    match (change, old.state) {
        (UserChange::Approve(role), UserState::Pending | UserState::Disabled | UserState::Rejected) => {
            (new.role, new.state) = (role, UserState::Active);
        }
        (UserChange::Reject, UserState::Pending) => new.state = UserState::Rejected,
        (UserChange::SetRole(role), UserState::Active) => new.role = role,
        (UserChange::Disable, UserState::Active) => new.state = UserState::Disabled,
        (UserChange::ResetPassword | UserChange::EndSessions, UserState::Active) => {}
        (UserChange::Approve(_), UserState::Active) => return Err(not_so(change, "a_person_who_waits_or_is_out")),
        (UserChange::Reject, _) => return Err(not_so(change, "a_person_who_waits")),
        _ => return Err(not_so(change, "a_person_who_may_sign_in")),
    }
    Ok(new)
}

fn not_so(change: UserChange, expected: &str) -> Failure {
    ApiError::Invalid { field: "act".into(), value: code(change).into(), expected: expected.into() }.into()
}

fn stale(now: &UserRow, change: UserChange) -> ApiError {
    let yours = match change {
        UserChange::Approve(role) | UserChange::SetRole(role) => format!("{} {}", code(change), role.code()),
        _ => code(change).to_owned(),
    };
    ApiError::Stale { object: now.name.clone(), yours, theirs: state(now) }
}

/// As in the audit trail and in the locale key `action-<code>`.
fn code(change: UserChange) -> &'static str {
    match change {
        UserChange::Approve(_) => "approve_user",
        UserChange::Reject => "reject_user",
        UserChange::SetRole(_) => "set_role",
        UserChange::Disable => "disable_user",
        UserChange::ResetPassword => "reset_password",
        UserChange::EndSessions => "end_sessions",
    }
}

/// Role and state, for the audit trail and for two versions side by side.
fn state(user: &UserRow) -> String {
    format!("{} {}", user.role.code(), user.state.code())
}

fn line(user: UserRow, n_sessions: usize) -> UserLine {
    UserLine {
        id: user.id,
        name: user.name,
        role: user.role,
        state: user.state,
        revision: user.revision,
        created_at: user.created_at,
        signed_in_at: user.signed_in_at,
        must_change_password: user.must_change_password,
        n_sessions,
    }
}
