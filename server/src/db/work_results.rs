//! Reported work.

use std::collections::BTreeMap;

use engine::domain::{ItemCode, JobCode, RoutingId, WorkCentreCode, WorkResult};
use sha2::{Digest, Sha256};
use sqlx::{Any, AssertSqlSafe, Row, Transaction};

use super::DbError;
use super::rows::{as_day, as_seq, day, placeholders};

/// Rows of one statement: 12 values each, below SQLite's limit of 32,766.
const ROWS_PER_STATEMENT: usize = 500;

/// Stores reports. A report that is equal in every value to one already there is the same report.
pub async fn add(transaction: &mut Transaction<'static, Any>, results: Vec<WorkResult>) -> Result<(), DbError> {
    let by_key: BTreeMap<String, WorkResult> = results.into_iter().map(|result| (key(&result), result)).collect();
    let rows: Vec<(String, WorkResult)> = by_key.into_iter().collect();
    for chunk in rows.chunks(ROWS_PER_STATEMENT) {
        let sql = format!(
            "INSERT INTO work_results (key, item, order_no, routing, seq, job, work_centre, qty, good_qty, setup_min, \
             run_min, end_day) VALUES {} ON CONFLICT (key) DO NOTHING",
            placeholders(chunk.len(), 12)
        );
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for (key, result) in chunk {
            query = query
                .bind(key.clone())
                .bind(result.item.as_str().to_owned())
                .bind(result.order.clone())
                .bind(result.routing.as_ref().map(|id| id.as_str().to_owned()))
                .bind(result.seq.map(i64::from))
                .bind(result.job.as_str().to_owned())
                .bind(result.work_centre.as_ref().map(|code| code.as_str().to_owned()))
                .bind(result.qty)
                .bind(result.good_qty)
                .bind(result.setup_min)
                .bind(result.run_min)
                .bind(day(result.end));
        }
        query.execute(&mut **transaction).await?;
    }
    Ok(())
}

/// Hash of every value, 128 bits in hexadecimal. Each field ends with a mark, so that neighbours cannot run together.
fn key(result: &WorkResult) -> String {
    let number = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_bits().to_string());
    let fields = [
        result.item.as_str().to_owned(),
        result.order.clone().unwrap_or_default(),
        result.routing.as_ref().map_or_else(String::new, |id| id.as_str().to_owned()),
        result.seq.map_or_else(String::new, |seq| seq.to_string()),
        result.job.as_str().to_owned(),
        result.work_centre.as_ref().map_or_else(String::new, |code| code.as_str().to_owned()),
        number(result.qty),
        number(result.good_qty),
        number(result.setup_min),
        number(result.run_min),
        day(result.end).unwrap_or_default(),
    ];
    let mut hash = Sha256::new();
    for field in fields {
        hash.update(field.as_bytes());
        hash.update([0x1f]);
    }
    hash.finalize()[..16].iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(super) fn result(row: &sqlx::any::AnyRow) -> Result<WorkResult, DbError> {
    Ok(WorkResult {
        item: ItemCode::new(row.try_get::<String, _>("item")?),
        order: row.try_get("order_no")?,
        routing: row.try_get::<Option<String>, _>("routing")?.map(RoutingId::new),
        seq: row.try_get::<Option<i64>, _>("seq")?.map(as_seq).transpose()?,
        job: JobCode::new(row.try_get::<String, _>("job")?),
        work_centre: row.try_get::<Option<String>, _>("work_centre")?.map(WorkCentreCode::new),
        qty: row.try_get("qty")?,
        good_qty: row.try_get("good_qty")?,
        setup_min: row.try_get("setup_min")?,
        run_min: row.try_get("run_min")?,
        end: as_day(row.try_get("end_day")?)?,
    })
}

#[cfg(test)]
mod tests {
    use engine::domain::{ItemCode, JobCode, WorkResult};

    use super::key;

    #[test]
    fn the_key_tells_reports_apart_and_knows_equal_ones() {
        let report = WorkResult {
            item: ItemCode::from("A"),
            job: JobCode::from("J"),
            run_min: Some(5.0),
            ..WorkResult::default()
        };
        assert_eq!(key(&report), key(&report.clone()));
        assert_ne!(key(&report), key(&WorkResult { run_min: None, setup_min: Some(5.0), ..report.clone() }));
        assert_ne!(key(&report), key(&WorkResult { order: Some("1".into()), ..report }));
    }
}
