//! The world outside: database, disk, clock, HTTP and the command line of Routing ML.
//!
//! Comes in: requests, tables, commands. Goes out: pages, JSON, files.
//! Never does: maths (that is `engine`), views (that is `app`).

pub mod clock;
pub mod db;
pub mod config;
pub mod error;
pub mod registry;
pub mod services;
pub mod state;
