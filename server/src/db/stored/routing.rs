//! The rows of one routing. Its item and its id stand in columns beside them.

use std::borrow::Cow;

use engine::domain::{Date, ItemCode, JobCode, OperationRow, RoutingId, Seq, WorkCentreCode};
use serde::{Deserialize, Serialize};

use super::{FORM, check, day, read, write};
use crate::db::DbError;

const WHAT: &str = "routing";

type Text<'a> = Cow<'a, str>;

#[derive(Serialize, Deserialize)]
struct Content<'a> {
    v: u32,
    #[serde(borrow)]
    rows: Vec<Row<'a>>,
}

/// Minutes, as in the engine; what is unknown is left out.
#[derive(Serialize, Deserialize)]
struct Row<'a> {
    #[serde(borrow)]
    seq: Text<'a>,
    #[serde(borrow)]
    job: Text<'a>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    job_name: Option<Text<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    centre: Option<Text<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    centre_name: Option<Text<'a>>,
    /// Further work centres of the same row.
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    others: Vec<Text<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    out: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    setup: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    run: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    queue: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    wait: Option<f64>,
    #[serde(rename = "move", default, skip_serializing_if = "Option::is_none")]
    move_min: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    batch: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    main: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    primary: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    priority: Option<u32>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    made: Option<Text<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    from: Option<Text<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    to: Option<Text<'a>>,
}

/// The rows as text.
pub fn encode(rows: &[OperationRow]) -> Result<String, DbError> {
    write(WHAT, &Content { v: FORM, rows: rows.iter().map(row).collect() })
}

fn row(row: &OperationRow) -> Row<'_> {
    let day = |day: Option<Date>| day.map(|day| Cow::Owned(day.to_string()));
    Row {
        seq: row.seq.to_string().into(),
        job: row.job.as_str().into(),
        job_name: row.job_name.as_deref().map(Cow::Borrowed),
        centre: row.work_centre.as_ref().map(|code| code.as_str().into()),
        centre_name: row.work_centre_name.as_deref().map(Cow::Borrowed),
        others: row.alternatives.iter().map(|code| code.as_str().into()).collect(),
        out: row.outsourced,
        setup: row.setup_min,
        run: row.run_min_per_piece,
        queue: row.queue_min,
        wait: row.wait_min,
        move_min: row.move_min,
        batch: row.is_batch,
        main: row.is_main,
        primary: row.is_primary,
        priority: row.priority,
        made: day(row.created),
        from: day(row.valid_from),
        to: day(row.valid_to),
    }
}

/// The rows from text; `""` as after a removal has none.
pub fn decode(item: &ItemCode, routing: &RoutingId, text: &str) -> Result<Vec<OperationRow>, DbError> {
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let content: Content<'_> = read(WHAT, text)?;
    check(WHAT, content.v)?;
    content.rows.into_iter().map(|row| operation_row(item, routing, row)).collect()
}

fn operation_row(item: &ItemCode, routing: &RoutingId, row: Row<'_>) -> Result<OperationRow, DbError> {
    let owned = |text: Option<Text<'_>>| text.map(Cow::into_owned);
    Ok(OperationRow {
        item: item.clone(),
        routing: routing.clone(),
        seq: seq(&row.seq)?,
        job: JobCode::new(row.job),
        job_name: owned(row.job_name),
        work_centre: row.centre.map(WorkCentreCode::new),
        work_centre_name: owned(row.centre_name),
        alternatives: row.others.into_iter().map(WorkCentreCode::new).collect(),
        outsourced: row.out,
        setup_min: row.setup,
        run_min_per_piece: row.run,
        queue_min: row.queue,
        wait_min: row.wait,
        move_min: row.move_min,
        is_batch: row.batch,
        is_main: row.main,
        is_primary: row.primary,
        priority: row.priority,
        created: day(row.made.as_deref())?,
        valid_from: day(row.from.as_deref())?,
        valid_to: day(row.to.as_deref())?,
    })
}

pub(super) fn seq(text: &str) -> Result<Seq, DbError> {
    Seq::parse(text).ok_or_else(|| DbError::Decode { what: "seq", reason: format!("{text:?} is no operation number") })
}

/// How many operations rows are: rows of one number and job are one.
pub fn n_operations(rows: &[OperationRow]) -> usize {
    let mut keys: Vec<_> = rows.iter().map(|row| (row.seq, &row.job)).collect();
    keys.sort_unstable();
    keys.dedup();
    keys.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back_as_they_were() {
        let full = OperationRow {
            item: "I".into(),
            routing: "R".into(),
            seq: seq("20/1").expect("it is a number"),
            job: "용접 \"A\"\\".into(),
            job_name: Some("weld\tby hand".into()),
            work_centre: Some("W-1".into()),
            work_centre_name: Some("bench".into()),
            alternatives: vec!["W-2".into(), "W-3".into()],
            outsourced: Some(false),
            setup_min: Some(0.1 + 0.2),
            run_min_per_piece: Some(0.0),
            queue_min: Some(1e-9),
            wait_min: Some(1.0 / 3.0),
            move_min: Some(7.0),
            is_batch: Some(true),
            is_main: Some(false),
            is_primary: Some(true),
            priority: Some(3),
            created: day(Some("2020-02-29")).expect("a day"),
            valid_from: day(Some("1999-12-31")).expect("a day"),
            valid_to: day(Some("2999-12-31")).expect("a day"),
        };
        let bare = OperationRow {
            item: "I".into(),
            routing: "R".into(),
            seq: Seq::new(7),
            job: "J".into(),
            ..OperationRow::default()
        };
        let rows = vec![full, bare];
        let text = encode(&rows).expect("it is plain");
        assert_eq!(decode(&"I".into(), &"R".into(), &text).expect("it was written"), rows);
        assert!(!text.contains("null"), "{text}");
        assert_eq!(n_operations(&rows), 2);
        assert!(decode(&"I".into(), &"R".into(), &text.replace("\"v\":1", "\"v\":2")).is_err());
    }
}
