//! One's own API tokens, and the form that makes one.

use contract::access::{Action, Scope};
use contract::accounts::{MAX_TOKEN_DAYS, NewToken, TokenLine};
use contract::address::Page;
use contract::error::ApiError;
use leptos::prelude::*;

use crate::components::{Badge, CheckField, Empty, InputField, Tone};
use crate::locale::Locale;
use crate::screens::form::{hidden, refused_field};
use crate::screens::moment::moment;
use crate::t;
use crate::wording::accounts;

/// Days that the form suggests.
const USUAL_DAYS: u32 = 90;
/// Longest name of a token.
const MAX_NAME: usize = 40;

/// What was typed, and what was wrong with it.
pub struct TokenForm {
    pub typed: Option<NewToken>,
    pub refusal: Option<ApiError>,
}

impl TokenForm {
    /// Id of the input that the refusal is about.
    pub fn faulty_field(&self) -> Option<&'static str> {
        match self.refusal.as_ref()? {
            ApiError::Invalid { field, .. } if self.typed.is_some() => match field.as_str() {
                "name" => Some("token-name"),
                "scope" | "scopes" => Some("token-scope-read"),
                "days" => Some("token-days"),
                _ => None,
            },
            _ => None,
        }
    }
}

/// The list and, for whoever may, the form.
pub fn tokens_card(locale: Locale, tokens: Vec<TokenLine>, may_make: bool, form: TokenForm) -> AnyView {
    let list = if tokens.is_empty() {
        view! { <Empty title=t!(locale, "tokens-none") hint=t!(locale, "tokens-none-hint")/> }.into_any()
    } else {
        let rows: Vec<_> = tokens.into_iter().map(|token| row(locale, token, may_make)).collect();
        view! { <ul class="rows">{rows}</ul> }.into_any()
    };
    let make = if may_make {
        make_form(locale, form)
    } else {
        let least = Action::ManageTokens.least_role().map(|role| accounts::role(locale, role)).unwrap_or_default();
        view! { <p class="muted">{t!(locale, "tokens-not-yours", least = least)}</p> }.into_any()
    };
    view! {
        <section class="card profile__wide" aria-labelledby="tokens-title">
            <h2 id="tokens-title">{t!(locale, "tokens-title")}</h2>
            <p class="muted">{t!(locale, "tokens-text")}</p>
            {list}
            {make}
        </section>
    }
    .into_any()
}

fn row(locale: Locale, token: TokenLine, may_revoke: bool) -> AnyView {
    let scopes: Vec<_> =
        token.scopes.iter().map(|scope| view! { <Badge text=accounts::scope(locale, *scope).0/> }).collect();
    let used = match &token.used_at {
        Some(at) => view! { <span>{t!(locale, "tokens-used")}" "{moment(locale, at)}</span> }.into_any(),
        None => view! { <span>{t!(locale, "tokens-unused")}</span> }.into_any(),
    };
    let name = token.name.clone();
    let revoke = may_revoke.then(|| {
        view! {
            <details class="fold">
                <summary>{t!(locale, "tokens-revoke")}<span class="visually-hidden">{format!(" {name}")}</span></summary>
                <form class="changes change" method="post" action=Page::Profile.path()>
                    {hidden("act", "revoke_token")}
                    {hidden("id", token.id)}
                    <p class="change__text">{t!(locale, "tokens-revoke-text")}</p>
                    <button class="button button--danger" type="submit">{t!(locale, "tokens-revoke-confirm")}</button>
                </form>
            </details>
        }
    });
    view! {
        <li class="rows__row rows__row--fold">
            <div class="rows__what">
                <span class="rows__head">
                    <span class="rows__name">{token.name}</span>
                    {scopes}
                    {token.is_expired.then(|| view! { <Badge tone=Tone::Bad text=t!(locale, "tokens-expired")/> })}
                </span>
                <span class="rows__facts">
                    <span>{t!(locale, "tokens-until")}" "{moment(locale, &token.expires_at)}</span>
                    {used}
                </span>
            </div>
            {revoke}
        </li>
    }
    .into_any()
}

fn make_form(locale: Locale, form: TokenForm) -> AnyView {
    let is_open = form.typed.is_some();
    let refusal = form.refusal.as_ref().filter(|_| is_open);
    let fault = |name: &str| refused_field(locale, refusal, name);
    let scope_fault = fault("scopes").or_else(|| fault("scope"));
    let typed = form.typed.clone().unwrap_or(NewToken { days: USUAL_DAYS, ..NewToken::default() });
    let scopes: Vec<_> = Scope::ALL
        .into_iter()
        .map(|scope| {
            let (label, hint) = accounts::scope(locale, scope);
            let is_checked = typed.scopes.contains(&scope);
            let id = format!("token-scope-{}", scope.code());
            view! { <CheckField id name="scope" value=scope.code() label is_checked hint/> }
        })
        .collect();
    let described_by = scope_fault.is_some().then_some("token-scope-error");
    view! {
        <details class="more" open=is_open>
            <summary>{t!(locale, "tokens-make")}</summary>
            <form class="form" method="post" action=Page::Profile.path()>
                {hidden("act", "make_token")}
                <InputField id="token-name" name="name" label=t!(locale, "tokens-name") value=typed.name
                    max_length=MAX_NAME is_required=true hint=t!(locale, "tokens-name-hint") fault=fault("name")/>
                <fieldset class="choices" aria-describedby=described_by>
                    <legend class="field__label">{t!(locale, "field-scopes")}</legend>
                    {scopes}
                    {scope_fault.map(|text| view! { <p class="field__error" id="token-scope-error">{text}</p> })}
                </fieldset>
                <InputField id="token-days" name="days" label=t!(locale, "field-days") kind="number"
                    value=typed.days.to_string() range=(1, MAX_TOKEN_DAYS) is_required=true
                    hint=t!(locale, "tokens-days-hint", most = MAX_TOKEN_DAYS) fault=fault("days")/>
                <button class="button" type="submit">{t!(locale, "tokens-make-submit")}</button>
            </form>
        </details>
    }
    .into_any()
}
