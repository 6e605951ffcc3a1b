//! The reports of one item and order, which stand in columns beside them.

use std::borrow::Cow;

use engine::domain::{ItemCode, JobCode, RoutingId, WorkCentreCode, WorkResult};
use engine::import::WorkReport;
use serde::{Deserialize, Serialize};

use super::routing::seq;
use super::{FORM, check, day, read, write};
use crate::db::DbError;

const WHAT: &str = "report";

#[derive(Serialize, Deserialize)]
struct Content<'a> {
    v: u32,
    #[serde(borrow)]
    reports: Vec<Line<'a>>,
}

/// Minutes of the whole order, as in the engine; what is unknown is left out.
#[derive(Serialize, Deserialize)]
struct Line<'a> {
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    routing: Option<Cow<'a, str>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    seq: Option<Cow<'a, str>>,
    #[serde(borrow)]
    job: Cow<'a, str>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    centre: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    qty: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    good: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    setup: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    run: Option<f64>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    end: Option<Cow<'a, str>>,
    /// The report's own number.
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    number: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    hold: Option<f64>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    cancelled: bool,
}

/// The reports as text.
pub fn encode(reports: &[WorkReport]) -> Result<String, DbError> {
    write(WHAT, &Content { v: FORM, reports: reports.iter().map(line).collect() })
}

fn line(report: &WorkReport) -> Line<'_> {
    let result = &report.result;
    Line {
        routing: result.routing.as_ref().map(|id| id.as_str().into()),
        seq: result.seq.map(|seq| seq.to_string().into()),
        job: result.job.as_str().into(),
        centre: result.work_centre.as_ref().map(|code| code.as_str().into()),
        qty: result.qty,
        good: result.good_qty,
        setup: result.setup_min,
        run: result.run_min,
        end: result.end.map(|day| day.to_string().into()),
        number: report.number.as_deref().map(Cow::Borrowed),
        hold: report.hold_min,
        cancelled: report.is_cancelled,
    }
}

/// The reports from text; `""` as after a removal has none.
pub fn decode(item: &ItemCode, order: &Option<String>, text: &str) -> Result<Vec<WorkReport>, DbError> {
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let content: Content<'_> = read(WHAT, text)?;
    check(WHAT, content.v)?;
    let report = |line: Line<'_>| -> Result<WorkReport, DbError> {
        Ok(WorkReport {
            result: WorkResult {
                item: item.clone(),
                order: order.clone(),
                routing: line.routing.map(RoutingId::new),
                seq: line.seq.map(|text| seq(&text)).transpose()?,
                job: JobCode::new(line.job),
                work_centre: line.centre.map(WorkCentreCode::new),
                qty: line.qty,
                good_qty: line.good,
                setup_min: line.setup,
                run_min: line.run,
                end: day(line.end.as_deref())?,
            },
            number: line.number.map(Cow::into_owned),
            hold_min: line.hold,
            is_cancelled: line.cancelled,
        })
    };
    content.reports.into_iter().map(report).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_come_back_as_they_were() {
        let full = WorkReport {
            result: WorkResult {
                item: "I".into(),
                order: Some("O 1".into()),
                routing: Some("R".into()),
                seq: Some(seq("10A").expect("it is a number")),
                job: "절단".into(),
                work_centre: Some("W".into()),
                qty: Some(-4.0),
                good_qty: Some(0.0),
                setup_min: Some(0.3),
                run_min: Some(-1.0 / 3.0),
                end: day(Some("2021-03-14")).expect("a day"),
            },
            number: Some("4711".into()),
            hold_min: Some(2.5),
            is_cancelled: true,
        };
        let mut bare = WorkReport::default();
        bare.result.item = "I".into();
        bare.result.order = Some("O 1".into());
        let reports = vec![full, bare];
        let text = encode(&reports).expect("it is plain");
        assert_eq!(decode(&"I".into(), &Some("O 1".into()), &text).expect("it was written"), reports);
        assert!(!text.contains("null"), "{text}");
    }
}
