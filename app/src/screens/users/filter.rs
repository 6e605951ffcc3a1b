//! Which people are listed: by state, by name; and the way to import more.

use contract::accounts::{UserQuery, UserState};
use contract::address::{Page, users_path};
use leptos::prelude::*;

use crate::components::{Icon, Shape};
use crate::locale::Locale;
use crate::screens::form::hidden;
use crate::t;
use crate::wording::{accounts, format};

/// Longest part of a name to search for.
const MAX_QUERY: usize = 100;

/// Counts stand where they are known: for what is listed, and for those who wait.
pub fn filter(locale: Locale, query: &UserQuery, total: usize, n_pending: usize) -> AnyView {
    let choice = |state: Option<UserState>| {
        let is_current = query.state == state;
        let href = users_path(&UserQuery { q: query.q.clone(), state, offset: 0 });
        let text = state.map_or_else(|| t!(locale, "users-all"), |state| accounts::user_state(locale, state).0);
        let count = match state {
            _ if is_current => Some(total),
            Some(UserState::Pending) => Some(n_pending),
            _ => None,
        };
        view! {
            <a class="tabs__link" href=href aria-current=is_current.then_some("true")>
                <span>{text}</span>
                {count.map(|count| view! { <span class="tabs__count">{format::count(count)}</span> })}
            </a>
        }
    };
    let choices: Vec<_> = std::iter::once(None).chain(UserState::ALL.map(Some)).map(choice).collect();
    view! {
        <div class="users-head">
            <form class="search-line" method="get" action=Page::Users.path() role="search">
                {query.state.map(|state| hidden("state", state.code()))}
                <label class="visually-hidden" for="q">{t!(locale, "users-search")}</label>
                <input class="input" id="q" type="search" name="q" value=query.q.clone() maxlength=MAX_QUERY
                    autocomplete="off" placeholder=t!(locale, "users-search")/>
                <button class="button button--icon" type="submit">
                    <Icon shape=Shape::Search/>
                    <span class="visually-hidden">{t!(locale, "search-submit")}</span>
                </button>
            </form>
            <a class="button" href=Page::ImportPeople.path()>{t!(locale, "users-import")}</a>
        </div>
        <nav class="tabs tabs--wrap" aria-label=t!(locale, "users-states")>{choices}</nav>
    }
    .into_any()
}
