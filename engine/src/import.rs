//! A plant's tables as domain rows, one row at a time.
//!
//! Comes in: the bytes of one CSV-like file and a [`Profile`]. Goes out: items, operations and work results, a
//! [`Flaw`] for each row that cannot go in, and an [`ImportReport`] whose counts add up:
//! `n_rows = n_ok + n_duplicates + n_errors`.
//! Never does: hold a table in memory, drop a row silently, import a person's name or id, decide what is kept when
//! two files speak of one item (the caller merges their attributes).
//!
//! # What makes a row an error
//! A key (item, routing, sequence, job) that is missing or malformed; an optional number, day or flag that is written
//! but cannot be read (an empty one is simply unknown); the wrong number of fields; a key seen before with other
//! content. A row that repeats an earlier one exactly is a duplicate.
//!
//! # Which tables
//! The columns decide. A table with an item code and nothing else that is recognised is an items table, and every other
//! column becomes an attribute; so one import may hold two items files that complete each other. A table with a child
//! or parent item is a bill of materials and is refused, as is a table without item names in which codes repeat.

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
mod rows;
mod set;
mod sheet;
mod standard_codes;
mod survey;
mod table;
pub mod workbook;

pub use columns::{
    Field, LooksLike, Per, REFUSAL_REASON_COLUMN, Recognised, TableKind, TimeUnit, is_refusal_reason, key, looks_like,
    recognise,
};
// Below the tables of a plant: any file as text, and text as numbered rows. Other lists read by the same rules.
pub use encoding::{Decoded, Encoding, Reading, Refusal as NotText, Verdict, judge, settle};
pub use error::{Expected, Flaw, Grade, ImportError, NotATableReason};
pub use gathered::{
    Gathered, GatheredItem, GatheredRouting, Gathering, Report, ReportGroup, ReportKey, added_rows, effective,
    merged_item, merged_reports,
};
pub use input::{Input, SetFile};
pub use kind::{Decision, KeyStats};
pub use lookalikes::{CodeOf, LikeCode, join};
pub use no_data::NoData;
pub use options::{Join, Options, Purpose, StatedColumn};
pub use profile::{Meaning, OtherUse, Profile, StoredColumn, StoredProfile};
pub use reader::{Belongs, Outcome, Record, Refusal, TableRows};
pub use report::{AttributeColumn, FieldColumn, IgnoredColumn, IgnoredReason, ImportReport, PartColumn};
pub use rows::{Broken, Header, Row, RowSource, Rows, Shape, Stated, line};
pub use set::{LeftOut, Look, OpenTable, OriginalRow, ReadEvent, TableReader, look, unknown_columns};
pub use table::Table;
