//! What was done, by whom, and with what result.

use async_trait::async_trait;
use engine::domain::Date;
use serde::{Deserialize, Serialize};
use strum::{EnumCount, EnumString, IntoStaticStr, VariantArray};

use crate::error::ApiError;
use crate::every::every;
use crate::limits::check_length;

/// How an action ended.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumCount, EnumString, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum Outcome {
    Done,
    /// Not allowed.
    Denied,
    /// Tried, and did not succeed.
    Failed,
}

impl Outcome {
    /// Every outcome, in the order of the filter.
    pub const ALL: [Self; Self::COUNT] = every(Self::VARIANTS);

    /// As in the database, in forms and in the locale key `outcome-<code>`.
    pub const fn code(self) -> &'static str {
        self.into_str()
    }

    /// The outcome of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        code.parse().ok()
    }
}

/// Who did it, of a command on the server's own machine. No person can have this name: brackets stand in none.
pub const CONSOLE: &str = "(console)";

/// One line of the trail. It carries no secret and of a person only the name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditLine {
    /// Time-ordered.
    pub id: String,
    /// RFC 3339, UTC.
    pub at: String,
    /// Name of the person, [`CONSOLE`], or empty for nobody.
    pub who: String,
    /// Name of the API token that was used.
    pub token: Option<String>,
    /// Where the request came from; empty for the console.
    pub address: String,
    /// Code: `action-<code>` in the locales.
    pub action: String,
    /// What it was done to: a name, an item code, a setting.
    pub object: String,
    /// State before, as a reference or a short value.
    pub before: Option<String>,
    /// State after.
    pub after: Option<String>,
    pub outcome: Outcome,
    /// Code of the error of an action that did not succeed.
    pub reason: Option<String>,
}

/// Which lines to show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditQuery {
    /// Exact name of a person.
    pub who: String,
    /// Code of an action.
    pub action: String,
    pub outcome: Option<Outcome>,
    /// A part of the object.
    pub object: String,
    /// First day, `YYYY-MM-DD` in UTC.
    pub from: String,
    /// Last day, `YYYY-MM-DD` in UTC.
    pub to: String,
    /// Only lines older than this id: the way to the next page.
    pub before_id: String,
}

impl AuditQuery {
    /// Whether it can be meant.
    ///
    /// # Errors
    /// [`ApiError::Invalid`] for a day that is none and for a text that is too long.
    pub fn check(&self) -> Result<(), ApiError> {
        for (field, value) in [("from", &self.from), ("to", &self.to)] {
            if !value.is_empty() && Date::parse_from_str(value, "%Y-%m-%d").is_err() {
                return Err(ApiError::invalid(field, value, "YYYY-MM-DD"));
            }
        }
        check_length("who", &self.who)?;
        check_length("object", &self.object)?;
        check_length("action", &self.action)?;
        check_length("before_id", &self.before_id)
    }
}

/// A page of the trail, the newest line first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPage {
    pub lines: Vec<AuditLine>,
    /// Id to go on from; `None` at the end.
    pub next: Option<String>,
    /// Codes of all actions that occur, for the filter.
    pub actions: Vec<String>,
}

/// Reading the trail.
#[async_trait]
pub trait AuditApi {
    /// # Errors
    /// As [`AuditQuery::check`].
    async fn audit(&self, query: AuditQuery) -> Result<AuditPage, ApiError>;
}
