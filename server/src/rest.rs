//! `/api/v1`: the interface for other systems, for the offline client and for monitoring.
//!
//! Comes in: HTTP requests. Goes out: JSON, the offline bundle, `ApiError` with its status.
//! Never does: business rules (those are `services`), SQL.

pub mod bundle;
pub mod explanations;
pub mod feedback;
pub mod health;
pub mod items;
pub mod jobs;
pub mod openapi;
pub mod predictions;
pub mod receipts;
pub mod reply;
