//! Reading the audit trail.

use async_trait::async_trait;
use contract::access::Action;
use contract::accounts::PAGE_LEN;
use contract::audit::{AuditApi, AuditLine, AuditPage, AuditQuery};
use contract::error::ApiError;

use super::acting::{Acting, AuditEvent};
use crate::db::audit;
use crate::error::Failure;

/// Most lines of one export: some 20 MB of text.
pub const MAX_EXPORT: usize = 100_000;

#[async_trait]
impl AuditApi for Acting {
    async fn audit(&self, query: AuditQuery) -> Result<AuditPage, ApiError> {
        self.run(Action::ReadAudit, "", page(self, query)).await
    }
}

impl Acting {
    /// All lines that match, the newest first, at most [`MAX_EXPORT`]; that it was asked for is a line of its own.
    ///
    /// # Errors
    /// As [`AuditApi::audit`].
    pub async fn export_audit(&self, query: AuditQuery) -> Result<Vec<AuditLine>, ApiError> {
        let work = async {
            query.check()?;
            let lines = audit::list(&self.services.db, &query, MAX_EXPORT).await?;
            self.note(AuditEvent::done("export_audit", "audit").to(lines.len().to_string())).await?;
            Ok(lines)
        };
        self.run(Action::ReadAudit, "", work).await
    }
}

async fn page(acting: &Acting, query: AuditQuery) -> Result<AuditPage, Failure> {
    query.check()?;
    let db = &acting.services.db;
    // One more than is shown tells whether there is a next page.
    let mut lines = audit::list(db, &query, PAGE_LEN + 1).await?;
    let has_more = lines.len() > PAGE_LEN;
    lines.truncate(PAGE_LEN);
    let next = lines.last().filter(|_| has_more).map(|line| line.id.clone());
    Ok(AuditPage { lines, next, actions: audit::actions(db).await? })
}
