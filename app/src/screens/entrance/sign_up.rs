//! `/sign-up`: asks for an account, which an admin has to approve.

use contract::address::Page;
use contract::sign_in::SignUpRefusal;
use leptos::prelude::*;

use crate::components::Empty;
use crate::locale::Locale;
use crate::t;

use super::{entrance, other_way};
use crate::screens::form::NewAccount;

/// The page; where the plant takes nobody on this way it says so.
pub fn page(locale: Locale, name: String, refusal: Option<SignUpRefusal>, is_open: bool) -> AnyView {
    let title = t!(locale, "sign-up-title");
    let back = other_way(Some(t!(locale, "sign-up-has-account")), Page::SignIn.path(), t!(locale, "sign-in-submit"));
    if !is_open {
        let content = view! {
            <Empty title=t!(locale, "sign-up-closed") hint=t!(locale, "sign-up-closed-hint")/>
            {back}
        };
        return entrance(title, None, content.into_any());
    }
    let account = NewAccount { name, refusal };
    let content = view! {
        {account.alert(locale)}
        <form class="form" method="post" action=Page::SignUp.path()>
            {account.fields(locale)}
            <button class="button button--filled" type="submit">{t!(locale, "sign-up-submit")}</button>
        </form>
        {back}
    };
    entrance(title, Some(t!(locale, "sign-up-lead")), content.into_any())
}
