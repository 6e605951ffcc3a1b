//! `/api/v1`: the interface for other systems, for the offline client and for monitoring. One file for each area; here is
//! the list of all endpoints, of which the router and the description for machines are made.
//!
//! Comes in: HTTP requests. Goes out: JSON, the offline bundle, `ApiError` with its status.
//! Never does: business rules (those are `services`), SQL.

mod bundle;
mod described;
mod explanations;
mod feedback;
mod health;
mod items;
mod jobs;
mod openapi;
mod predictions;
mod receipts;

use contract::access::Action;
use utoipa_axum::routes;

pub use described::Described;

/// Every endpoint with what it lets do: one line each.
pub fn all() -> Described {
    Described::default()
        .add(Action::Health, routes!(health::live))
        .add(Action::Health, routes!(health::ready))
        .add(Action::ReadItems, routes!(items::search))
        .add(Action::ReadItems, routes!(items::detail))
        .add(Action::Predict, routes!(predictions::create))
        .add(Action::Explain, routes!(explanations::create))
        .add(Action::GiveFeedback, routes!(feedback::create))
        .add(Action::ReadItems, routes!(receipts::qr))
        .add(Action::ReadItems, routes!(receipts::export))
        .add(Action::SeeJobs, routes!(jobs::get))
        .add(Action::SeeJobs, routes!(jobs::events))
        .add(Action::KeepOffline, routes!(bundle::get))
        .add(Action::ReadInterface, routes!(openapi::describe))
}
