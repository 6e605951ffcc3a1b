//! The files of `server/src/auth/` that read what strangers send.

#[path = "../../server/src/auth/cookie.rs"]
pub mod cookie;
#[path = "../../server/src/auth/people_csv.rs"]
pub mod people_csv;
#[path = "../../server/src/auth/secret.rs"]
pub mod secret;
#[path = "../../server/src/auth/user_name.rs"]
pub mod user_name;
