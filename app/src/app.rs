//! Contexts and the table of pages.

use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::{Lazy, SsrMode, path};

use crate::locale::use_locale;
use crate::pages::NotFoundPage;
use crate::shell::header::Header;
use crate::slices::{HomeRoute, ItemRoute, ModelRoute, PredictRoute};
use crate::t;

/// The whole user interface. Pages are sent whole (`Async`), so that they can be read without scripts.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let locale = use_locale();
    provide_context(locale);

    view! {
        <Router>
            <a class="skip-link" href="#main" rel="external">{t!(locale, "skip-to-content")}</a>
            <Header/>
            <main id="main" class="page" tabindex="-1">
                <FlatRoutes fallback=NotFoundPage>
                    <Route path=path!("/") view={Lazy::<HomeRoute>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/items/:code") view={Lazy::<ItemRoute>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/model") view={Lazy::<ModelRoute>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/predict") view={Lazy::<PredictRoute>::new()} ssr=SsrMode::Async/>
                </FlatRoutes>
            </main>
        </Router>
    }
}
