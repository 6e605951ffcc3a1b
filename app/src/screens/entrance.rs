//! Pages that come before signing in and after signing out: one narrow card with a heading.

pub mod link;
pub mod setup;
pub mod sign_in;
pub mod sign_up;
pub mod signed_out;
pub mod waiting;

use leptos::prelude::*;

use crate::shell::PageTitle;

/// A page with one card. `lead` says in a sentence what it is for.
pub fn entrance(title: String, lead: Option<String>, content: AnyView) -> AnyView {
    view! {
        <PageTitle text=title.clone()/>
        <section class="entrance card" aria-labelledby="entrance-title">
            <h1 id="entrance-title">{title}</h1>
            {lead.map(|lead| view! { <p class="lead">{lead}</p> })}
            {content}
        </section>
    }
    .into_any()
}

/// Where one may go instead: a link below the form.
pub fn other_way(text: Option<String>, href: &'static str, link: String) -> AnyView {
    view! {
        <p class="entrance__other">
            {text.map(|text| view! { <span>{text}</span> })}
            <a href=href>{link}</a>
        </p>
    }
    .into_any()
}
