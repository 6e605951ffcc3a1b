//! `/jobs`: what runs and what ran, for admins.
//!
//! Comes in: the jobs, open ones first. Goes out: a table, on a phone cards, with a button for what can be done.
//! Never does: asking again by itself. `/jobs.js` does, and without scripts the page comes anew.

use contract::access::Action;
use contract::address::{Done, Page};
use contract::audit::CONSOLE;
use contract::error::ApiError;
use contract::jobs::{Job, JobKind, JobPage, TypedSchedule};
use leptos::prelude::*;

use crate::components::{Badge, Empty, Meter, Notice, Table, Tone};
use crate::locale::Locale;
use crate::session::use_signed_in;
use crate::t;
use crate::wording::{format, jobs};

use super::form::{done, hidden, refusal};
use super::moment::moment;
use super::section_nav::{Section, section_page};

mod schedules;

/// In place of what is not there.
const NOTHING: &str = "–";
/// Seconds until the page comes anew where there are no scripts.
const AGAIN_S: &str = "5";

/// The page.
pub fn page(
    locale: Locale,
    page: JobPage,
    typed: Option<TypedSchedule>,
    refused: Option<ApiError>,
    succeeded: Option<Done>,
) -> AnyView {
    let may_manage = use_signed_in().is_some_and(|person| person.may(Action::ManageJobs));
    let is_open = page.jobs.iter().any(|job| !job.state.is_over());
    let waits = !page.has_worker && is_open;
    let list = if page.jobs.is_empty() {
        view! { <Empty title=t!(locale, "jobs-none") hint=t!(locale, "jobs-none-hint")/> }.into_any()
    } else {
        table(locale, page.jobs, may_manage)
    };
    let form =
        may_manage.then(|| schedules::ScheduleForm { typed: typed.unwrap_or_default(), refused: refused.as_ref() });
    let schedules = schedules::card(locale, page.schedules, page.zone, form);
    let faulty = refused.as_ref().and_then(schedules::field);
    let content = view! {
        {done(locale, succeeded)}
        {refusal(locale, refused.as_ref(), faulty)}
        {waits.then(|| view! { <Notice tone=Tone::Warn text=t!(locale, "jobs-no-worker")/> })}
        {may_manage.then(|| begin(locale))}
        <div class="card" id="jobs">{list}</div>
        {schedules}
        {is_open.then(|| view! {
            <noscript><meta http-equiv="refresh" content=AGAIN_S/></noscript>
            <script src="/jobs.js" defer></script>
        })}
    };
    section_page(locale, Section::Jobs, Some(t!(locale, "jobs-lead")), content.into_any())
}

/// A button for each kind.
fn begin(locale: Locale) -> AnyView {
    let buttons: Vec<_> = JobKind::WITHOUT_FILES
        .into_iter()
        .map(|kind| {
            view! {
                <form method="post" action=Page::Jobs.path()>
                    {hidden("act", "begin".to_owned())}
                    {hidden("kind", kind.code().to_owned())}
                    <button class="button" type="submit">{jobs::kind(locale, kind)}</button>
                </form>
            }
        })
        .collect();
    view! { <div class="actions" role="group" aria-label=t!(locale, "jobs-begin")>{buttons}</div> }.into_any()
}

fn table(locale: Locale, all: Vec<Job>, may_manage: bool) -> AnyView {
    let mut words = vec![
        t!(locale, "jobs-kind"),
        t!(locale, "jobs-state"),
        t!(locale, "jobs-result"),
        t!(locale, "jobs-who"),
        t!(locale, "jobs-begun"),
        t!(locale, "jobs-took"),
    ];
    if may_manage {
        words.push(t!(locale, "jobs-act"));
    }
    let heads = words.clone();
    let head = move || heads.iter().map(|word| view! { <th scope="col">{word.clone()}</th> }).collect_view();
    let rows: Vec<_> = all.into_iter().map(|job| row(locale, &words, job, may_manage)).collect();
    view! { <Table class="table--cards table--jobs" caption=t!(locale, "jobs-title") head=head>{rows}</Table> }
        .into_any()
}

fn row(locale: Locale, words: &[String], job: Job, may_manage: bool) -> AnyView {
    let label = |at: usize| words.get(at).cloned().unwrap_or_default();
    let result = job.outcome.as_ref().and_then(|outcome| jobs::outcome(locale, job.kind, outcome));
    let detail = job.outcome.as_ref().and_then(|outcome| outcome.detail.clone());
    let who = if job.asked_by == CONSOLE { t!(locale, "audit-console") } else { job.asked_by.clone() };
    let begun = job.started_at.clone().unwrap_or_else(|| job.queued_at.clone());
    let live = (!job.state.is_over()).then(|| job.id.clone());
    let act = may_manage.then(|| view! { <td data-label=label(6)>{act(locale, &job)}</td> });
    view! {
        <tr data-job=job.id.clone()>
            <td data-label=label(0)>{jobs::kind(locale, job.kind)}</td>
            <td data-label=label(1) data-live=live>{state(locale, &job)}</td>
            <td class="cell" data-label=label(2)>
                <span class="cell-stack">
                    <span>{result.unwrap_or_else(|| NOTHING.to_owned())}</span>
                    {detail.map(|detail| view! { <span class="muted" lang="en">{detail}</span> })}
                </span>
            </td>
            <td data-label=label(3)><span>{who}</span></td>
            <td data-label=label(4)>{moment(locale, &begun)}</td>
            <td data-label=label(5)>{job.took_s.map_or_else(|| NOTHING.to_owned(), |took_s| jobs::length(locale, took_s))}</td>
            {act}
        </tr>
    }
    .into_any()
}

/// The state, and of a running job how far it is.
fn state(locale: Locale, job: &Job) -> AnyView {
    let (text, tone) = jobs::state(locale, job);
    let running = job.phase.as_ref().filter(|_| !job.state.is_over()).map(|phase| {
        let left = job.left_s.map(|left_s| t!(locale, "jobs-left", length = jobs::length(locale, left_s)));
        view! {
            <Meter share=job.share text=format::percent(job.share) tone=Tone::Accent/>
            <span class="muted">{jobs::phase(locale, phase)}</span>
            {left.map(|left| view! { <span class="muted">{left}</span> })}
        }
    });
    let again = (job.attempts > 1).then(|| t!(locale, "jobs-attempts", n = job.attempts.to_string()));
    view! {
        <span class="cell-stack">
            <Badge tone text/>
            {running}
            {again.map(|again| view! { <span class="muted">{again}</span> })}
        </span>
    }
    .into_any()
}

/// What can be done with a job.
fn act(locale: Locale, job: &Job) -> AnyView {
    let (act, text) = match (job.state.is_over(), job.is_ending) {
        (true, _) if job.may_repeat => ("repeat", t!(locale, "jobs-repeat")),
        (false, false) => ("cancel", t!(locale, "jobs-cancel")),
        _ => return view! { <span>{NOTHING}</span> }.into_any(),
    };
    view! {
        <form method="post" action=Page::Jobs.path()>
            {hidden("act", act.to_owned())}
            {hidden("id", job.id.clone())}
            <button class="button button--small" type="submit">{text}</button>
        </form>
    }
    .into_any()
}
