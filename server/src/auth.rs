//! Who somebody is: passwords, secrets, cookies, throttling.
//!
//! Comes in: what a browser or a program sends, and the time. Goes out: hashes to store, verdicts, waits, headers.
//! Never does: SQL, HTTP handlers, a clock of its own; it logs nothing, so that no secret can reach a log.

pub mod cookie;
pub mod limits;
pub mod look_alike;
pub mod password;
pub mod password_rules;
pub mod people_csv;
pub mod secret;
pub mod throttle;
pub mod user_name;
