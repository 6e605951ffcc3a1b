//! People, their sessions and their API tokens.
//!
//! These pages are forms that the server alone renders (ADR 0011): there are no server functions, and nothing of this
//! is in the browser's client.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use strum::{EnumCount, EnumString, IntoStaticStr, VariantArray};

use crate::access::{Role, Scope};
use crate::error::ApiError;
use crate::every::every;

/// Whether a person may sign in.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumCount, EnumString, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum UserState {
    /// Signed up; waits for an admin.
    Pending,
    /// May sign in.
    Active,
    /// May not any more.
    Disabled,
    /// Was not let in.
    Rejected,
}

impl UserState {
    /// Every state, in the order of the filter.
    pub const ALL: [Self; Self::COUNT] = every(Self::VARIANTS);

    /// As in the database, in forms and in the locale key `user-state-<code>`.
    pub const fn code(self) -> &'static str {
        self.into_str()
    }

    /// The state of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        code.parse().ok()
    }
}

/// One person as an admin sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserLine {
    pub id: String,
    pub name: String,
    pub role: Role,
    pub state: UserState,
    /// Goes up with every change; a change names the revision that it was made on.
    pub revision: i64,
    /// RFC 3339, UTC.
    pub created_at: String,
    /// RFC 3339, UTC; `None` before the first sign-in.
    pub signed_in_at: Option<String>,
    pub must_change_password: bool,
    pub n_sessions: usize,
}

/// Which people to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserQuery {
    /// A part of the name; empty for all.
    pub q: String,
    /// Only this state.
    pub state: Option<UserState>,
    pub offset: usize,
}

/// A part of the list, those who wait first, then by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserPage {
    pub users: Vec<UserLine>,
    /// Matches in all.
    pub total: usize,
    /// How many wait for an admin, whatever was asked for.
    pub n_pending: usize,
}

/// Lines of one page of people, sessions or audit entries.
pub const PAGE_LEN: usize = 50;

/// What an admin does to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserChange {
    /// Lets in who signed up or was disabled or rejected.
    Approve(Role),
    /// Does not let in who signed up.
    Reject,
    SetRole(Role),
    /// Ends all sessions and tokens, and lets nobody in again.
    Disable,
    /// Gives a temporary password, which must be changed at the next sign-in.
    ResetPassword,
    /// Ends all sessions.
    EndSessions,
}

/// A person after a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedUser {
    pub user: UserLine,
    /// Shown once, after a reset.
    pub temporary_password: Option<String>,
}

/// One row of an uploaded table of people that can be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRow {
    /// Line in the file, counted from 1 with the heading.
    pub row: usize,
    pub name: String,
    pub role: Role,
    /// Whether somebody has this name already; such a row is left out.
    pub is_taken: bool,
}

/// One cell that cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonFault {
    pub row: usize,
    pub column: String,
    pub value: String,
    /// Code of what was expected.
    pub expected: String,
}

/// What an uploaded table of people would do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeoplePreview {
    pub rows: Vec<PersonRow>,
    pub faults: Vec<PersonFault>,
    /// The table as it was understood, to be sent again with the confirmation.
    pub confirmed_text: String,
}

/// A person that was made from a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedPerson {
    pub name: String,
    pub role: Role,
    /// Shown once; must be changed at the first sign-in.
    pub temporary_password: String,
}

/// One session of one's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionLine {
    pub id: String,
    /// RFC 3339, UTC.
    pub created_at: String,
    /// RFC 3339, UTC, to the minute.
    pub seen_at: String,
    pub address: String,
    /// Browser and system in a few words; empty when the browser did not say.
    pub device: String,
    pub is_current: bool,
}

/// One API token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenLine {
    pub id: String,
    pub name: String,
    pub scopes: Vec<Scope>,
    /// RFC 3339, UTC.
    pub created_at: String,
    /// RFC 3339, UTC.
    pub expires_at: String,
    /// RFC 3339, UTC; `None` before the first use.
    pub used_at: Option<String>,
    pub is_expired: bool,
}

/// Longest life of a token, in days.
pub const MAX_TOKEN_DAYS: u32 = 366;

/// A token to be made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewToken {
    pub name: String,
    pub scopes: Vec<Scope>,
    /// 1 to [`MAX_TOKEN_DAYS`].
    pub days: u32,
}

/// A token that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeToken {
    pub token: TokenLine,
    /// Shown once; only its hash is kept.
    pub secret: String,
}

/// One's own account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    pub name: String,
    pub role: Role,
    /// RFC 3339, UTC.
    pub created_at: String,
    /// The newest first.
    pub sessions: Vec<SessionLine>,
    /// The newest first; those that were revoked are left out.
    pub tokens: Vec<TokenLine>,
}

/// What the server does with people.
#[async_trait]
pub trait AccountsApi {
    /// # Errors
    /// [`ApiError::Invalid`] for a query that is too long.
    async fn users(&self, query: UserQuery) -> Result<UserPage, ApiError>;
    /// # Errors
    /// [`ApiError::Stale`] when somebody changed the person since `revision`, [`ApiError::Invalid`] when the change does
    /// not go with the person's state or would leave no admin, [`ApiError::NotFound`] for an unknown id.
    async fn change_user(&self, id: String, revision: i64, change: UserChange) -> Result<ChangedUser, ApiError>;
    /// Reads a table of people and says what it would do. Nothing is stored.
    ///
    /// # Errors
    /// [`ApiError::Invalid`] for a file that is too large or no table.
    async fn preview_people(&self, file: Vec<u8>) -> Result<PeoplePreview, ApiError>;
    /// Makes a person of each row that can be taken, all or none.
    ///
    /// # Errors
    /// As [`AccountsApi::preview_people`]; [`ApiError::Invalid`] when no row can be taken.
    async fn import_people(&self, file: Vec<u8>) -> Result<Vec<ImportedPerson>, ApiError>;
    /// One's own account.
    async fn profile(&self) -> Result<Profile, ApiError>;
    /// Ends one of one's own sessions, or all but the current one for `None`.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] for a session that is not one's own or has ended.
    async fn end_session(&self, id: Option<String>) -> Result<(), ApiError>;
    /// # Errors
    /// [`ApiError::Invalid`] for a name, scopes or days that cannot be.
    async fn make_token(&self, token: NewToken) -> Result<MadeToken, ApiError>;
    /// # Errors
    /// [`ApiError::NotFound`] for a token that is not one's own or was revoked.
    async fn revoke_token(&self, id: String) -> Result<(), ApiError>;
}
