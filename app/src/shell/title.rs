//! The title of a page.

use leptos::prelude::*;
use leptos::text_prop::TextProp;
use leptos_meta::{ServerMetaContext, Title};

/// Sets the document's title, which may hold what a user typed.
///
/// The server-side renderer writes a title into the head without escaping it, so it is escaped here; the browser sets
/// plain text. A test holds this. On the server the text is read at once: the renderer asks for it after the page, when
/// what it was made from may be gone.
#[component]
pub fn PageTitle(#[prop(into)] text: TextProp) -> impl IntoView {
    let is_markup = !cfg!(target_family = "wasm") && use_context::<ServerMetaContext>().is_some();
    let text = if is_markup { TextProp::from(escape(&untrack(|| text.get()))) } else { text };
    view! { <Title text/> }
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
