//! `/password`: replaces one's own password, by choice or because it is a temporary one.

use contract::address::Page;
use contract::sign_in::PasswordRefusal;
use leptos::prelude::*;

use crate::components::{InputField, Tone};
use crate::locale::Locale;
use crate::session::use_signed_in;
use crate::t;
use crate::wording::sign_in::wait;

use super::entrance::entrance;
use super::form::{alert, new_password, new_password_alert};
use super::sign_out::sign_out;

/// More than any password that the server takes.
const MAX_PASSWORD: usize = 1024;

/// The page. Who has to change the password can do nothing else but that or sign out.
pub fn page(locale: Locale, is_forced: bool, refusal: Option<PasswordRefusal>) -> AnyView {
    let wrong_old = (refusal == Some(PasswordRefusal::WrongOld)).then(|| t!(locale, "password-wrong-old"));
    let fault = match refusal {
        Some(PasswordRefusal::New(fault)) => Some(fault),
        _ => None,
    };
    let notice = refusal.map(|refusal| match refusal {
        PasswordRefusal::WrongOld => alert(t!(locale, "password-wrong-old"), Tone::Bad, Some("old")),
        PasswordRefusal::New(fault) => new_password_alert(locale, fault),
        PasswordRefusal::Wait { seconds } => alert(wait(locale, seconds), Tone::Warn, None),
        PasswordRefusal::Busy => alert(t!(locale, "refused-busy"), Tone::Warn, None),
    });
    let (old, lead) = if is_forced {
        (t!(locale, "field-password-temporary"), t!(locale, "password-lead-forced"))
    } else {
        (t!(locale, "field-password-old"), t!(locale, "password-lead"))
    };
    let leave = if is_forced {
        sign_out(locale)
    } else {
        view! { <a class="button button--quiet" href=Page::Profile.path()>{t!(locale, "cancel")}</a> }.into_any()
    };
    let content = view! {
        {notice}
        <form class="form" method="post" action=Page::Password.path()>
            {whose(locale)}
            <InputField id="old" name="old" label=old kind="password" autocomplete="current-password"
                max_length=MAX_PASSWORD is_required=true fault=wrong_old/>
            {new_password(locale, t!(locale, "field-password-new"), fault)}
            <button class="button button--filled" type="submit">{t!(locale, "password-submit")}</button>
        </form>
        {leave}
    };
    entrance(t!(locale, "password-title"), Some(lead), content.into_any())
}

/// Whose password it is, for password managers: they look for a field with the name.
fn whose(locale: Locale) -> Option<AnyView> {
    let person = use_signed_in()?;
    Some(
        view! {
            <div class="field">
                <label class="field__label" for="whose">{t!(locale, "field-name")}</label>
                <input class="input" id="whose" type="text" autocomplete="username" readonly value=person.name/>
            </div>
        }
        .into_any(),
    )
}
