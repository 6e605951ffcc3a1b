//! Small parts of the screen, each with its partial in `style/components/`.
//!
//! Comes in: texts, numbers and addresses ready to show. Goes out: semantic HTML.
//! Never does: loading, asking the browser, knowing what a routing is.

mod badge;
mod balance;
mod bubble_map;
mod button;
mod check_field;
mod field;
mod icon;
mod input_field;
mod meant;
mod meter;
mod notice;
mod plot;
mod quantile_strip;
mod reasons;
mod secret;
mod select_field;
mod similar;
mod states;
mod table;
mod tabs;
mod time_line;
mod twin_bar;

pub use badge::{Badge, Tone};
pub use balance::{Balance, BalanceRow};
pub use bubble_map::{Bubble, BubbleMap};
pub use button::{Button, ButtonKind};
pub use check_field::CheckField;
pub use field::Field;
pub use icon::{Icon, Shape};
pub use input_field::InputField;
pub use meant::{MeantList, MeantRow};
pub use meter::Meter;
pub use notice::Notice;
pub use plot::{Dot, Plot};
pub use quantile_strip::QuantileStrip;
pub use reasons::{ReasonRow, ReasonTable, Reasons};
pub use secret::Secret;
pub use select_field::SelectField;
pub use similar::{SimilarList, SimilarRow};
pub use states::{Empty, Failure, Loading};
pub use table::Table;
pub use tabs::{TabLink, Tabs};
pub use time_line::{Span, TimeLine};
pub use twin_bar::TwinBar;
