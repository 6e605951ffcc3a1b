//! The screens of Routing ML, compiled twice: on the server (`ssr`) and in the browser (`hydrate`).

pub mod api;
pub mod app;
pub mod backend;
pub mod browser;
pub mod components;
pub mod locale;
pub mod offline;
pub mod page_address;
pub mod page_data;
pub mod page_error;
pub mod pages;
pub mod remarks;
pub mod screens;
pub mod session;
pub mod shell;
pub mod slices;
pub mod source;
pub mod wording;

pub use app::App;
pub use shell::{shell, theme};
