//! The contract of Routing ML: what is asked and answered between screen, server, browser and other systems.
//!
//! Comes in: nothing by itself; both sides compile against it. Goes out: requests, answers, their limits and checks, error
//! codes, who may do what, the traits of the use cases, the addresses of pages, and the forms in which things of the engine
//! go over the wire.
//! Never does: a screen, an HTTP handler, SQL, IndexedDB. It knows no Leptos, axum or sqlx.

pub mod access;
pub mod accounts;
pub mod address;
pub mod audit;
pub mod bundle;
pub mod codes;
pub mod error;
pub mod every;
pub mod explain;
pub mod export;
pub mod feedback;
pub mod health;
pub mod items;
pub mod jobs;
pub mod limits;
pub mod plant;
pub mod predict;
pub mod settings;
pub mod sign_in;
pub mod wire;
