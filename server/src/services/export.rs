//! Answers to take along: a stored answer as a file.

use contract::access::Action;
use contract::error::ApiError;
use contract::export::{COLUMNS, ExportCell, ExportEncoding, ExportFormat, ExportQuery, rows};
use contract::wire::{Prediction, WireForm};
use encoding_rs::EUC_KR;
use engine::domain::Receipt;

use super::Services;
use super::acting::Acting;
use crate::db::predictions;
use crate::error::Failure;
use crate::spreadsheet::{Cell, Sheet, SheetError, workbook};

/// A file.
#[derive(Debug)]
pub struct Exported {
    pub bytes: Vec<u8>,
    pub content_type: &'static str,
    /// Plain ASCII.
    pub file_name: String,
}

impl Acting {
    /// The answer of a receipt as a file.
    ///
    /// # Errors
    /// [`ApiError::Invalid`] for what is no receipt or cannot be written in the encoding, [`ApiError::NotFound`] when no stored
    /// answer has it, or it has no such candidate.
    pub async fn export(&self, receipt: &str, asked: ExportQuery) -> Result<Exported, ApiError> {
        self.run(Action::ReadItems, receipt, export(&self.services, receipt, asked)).await
    }
}

async fn export(services: &Services, receipt: &str, asked: ExportQuery) -> Result<Exported, Failure> {
    if receipt.len() != 32 || !receipt.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return Err(ApiError::invalid("receipt", receipt, "32_hexadecimal_digits").into());
    }
    let receipt = Receipt::new(receipt.to_ascii_lowercase());
    let found = predictions::by_receipt(&services.db, &receipt).await?;
    let found = found.ok_or_else(|| ApiError::NotFound { key: receipt.to_string() })?;
    let prediction = Prediction::of(found);
    let (bytes, content_type, extension) = match asked.format {
        ExportFormat::Json => (serde_json::to_vec(&prediction).map_err(other)?, "application/json", "json"),
        ExportFormat::Xlsx => {
            let rows = rows(&prediction, asked.candidate)?;
            let bytes = services.compute(move || workbook(&COLUMNS, &cells(rows))).await?.map_err(other)?;
            (bytes, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx")
        }
        ExportFormat::Csv => {
            let rows = rows(&prediction, asked.candidate)?;
            (table(Sheet::new(COLUMNS), rows).map_err(other)?, "text/csv; charset=utf-8", "csv")
        }
        ExportFormat::CsvMachine => {
            let rows = rows(&prediction, asked.candidate)?;
            let bytes = table(Sheet::for_programs(COLUMNS), rows).map_err(other)?;
            match asked.encoding {
                ExportEncoding::Utf8 => (bytes, "text/csv; charset=utf-8", "csv"),
                ExportEncoding::Cp949 => (in_cp949(bytes)?, "text/csv; charset=euc-kr", "csv"),
            }
        }
    };
    let file_name = format!("routing-{}.{extension}", receipt.short());
    Ok(Exported { bytes, content_type, file_name })
}

fn table(sheet: Result<Sheet, SheetError>, rows: Vec<Vec<ExportCell>>) -> Result<Vec<u8>, SheetError> {
    let mut sheet = sheet?;
    for row in cells(rows) {
        sheet.row(row)?;
    }
    sheet.finish()
}

fn cells(rows: Vec<Vec<ExportCell>>) -> Vec<Vec<Cell>> {
    let cell = |cell: ExportCell| match cell {
        ExportCell::Empty => Cell::Empty,
        ExportCell::Text(text) => Cell::Text(text),
        ExportCell::Number(number) => Cell::Number(number),
    };
    rows.into_iter().map(|row| row.into_iter().map(cell).collect()).collect()
}

/// The same text for Korean Windows.
fn in_cp949(bytes: Vec<u8>) -> Result<Vec<u8>, Failure> {
    let text = String::from_utf8(bytes).map_err(other)?;
    // The encoder would write a reference of HTML for what it does not have.
    let (encoded, _, has_others) = EUC_KR.encode(&text);
    if !has_others {
        return Ok(encoded.into_owned());
    }
    let missing = text.chars().find(|character| EUC_KR.encode(character.encode_utf8(&mut [0; 4])).2);
    Err(ApiError::invalid("encoding", missing.map(String::from).unwrap_or_default(), "cp949").into())
}

fn other(error: impl std::fmt::Display) -> Failure {
    Failure::Other(error.to_string())
}
