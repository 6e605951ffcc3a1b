//! The world outside: database, disk, clock, HTTP and the command line of Routing ML.
//!
//! Comes in: requests, tables, commands. Goes out: pages, JSON, files.
//! Never does: maths (that is `engine`), views (that is `app`).

// The views of the pages are deeply nested types, and their layout is computed here.
#![recursion_limit = "512"]

pub mod auth;
pub mod background;
pub mod cli;
pub mod clock;
pub mod config;
pub mod db;
mod disk;
pub mod encoder;
pub mod error;
pub mod exchange;
mod forms;
pub mod jobs;
pub mod middleware;
pub mod net;
pub mod registry;
pub mod rest;
mod router;
pub mod services;
pub mod site;
pub mod spreadsheet;
pub mod state;

pub use router::{Endpoint, build, endpoints, server_functions};
