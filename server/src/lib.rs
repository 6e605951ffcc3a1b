//! The world outside: database, disk, clock, HTTP and the command line of Routing ML.
//!
//! Comes in: requests, tables, commands. Goes out: pages, JSON, files.
//! Never does: maths (that is `engine`), views (that is `app`).

// The views of the pages are deeply nested types, and their layout is computed here.
#![recursion_limit = "512"]

mod assets;
pub mod auth;
mod choices;
pub mod cli;
pub mod client;
pub mod clock;
pub mod config;
mod context;
pub mod db;
pub mod encoder;
pub mod error;
mod forms;
pub mod listen;
pub mod middleware;
pub mod peer;
pub mod registry;
pub mod rest;
mod router;
mod routes;
pub mod services;
pub mod spreadsheet;
pub mod state;
pub mod tls;

pub use router::{build, endpoints, server_functions};
pub use routes::Endpoint;
