//! What the integration tests share.
//!
//! In: nothing. Out: [`TestApp`], the product over a fresh database with a clock of its own, and a tiny [`plant`].
//! Never: a test, a network, the clock of the machine.

mod app;
pub mod cli;
pub mod cut;
pub mod plant;
mod reply;

pub use app::{PASSWORD, TestApp, arrival, on_every_database};
pub use reply::Reply;
