//! A pasted table before anything is predicted: what each column is taken for.

use contract::address::{PastedColumn, PredictQuery};
use contract::wire::Schema;
use leptos::prelude::*;

use crate::components::Table;
use crate::locale::{Locale, use_locale};
use crate::page_data::{lines, page_part};
use crate::source::{Answer, Source};
use crate::{t, wording};

/// Rows that are shown; all are predicted for.
const SHOWN: usize = 100;

/// The table, the way on and the way back.
#[component]
pub fn PreviewPanel(query: PredictQuery) -> impl IntoView {
    let locale = use_locale();
    let source = Source::from_context();
    let load = move || {
        let source = source.clone();
        async move { source.schema().await }
    };
    let n_rows = query.pasted.rows.len();
    let (go_on, edit) = (query.confirm().href(), query.edit().href());
    view! {
        <h1>{t!(locale, "pasted-title", n = n_rows)}</h1>
        <p class="lead">{t!(locale, "pasted-lead")}</p>
        {page_part(String::new, load, lines, move |schema: Answer<Schema>| {
            table(locale, &query, schema.ok().map(|schema| schema.value).as_ref())
        })}
        <div class="actions">
            <a class="button button--filled" href=go_on>{t!(locale, "codes-submit")}</a>
            <a class="button" href=edit>{t!(locale, "pasted-edit")}</a>
        </div>
    }
    .into_any()
}

fn table(locale: Locale, query: &PredictQuery, schema: Option<&Schema>) -> AnyView {
    let columns = query.pasted.columns();
    let headings: Vec<String> = columns.iter().map(|column| heading(locale, column, schema)).collect();
    let head = move || headings.iter().map(|text| view! { <th scope="col">{text.clone()}</th> }).collect_view();
    let n_columns = columns.len();
    let row = |row: &Vec<String>| {
        let cells = (0..n_columns).map(|at| row.get(at).cloned().unwrap_or_default());
        let cells: Vec<_> = cells.map(|cell| view! { <td>{cell}</td> }).collect();
        view! { <tr>{cells}</tr> }
    };
    let rows: Vec<_> = query.pasted.rows.iter().take(SHOWN).map(row).collect();
    let n_more = query.pasted.rows.len().saturating_sub(SHOWN);
    let more = (n_more > 0).then(|| view! { <p class="muted">{t!(locale, "pasted-more", n = n_more)}</p> });
    let caption = t!(locale, "pasted-caption");
    view! { <Table class="table--plain" caption head=head>{rows}</Table>{more} }.into_any()
}

/// What a column is taken for; an attribute that the model does not know is said to be unused.
fn heading(locale: Locale, column: &PastedColumn, schema: Option<&Schema>) -> String {
    match column {
        PastedColumn::Code => wording::feature(locale, "item_cd"),
        PastedColumn::Name => wording::feature(locale, "item_nm"),
        PastedColumn::Unused => t!(locale, "pasted-unused"),
        PastedColumn::Attribute(name) => {
            let is_known = schema.is_none_or(|schema| schema.features.iter().any(|feature| feature.name == *name));
            let label = wording::feature(locale, name);
            if is_known { label } else { t!(locale, "pasted-unused-name", name = label) }
        }
    }
}
