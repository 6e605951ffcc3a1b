//! What the server wrote on `<html>`, and the one mark that the client adds to it.

use app::locale::Locale;
use app::remarks::Remarks;
use app::session::SignedIn;
use app::theme::Theme;
use contract::access::Role;
use web_sys::Element;

/// Language and theme of this page. Both were decided by the server, so that the first render matches it.
pub fn choices() -> (Locale, Theme) {
    let locale = attribute("lang").as_deref().and_then(Locale::from_code).unwrap_or_default();
    (locale, Theme::decide(attribute("data-theme").as_deref()))
}

/// Who is signed in, as the server wrote it.
pub fn signed_in() -> Option<SignedIn> {
    let role = Role::from_code(&attribute("data-role")?)?;
    Some(SignedIn { name: attribute("data-user")?, role })
}

/// What everybody should know, as the server wrote it.
pub fn remarks() -> Remarks {
    attribute("data-remarks").map(|value| Remarks::from_attribute(&value)).unwrap_or_default()
}

/// Marks `<html data-ready>` once the client has taken over, for tests that wait for it.
pub fn mark_ready() {
    if let Some(root) = root() {
        root.set_attribute("data-ready", "").ok();
    }
}

/// The path of this page's address.
pub fn path() -> String {
    web_sys::window().and_then(|window| window.location().pathname().ok()).unwrap_or_default()
}

fn attribute(name: &str) -> Option<String> {
    root()?.get_attribute(name)
}

fn root() -> Option<Element> {
    web_sys::window()?.document()?.document_element()
}
