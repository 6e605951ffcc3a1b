//! `/settings`: what an admin decides for the whole plant.

use leptos::prelude::*;

use crate::api::settings::{KeptSettings, LEAST_AUDIT_DAYS, Settings};
use crate::components::{CheckField, InputField};
use crate::error::ApiError;
use crate::locale::Locale;
use crate::t;
use crate::wording::format;

use super::Done;
use super::form::{done, hidden, refusal, refused_field};
use super::section_nav::{Section, section_page};

/// Ids of the numbers, which are also the names that a refusal gives.
const IDLE: &str = "session_idle_min";
const MOST: &str = "session_most_h";
const KEPT: &str = "audit_kept_days";

/// The page. What was typed is shown again after a refusal.
pub fn page(
    locale: Locale,
    kept: KeptSettings,
    typed: Option<Settings>,
    refused: Option<ApiError>,
    succeeded: Option<Done>,
) -> AnyView {
    let shown = typed.unwrap_or(kept.settings);
    let faulty = match &refused {
        Some(ApiError::Invalid { field, .. }) => [IDLE, MOST, KEPT].into_iter().find(|name| field == name),
        _ => None,
    };
    let number = |name: &'static str, label: String, text: String, value: u32, range: (u32, u32)| {
        let bounds =
            t!(locale, "range", least = format::count(range.0 as usize), most = format::count(range.1 as usize));
        let hint = t!(locale, "settings-hint", text = text, range = bounds);
        let fault = refused_field(locale, refused.as_ref(), name);
        view! {
            <InputField id=name name=name label kind="number" value=value.to_string() range is_required=true hint fault/>
        }
        .into_any()
    };
    let content = view! {
        {done(locale, succeeded)}
        {refusal(locale, refused.as_ref(), faulty)}
        <form class="settings" method="post" action="/settings">
            {hidden("revision", kept.revision.to_string())}
            <fieldset class="card settings__group">
                <legend class="settings__title">{t!(locale, "settings-people")}</legend>
                <CheckField id="may_sign_up" name="may_sign_up" value="yes" label=t!(locale, "settings-sign-up")
                    is_checked=shown.may_sign_up hint=t!(locale, "settings-sign-up-text")/>
                <CheckField id="may_approve_own" name="may_approve_own" value="yes"
                    label=t!(locale, "settings-approve-own") is_checked=shown.may_approve_own
                    hint=t!(locale, "settings-approve-own-text")/>
            </fieldset>
            <fieldset class="card settings__group">
                <legend class="settings__title">{t!(locale, "settings-sessions")}</legend>
                {number(IDLE, t!(locale, "field-session-idle-min"), t!(locale, "settings-idle-text"), shown.session_idle_min, (5, 10_080))}
                {number(MOST, t!(locale, "field-session-most-h"), t!(locale, "settings-most-text"), shown.session_most_h, (1, 720))}
            </fieldset>
            <fieldset class="card settings__group">
                <legend class="settings__title">{t!(locale, "settings-audit")}</legend>
                {number(KEPT, t!(locale, "field-audit-kept-days"), t!(locale, "settings-kept-text"), shown.audit_kept_days, (LEAST_AUDIT_DAYS, 3650))}
            </fieldset>
            <div class="actions">
                <button class="button button--filled" type="submit">{t!(locale, "settings-save")}</button>
            </div>
        </form>
    };
    section_page(locale, Section::Settings, Some(t!(locale, "settings-lead")), content.into_any())
}
