//! The laws of the house (`docs/ARCHITECTURE.md`) as tests.
//!
//! Comes in: sources, manifests, locales and documents of this repository. Goes out: a failed test that names the file,
//! the line and the law. Each law also has a test that shows it a violation, so that a law cannot silently stop working.
//! Never does: run the product, or judge style that rustfmt and clippy judge already.

mod arrows;
mod documents;
mod locales;
mod names;
mod rooms;
mod rust;
mod security;
mod sql;
mod tree;
mod versions;
