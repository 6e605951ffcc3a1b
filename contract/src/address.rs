//! Addresses of our own pages, read and written.
//!
//! Comes in: the raw path and query of the browser's address. Goes out: typed states of a page, and links to it.
//! Never does: navigation, loading. Codes of a plant hold `#`, `/`, `%`, blanks and Korean letters, so everything is
//! encoded and decoded here and nowhere else (the router decodes query values twice).

mod admin;
mod done;
mod page;
mod pasted;
mod percent;
mod predict;
mod safe;
mod search;

pub use admin::{audit_path, audit_table_path, users_path};
pub use done::Done;
pub use page::Page;
pub use pasted::{Pasted, PastedColumn};
pub use percent::{decode, encode};
pub use predict::{MAX_LOT, PredictQuery, own_code};
pub use safe::safe_path;
pub use search::SearchQuery;

/// Address of an item's page.
pub fn item_path(code: &str) -> String {
    format!("{}{}", Page::Item.path(), encode(code))
}

/// Address of the prediction for one known item.
pub fn predict_path(code: &str) -> String {
    format!("{}?code={}", Page::Predict.path(), encode(code))
}

/// Address that stores a choice of the header in a cookie and comes back to `to`.
pub fn choice_path(choice: &str, value: &str, to: &str) -> String {
    format!("/{choice}/{value}?to={}", encode(to))
}

/// Address of the sign-in page that comes back to `to`.
pub fn sign_in_path(to: &str) -> String {
    let path = Page::SignIn.path();
    if to == Page::Home.path() { path.to_owned() } else { format!("{path}?next={}", encode(to)) }
}
