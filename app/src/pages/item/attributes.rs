//! What the plant keeps of an item, with units where the model's schema knows them.

use std::collections::BTreeMap;

use contract::wire::Schema;
use leptos::prelude::*;

use crate::components::{Empty, Table};
use crate::locale::use_locale;
use crate::t;

/// A table of attribute, value and unit.
#[component]
pub fn AttributesPanel(attributes: BTreeMap<String, String>, schema: Option<Schema>) -> impl IntoView {
    let locale = use_locale();
    if attributes.is_empty() {
        return view! { <Empty title=t!(locale, "item-attributes-none")/> }.into_any();
    }
    let unit = move |name: &str| {
        let schema = schema.as_ref()?;
        schema.features.iter().find(|feature| feature.name == name).and_then(|feature| feature.unit.clone())
    };
    let rows: Vec<_> = attributes
        .into_iter()
        .map(|(name, value)| {
            let unit = unit(&name);
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td>{value}{unit.map(|unit| view! { <span class="unit">{format!(" {unit}")}</span> })}</td>
                </tr>
            }
        })
        .collect();
    let head = move || {
        view! {
            <th scope="col">{t!(locale, "attribute-name")}</th>
            <th scope="col">{t!(locale, "attribute-value")}</th>
        }
    };
    view! { <Table class="table--plain" caption=t!(locale, "item-attributes") head=head>{rows}</Table> }.into_any()
}
