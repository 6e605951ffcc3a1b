//! Contract files, one per area: types, a trait for the server, and server functions of one line.
//!
//! Comes in: requests of our own pages. Goes out: what `server/services` answers.
//! Never does: SQL, HTTP, anything that a page shows.

pub mod accounts;
pub mod audit;
pub mod explain;
pub mod feedback;
pub mod items;
pub mod jobs;
pub mod plant;
pub mod predict;
pub mod settings;
pub mod sign_in;
