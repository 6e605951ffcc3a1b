//! Each page is a part of the client that the browser loads on its own: the first visit loads what it shows, the rest
//! follows once the page is alive, so that it is there when the network is not.
//!
//! On the server a part is just a function, and the page that it shows names the part's files in its head. `cargo xtask client` cuts the browser's module at these functions.

use contract::address::Page;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use leptos_router::LazyRoute;
use leptos_router::hooks::use_location;

use crate::components::Failure;
use crate::locale::{Locale, use_locale};
use crate::pages::{HomePage, ItemPage, ModelPage, PredictPage};
use crate::t;

/// A part that could not be loaded: the network went away before it came.
#[derive(Clone, Copy, Debug)]
pub struct PartMissing;

impl From<SplitLoaderError> for PartMissing {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}

/// The page of a part, or what stands in its place while the part cannot be loaded.
fn shown(part: Result<AnyView, PartMissing>) -> AnyView {
    part.unwrap_or_else(|PartMissing| {
        let locale = use_locale();
        let again = (use_location().pathname.get_untracked(), t!(locale, "try-again"));
        view! {
            <h1>{t!(locale, "part-missing-title")}</h1>
            <Failure text=t!(locale, "part-missing") again/>
        }
        .into_any()
    })
}

/// A page as a part and as a route: the function at which the client is cut, what loads it, and what the router asks.
macro_rules! page_part {
    ($(#[$doc:meta])* $route:ident, $page:ident, $part:ident, $load:ident) => {
        #[wasm_split($part, wasm_split_path = ::leptos::wasm_split, fallible, preload($load))]
        fn $part() -> Result<AnyView, PartMissing> {
            Ok($page().into_any())
        }

        $(#[$doc])*
        pub struct $route;

        impl LazyRoute for $route {
            fn data() -> Self {
                Self
            }

            async fn view(_: Self) -> AnyView {
                shown($part().await)
            }
        }
    };
}

page_part! {
    /// The home page as a route.
    HomeRoute, HomePage, home, load_home
}
page_part! {
    /// The page of an item as a route.
    ItemRoute, ItemPage, item, load_item
}
page_part! {
    /// The page of the model as a route.
    ModelRoute, ModelPage, model, load_model
}
page_part! {
    /// The prediction page as a route.
    PredictRoute, PredictPage, predict, load_predict
}

/// The name of the part that shows the page at `path`; `None` for an address that no page has.
pub fn name_for(path: &str) -> Option<&'static str> {
    match Page::at(path)? {
        Page::Home => Some("home"),
        Page::Item => Some("item"),
        Page::Model => Some("model"),
        Page::Predict => Some("predict"),
        _ => None,
    }
}

/// The name of the part with the words of a language.
pub fn words_name(locale: Locale) -> &'static str {
    match locale {
        Locale::Ko => "words_ko",
        Locale::En => "words_en",
    }
}

/// Loads the part that shows the page at `path`, before the client takes it over.
///
/// # Errors
/// [`PartMissing`] when it cannot be loaded; the page then stays as the server sent it.
pub async fn load_for(path: &str) -> Result<(), PartMissing> {
    match Page::at(path) {
        Some(Page::Home) => load_home().await?,
        Some(Page::Item) => load_item().await?,
        Some(Page::Model) => load_model().await?,
        Some(Page::Predict) => load_predict().await?,
        _ => {}
    }
    Ok(())
}

/// Loads every part that is not there yet. What fails is tried again when it is needed.
pub async fn load_all() -> Result<(), PartMissing> {
    load_home().await?;
    load_predict().await?;
    load_item().await?;
    load_model().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_page_of_the_client_is_a_part() {
        for page in Page::ALL {
            assert_eq!(name_for(page.path()).is_some(), page.is_of_client(), "{page:?}");
        }
    }
}
