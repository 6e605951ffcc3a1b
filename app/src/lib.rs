//! The screens of Routing ML, compiled twice: on the server (`ssr`) and in the browser (`hydrate`).

pub mod api;
pub mod app;
pub mod backend;
pub mod browser;
pub mod error;
pub mod offline;
pub mod shell;

pub use app::App;
pub use shell::shell;
