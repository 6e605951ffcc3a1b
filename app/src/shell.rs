//! The frame of every page: the HTML document, built on the server only, and the bar above the page.
//!
//! Comes in: options of the build, language and theme of the request. Goes out: HTML around a page.
//! Never does: anything that one page alone needs.

pub mod header;
pub mod theme;
mod title;

pub use title::PageTitle;

use std::sync::Arc;

use leptos::prelude::*;
use leptos_meta::{HashedStylesheet, MetaTags};

use crate::App;
use crate::locale::use_locale;
use crate::remarks::use_remarks;
use crate::session::use_signed_in;
use theme::Theme;

/// Sets the HTTP status of the page; the server gives it by context, in the browser there is none.
#[derive(Clone)]
pub struct ResponseStatus(pub Arc<dyn Fn(u16) + Send + Sync>);

/// Id of the request; the server gives it by context, and pages of errors show it.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

/// Addresses of what the page's slice is made of; the server gives them by context. Named in the head, they come together
/// with the main module instead of after it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SliceFiles {
    pub scripts: Vec<String>,
    pub modules: Vec<String>,
}

/// Tells the server, if there is one, which status this page has.
pub fn set_status(status: u16) {
    if let Some(response) = use_context::<ResponseStatus>() {
        (response.0)(status);
    }
}

/// The document of a page that the browser takes over.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let files = use_context::<SliceFiles>().unwrap_or_default();
    let scripts = options.clone();
    let head = view! {
        <HydrationScripts options=scripts/>
        {files.scripts.into_iter().map(|href| view! { <link rel="modulepreload" href=href/> }).collect_view()}
        {files.modules.into_iter().map(|href| view! {
            <link rel="preload" href=href r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/>
        }).collect_view()}
    };
    document(options, head, || view! { <App/> })
}

/// The document of one request. Language, theme, person and remarks stand on `<html>`, where the browser finds them again.
pub fn document<Body: IntoView>(
    options: LeptosOptions,
    head: impl IntoView,
    body: impl FnOnce() -> Body,
) -> impl IntoView {
    let locale = use_locale();
    let theme = use_context::<Theme>().unwrap_or_default();
    let scheme = match theme {
        Theme::System => "light dark",
        chosen => chosen.code(),
    };
    let person = use_signed_in();
    let role = person.as_ref().map(|person| person.role.code());
    let remarks = use_remarks().attribute();
    view! {
        <!DOCTYPE html>
        <html lang=locale.code() data-theme=theme.attribute() data-user=person.map(|person| person.name) data-role=role
            data-remarks=remarks>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content=scheme/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <HashedStylesheet options id="style"/>
                {head}
                <MetaTags/>
            </head>
            <body>{body()}</body>
        </html>
    }
}
