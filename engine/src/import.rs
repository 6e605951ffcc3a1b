//! A plant's tables as domain rows.
//!
//! Comes in: the files of one import, each of which can be opened again ([`Input`]), and what the caller states
//! ([`Options`]). Goes out: what all of them say together ([`Gathered`]), a [`Flaw`] for each row or value that could not
//! be read, and an [`ImportReport`] of each table whose counts add up: `n_rows = n_ok + n_duplicates + n_errors`.
//! Never does: drop a row or a column silently, guess between two readings, import a person's name or id, know what the
//! database holds.
//!
//! # What is wrong with a row
//! *Refused* is a row of which nobody can know what it is about: its item, routing, operation number or job is missing or
//! malformed, it has too many fields, or an earlier row says something else of the same operation. The routing it belongs
//! to is held back whole. *Doubtful* is any other value that cannot be read: the row goes in, and the value is unknown.
//! A row that repeats an earlier one exactly is a duplicate.
//!
//! # Two passes
//! The first pass looks at all values of each column, so that one value decides how another is read; what a file leaves
//! open the other files of the import may settle. The second pass takes the rows.
//!
//! # Which tables
//! All columns and how the item codes repeat decide. Every column of an items table that is no field becomes an attribute;
//! so one import may hold two items files that complete each other. A bill of materials is refused, as is a table without
//! item names in which codes repeat with other content.

mod cells;
mod columns;
mod encoding;
mod error;
mod flags;
mod gathered;
mod header;
mod input;
mod kind;
mod lookalikes;
mod machines;
mod no_data;
mod options;
mod profile;
mod reader;
mod records;
mod repeats;
mod report;
mod reports;
mod rows;
mod set;
mod sheet;
mod standard_codes;
mod survey;
mod table;
pub mod workbook;

pub use columns::{
    Field, LooksLike, Per, REFUSAL_REASON_COLUMN, Recognised, TableKind, is_refusal_reason, key, looks_like, recognise,
};
// Below the tables of a plant: any file as text, and text as numbered rows. Other lists read by the same rules.
pub use encoding::{Decoded, Encoding, Reading, Refusal as NotText, Verdict, judge, settle};
pub use error::{Expected, Flaw, Grade, ImportError, NotATableReason};
pub use gathered::{Gathered, GatheredItem, GatheredRouting, Gathering, ReportGroup, added_rows, merged_item};
pub use input::{Input, SetFile};
pub use kind::{Decision, KeyStats};
pub use lookalikes::{CodeOf, LikeCode, join};
pub use no_data::NoData;
pub use options::{Join, Options, Purpose, StatedColumn};
pub use profile::{Meaning, OtherUse, Profile, StoredColumn, StoredProfile};
pub use reader::{Belongs, Outcome, Record, Refusal, TableRows};
pub use report::{AttributeColumn, FieldColumn, IgnoredColumn, IgnoredReason, ImportReport, PartColumn};
pub use reports::{ReportKey, WorkReport, effective, merged_reports};
pub use rows::{Broken, Header, Row, RowSource, Rows, Shape, Stated, line};
pub use set::{LeftOut, Look, OpenTable, OriginalRow, ReadEvent, TableReader, look, unknown_columns};
pub use table::Table;
