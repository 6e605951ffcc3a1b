//! The browser side of Routing ML: it takes over the served page and plugs the `Browser` handle in.
//!
//! Comes in: the page as the server rendered it, and commands of the pages. Goes out: status and offline answers.
//! Never does: business rules (those are in `app::offline` and `engine`), anything a user can see.

// The type of a page is as deep as its markup; the optimiser computes its layout here and stops at 128 otherwise.
#![recursion_limit = "512"]

mod actor;
mod clipboard;
mod clock;
mod document;
mod handle;
mod kept_model;
mod key;
mod net;
mod parity;
mod store;

use app::App;
use leptos::prelude::*;
use wasm_bindgen::prelude::wasm_bindgen;

/// Takes over the page that the server rendered.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    wasm_bindgen_futures::spawn_local(async {
        let (locale, theme) = document::choices();
        // Without page or words the page stays as the server sent it.
        let path = document::path();
        let loaded = futures::join!(app::slices::load_for(&path), app::wording::load(locale));
        if let (Err(_), _) | (_, Err(_)) = loaded {
            return;
        }
        leptos::mount::hydrate_body(move || {
            provide_context(locale);
            provide_context(theme);
            if let Some(signed_in) = document::signed_in() {
                provide_context(signed_in);
            }
            provide_context(document::remarks());
            provide_context(handle::start());
            view! { <App/> }
        });
    });
}
