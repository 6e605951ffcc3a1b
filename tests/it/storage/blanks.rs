//! Large files with a blank in every column that may have one, in the order that once broke PostgreSQL.

use tests::{TestApp, on_every_database};

use super::*;

/// More than three blocks and more than three statements of each.
const N: usize = 6_500;

/// Every value is there in every second row only, and the first row of all has none.
fn wide(at: usize) -> (OperationRow, WorkReport) {
    let (is_there, text) = (at % 2 == 1, |text: &str| (at % 2 == 1).then(|| text.to_owned()));
    let minutes = |value: f64| is_there.then_some(value + at as f64);
    let row = OperationRow {
        item: format!("I-{at:05}").as_str().into(),
        routing: "1".into(),
        seq: Seq::new(10),
        job: "J".into(),
        job_name: text("name"),
        work_centre: is_there.then(|| "W".into()),
        work_centre_name: text("bench"),
        alternatives: if is_there { vec!["V".into()] } else { vec![] },
        outsourced: is_there.then_some(true),
        setup_min: minutes(0.1),
        run_min_per_piece: minutes(0.2),
        queue_min: minutes(0.3),
        wait_min: minutes(0.4),
        move_min: minutes(0.5),
        is_batch: is_there.then_some(false),
        is_main: is_there.then_some(true),
        is_primary: is_there.then_some(true),
        priority: is_there.then_some(1),
        created: is_there.then(|| day("2020-02-02")),
        valid_from: is_there.then(|| day("2020-02-03")),
        valid_to: is_there.then(|| day("2999-12-31")),
    };
    let result = WorkResult {
        item: row.item.clone(),
        order: text("O"),
        routing: is_there.then(|| "1".into()),
        seq: is_there.then(|| Seq::new(10)),
        job: "J".into(),
        work_centre: is_there.then(|| "W".into()),
        qty: minutes(1.0),
        good_qty: minutes(0.5),
        setup_min: minutes(0.25),
        run_min: minutes(1.0 / 3.0),
        end: is_there.then(|| day("2025-05-05")),
    };
    (row, WorkReport { result, number: text("n"), hold_min: minutes(0.0).map(|_| 0.0), is_cancelled: false })
}

#[tokio::test]
async fn blanks_in_every_column_come_back_as_blanks() {
    on_every_database(async |app: TestApp| {
        let mut brings = Brings::default();
        let (mut rows, mut results) = (Vec::new(), Vec::new());
        for at in 0..N {
            let (row, report) = wide(at);
            rows.push(row.clone());
            results.push(report.result.clone());
            let filled: &[(&str, &str)] = if at % 2 == 1 { &[("x", "1")] } else { &[] };
            brings = brings.item(row.item.as_str(), if at % 2 == 1 { "part" } else { "" }, &["x"], filled);
            brings.0.operation(row);
            brings.0.report(report, 1);
        }
        let stored = put(&app, brings).await;
        assert_eq!((stored.counts.n_items, stored.counts.n_routings, stored.counts.n_results), (N, N, N));
        let read = plant(&app).await;
        let expected = Plant::assemble_on(read.items.clone(), rows, results, Some(day("2026-01-15")));
        assert_eq!(read.routings, expected.routings);
        assert_eq!(read.results, expected.results);
        assert_eq!(read.items.iter().filter(|item| item.name.is_some()).count(), N / 2);
        assert_eq!(read.items.iter().filter(|item| item.attributes.is_empty()).count(), N / 2);
    })
    .await;
}
