//! What one operation rests on: its times with their spread, and the past operations that voted for it.

use contract::address::{PredictQuery, item_path};
use contract::wire::{Evidence, ProposedOperation, TimeEstimate};
use leptos::prelude::*;

use crate::components::{Icon, QuantileStrip, Shape};
use crate::locale::{Locale, use_locale};
use crate::wording::format;
use crate::{t, wording};

/// Beside the table; on a phone a sheet from below.
#[component]
pub fn EvidencePanel(operation: ProposedOperation, query: Memo<PredictQuery>) -> impl IntoView {
    let locale = use_locale();
    let name = operation.job_name.clone().unwrap_or_else(|| operation.job.to_string());
    let close = move || query.with(|query| query.open(None).href());
    let votes: Vec<_> = operation.evidence.iter().map(|vote| row(locale, vote)).collect();
    let votes = if votes.is_empty() {
        view! { <p class="muted">{t!(locale, "evidence-votes-none")}</p> }.into_any()
    } else {
        view! { <ul class="votes">{votes}</ul> }.into_any()
    };
    let run = match operation.run_min_per_lot {
        Some(_) => estimate(locale, t!(locale, "operation-run-lot"), operation.run_min_per_lot),
        None => estimate(locale, t!(locale, "operation-run"), operation.run_min_per_piece),
    };
    view! {
        <section class="card evidence" aria-labelledby="evidence-title">
            <div class="evidence__head">
                <h2 id="evidence-title" aria-live="polite">{t!(locale, "evidence-title", seq = operation.seq.to_string(), job = name)}</h2>
                <a class="button button--quiet button--icon" href=close data-noscroll="true">
                    <Icon shape=Shape::Close/>
                    <span class="visually-hidden">{t!(locale, "evidence-close")}</span>
                </a>
            </div>
            {run}
            {estimate(locale, t!(locale, "operation-setup"), operation.setup_min)}
            {around(locale, &operation)}
            <h3>{t!(locale, "evidence-votes")}</h3>
            {votes}
        </section>
    }
    .into_any()
}

/// Planned times between operations, where the plant plans any.
fn around(locale: Locale, operation: &ProposedOperation) -> Option<AnyView> {
    let times = [
        (t!(locale, "operation-queue"), operation.queue_min),
        (t!(locale, "operation-wait"), operation.wait_min),
        (t!(locale, "operation-move"), operation.move_min),
    ];
    let rows: Vec<_> = times
        .into_iter()
        .filter_map(|(label, time)| Some((label, time?)))
        .map(|(label, time)| {
            view! { <div class="facts__row"><dt>{label}</dt><dd class="num">{format::minutes(time.p50)}</dd></div> }
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <h3>{t!(locale, "evidence-around")}</h3>
            <dl class="facts">{rows}</dl>
        }
        .into_any()
    })
}

fn estimate(locale: Locale, title: String, time: Option<TimeEstimate>) -> AnyView {
    let Some(time) = time else {
        return view! {
            <h3>{title}</h3>
            <p class="muted">{t!(locale, "evidence-time-unknown")}</p>
        }
        .into_any();
    };
    let (p50, p80) = (format::minutes(time.p50), format::minutes(time.p80));
    let label = t!(locale, "evidence-time-label", p50 = p50.as_str(), p80 = p80.as_str());
    let ground = t!(locale, "evidence-time-ground", n = time.n, source = wording::time_source(locale, time.source));
    view! {
        <h3>{title}</h3>
        <p class="muted">{ground}</p>
        <QuantileStrip p50=time.p50 p80=time.p80 p50_text=p50 p80_text=p80 label/>
    }
    .into_any()
}

fn row(locale: Locale, vote: &Evidence) -> impl IntoView + use<> {
    let place = t!(locale, "evidence-vote-place", routing = vote.routing.as_str(), seq = vote.seq.to_string());
    let reports = (vote.n_reports > 0).then(|| t!(locale, "evidence-reports", n = vote.n_reports));
    view! {
        <li class="votes__row">
            <a href=item_path(vote.item.as_str())>{vote.item.to_string()}</a>
            <span class="muted">{place}{reports.map(|reports| format!(" · {reports}"))}</span>
            <strong class="num">{format::percent(vote.weight)}</strong>
        </li>
    }
}
