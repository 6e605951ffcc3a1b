//! Each page is a slice of the client that the browser loads on its own: the first visit loads what it shows, the rest
//! follows once the page is alive, so that it is there when the network is not.
//!
//! On the server a slice is just a function, and the page that it shows names the slice's files in its head. `cargo xtask client` cuts the browser's module at these functions.

use contract::address::Page;
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use leptos_router::LazyRoute;
use leptos_router::hooks::use_location;

use crate::components::Failure;
use crate::locale::{Locale, use_locale};
use crate::pages::{HomePage, ItemPage, ModelPage, PredictPage};
use crate::t;

/// A slice that could not be loaded: the network went away before it came.
#[derive(Clone, Copy, Debug)]
pub struct SliceMissing;

impl From<SplitLoaderError> for SliceMissing {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}

/// The page of a slice, or what stands in its place while the slice cannot be loaded.
fn shown(slice: Result<AnyView, SliceMissing>) -> AnyView {
    slice.unwrap_or_else(|SliceMissing| {
        let locale = use_locale();
        let again = (use_location().pathname.get_untracked(), t!(locale, "try-again"));
        view! {
            <h1>{t!(locale, "slice-missing-title")}</h1>
            <Failure text=t!(locale, "slice-missing") again/>
        }
        .into_any()
    })
}

/// A page as a slice and as a route: the function at which the client is cut, what loads it, and what the router asks.
macro_rules! page_slice {
    ($(#[$doc:meta])* $route:ident, $page:ident, $slice:ident, $load:ident) => {
        #[wasm_split($slice, wasm_split_path = ::leptos::wasm_split, fallible, preload($load))]
        fn $slice() -> Result<AnyView, SliceMissing> {
            Ok($page().into_any())
        }

        $(#[$doc])*
        pub struct $route;

        impl LazyRoute for $route {
            fn data() -> Self {
                Self
            }

            async fn view(_: Self) -> AnyView {
                shown($slice().await)
            }
        }
    };
}

page_slice! {
    /// The home page as a route.
    HomeRoute, HomePage, home, load_home
}
page_slice! {
    /// The page of an item as a route.
    ItemRoute, ItemPage, item, load_item
}
page_slice! {
    /// The page of the model as a route.
    ModelRoute, ModelPage, model, load_model
}
page_slice! {
    /// The prediction page as a route.
    PredictRoute, PredictPage, predict, load_predict
}

/// The name of the slice that shows the page at `path`; `None` for an address that no page has.
pub fn name_for(path: &str) -> Option<&'static str> {
    match Page::at(path)? {
        Page::Home => Some("home"),
        Page::Item => Some("item"),
        Page::Model => Some("model"),
        Page::Predict => Some("predict"),
        _ => None,
    }
}

/// The name of the slice with the words of a language.
pub fn words_name(locale: Locale) -> &'static str {
    match locale {
        Locale::Ko => "words_ko",
        Locale::En => "words_en",
    }
}

/// Loads the slice that shows the page at `path`, before the client takes it over.
///
/// # Errors
/// [`SliceMissing`] when it cannot be loaded; the page then stays as the server sent it.
pub async fn load_for(path: &str) -> Result<(), SliceMissing> {
    match Page::at(path) {
        Some(Page::Home) => load_home().await?,
        Some(Page::Item) => load_item().await?,
        Some(Page::Model) => load_model().await?,
        Some(Page::Predict) => load_predict().await?,
        _ => {}
    }
    Ok(())
}

/// Loads every slice that is not there yet. What fails is tried again when it is needed.
pub async fn load_all() -> Result<(), SliceMissing> {
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
    fn each_page_of_the_client_is_a_slice() {
        for page in Page::ALL {
            assert_eq!(name_for(page.path()).is_some(), page.is_of_client(), "{page:?}");
        }
    }
}
