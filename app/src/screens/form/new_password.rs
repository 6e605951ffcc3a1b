//! Name and password of a new account, and a new password alone: fields, rules in words, and faults beside them.

use contract::sign_in::{PasswordFault, SignUpRefusal};
use leptos::prelude::*;

use crate::components::{InputField, Tone};
use crate::locale::Locale;
use crate::t;
use crate::wording::sign_in::{name_fault, password_fault, wait};

use super::alert;

/// Longest name.
const MAX_NAME: usize = 40;
/// More than any password that the server takes, so that what is pasted is never cut off unseen.
const MAX_PASSWORD: usize = 1024;

/// The fields of a new account.
pub struct NewAccount {
    pub name: String,
    pub refusal: Option<SignUpRefusal>,
}

impl NewAccount {
    /// Why it was refused, at the head of the form.
    pub fn alert(&self, locale: Locale) -> Option<AnyView> {
        Some(match self.refusal? {
            SignUpRefusal::Name(fault) => alert(name_fault(locale, fault), Tone::Bad, Some("name")),
            SignUpRefusal::Password(fault) => new_password_alert(locale, fault),
            SignUpRefusal::NotOpen => alert(t!(locale, "sign-up-closed"), Tone::Bad, None),
            SignUpRefusal::Wait { seconds } => alert(wait(locale, seconds), Tone::Warn, None),
            SignUpRefusal::Busy => alert(t!(locale, "refused-busy"), Tone::Warn, None),
            SignUpRefusal::LinkUsed => alert(t!(locale, "refused-link-used"), Tone::Bad, None),
        })
    }

    /// The rows of the form.
    pub fn fields(self, locale: Locale) -> AnyView {
        let (name, password) = match self.refusal {
            Some(SignUpRefusal::Name(fault)) => (Some(name_fault(locale, fault)), None),
            Some(SignUpRefusal::Password(fault)) => (None, Some(fault)),
            _ => (None, None),
        };
        view! {
            <InputField id="name" name="name" label=t!(locale, "field-name") value=self.name autocomplete="username"
                max_length=MAX_NAME is_required=true hint=t!(locale, "name-hint") fault=name/>
            {new_password(locale, t!(locale, "field-password"), password)}
        }
        .into_any()
    }
}

/// A new password, twice.
pub fn new_password(locale: Locale, label: String, fault: Option<PasswordFault>) -> AnyView {
    let (first, again) = new_password_faults(locale, fault);
    view! {
        <InputField id="password" name="password" label kind="password" autocomplete="new-password"
            max_length=MAX_PASSWORD is_required=true hint=t!(locale, "password-hint") fault=first/>
        <InputField id="password-again" name="password_again" label=t!(locale, "field-password-again") kind="password"
            autocomplete="new-password" max_length=MAX_PASSWORD is_required=true fault=again/>
    }
    .into_any()
}

/// Why a new password was refused, at the head of the form.
pub fn new_password_alert(locale: Locale, fault: PasswordFault) -> AnyView {
    alert(password_fault(locale, fault), Tone::Bad, Some(field_of(fault)))
}

/// What is wrong with the first and with the second field.
fn new_password_faults(locale: Locale, fault: Option<PasswordFault>) -> (Option<String>, Option<String>) {
    let Some(fault) = fault else { return (None, None) };
    let text = Some(password_fault(locale, fault));
    if field_of(fault) == "password" { (text, None) } else { (None, text) }
}

/// Id of the field that a fault is about.
fn field_of(fault: PasswordFault) -> &'static str {
    if fault == PasswordFault::NotRepeated { "password-again" } else { "password" }
}
