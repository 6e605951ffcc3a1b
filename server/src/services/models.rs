//! Which models there are, and making one of them answer that was trained before.

use contract::access::Action;
use contract::error::ApiError;

use super::acting::{Acting, AuditEvent};
use crate::background::Share;
use crate::db::models::{self, ModelRow};
use crate::error::Failure;

/// Fewer digits of an id would find too much.
const LEAST_DIGITS: usize = 6;

/// One model of the list.
#[derive(Clone, Debug)]
pub struct ListedModel {
    pub row: ModelRow,
    /// Whether it shall answer.
    pub is_active: bool,
    /// Whether its file lies on this machine with the size that it should have.
    pub has_file: bool,
}

impl Acting {
    /// Every model, the one that shall answer first, then the ones before it.
    ///
    /// # Errors
    /// [`ApiError`].
    pub async fn models(&self) -> Result<Vec<ListedModel>, ApiError> {
        let work = async {
            let services = &self.services;
            let active = models::active(&services.db).await?.map(|row| row.id);
            let listed = |row: ModelRow| ListedModel {
                is_active: active.as_ref() == Some(&row.id),
                has_file: services.registry.has_file(&row),
                row,
            };
            Ok(models::list(&services.db).await?.into_iter().map(listed).collect())
        };
        self.run(Action::ReadModel, "", work).await
    }

    /// Makes the model answer whose id begins with `digits`.
    ///
    /// # Errors
    /// [`ApiError::NotFound`] when there is no such model, [`ApiError::Invalid`] when there are several;
    /// [`Failure::Registry`] when its file is missing or damaged. Then everything is as it was.
    pub async fn activate_model(&self, digits: &str) -> Result<ModelRow, Failure> {
        let services = &self.services;
        // Only whoever sits before the machine may: no page and no other system asks for it.
        let _guard = self.enter(Action::ChangeSettings, digits).await?;
        if digits.len() < LEAST_DIGITS {
            let expected = format!("at_least_{LEAST_DIGITS}_digits");
            return Err(ApiError::Invalid { field: "id".into(), value: digits.into(), expected }.into());
        }
        let all = models::list(&services.db).await?;
        let before = models::active(&services.db).await?.map(|row| row.id.short().to_owned()).unwrap_or_default();
        let mut found = all.into_iter().filter(|row| row.id.as_str().starts_with(digits));
        let Some(row) = found.next() else { return Err(ApiError::NotFound { key: digits.to_owned() }.into()) };
        if found.next().is_some() {
            return Err(
                ApiError::Invalid { field: "id".into(), value: digits.into(), expected: "more_digits".into() }.into()
            );
        }
        let event = AuditEvent::done("activate_model", row.id.short()).change(before, row.id.short());
        let row = services.registry.activate(&services.db, row, self.line(event)).await?;
        services.renew(Share::Whole).await;
        Ok(row)
    }
}
