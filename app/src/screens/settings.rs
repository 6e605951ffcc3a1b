//! `/settings`: what an admin decides for the whole plant.

use contract::address::{Done, Page};
use contract::error::ApiError;
use contract::settings::{
    ARTEFACTS_RANGE_MB, AUDIT_RANGE_DAYS, HeldClock, IDLE_RANGE_MIN, KeptSettings, MOST_RANGE_H,
    PREDICTIONS_RANGE_DAYS, Settings,
};
use leptos::prelude::*;

use crate::components::{CheckField, InputField};
use crate::locale::Locale;
use crate::t;
use crate::wording::accounts;

use super::form::{done, hidden, refusal, refused_field};
use super::moment::moment;
use super::section_nav::{Section, section_page};

/// Ids of the numbers, which are also the names that a refusal gives.
const IDLE: &str = "session_idle_min";
const MOST: &str = "session_most_h";
const KEPT: &str = "audit_kept_days";
const ZONE: &str = "zone";
const PREDICTIONS: &str = "predictions_kept_days";
const ARTEFACTS: &str = "artefacts_kept_mb";

/// What the clock says beside the latest instant, and the button that believes it.
fn clock(locale: Locale, held: HeldClock) -> AnyView {
    view! {
        <section class="card settings__group" id="clock" aria-labelledby="clock-title">
            <h2 class="settings__title" id="clock-title">{t!(locale, "clock-title")}</h2>
            <p>{t!(locale, "clock-text")}</p>
            <dl class="facts">
                <div class="facts__row"><dt>{t!(locale, "clock-says")}</dt><dd>{moment(locale, &held.clock_at)}</dd></div>
                <div class="facts__row"><dt>{t!(locale, "clock-latest")}</dt><dd>{moment(locale, &held.latest_at)}</dd></div>
            </dl>
            <form class="actions" method="post" action="/settings/clock">
                <button class="button" type="submit">{t!(locale, "clock-confirm")}</button>
            </form>
        </section>
    }
    .into_any()
}

/// The page. What was typed is shown again after a refusal.
pub fn page(
    locale: Locale,
    kept: KeptSettings,
    held_clock: Option<HeldClock>,
    typed: Option<Settings>,
    refused: Option<ApiError>,
    succeeded: Option<Done>,
) -> AnyView {
    let shown = typed.unwrap_or(kept.settings);
    let faulty = match &refused {
        Some(ApiError::Invalid { field, .. }) => {
            [IDLE, MOST, KEPT, PREDICTIONS, ARTEFACTS, ZONE].into_iter().find(|name| field == name)
        }
        _ => None,
    };
    let number = |name: &'static str, label: String, value: u32, range: (u32, u32), hint: String| {
        let fault = refused_field(locale, refused.as_ref(), name);
        view! {
            <InputField id=name name=name label kind="number" value=value.to_string() range is_required=true hint fault/>
        }
        .into_any()
    };
    let words = |range: (u32, u32)| accounts::range(locale, range);
    let idle = number(
        IDLE,
        t!(locale, "field-session-idle-min"),
        shown.session_idle_min,
        IDLE_RANGE_MIN,
        t!(locale, "settings-idle-text", range = words(IDLE_RANGE_MIN)),
    );
    let most = number(
        MOST,
        t!(locale, "field-session-most-h"),
        shown.session_most_h,
        MOST_RANGE_H,
        t!(locale, "settings-most-text", range = words(MOST_RANGE_H)),
    );
    let kept_days = number(
        KEPT,
        t!(locale, "field-audit-kept-days"),
        shown.audit_kept_days,
        AUDIT_RANGE_DAYS,
        t!(locale, "settings-kept-text", range = words(AUDIT_RANGE_DAYS)),
    );
    let fault = refused_field(locale, refused.as_ref(), ZONE);
    let hint = t!(locale, "settings-zone-text");
    let zone = view! {
        <InputField id=ZONE name=ZONE label=t!(locale, "field-zone") kind="text" value=shown.zone.clone()
            is_required=true hint fault/>
    };
    let predictions = number(
        PREDICTIONS,
        t!(locale, "field-predictions-kept-days"),
        shown.predictions_kept_days,
        PREDICTIONS_RANGE_DAYS,
        t!(locale, "settings-predictions-text", range = words(PREDICTIONS_RANGE_DAYS)),
    );
    let artefacts = number(
        ARTEFACTS,
        t!(locale, "field-artefacts-kept-mb"),
        shown.artefacts_kept_mb,
        ARTEFACTS_RANGE_MB,
        t!(locale, "settings-artefacts-text", range = words(ARTEFACTS_RANGE_MB)),
    );
    let content = view! {
        {done(locale, succeeded)}
        {refusal(locale, refused.as_ref(), faulty)}
        {held_clock.map(|held| clock(locale, held))}
        <form class="settings" method="post" action=Page::Settings.path()>
            {hidden("revision", kept.revision.to_string())}
            <fieldset class="card settings__group">
                <legend class="settings__title">{t!(locale, "settings-people")}</legend>
                <CheckField id="may_sign_up" name="may_sign_up" value="yes" label=t!(locale, "field-may-sign-up")
                    is_checked=shown.may_sign_up hint=t!(locale, "settings-sign-up-text")/>
                <CheckField id="may_approve_own" name="may_approve_own" value="yes"
                    label=t!(locale, "field-may-approve-own") is_checked=shown.may_approve_own
                    hint=t!(locale, "settings-approve-own-text")/>
            </fieldset>
            <fieldset class="card settings__group">
                <legend class="settings__title">{t!(locale, "settings-sessions")}</legend>
                {idle}
                {most}
            </fieldset>
            <fieldset class="card settings__group">
                <legend class="settings__title">{t!(locale, "settings-audit")}</legend>
                {kept_days}
            </fieldset>
            <fieldset class="card settings__group">
                <legend class="settings__title">{t!(locale, "settings-predictions")}</legend>
                {predictions}
            </fieldset>
            <fieldset class="card settings__group">
                <legend class="settings__title">{t!(locale, "settings-artefacts")}</legend>
                {artefacts}
            </fieldset>
            <fieldset class="card settings__group">
                <legend class="settings__title">{t!(locale, "settings-plant")}</legend>
                {zone}
            </fieldset>
            <div class="actions">
                <button class="button button--filled" type="submit">{t!(locale, "settings-save")}</button>
            </div>
        </form>
    };
    section_page(locale, Section::Settings, Some(t!(locale, "settings-lead")), content.into_any())
}
