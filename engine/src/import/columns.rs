//! How a column name is recognised: the names of every field in six languages, and the rules by which headings vary.

mod field;
mod header_unit;
mod heading;
mod key;
mod looks_like;
mod names;
mod personal;
mod recognise;
mod refusal_reason;
#[cfg(test)]
mod tests;

pub use field::{Field, TableKind};
pub use header_unit::{Per, in_header};
pub use key::{key, spellings};
pub use looks_like::{LooksLike, looks_like, unit_column_of};
pub use names::{NAMES, names};
pub use personal::is_personal;
pub use recognise::{Recognised, recognise, settle};
pub use refusal_reason::{REFUSAL_REASON_COLUMN, is_refusal_reason};
