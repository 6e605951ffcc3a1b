//! Pieces of forms that several of these pages share.
//!
//! Comes in: what a form sends, and why it was refused. Goes out: rows of a form.
//! Never does: anything in the browser.

mod alert;
mod hidden;
mod new_password;
mod refusal;

pub use alert::{alert, done};
pub use hidden::hidden;
pub use new_password::{NewAccount, new_password, new_password_alert};
pub use refusal::{refusal, refused_field};
