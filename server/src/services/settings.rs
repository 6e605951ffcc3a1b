//! The plant's settings.

use async_trait::async_trait;
use contract::access::Action;
use contract::error::ApiError;
use contract::settings::{KeptSettings, Settings, SettingsApi};

use super::acting::{Acting, AuditEvent};
use super::jobs::is_zone;
use crate::db::settings;
use crate::error::Failure;

#[async_trait]
impl SettingsApi for Acting {
    async fn settings(&self) -> Result<KeptSettings, ApiError> {
        let work = async { Ok(settings::get(&self.services.db).await?) };
        self.run(Action::ChangeSettings, "", work).await
    }

    async fn change_settings(&self, revision: i64, settings: Settings) -> Result<KeptSettings, ApiError> {
        self.run(Action::ChangeSettings, "", change(self, revision, settings)).await
    }
}

async fn change(acting: &Acting, revision: i64, new: Settings) -> Result<KeptSettings, Failure> {
    let new = new.check()?;
    if !is_zone(&new.zone) {
        let value = new.zone.chars().take(100).collect();
        return Err(ApiError::Invalid { field: "zone".into(), value, expected: "a_time_zone".into() }.into());
    }
    let db = &acting.services.db;
    let old = settings::get(db).await?;
    let mut write = db.begin_write().await?;
    if old.revision != revision || !settings::put(&mut write, revision, &new).await? {
        drop(write);
        let theirs = settings::get(db).await?.settings;
        return Err(ApiError::Stale {
            object: "settings".into(),
            yours: differences(&theirs, &new),
            theirs: differences(&new, &theirs),
        }
        .into());
    }
    let event = AuditEvent::done(Action::ChangeSettings.code(), "settings");
    acting
        .note_in(&mut write, event.change(differences(&new, &old.settings), differences(&old.settings, &new)))
        .await?;
    write.commit().await.map_err(crate::db::DbError::from)?;
    Ok(KeptSettings { settings: new, revision: revision + 1 })
}

/// The values of `shown` that `other` does not have.
fn differences(other: &Settings, shown: &Settings) -> String {
    let values = |settings: &Settings| {
        [
            ("may_sign_up", settings.may_sign_up.to_string()),
            ("may_approve_own", settings.may_approve_own.to_string()),
            ("session_idle_min", settings.session_idle_min.to_string()),
            ("session_most_h", settings.session_most_h.to_string()),
            ("audit_kept_days", settings.audit_kept_days.to_string()),
            ("zone", settings.zone.clone()),
            ("predictions_kept_days", settings.predictions_kept_days.to_string()),
            ("artefacts_kept_mb", settings.artefacts_kept_mb.to_string()),
        ]
    };
    let pairs = values(shown).into_iter().zip(values(other));
    let differing = pairs.filter(|(shown, other)| shown != other).map(|((name, value), _)| format!("{name}={value}"));
    differing.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_named() {
        let (old, new) =
            (Settings::default(), Settings { may_sign_up: false, session_most_h: 12, ..Settings::default() });
        assert_eq!(differences(&old, &new), "may_sign_up=false session_most_h=12");
        assert_eq!(differences(&new, &old), "may_sign_up=true session_most_h=168");
        assert_eq!(differences(&old, &old), "");
    }
}
