//! `/link`: signs in once by a link. It takes a press of the button, so that whatever previews links cannot use it up.

use contract::address::Page;
use contract::sign_in::SignInRefusal;
use leptos::prelude::*;

use crate::locale::Locale;
use crate::t;
use crate::wording::sign_in::sign_in_refusal;

use super::{entrance, other_way};
use crate::screens::form::{alert, hidden};

/// The page; with a key that is worth nothing there is no button to press.
pub fn page(locale: Locale, key: String, refusal: Option<SignInRefusal>) -> AnyView {
    let notice = refusal.map(|refusal| {
        let (text, tone) = sign_in_refusal(locale, refusal);
        alert(text, tone, None)
    });
    let is_good = refusal != Some(SignInRefusal::LinkUsed);
    let form = is_good.then(|| {
        view! {
            <form class="form" method="post" action=Page::Link.path()>
                {hidden("key", key)}
                <button class="button button--filled" type="submit">{t!(locale, "sign-in-submit")}</button>
            </form>
        }
    });
    let content = view! {
        {notice}
        {form}
        {other_way(None, Page::SignIn.path(), t!(locale, "link-password"))}
    };
    entrance(t!(locale, "link-title"), is_good.then(|| t!(locale, "link-lead")), content.into_any())
}
