//! One item: what is known of it, how it was made, what is similar.

mod attributes;
mod held;
mod routings;

use contract::address::{Page, item_path, predict_path};
use contract::codes::UnknownCode;
use contract::error::ApiError;
use contract::items::ItemDetail;
use contract::wire::Schema;
use engine::domain::ItemCode;
use leptos::prelude::*;

use crate::components::{Empty, Failure, MeantList, Notice, Shape, SimilarList, Tone};
use crate::locale::{Locale, use_locale};
use crate::page_address::page_tail;
use crate::page_data::{lines, page_part};
use crate::shell::{PageTitle, set_status};
use crate::source::{Answer, Source};
use crate::wording::shown;
use crate::{t, wording};

use attributes::AttributesPanel;
use held::HeldPanel;
use routings::RoutingsPanel;

/// `/items/:code`
#[component]
pub fn ItemPage() -> impl IntoView {
    let locale = use_locale();
    let code = page_tail(Page::Item.path());
    let source = Source::from_context();
    let load = move || {
        let (source, code) = (source.clone(), code.get_untracked());
        async move {
            let detail = source.item(ItemCode::new(code)).await;
            if let Err(error) = &detail {
                set_status(error.status());
            }
            // Units are an addition: without a model the attributes stand without them.
            let schema = source.schema().await.ok().map(|schema| schema.value);
            (detail, schema)
        }
    };
    let show = move |(detail, schema)| content(locale, code.get_untracked(), detail, schema);
    view! {
        <PageTitle text=move || t!(locale, "item-title", code = code.get())/>
        {page_part(move || code.get(), load, lines, show)}
    }
    .into_any()
}

/// Nothing has this code: which may be meant.
fn unknown_item(locale: Locale, unknown: &[UnknownCode]) -> AnyView {
    let rows = unknown.iter().map(|one| shown::meant(locale, one, item_path)).collect();
    view! {
        <h1>{t!(locale, "unknown-title", n = unknown.len())}</h1>
        <MeantList rows/>
    }
    .into_any()
}

fn content(locale: Locale, code: String, detail: Answer<ItemDetail>, schema: Option<Schema>) -> AnyView {
    let found = match detail {
        Ok(found) => found,
        Err(ApiError::UnknownCodes { unknown }) => return unknown_item(locale, &unknown),
        Err(error) => {
            let again = (item_path(&code), t!(locale, "try-again"));
            return view! { <h1>{code}</h1><Failure text=wording::error(locale, &error) again/> }.into_any();
        }
    };
    let mark = wording::offline_mark(locale, found.provenance)
        .map(|text| view! { <Notice tone=Tone::Warn icon=Shape::Offline text/> });
    let ItemDetail { item, routings, held, neighbours } = found.value;
    let similar = if neighbours.is_empty() {
        view! { <Empty title=t!(locale, "item-similar-none")/> }.into_any()
    } else {
        let rows = neighbours.iter().map(|neighbour| shown::similar(locale, neighbour)).collect();
        view! { <SimilarList rows why=t!(locale, "similar-why")/> }.into_any()
    };
    view! {
        {mark}
        <div class="title-row">
            <div>
                <h1>{item.code.to_string()}</h1>
                {item.name.clone().map(|name| view! { <p class="lead">{name}</p> })}
            </div>
            <a class="button button--filled" href=predict_path(item.code.as_str())>{t!(locale, "item-predict")}</a>
        </div>
        <div class="item">
            <div class="item__main">
                <section class="card" aria-labelledby="routings-title">
                    <h2 id="routings-title">{t!(locale, "item-routings")}</h2>
                    <RoutingsPanel routings/>
                    <HeldPanel held/>
                </section>
                <section class="card" aria-labelledby="similar-title">
                    <h2 id="similar-title">{t!(locale, "item-similar")}</h2>
                    {similar}
                </section>
            </div>
            <aside class="item__side card" aria-labelledby="attributes-title">
                <h2 id="attributes-title">{t!(locale, "item-attributes")}</h2>
                <AttributesPanel attributes=item.attributes schema/>
            </aside>
        </div>
    }
    .into_any()
}
