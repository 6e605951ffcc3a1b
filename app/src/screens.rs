//! Pages of accounts and administration: forms that the server renders whole and that need no scripts (ADR 0011).
//!
//! Comes in: a [`Screen`], all that such a page shows, made by the server's forms. Goes out: HTML.
//! Never does: loading, deciding, or running in the browser: nothing here is in the client.

mod audit;
mod entrance;
mod form;
mod import_people;
mod jobs;
mod moment;
mod password;
mod profile;
mod refused;
mod section_nav;
mod settings;
mod sign_out;
mod users;

use contract::access::Role;
use contract::accounts::{
    ChangedUser, ImportedPerson, MadeToken, NewToken, PeoplePreview, Profile, UserPage, UserQuery,
};
use contract::address::Done;
use contract::audit::{AuditPage, AuditQuery};
use contract::error::ApiError;
use contract::jobs::{JobPage, TypedSchedule};
use contract::settings::{HeldClock, KeptSettings, Settings};
use contract::sign_in::{PasswordRefusal, SignInRefusal, SignUpRefusal};
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::components::Router;

use crate::locale::{Locale, use_locale};
use crate::shell::document;
use crate::shell::header::Header;
use crate::t;

/// One page with all its data, given by context.
#[derive(Clone, Debug)]
pub enum Screen {
    /// `/sign-in`: fields `name`, `password`, hidden `next`.
    SignIn { name: String, next: String, refusal: Option<SignInRefusal>, may_sign_up: bool },
    /// `/sign-up`: fields `name`, `password`, `password_again`.
    SignUp { name: String, refusal: Option<SignUpRefusal>, is_open: bool },
    /// `/waiting`: signed up, or signed in rightly, but not yet approved.
    Waiting,
    /// `/setup`: makes the first admin; fields as for signing up, hidden `key`.
    Setup { key: String, name: String, refusal: Option<SignUpRefusal> },
    /// `/link`: a button that signs in once; hidden `key`.
    Link { key: String, refusal: Option<SignInRefusal> },
    /// `/signed-out`: says that everything kept in this browser is deleted, and has `/clear.js` do it.
    SignedOut,
    /// `/password`: fields `old`, `password`, `password_again`.
    Password { is_forced: bool, refusal: Option<PasswordRefusal> },
    /// `/profile`: forms with hidden `act`: `end_session` (`id`), `end_others`, `make_token` (`name`, `scope` for each,
    /// `days`), `revoke_token` (`id`).
    Profile {
        profile: Profile,
        may_make_tokens: bool,
        /// The token made just now, with its secret, shown this once.
        made: Option<MadeToken>,
        /// What was typed into a form that was refused.
        typed: Option<NewToken>,
        refusal: Option<ApiError>,
        done: Option<Done>,
    },
    /// `/users`: GET fields `q`, `state`, `offset`; forms with hidden `id`, `revision` and `act`: `approve` (`role`),
    /// `reject`, `set_role` (`role`), `disable`, `reset_password`, `end_sessions`.
    Users {
        query: UserQuery,
        page: UserPage,
        /// Somebody whose password was reset just now, shown this once.
        changed: Option<ChangedUser>,
        /// With both versions when it is [`ApiError::Stale`].
        refusal: Option<ApiError>,
        done: Option<Done>,
    },
    /// `/users/import`: a file field `file` (multipart); then a form with hidden `text` and `confirm=yes`.
    ImportPeople { preview: Option<PeoplePreview>, made: Option<Vec<ImportedPerson>>, refusal: Option<ApiError> },
    /// `/audit`: GET fields `who`, `action`, `outcome`, `object`, `from`, `to`, `before_id`; `/audit.csv` with the same.
    Audit { query: AuditQuery, page: AuditPage, refusal: Option<ApiError> },
    /// `/settings`: hidden `revision`, check boxes `may_sign_up`, `may_approve_own`, numbers `session_idle_min`,
    /// `session_most_h`, `audit_kept_days`, `predictions_kept_days`, `artefacts_kept_mb`. A form of its own to `/settings/clock` confirms a clock that is held.
    Settings {
        kept: KeptSettings,
        held_clock: Option<HeldClock>,
        typed: Option<Settings>,
        refusal: Option<ApiError>,
        done: Option<Done>,
    },
    /// `/jobs`: forms with hidden `act`: `begin` (`kind`), `repeat` (`id`), `cancel` (`id`), `schedule` (fields of
    /// [`TypedSchedule`]), `unschedule` (`id`).
    Jobs {
        page: JobPage,
        /// What was typed into a form that was refused.
        typed: Option<TypedSchedule>,
        refusal: Option<ApiError>,
        done: Option<Done>,
    },
    /// Instead of a page that one may not see, or that failed.
    Refused { error: ApiError, least: Option<Role> },
}

/// The document of the [`Screen`] in the context: like that of every page, but without anything that runs in the browser.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    document(options, (), || view! { <Frame/> })
}

/// The header and the page below it. Without a screen there is nothing to show.
#[component]
fn Frame() -> impl IntoView {
    provide_meta_context();
    let locale = use_locale();
    let page = use_context::<Screen>().map(|screen| page(locale, screen));
    view! {
        <Router>
            <a class="skip-link" href="#main">{t!(locale, "skip-to-content")}</a>
            <Header/>
            <main id="main" class="page screen" tabindex="-1">{page}</main>
        </Router>
    }
}

fn page(locale: Locale, screen: Screen) -> AnyView {
    match screen {
        Screen::SignIn { name, next, refusal, may_sign_up } => {
            entrance::sign_in::page(locale, name, next, refusal, may_sign_up)
        }
        Screen::SignUp { name, refusal, is_open } => entrance::sign_up::page(locale, name, refusal, is_open),
        Screen::Waiting => entrance::waiting::page(locale),
        Screen::Setup { key, name, refusal } => entrance::setup::page(locale, key, name, refusal),
        Screen::Link { key, refusal } => entrance::link::page(locale, key, refusal),
        Screen::SignedOut => entrance::signed_out::page(locale),
        Screen::Password { is_forced, refusal } => password::page(locale, is_forced, refusal),
        Screen::Profile { profile, may_make_tokens, made, typed, refusal, done } => {
            profile::page(locale, profile::ProfileScreen { profile, may_make_tokens, made, typed, refusal, done })
        }
        Screen::Users { query, page, changed, refusal, done } => {
            users::page(locale, users::UsersScreen { query, page, changed, refusal, done })
        }
        Screen::ImportPeople { preview, made, refusal } => import_people::page(locale, preview, made, refusal),
        Screen::Audit { query, page, refusal } => audit::page(locale, query, page, refusal),
        Screen::Settings { kept, held_clock, typed, refusal, done } => {
            settings::page(locale, kept, held_clock, typed, refusal, done)
        }
        Screen::Jobs { page, typed, refusal, done } => jobs::page(locale, page, typed, refusal, done),
        Screen::Refused { error, least } => refused::page(locale, &error, least),
    }
}

#[cfg(test)]
mod tests;
