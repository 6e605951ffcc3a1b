//! What an admin decides for the whole plant.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use crate::error::ApiError;

/// The plant's settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Whether strangers may sign up (an admin still has to approve them).
    pub may_sign_up: bool,
    /// Whether planners may approve their own drafts.
    pub may_approve_own: bool,
    /// A session ends after this many minutes without a request.
    pub session_idle_min: u32,
    /// A session ends after this many hours whatever happens.
    pub session_most_h: u32,
    /// Lines of the audit trail older than this many days are deleted.
    pub audit_kept_days: u32,
    /// The plant's time zone, by which jobs begin: `Asia/Seoul`.
    pub zone: String,
    /// Predictions and receipts older than this many days are deleted, unless somebody has judged them; 0 keeps all.
    pub predictions_kept_days: u32,
    /// Disk for the files of models and of snapshots together, in megabytes; beyond it the oldest go.
    pub artefacts_kept_mb: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            may_sign_up: true,
            may_approve_own: false,
            session_idle_min: 720,
            session_most_h: 168,
            audit_kept_days: 1095,
            zone: "Asia/Seoul".into(),
            predictions_kept_days: 730,
            artefacts_kept_mb: 8000,
        }
    }
}

impl Settings {
    /// The same, if every value is one that can be meant.
    ///
    /// # Errors
    /// [`ApiError::Invalid`] that names the first field out of range.
    pub fn check(self) -> Result<Self, ApiError> {
        for (field, value, (least, most)) in [
            ("session_idle_min", self.session_idle_min, IDLE_RANGE_MIN),
            ("session_most_h", self.session_most_h, MOST_RANGE_H),
            ("audit_kept_days", self.audit_kept_days, AUDIT_RANGE_DAYS),
            ("predictions_kept_days", self.predictions_kept_days, PREDICTIONS_RANGE_DAYS),
            ("artefacts_kept_mb", self.artefacts_kept_mb, ARTEFACTS_RANGE_MB),
        ] {
            if !(least..=most).contains(&value) {
                return Err(ApiError::Invalid {
                    field: field.into(),
                    value: value.to_string(),
                    expected: format!("{least}_to_{most}"),
                });
            }
        }
        Ok(self)
    }
}

/// The audit trail is kept at least so long; the database itself refuses to delete younger lines.
pub const LEAST_AUDIT_DAYS: u32 = 90;

/// Least and most of `session_idle_min`.
pub const IDLE_RANGE_MIN: (u32, u32) = (5, 10_080);
/// Least and most of `session_most_h`.
pub const MOST_RANGE_H: (u32, u32) = (1, 720);
/// Least and most of `audit_kept_days`.
pub const AUDIT_RANGE_DAYS: (u32, u32) = (LEAST_AUDIT_DAYS, 3650);
/// Least and most of `predictions_kept_days`; 0 is for ever.
pub const PREDICTIONS_RANGE_DAYS: (u32, u32) = (0, 3650);
/// Least and most of `artefacts_kept_mb`.
pub const ARTEFACTS_RANGE_MB: (u32, u32) = (100, 10_000_000);

/// Settings with the revision that a change must name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptSettings {
    pub settings: Settings,
    pub revision: i64,
}

/// A clock that is far beyond the latest instant that was seen: nothing is deleted or revoked by it until an admin confirms it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldClock {
    /// What the clock says, RFC 3339, UTC.
    pub clock_at: String,
    /// The latest instant that is believed, RFC 3339, UTC.
    pub latest_at: String,
}

/// Reading and changing the settings.
#[async_trait]
pub trait SettingsApi {
    async fn settings(&self) -> Result<KeptSettings, ApiError>;
    /// # Errors
    /// [`ApiError::Stale`] when somebody changed them since `revision`, [`ApiError::Invalid`] for a value out of range.
    async fn change_settings(&self, revision: i64, settings: Settings) -> Result<KeptSettings, ApiError>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_in_range_and_a_value_out_of_it_is_named() {
        assert_eq!(Settings::default().check(), Ok(Settings::default()));
        let short = Settings { audit_kept_days: 89, ..Settings::default() };
        let expected =
            ApiError::Invalid { field: "audit_kept_days".into(), value: "89".into(), expected: "90_to_3650".into() };
        assert_eq!(short.check(), Err(expected));
    }
}
