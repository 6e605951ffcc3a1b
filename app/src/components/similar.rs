//! Similar things with their score and what it is made of.

use leptos::prelude::*;

use super::{Meter, ReasonTable, Reasons};

/// One similar thing.
#[derive(Clone, Debug, PartialEq)]
pub struct SimilarRow {
    pub href: String,
    pub code: String,
    pub name: Option<String>,
    /// 0 to 1.
    pub score: f64,
    pub score_text: String,
    pub reasons: Option<Reasons>,
}

/// Best first; the reasons of the first are open, the others one tap away.
#[component]
pub fn SimilarList(rows: Vec<SimilarRow>, #[prop(into)] why: String) -> impl IntoView {
    let rows: Vec<_> = rows
        .into_iter()
        .enumerate()
        .map(|(at, row)| {
            let reasons = row.reasons.map(|reasons| {
                let caption = format!("{why} · {}", row.code);
                view! {
                    <details class="similar__why" open=at == 0>
                        <summary>{why.clone()}<span class="visually-hidden">{format!(" · {}", row.code)}</span></summary>
                        <ReasonTable caption reasons/>
                    </details>
                }
            });
            view! {
                <li class="similar__row">
                    <div class="similar__head">
                        <a class="similar__code" href=row.href>{row.code}</a>
                        <Meter share=row.score text=row.score_text/>
                    </div>
                    {row.name.map(|name| view! { <p class="similar__name">{name}</p> })}
                    {reasons}
                </li>
            }
        })
        .collect();
    view! { <ol class="similar">{rows}</ol> }.into_any()
}
