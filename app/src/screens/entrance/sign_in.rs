//! `/sign-in`: name and password.

use contract::address::Page;
use contract::sign_in::SignInRefusal;
use leptos::prelude::*;

use crate::components::InputField;
use crate::locale::Locale;
use crate::t;
use crate::wording::sign_in::sign_in_refusal;

use super::{entrance, other_way};
use crate::screens::form::{alert, hidden};

/// Longest text that these fields take: more than any name or password, so that nothing is cut off unseen.
const MAX_TEXT: usize = 1024;

/// The page. Which of name and password was wrong is not said, so both are marked.
pub fn page(locale: Locale, name: String, next: String, refusal: Option<SignInRefusal>, may_sign_up: bool) -> AnyView {
    let notice = refusal.map(|refusal| {
        let (text, tone) = sign_in_refusal(locale, refusal);
        alert(text, tone, None)
    });
    let fault = (refusal == Some(SignInRefusal::Wrong)).then(|| t!(locale, "sign-in-check"));
    let sign_up = may_sign_up
        .then(|| other_way(Some(t!(locale, "sign-in-no-account")), Page::SignUp.path(), t!(locale, "sign-in-sign-up")));
    let content = view! {
        {notice}
        <form class="form" method="post" action=Page::SignIn.path()>
            {hidden("next", next)}
            <InputField id="name" name="name" label=t!(locale, "field-name") value=name autocomplete="username"
                max_length=MAX_TEXT is_required=true fault=fault.clone()/>
            <InputField id="password" name="password" label=t!(locale, "field-password") kind="password"
                autocomplete="current-password" max_length=MAX_TEXT is_required=true fault/>
            <button class="button button--filled" type="submit">{t!(locale, "sign-in-submit")}</button>
        </form>
        {sign_up}
        <p class="muted">{t!(locale, "sign-in-forgotten")}</p>
    };
    entrance(t!(locale, "sign-in-title"), None, content.into_any())
}
