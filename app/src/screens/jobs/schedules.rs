//! What begins by itself, and a form for more of it.

use contract::address::Page;
use contract::error::ApiError;
use contract::jobs::{JobKind, Schedule, TypedSchedule, WEEKDAYS};
use leptos::prelude::*;

use crate::components::{CheckField, InputField, SelectField};
use crate::locale::Locale;
use crate::screens::form::{hidden, refused_field};
use crate::screens::moment::moment;
use crate::t;
use crate::wording::jobs;

/// Id and name of the time, which a refusal names.
const TIME: &str = "time";
/// What a refusal calls the days; the first of them stands for all.
const WEEKDAY: &str = "weekday";
const FIRST_DAY: &str = "weekday-0";
/// The names of the days in the form, Monday first.
const DAYS: [&str; WEEKDAYS] =
    [FIRST_DAY, "weekday-1", "weekday-2", "weekday-3", "weekday-4", "weekday-5", "weekday-6"];

/// The field of the form that was refused, to be gone to.
pub fn field(refused: &ApiError) -> Option<&'static str> {
    match refused {
        ApiError::Invalid { field, .. } if field == TIME => Some(TIME),
        ApiError::Invalid { field, .. } if field == WEEKDAY => Some(FIRST_DAY),
        _ => None,
    }
}

/// What the form shows: what was typed, and what was wrong with it.
pub struct ScheduleForm<'a> {
    pub typed: TypedSchedule,
    pub refused: Option<&'a ApiError>,
}

/// The card; without a form for those who may not manage jobs.
pub fn card(locale: Locale, all: Vec<Schedule>, zone: String, form: Option<ScheduleForm>) -> AnyView {
    let may_manage = form.is_some();
    let none = all.is_empty().then(|| view! { <p class="muted">{t!(locale, "schedules-none")}</p> });
    let rows: Vec<_> = all.into_iter().map(|schedule| row(locale, schedule, may_manage)).collect();
    view! {
        <section class="card schedules" id="schedules" aria-labelledby="schedules-title">
            <h2 class="settings__title" id="schedules-title">{t!(locale, "schedules-title")}</h2>
            <p class="muted">{t!(locale, "schedules-lead", zone = zone)}</p>
            {none}
            {(!rows.is_empty()).then(|| view! { <ul class="schedules__list">{rows}</ul> })}
            {form.map(|form| draw(locale, form))}
        </section>
    }
    .into_any()
}

fn row(locale: Locale, schedule: Schedule, may_manage: bool) -> AnyView {
    let text = t!(
        locale,
        "schedules-row",
        job = jobs::kind(locale, schedule.when.kind),
        days = jobs::weekdays(locale, &schedule.when.weekdays),
        time = schedule.when.time()
    );
    let next = schedule.next_at.as_ref().map(|at| {
        view! { <span class="muted">{t!(locale, "schedules-next")}" "{moment(locale, at)}</span> }
    });
    let by = t!(locale, "schedules-by", name = schedule.made_by.clone());
    let label = t!(locale, "schedules-remove-this", schedule = text.clone());
    let remove = may_manage.then(|| {
        view! {
            <form method="post" action=Page::Jobs.path()>
                {hidden("act", "unschedule".to_owned())}
                {hidden("id", schedule.id.clone())}
                <button class="button button--small" type="submit" aria-label=label>{t!(locale, "schedules-remove")}</button>
            </form>
        }
    });
    view! {
        <li class="schedules__row">
            <span class="cell-stack">
                <span>{text}</span>
                {next}
                <span class="muted">{by}</span>
            </span>
            {remove}
        </li>
    }
    .into_any()
}

fn draw(locale: Locale, form: ScheduleForm) -> AnyView {
    let ScheduleForm { typed, refused } = form;
    let kinds: Vec<_> =
        JobKind::WITHOUT_FILES.into_iter().map(|kind| (kind.code().to_owned(), jobs::kind(locale, kind))).collect();
    let days: Vec<_> = DAYS
        .into_iter()
        .enumerate()
        .zip(typed.weekdays)
        .map(|((at, name), is_checked)| {
            view! {
                <CheckField id=name name=name value="yes" label=jobs::weekday(locale, at) is_checked/>
            }
        })
        .collect();
    let fault =
        refused_field(locale, refused, WEEKDAY).map(|text| view! { <p class="field__error" role="alert">{text}</p> });
    let time_fault = refused_field(locale, refused, TIME);
    view! {
        <form class="schedules__form" method="post" action=Page::Jobs.path()>
            {hidden("act", "schedule".to_owned())}
            <SelectField id="schedule-kind" name="kind" label=t!(locale, "schedules-kind") options=kinds
                chosen=typed.kind/>
            <InputField id=TIME name=TIME label=t!(locale, "schedules-time") kind="time" value=typed.time
                is_required=true fault=time_fault/>
            <fieldset class="schedules__days">
                <legend>{t!(locale, "schedules-days")}</legend>
                {days}
                {fault}
            </fieldset>
            <div class="actions"><button class="button" type="submit">{t!(locale, "schedules-add")}</button></div>
        </form>
    }
    .into_any()
}
