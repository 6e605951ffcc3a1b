//! The rows of a file again as they stand there, so that a person can correct the refused ones.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::columns::TableKind;
use super::super::error::Flaw;
use super::super::input::SetFile;
use super::super::reader::{Outcome, Record, TableRows};
use super::super::table::Table;
use super::Look;
use crate::domain::{ItemCode, RoutingId};

/// A row as it stands in its file.
pub struct OriginalRow<'a> {
    pub table: &'a Table,
    /// As a spreadsheet shows it.
    pub row: u32,
    /// As many as the header has, or one: the text of a row that could not be split.
    pub cells: &'a [String],
    /// Why it was refused; `None` for a good row of a routing that is held back.
    pub flaw: Option<&'a Flaw>,
}

impl Look {
    /// Reads all tables again and hands out every refused row, and every row of the routings in `held`: a routing that
    /// is held back is replaced as a whole.
    pub fn refused_rows(
        &self,
        files: &[SetFile],
        held: &BTreeSet<(ItemCode, RoutingId)>,
        on_row: &mut dyn FnMut(OriginalRow<'_>),
    ) {
        for open in &self.tables {
            // A table that was read once and cannot be opened now is reported by the next import.
            let Ok(source) = open.source.rows(&files[open.file_at], &open.table) else { continue };
            let mut rows = TableRows::new(Arc::clone(&open.table), source);
            if open.table.kind == TableKind::Routings && !held.is_empty() {
                rows = rows.keeping_cells();
            }
            for outcome in rows {
                let flaw = outcome.record.as_ref().err().map(|refusal| &refusal.flaw);
                if flaw.is_some() || is_held(&outcome, held) {
                    on_row(OriginalRow { table: &open.table, row: outcome.row, cells: &outcome.cells, flaw });
                }
            }
        }
    }
}

fn is_held(outcome: &Outcome, held: &BTreeSet<(ItemCode, RoutingId)>) -> bool {
    match &outcome.record {
        Ok(Some(Record::Operation(row))) => held.contains(&(row.item.clone(), row.routing.clone())),
        _ => false,
    }
}
