//! A candidate routing to take along: as a table for spreadsheets and other systems, or as the whole answer.
//!
//! The table is one that an import reads again: its first columns have the names of the common form.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::error::ApiError;
use crate::wire::{Candidate, Origin, Prediction, TimeEstimate, TimeSource};

/// Decimals of a time in a table: a ten-thousandth of a minute.
const PER_MINUTE: f64 = 10_000.0;

/// The form of an exported file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// A workbook; codes are texts.
    #[default]
    Xlsx,
    /// For people: with a byte order mark, so that spreadsheets read every language, and with an apostrophe before what they
    /// would take for a formula.
    Csv,
    /// For programs: every text as it is.
    CsvMachine,
    /// The whole answer, as a prediction gives it.
    Json,
}

impl ExportFormat {
    /// All forms.
    pub const ALL: [Self; 4] = [Self::Xlsx, Self::Csv, Self::CsvMachine, Self::Json];

    /// As in the address.
    pub fn code(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::CsvMachine => "csv_machine",
            Self::Json => "json",
        }
    }
}

/// How the characters of a CSV for programs are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExportEncoding {
    #[default]
    Utf8,
    /// Korean Windows, for systems that read nothing else.
    Cp949,
}

/// What to export.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct ExportQuery {
    /// `xlsx` when left out.
    #[param(inline)]
    pub format: ExportFormat,
    /// Which candidate of the answer, from 1; 0 is the first. Of no meaning for `json`.
    #[param(maximum = 1000)]
    pub candidate: usize,
    /// Of `csv_machine` only.
    #[param(inline)]
    pub encoding: ExportEncoding,
}

/// Address of an exported answer.
pub fn export_path(receipt: &str, format: ExportFormat, candidate: usize) -> String {
    format!("/api/v1/receipts/{receipt}/export?format={}&candidate={candidate}", format.code())
}

/// The same table as a spreadsheet takes it from the clipboard: cells between tabs, and as HTML in which codes stay texts.
pub fn cells(rows: &[Vec<ExportCell>]) -> (String, String) {
    let (mut plain, mut html) = (COLUMNS.join("\t"), String::from("<table><tr>"));
    html.extend(COLUMNS.map(|name| format!("<th>{name}</th>")));
    html.push_str("</tr>");
    for row in rows {
        plain.push_str("\r\n");
        html.push_str("<tr>");
        for (at, cell) in row.iter().enumerate() {
            // A tab or a line end within a cell would end it.
            let text = cell.text().replace(['\t', '\r', '\n'], " ");
            if at > 0 {
                plain.push('\t');
            }
            plain.push_str(&text);
            let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            let style = if matches!(cell, ExportCell::Text(_)) { " style=\"mso-number-format:'\\@'\"" } else { "" };
            html.push_str(&format!("<td{style}>{text}</td>"));
        }
        html.push_str("</tr>");
    }
    html.push_str("</table>");
    (plain, html)
}

/// One value of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum ExportCell {
    /// Unknown, never a zero.
    Empty,
    Text(String),
    Number(f64),
}

impl ExportCell {
    /// As text with a decimal point.
    pub fn text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
        }
    }
}

/// The columns. Those up to `batch_oper` are the common form of a routing table; an import leaves the others out.
pub const COLUMNS: [&str; 24] = [
    "item_cd",
    "routing_id",
    "proc_seq",
    "job_cd",
    "job_nm",
    "res_cd",
    "res_nm",
    "alternatives",
    "outsourced",
    "setup_time_min",
    "run_time_min",
    "queue_time_min",
    "wait_time_min",
    "move_time_min",
    "batch_oper",
    "setup_p80",
    "setup_n",
    "setup_source",
    "run_p80",
    "run_n",
    "run_source",
    "model",
    "snapshot",
    "receipt",
];

/// The operations of a candidate, one row each, under [`COLUMNS`]. Times are P50 unless their column says otherwise: setup in
/// minutes per order, run in minutes per piece, or per lot where `batch_oper` is `Y`.
///
/// # Errors
/// [`ApiError::NotFound`] when the answer has no such candidate; `candidate` counts from 1.
pub fn rows(prediction: &Prediction, candidate: usize) -> Result<Vec<Vec<ExportCell>>, ApiError> {
    let chosen = candidate.max(1);
    let missing = || ApiError::NotFound { key: format!("candidate {chosen}") };
    let found = prediction.candidates.get(chosen - 1).ok_or_else(missing)?;
    let routing = routing_id(prediction, found, chosen);
    let row = |at: usize| {
        let operation = &found.operations[at];
        let (run, is_batch) = match (operation.run_min_per_piece, operation.run_min_per_lot) {
            (_, Some(lot)) => (Some(lot), Some(true)),
            (Some(piece), None) => (Some(piece), Some(false)),
            (None, None) => (None, None),
        };
        let alternatives: Vec<&str> = operation.alternatives.iter().map(|code| code.as_str()).collect();
        let mut cells = vec![
            text(prediction.item.as_str()),
            text(&routing),
            text(&operation.seq.to_string()),
            text(operation.job.as_str()),
            maybe(operation.job_name.as_deref()),
            maybe(operation.work_centre.as_ref().map(|code| code.as_str())),
            maybe(operation.work_centre_name.as_deref()),
            text(&alternatives.join(";")),
            flag(operation.outsourced),
        ];
        let times = [operation.setup_min, run, operation.queue_min, operation.wait_min, operation.move_min];
        cells.extend(times.map(|time| minutes(time.map(|time| time.p50))));
        cells.push(flag(is_batch));
        for time in [operation.setup_min, run] {
            cells.extend(ground(time));
        }
        cells.extend([prediction.model.as_str(), prediction.snapshot.as_str(), prediction.receipt.as_str()].map(text));
        cells
    };
    Ok((0..found.operations.len()).map(row).collect())
}

/// The number under which a candidate is imported: the routing's own for a record, else one that names the answer.
fn routing_id(prediction: &Prediction, candidate: &Candidate, place: usize) -> String {
    match &candidate.origin {
        Origin::OwnHistory { routing } | Origin::Standard { routing: Some(routing), .. } => routing.to_string(),
        Origin::Similar | Origin::Standard { routing: None, .. } => {
            format!("ML-{}-{place}", prediction.receipt.short())
        }
    }
}

/// P80, number and source.
fn ground(time: Option<TimeEstimate>) -> [ExportCell; 3] {
    let Some(time) = time else { return [ExportCell::Empty, ExportCell::Empty, ExportCell::Empty] };
    let source = match time.source {
        TimeSource::Actual => "actual",
        TimeSource::Planned => "planned",
        TimeSource::Similar => "similar",
    };
    [minutes(Some(time.p80)), ExportCell::Number(f64::from(time.n)), text(source)]
}

fn minutes(time: Option<f64>) -> ExportCell {
    match time {
        Some(time) if time.is_finite() => ExportCell::Number((time * PER_MINUTE).round() / PER_MINUTE),
        _ => ExportCell::Empty,
    }
}

fn text(text: &str) -> ExportCell {
    if text.is_empty() { ExportCell::Empty } else { ExportCell::Text(text.to_owned()) }
}

fn maybe(value: Option<&str>) -> ExportCell {
    value.map_or(ExportCell::Empty, text)
}

fn flag(value: Option<bool>) -> ExportCell {
    maybe(value.map(|is_so| if is_so { "Y" } else { "N" }))
}

#[cfg(test)]
mod tests {
    use crate::wire::ProposedOperation;

    use super::*;

    #[test]
    fn every_row_has_every_column_and_unknown_is_empty() {
        let time = |p50| Some(TimeEstimate { p50, p80: 2.0 * p50, n: 3, source: TimeSource::Actual });
        let operation = ProposedOperation {
            seq: 10.into(),
            job: "T10".into(),
            alternatives: vec!["L-2".into(), "L-3".into()],
            outsourced: Some(false),
            setup_min: time(20.000_04),
            run_min_per_lot: time(90.0),
            ..ProposedOperation::default()
        };
        let candidate = Candidate {
            rank: 1,
            origin: Origin::Similar,
            confidence_prob: Some(0.5),
            signature: String::new(),
            operations: vec![operation],
        };
        let prediction = Prediction {
            item: "GL-1".into(),
            receipt: "0123456789abcdef".into(),
            candidates: vec![candidate],
            ..empty()
        };
        let rows = rows(&prediction, 0).expect("there is a candidate");
        let of = |column: &str| {
            let at = COLUMNS.iter().position(|name| *name == column).expect("a column");
            assert_eq!(rows[0].len(), COLUMNS.len());
            rows[0][at].text()
        };
        assert_eq!((of("item_cd").as_str(), of("routing_id").as_str()), ("GL-1", "ML-01234567-1"));
        assert_eq!((of("setup_time_min").as_str(), of("setup_p80").as_str()), ("20", "40.0001"));
        assert_eq!((of("run_time_min").as_str(), of("batch_oper").as_str()), ("90", "Y"));
        assert_eq!((of("run_n").as_str(), of("run_source").as_str()), ("3", "actual"));
        assert_eq!((of("alternatives").as_str(), of("outsourced").as_str()), ("L-2;L-3", "N"));
        assert_eq!((of("res_cd").as_str(), of("queue_time_min").as_str()), ("", ""));
        let missing = super::rows(&prediction, 2).map_err(|error| error.code());
        assert_eq!(missing, Err("not_found"));
    }

    #[test]
    fn the_clipboard_gets_one_cell_for_each_value() {
        let text = |text: &str| ExportCell::Text(text.into());
        let (plain, html) = cells(&[vec![text("0<7"), text("a\tb"), ExportCell::Empty, ExportCell::Number(1.5)]]);
        let last: Vec<&str> = plain.lines().last().expect("a row").split('\t').collect();
        assert_eq!(last, ["0<7", "a b", "", "1.5"]);
        assert_eq!(plain.lines().next().map(|line| line.split('\t').count()), Some(COLUMNS.len()));
        assert!(html.contains("'\\@'\">0&lt;7</td>") && html.contains("<td></td><td>1.5</td>"), "{html}");
    }

    fn empty() -> Prediction {
        Prediction {
            item: "".into(),
            model: "m".into(),
            snapshot: "s".into(),
            is_of_later_data: false,
            receipt: "".into(),
            abstained: false,
            abstain_reason: None,
            disputed: Vec::new(),
            question: None,
            candidates: Vec::new(),
            neighbours: Vec::new(),
        }
    }
}
