//! Laws of every import, whatever it reads.

use engine::import::{Gathered, ImportReport, TableKind};

/// Counts add up, and the report tells of every column of the header.
pub fn check_report(header: &[String], report: &ImportReport) {
    assert_eq!(report.n_rows, report.n_ok + report.n_duplicates + report.n_refused);
    assert!(report.n_doubtful <= report.n_ok);
    let is_told = |name: &String| {
        report.columns.iter().any(|one| one.column == *name)
            || report.ignored.iter().any(|one| one.column == *name)
            || report.attributes.iter().any(|one| one.column == *name || one.unit_column.as_ref() == Some(name))
    };
    let untold: Vec<&String> = header.iter().filter(|name| !is_told(name)).collect();
    assert!(untold.is_empty(), "{untold:?}");
}

/// Every row that went in comes out.
pub fn check_sum(gathered: &Gathered, reports: &[ImportReport]) {
    let n_ok = |kind: TableKind| reports.iter().filter(|report| report.kind == kind).map(|report| report.n_ok).sum();
    let n_rows: usize = gathered.routings().map(|routing| routing.rows.len()).sum();
    assert_eq!(n_rows as u64, n_ok(TableKind::Routings));
    assert!(gathered.items().count() as u64 <= n_ok(TableKind::Items));
    let n_reports: usize = gathered.report_groups().map(|group| group.reports.len()).sum();
    assert!(n_reports as u64 <= n_ok(TableKind::WorkResults));
}
