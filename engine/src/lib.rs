//! The pure maths of Routing ML, in reading order:
//! tables → clean items → features → embedding → neighbours → candidates → answer.
//!
//! The same bytes give the same answer on the server and in the browser. For that, nothing here reads a clock,
//! a file or ambient randomness, seeds are arguments, ties are broken by code, and transcendental functions come
//! from `libm` on both sides.

#![forbid(unsafe_code)]

pub mod bundle;
pub mod clean;
#[cfg(feature = "train")]
pub mod demo;
pub mod domain;
pub mod encode;
pub(crate) mod ensemble;
#[cfg(feature = "train")]
pub mod evaluate;
pub(crate) mod family;
pub mod features;
#[cfg(feature = "train")]
pub mod import;
pub mod index;
pub mod model;
pub mod predict;
pub mod side_by_side;
pub mod snapshot;
#[cfg(feature = "train")]
pub mod train;
#[cfg(feature = "train")]
pub mod watch;

pub use model::Model;
