//! Server functions, one file for each area of the contract.
//!
//! Comes in: requests of our own pages. Goes out: what the server's use cases answer.
//! Never does: SQL, HTTP, anything that a page shows. What is asked and answered is defined in `contract`.

pub mod explain;
pub mod feedback;
pub mod items;
pub mod plant;
pub mod predict;
