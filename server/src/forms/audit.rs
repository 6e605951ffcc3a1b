//! The audit trail: a page with filters, and the same lines as a table to take away.

use app::screens::Screen;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use contract::access::Action;
use contract::audit::{AuditApi, AuditLine, AuditPage, AuditQuery, Outcome};
use contract::error::ApiError;

use crate::exchange::reply::Query;
use crate::exchange::visit::{Visit, status};
use crate::spreadsheet::{Cell, Sheet, SheetError};

/// Filters of the page.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub struct AuditAddress {
    who: String,
    action: String,
    outcome: String,
    object: String,
    from: String,
    to: String,
    before_id: String,
}

impl From<AuditAddress> for AuditQuery {
    fn from(asked: AuditAddress) -> Self {
        let AuditAddress { who, action, outcome, object, from, to, before_id } = asked;
        Self { who, action, outcome: Outcome::from_code(&outcome), object, from, to, before_id }
    }
}

/// `GET /audit`
pub async fn audit_page(visit: Visit, Query(asked): Query<AuditAddress>) -> Response {
    let query = AuditQuery::from(asked);
    match visit.acting.audit(query.clone()).await {
        Ok(page) => visit.show(StatusCode::OK, Screen::Audit { query, page, refusal: None }).await,
        Err(error @ ApiError::Invalid { .. }) => {
            let screen = Screen::Audit { query, page: AuditPage::default(), refusal: Some(error.clone()) };
            visit.show(status(&error), screen).await
        }
        Err(error) => visit.refused(error, Action::ReadAudit.least_role()).await,
    }
}

/// `GET /audit.csv`
pub async fn audit_table(visit: Visit, Query(asked): Query<AuditAddress>) -> Response {
    let lines = match visit.acting.export_audit(asked.into()).await {
        Ok(lines) => lines,
        Err(error) => return visit.refused(error, Action::ReadAudit.least_role()).await,
    };
    match table(&lines) {
        Ok(bytes) => {
            let headers = [
                (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
                (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"audit.csv\"")),
            ];
            (headers, bytes).into_response()
        }
        Err(error) => {
            let failure = crate::error::Failure::Other(error.to_string());
            visit.refused(visit.state.services.refuse(failure), None).await
        }
    }
}

fn table(lines: &[AuditLine]) -> Result<Vec<u8>, SheetError> {
    let headings = ["at", "who", "token", "address", "action", "object", "before", "after", "outcome", "reason"];
    let mut sheet = Sheet::new(headings)?;
    for line in lines {
        sheet.row(row(line))?;
    }
    sheet.finish()
}

fn row(line: &AuditLine) -> Vec<Cell> {
    let text = |value: &str| Cell::Text(value.to_owned());
    let maybe = |value: &Option<String>| Cell::Text(value.clone().unwrap_or_default());
    vec![
        text(&line.at),
        text(&line.who),
        maybe(&line.token),
        text(&line.address),
        text(&line.action),
        text(&line.object),
        maybe(&line.before),
        maybe(&line.after),
        text(line.outcome.code()),
        maybe(&line.reason),
    ]
}
