//! The address as a signal that belongs to one page.
//!
//! While the router leaves a page, the address already shows the next one. A page that read it then would ask for
//! data that nobody wants, so these signals keep their last value once the path is not theirs.

use contract::address::decode;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// Raw query of the address while the page at `path` is shown.
pub fn page_query(path: &'static str) -> Memo<String> {
    let location = use_location();
    Memo::new(move |previous: Option<&String>| {
        let is_ours = location.pathname.with(|now| now == path);
        let query = location.search.get();
        match previous {
            Some(previous) if !is_ours => previous.clone(),
            _ => query,
        }
    })
}

/// Decoded rest of the path behind `prefix` while such a page is shown.
pub fn page_tail(prefix: &'static str) -> Memo<String> {
    let location = use_location();
    Memo::new(move |previous: Option<&String>| {
        location.pathname.with(|now| match (now.strip_prefix(prefix), previous) {
            (Some(tail), _) => decode(tail),
            (None, Some(previous)) => previous.clone(),
            (None, None) => String::new(),
        })
    })
}
