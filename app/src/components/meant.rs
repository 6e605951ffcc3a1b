//! Things that nobody knows, each with what may be meant instead.

use leptos::prelude::*;

/// One unknown thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeantRow {
    /// As it was typed.
    pub typed: String,
    pub text: String,
    /// Address, text and name of each thing that may be meant, the likeliest first.
    pub offers: Vec<(String, String, Option<String>)>,
    /// Address and text of what else can be done with it.
    pub other: (String, String),
}

/// A card for each.
#[component]
pub fn MeantList(rows: Vec<MeantRow>) -> impl IntoView {
    let rows: Vec<_> = rows
        .into_iter()
        .map(|row| {
            let offers: Vec<_> = row
                .offers
                .into_iter()
                .map(|(href, text, name)| {
                    view! {
                        <li class="meant__offer">
                            <a class="button" href=href>{text}</a>
                            {name.map(|name| view! { <span class="meant__name">{name}</span> })}
                        </li>
                    }
                })
                .collect();
            let offers = (!offers.is_empty()).then(|| view! { <ul class="meant__offers">{offers}</ul> });
            let (href, text) = row.other;
            view! {
                <li class="card meant__row">
                    <h2 class="meant__typed">{row.typed}</h2>
                    <p>{row.text}</p>
                    {offers}
                    <p><a href=href>{text}</a></p>
                </li>
            }
        })
        .collect();
    view! { <ul class="meant">{rows}</ul> }.into_any()
}
