//! The operations of one candidate: table and time line in the same rows.

use std::sync::Arc;

use contract::address::PredictQuery;
use contract::predict::PredictAnswer;
use contract::wire::{ProposedOperation, TimeEstimate};
use leptos::prelude::*;

use crate::components::{Badge, Span, Table, TimeLine};
use crate::locale::{Locale, use_locale};
use crate::{t, wording};

use super::lot::spans;
use super::time_cell::{run, time};

/// The rows; the name of a job is a link over its whole row that opens its evidence.
#[component]
pub fn OperationsPanel(
    answer: Arc<PredictAnswer>,
    /// Index of the candidate.
    at: usize,
    query: Memo<PredictQuery>,
    open: Memo<Option<u32>>,
) -> impl IntoView {
    let locale = use_locale();
    let lot = Memo::new(move |_| query.with(|query| query.lot));
    let operations =
        Arc::new(answer.prediction.candidates.get(at).map_or_else(Vec::new, |candidate| candidate.operations.clone()));
    let lines = {
        let operations = operations.clone();
        Memo::new(move |_| spans(&operations, lot.get()))
    };
    let rows: Vec<_> = operations
        .iter()
        .enumerate()
        .map(|(index, operation)| {
            let span = Signal::derive(move || lines.with(|lines| lines.get(index).copied().unwrap_or_default()));
            row(locale, place(index), operation, span, query, open)
        })
        .collect();
    let head = move || {
        view! {
            <th scope="col" class="num">{t!(locale, "operation-seq")}</th>
            <th scope="col">{t!(locale, "operation-job")}</th>
            <th scope="col">{t!(locale, "operation-work-centre")}</th>
            <th scope="col" class="num">{t!(locale, "operation-setup")}</th>
            <th scope="col" class="num">{t!(locale, "operation-run")}</th>
            <th scope="col">{t!(locale, "operation-basis")}</th>
            <th scope="col" class="ops__line">{move || t!(locale, "operation-time-line", lot = lot.get())}</th>
        }
    };
    view! { <Table class="ops" caption=t!(locale, "operations-title") head=head>{rows}</Table> }.into_any()
}

/// Where an operation stands, from 1, as the address names it.
fn place(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}

fn row(
    locale: Locale,
    place: u32,
    operation: &ProposedOperation,
    span: Signal<Span>,
    query: Memo<PredictQuery>,
    open: Memo<Option<u32>>,
) -> impl IntoView + use<> {
    let seq = operation.seq.to_string();
    let job = operation.job.to_string();
    let (name, code) = match &operation.job_name {
        Some(name) => (name.clone(), Some(job)),
        None => (job, None),
    };
    let is_open = move || open.get() == Some(place);
    let href = move || query.with(|query| query.open(Some(place)).href());
    view! {
        <tr class="ops__row" class:ops__row--open=is_open>
            <td class="num ops__seq">{seq}</td>
            <th scope="row" class="ops__job">
                <a class="ops__link" href=href data-noscroll="true" aria-current=move || is_open().then_some("true")>
                    <span class="job">{name}</span>
                    <span class="visually-hidden">{t!(locale, "operation-open")}</span>
                </a>
                {code.map(|code| view! { <span class="code">{code}</span> })}
            </th>
            <td class="ops__where">{work_centre(locale, operation)}</td>
            <td class="num ops__setup">
                <span class="ops__label" aria-hidden="true">{t!(locale, "operation-setup-short")}</span>
                {time(locale, operation.setup_min)}
            </td>
            <td class="num ops__run">
                <span class="ops__label" aria-hidden="true">{t!(locale, "operation-run-short")}</span>
                {run(locale, operation)}
            </td>
            <td class="ops__basis">{basis(locale, operation.run_min_per_lot.or(operation.run_min_per_piece).or(operation.setup_min))}</td>
            <td class="ops__line">{move || view! { <TimeLine span=span.get()/> }}</td>
        </tr>
    }
}

/// Number and kind of what the time was estimated from.
fn basis(locale: Locale, time: Option<TimeEstimate>) -> AnyView {
    match time {
        Some(time) => view! {
            <span class="count">{time.n}</span>
            " "
            <span>{wording::time_source(locale, time.source)}</span>
        }
        .into_any(),
        None => view! { <span class="muted">{t!(locale, "unknown")}</span> }.into_any(),
    }
}

fn work_centre(locale: Locale, operation: &ProposedOperation) -> impl IntoView + use<> {
    let alternatives: Vec<_> = operation.alternatives.iter().map(|code| code.as_str()).collect();
    let code = match &operation.work_centre {
        Some(code) => view! { <span title=operation.work_centre_name.clone()>{code.to_string()}</span> }.into_any(),
        None => view! { <span class="muted">{t!(locale, "unknown")}</span> }.into_any(),
    };
    view! {
        {(operation.outsourced == Some(true)).then(|| view! { <Badge text=t!(locale, "outsourced")/>" " })}
        {code}
        {(!alternatives.is_empty()).then(|| {
            view! { <span class="code">{t!(locale, "work-centre-or", codes = alternatives.join(", "))}</span> }
        })}
    }
}
