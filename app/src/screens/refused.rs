//! Instead of a page that one may not see, or that failed: what is the matter, what it takes, and a way on.

use contract::access::Role;
use contract::address::Page;
use contract::error::ApiError;
use leptos::prelude::*;

use crate::components::{Icon, Shape};
use crate::locale::Locale;
use crate::session::use_signed_in;
use crate::shell::{PageTitle, RequestId};
use crate::wording::accounts;
use crate::{t, wording};

/// The page.
pub fn page(locale: Locale, error: &ApiError, least: Option<Role>) -> AnyView {
    let (title, advice) = match error {
        ApiError::Denied => (t!(locale, "refused-denied-title"), whom_to_ask(locale, least)),
        ApiError::SignInNeeded => (t!(locale, "refused-sign-in-title"), String::new()),
        ApiError::PasswordChangeNeeded => (t!(locale, "refused-password-title"), String::new()),
        ApiError::NotFound { .. } => (t!(locale, "refused-not-found-title"), t!(locale, "refused-not-found-advice")),
        ApiError::Unavailable | ApiError::TooFast { .. } | ApiError::Network => {
            (t!(locale, "refused-later-title"), t!(locale, "refused-later-advice"))
        }
        ApiError::Internal { .. } => (t!(locale, "refused-internal-title"), t!(locale, "refused-internal-advice")),
        _ => (t!(locale, "refused-other-title"), String::new()),
    };
    let (href, way) = match error {
        ApiError::SignInNeeded => (Page::SignIn.path(), t!(locale, "sign-in-submit")),
        ApiError::PasswordChangeNeeded => (Page::Password.path(), t!(locale, "password-submit")),
        _ => (Page::Home.path(), t!(locale, "refused-home")),
    };
    let has_profile = *error == ApiError::Denied && use_signed_in().is_some();
    let profile =
        has_profile.then(|| view! { <a class="button" href=Page::Profile.path()>{t!(locale, "refused-profile")}</a> });
    // The reference of a fault is the same id.
    let is_told = matches!(error, ApiError::Internal { .. } | ApiError::SignInNeeded | ApiError::PasswordChangeNeeded);
    let request = use_context::<RequestId>().filter(|_| !is_told);
    let request = request.map(|id| view! { <p class="lead">{t!(locale, "refused-request", id = id.0)}</p> });
    view! {
        <PageTitle text=title.clone()/>
        <section class="refused card" aria-labelledby="refused-title">
            <span class="refused__mark"><Icon shape=Shape::Lock/></span>
            <h1 id="refused-title">{title}</h1>
            <p>{wording::error(locale, error)}</p>
            {(!advice.is_empty()).then(|| view! { <p class="lead">{advice}</p> })}
            {request}
            <div class="actions">
                <a class="button button--filled" href=href>{way}</a>
                {profile}
            </div>
        </section>
    }
    .into_any()
}

/// Which role it takes, which one has, and who can change that.
fn whom_to_ask(locale: Locale, least: Option<Role>) -> String {
    let Some(least) = least else { return t!(locale, "refused-denied-elsewhere") };
    let least = accounts::role(locale, least);
    match use_signed_in() {
        Some(person) => t!(locale, "refused-denied-role", least = least, yours = accounts::role(locale, person.role)),
        None => t!(locale, "refused-denied-least", least = least),
    }
}
