//! The title of a page.

use leptos::prelude::*;
use leptos::text_prop::TextProp;
use leptos_meta::{ServerMetaContext, Title};

/// Sets the document's title, which may hold what a user typed.
///
/// The server-side renderer writes a title into the head without escaping it, so it is escaped here; the browser sets
/// plain text. A test holds this.
#[component]
pub fn PageTitle(#[prop(into)] text: TextProp) -> impl IntoView {
    let is_markup = !cfg!(target_family = "wasm") && use_context::<ServerMetaContext>().is_some();
    view! { <Title text=move || if is_markup { escape(&text.get()).into() } else { text.get() }/> }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_cannot_end_itself() {
        assert_eq!(escape("</title><script>&amp;"), "&lt;/title&gt;&lt;script&gt;&amp;amp;");
    }
}
