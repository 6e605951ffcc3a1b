//! What forms and REST share of a request and its answer: who asks, what was sent, a failure as an answer, a page as an answer.
//!
//! Comes in: a request. Goes out: arguments of handlers; answers that any handler may give.
//! Never does: know a form, an endpoint or the layers that run before them.

pub mod asking;
pub mod context;
pub mod endpoint;
pub mod policy;
pub mod reply;
pub mod visit;
