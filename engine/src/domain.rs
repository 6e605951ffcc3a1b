//! The words of the plant as types: items, routings, operations, reported work.
//!
//! Comes in: cleaned values from `import` or from a form. Goes out: to every other folder.
//! Never does: parsing of files, statistics, anything that depends on a column name of one plant.

pub(crate) mod assembly;
mod ids;
mod item;
mod plant;
mod routing;
mod seq;
mod work_result;

pub use assembly::{Period, rows_on};
pub use ids::{ItemCode, JobCode, ModelId, Receipt, RoutingId, SnapshotId, WorkCentreCode};
pub use item::Item;
pub use plant::{OperationRow, Plant};
pub use routing::{Operation, Routing, signature};
pub use seq::Seq;
pub use work_result::WorkResult;

/// A calendar day of the plant; times of day do not matter to a routing.
pub type Date = chrono::NaiveDate;
