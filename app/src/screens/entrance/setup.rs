//! `/setup`: makes the first admin of a plant that has none, with a key that the server printed on its console.

use contract::address::Page;
use contract::sign_in::SignUpRefusal;
use leptos::prelude::*;

use crate::locale::Locale;
use crate::t;

use super::entrance;
use crate::screens::form::{NewAccount, hidden};

/// The page; with a key that is worth nothing there is no form to fill in.
pub fn page(locale: Locale, key: String, name: String, refusal: Option<SignUpRefusal>) -> AnyView {
    let title = t!(locale, "setup-title");
    let account = NewAccount { name, refusal };
    let notice = account.alert(locale);
    if refusal == Some(SignUpRefusal::LinkUsed) {
        let content = view! {
            {notice}
            <p>{t!(locale, "setup-new-link")}</p>
        };
        return entrance(title, None, content.into_any());
    }
    let content = view! {
        {notice}
        <form class="form" method="post" action=Page::Setup.path()>
            {hidden("key", key)}
            {account.fields(locale)}
            <button class="button button--filled" type="submit">{t!(locale, "setup-submit")}</button>
        </form>
    };
    entrance(title, Some(t!(locale, "setup-lead")), content.into_any())
}
