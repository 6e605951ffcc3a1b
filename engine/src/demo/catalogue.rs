//! What the invented plant consists of, as constant tables: part types, materials, seal families, jobs and work centres.
//!
//! In: nothing. Out: tables that the other modules index by enum or position.
//! Never: a code or family name of a real plant, and no chance; what is drawn is drawn elsewhere.

pub mod jobs;
pub mod materials;
pub mod parts;
pub mod seals;
pub mod work_centres;

pub use jobs::{Job, Pool, RunLaw};
pub use materials::{MATERIALS, MaterialClass};
pub use parts::{Kind, Part};
pub use seals::SEALS;
pub use work_centres::{WORK_CENTRES, WorkCentre};
