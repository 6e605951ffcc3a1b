//! `/profile`: one's own account, sessions and API tokens.
//!
//! Comes in: the account, and what became of the last form. Goes out: cards with forms.
//! Never does: anything to another person's account.

mod sessions;
mod tokens;

use contract::accounts::{MadeToken, NewToken, Profile};
use contract::address::{Done, Page};
use contract::error::ApiError;
use leptos::prelude::*;

use crate::components::Secret;
use crate::locale::Locale;
use crate::t;
use crate::wording::{accounts, format};

use super::form::{done, refusal};
use super::section_nav::{Section, section_page};
use super::sign_out::sign_out;

use sessions::sessions_card;
use tokens::{TokenForm, tokens_card};

/// What the page shows.
pub struct ProfileScreen {
    pub profile: Profile,
    pub may_make_tokens: bool,
    pub made: Option<MadeToken>,
    pub typed: Option<NewToken>,
    pub refusal: Option<ApiError>,
    pub done: Option<Done>,
}

/// The page.
pub fn page(locale: Locale, screen: ProfileScreen) -> AnyView {
    let ProfileScreen { profile, may_make_tokens, made, typed, refusal: refused, done: succeeded } = screen;
    let secret = made.map(|made| {
        let title = t!(locale, "token-made", name = made.token.name.as_str());
        view! { <Secret title text=made.secret advice=t!(locale, "token-made-advice")/> }
    });
    let form = TokenForm { typed, refusal: refused.clone() };
    let notice = refusal(locale, refused.as_ref(), form.faulty_field());
    let since = format::day(&profile.created_at).to_owned();
    let content = view! {
        {done(locale, succeeded)}
        {notice}
        {secret}
        <div class="profile">
            <section class="card" aria-labelledby="account-title">
                <h2 id="account-title">{t!(locale, "profile-account")}</h2>
                <dl class="facts">
                    <div class="facts__row"><dt>{t!(locale, "field-name")}</dt><dd>{profile.name}</dd></div>
                    <div class="facts__row">
                        <dt>{t!(locale, "field-role")}</dt><dd>{accounts::role(locale, profile.role)}</dd>
                    </div>
                    <div class="facts__row"><dt>{t!(locale, "profile-since")}</dt><dd>{since}</dd></div>
                </dl>
                <div class="actions">
                    <a class="button" href=Page::Password.path()>{t!(locale, "profile-password")}</a>
                    {sign_out(locale)}
                </div>
                <p class="muted">{t!(locale, "profile-sign-out-hint")}</p>
            </section>
            {sessions_card(locale, profile.sessions)}
            {tokens_card(locale, profile.tokens, may_make_tokens, form)}
        </div>
    };
    section_page(locale, Section::Profile, None, content.into_any())
}
