//! A table that scrolls by itself when the window is too narrow.

use leptos::prelude::*;

/// `head` is the row of header cells, `children` the body rows. There is always a `<tbody>`: without it the browser
/// inserts one and hydration fails.
#[component]
pub fn Table(
    #[prop(into)] caption: String,
    #[prop(optional)] class: &'static str,
    #[prop(into)] head: ViewFn,
    children: Children,
) -> impl IntoView {
    let label = caption.clone();
    view! {
        <div class="table-wrap" role="region" tabindex="0" aria-label=label>
            <table class=format!("table {class}")>
                <caption class="visually-hidden">{caption}</caption>
                <thead>
                    <tr>{head.run()}</tr>
                </thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
