//! `/users`: everybody who has an account, those who wait for an admin first.
//!
//! Comes in: a page of people, and what became of the last form. Goes out: rows with forms that name the revision.
//! Never does: to oneself what would lock oneself out.

mod changes;
mod filter;
mod person;

use contract::accounts::{ChangedUser, PAGE_LEN, UserPage, UserQuery, UserState};
use contract::address::{Done, users_path};
use contract::error::ApiError;
use leptos::prelude::*;

use crate::components::{Empty, Icon, Secret, Shape};
use crate::locale::Locale;
use crate::t;
use crate::wording::format;

use super::form::{done, refusal};
use super::section_nav::{Section, section_page};

use filter::filter;
use person::person;

/// What the page shows.
pub struct UsersScreen {
    pub query: UserQuery,
    pub page: UserPage,
    pub changed: Option<ChangedUser>,
    pub refusal: Option<ApiError>,
    pub done: Option<Done>,
}

/// The page.
pub fn page(locale: Locale, screen: UsersScreen) -> AnyView {
    let UsersScreen { query, page, changed, refusal: refused, done: succeeded } = screen;
    let secret = changed.and_then(|changed| {
        let title = t!(locale, "users-temporary", name = changed.user.name.as_str());
        let text = changed.temporary_password?;
        Some(view! { <Secret title text advice=t!(locale, "users-temporary-advice")/> })
    });
    let paging = paging(locale, &query, &page);
    let n_shown = page.users.len();
    let is_narrowed = !query.q.is_empty() || query.state.is_some();
    let (waiting, others): (Vec<_>, Vec<_>) =
        page.users.into_iter().enumerate().partition(|(_, user)| user.state == UserState::Pending);
    let rows = |users: Vec<_>| -> Vec<AnyView> {
        users.into_iter().map(|(at, user)| person(locale, &query, at, user)).collect()
    };
    let waiting_card = (!waiting.is_empty()).then(|| {
        view! {
            <section class="card card--waiting" aria-labelledby="waiting-title">
                <h2 id="waiting-title">{t!(locale, "users-waiting")}</h2>
                <p class="muted">{t!(locale, "users-roles")}</p>
                <ul class="people">{rows(waiting)}</ul>
            </section>
        }
    });
    let list = if n_shown == 0 {
        let (title, hint) = if is_narrowed {
            (t!(locale, "users-none"), t!(locale, "users-none-hint"))
        } else {
            (t!(locale, "users-nobody"), t!(locale, "users-nobody-hint"))
        };
        view! { <section class="card"><Empty title hint/></section> }.into_any()
    } else {
        let others_card = (!others.is_empty()).then(|| {
            view! {
                <section class="card" aria-labelledby="people-title">
                    <h2 id="people-title">{t!(locale, "users-list")}</h2>
                    <ul class="people">{rows(others)}</ul>
                </section>
            }
        });
        view! { {waiting_card} {others_card} }.into_any()
    };
    let content = view! {
        {done(locale, succeeded)}
        {refusal(locale, refused.as_ref(), None)}
        {secret}
        {filter(locale, &query, page.total, page.n_pending)}
        {list}
        {paging}
    };
    section_page(locale, Section::Users, Some(t!(locale, "users-lead")), content.into_any())
}

fn paging(locale: Locale, query: &UserQuery, page: &UserPage) -> Option<AnyView> {
    let after = query.offset + page.users.len();
    if query.offset == 0 && after >= page.total {
        return None;
    }
    let at = |offset| users_path(&UserQuery { offset, ..query.clone() });
    let before = (query.offset > 0).then(|| at(query.offset.saturating_sub(PAGE_LEN)));
    let next = (after < page.total).then(|| at(after));
    let range = (!page.users.is_empty()).then(|| {
        t!(
            locale,
            "results-range",
            first = format::count(query.offset + 1),
            last = format::count(after),
            total = format::count(page.total)
        )
    });
    Some(
        view! {
            {range.map(|range| view! { <p class="muted">{range}</p> })}
            <nav class="paging" aria-label=t!(locale, "paging-label")>
                {before.map(|href| view! {
                    <a class="button" rel="prev" href=href>
                        <Icon shape=Shape::ChevronLeft/><span>{t!(locale, "paging-previous")}</span>
                    </a>
                })}
                {next.map(|href| view! {
                    <a class="button" rel="next" href=href>
                        <span>{t!(locale, "paging-next")}</span><Icon shape=Shape::ChevronRight/>
                    </a>
                })}
            </nav>
        }
        .into_any(),
    )
}
