//! People: coming in, staying, what admins do to them, what is written down of it.

mod audit;
mod enter;
mod import;
mod passwords;
mod sessions;
mod strangers;
mod together;
mod users;
