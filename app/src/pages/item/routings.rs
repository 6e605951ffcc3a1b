//! The routings that an item has, main first.

use contract::wire::{Operation, Routing};
use engine::domain::WorkCentreCode;
use leptos::prelude::*;

use crate::components::{Badge, Empty, Table, Tone};
use crate::locale::{Locale, use_locale};
use crate::t;
use crate::wording::format;

/// One disclosure per routing; the first is open.
#[component]
pub fn RoutingsPanel(routings: Vec<Routing>) -> impl IntoView {
    let locale = use_locale();
    if routings.is_empty() {
        return view! { <Empty title=t!(locale, "item-routings-none") hint=t!(locale, "item-routings-none-hint")/> }
            .into_any();
    }
    let sections: Vec<_> = routings.into_iter().enumerate().map(|(at, routing)| section(locale, at, routing)).collect();
    view! { <div class="routings">{sections}</div> }.into_any()
}

fn section(locale: Locale, at: usize, routing: Routing) -> impl IntoView {
    let title = t!(locale, "routing-number", id = routing.id.as_str());
    let n = routing.operations.len();
    view! {
        <details class="routings__one" open=at == 0>
            <summary>
                <span class="routings__id">{title.clone()}</span>
                {(routing.is_main == Some(true)).then(|| view! { <Badge tone=Tone::Accent text=t!(locale, "routing-main")/> })}
                <span class="muted">{t!(locale, "routing-operations", n = n)}</span>
                {routing.created.map(|day| view! { <time class="muted" datetime=day.to_string()>{day.to_string()}</time> })}
            </summary>
            {operations_table(locale, title, routing.operations)}
        </details>
    }
}

/// The operations of one routing.
pub fn operations_table(locale: Locale, caption: String, operations: Vec<Operation>) -> impl IntoView {
    let head = move || {
        view! {
            <th scope="col" class="num">{t!(locale, "operation-seq")}</th>
            <th scope="col">{t!(locale, "operation-job")}</th>
            <th scope="col">{t!(locale, "operation-work-centre")}</th>
            <th scope="col" class="num">{t!(locale, "operation-setup")}</th>
            <th scope="col" class="num">{t!(locale, "operation-run")}</th>
        }
    };
    let rows: Vec<_> = operations.into_iter().map(|operation| row(locale, operation)).collect();
    view! { <Table caption class="table--stack" head=head>{rows}</Table> }
}

fn row(locale: Locale, operation: Operation) -> impl IntoView {
    let job = operation.job.to_string();
    let (name, code) = match operation.job_name {
        Some(name) => (name, Some(job)),
        None => (job, None),
    };
    view! {
        <tr>
            <td class="num muted">{operation.seq.to_string()}</td>
            <th scope="row">
                <span class="job">{name}</span>
                {code.map(|code| view! { <span class="code">{code}</span> })}
            </th>
            <td>{work_centre(locale, operation.work_centre, &operation.alternatives, operation.outsourced)}</td>
            <td class="num" data-label=t!(locale, "operation-setup")>{planned(locale, operation.setup_min)}</td>
            <td class="num" data-label=t!(locale, "operation-run")>{planned(locale, operation.run_min_per_piece)}</td>
        </tr>
    }
}

fn planned(locale: Locale, minutes: Option<f64>) -> AnyView {
    match minutes {
        Some(minutes) => view! { <span>{format::minutes(minutes)}</span> }.into_any(),
        None => view! {
            <span aria-hidden="true">"–"</span>
            <span class="visually-hidden">{t!(locale, "unknown")}</span>
        }
        .into_any(),
    }
}

fn work_centre(
    locale: Locale,
    code: Option<WorkCentreCode>,
    alternatives: &[WorkCentreCode],
    outsourced: Option<bool>,
) -> impl IntoView + use<> {
    let others = alternatives.iter().map(WorkCentreCode::as_str).collect::<Vec<_>>().join(", ");
    let code = match code {
        Some(code) => view! { <span>{code.to_string()}</span> }.into_any(),
        None => view! { <span class="muted">{t!(locale, "unknown")}</span> }.into_any(),
    };
    view! {
        {code}
        {(outsourced == Some(true)).then(|| view! { " "<Badge text=t!(locale, "outsourced")/> })}
        {(!others.is_empty()).then(|| view! { <span class="code">{t!(locale, "work-centre-or", codes = others)}</span> })}
    }
}
