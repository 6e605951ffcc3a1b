//! One person as a row, with what an admin may do.

use contract::accounts::{UserLine, UserQuery, UserState};
use contract::address::Page;
use leptos::prelude::*;

use crate::components::{Badge, Tone};
use crate::locale::Locale;
use crate::screens::moment::moment;
use crate::session::use_signed_in;
use crate::t;
use crate::wording::accounts;

use super::changes::{changes, decision};

/// A row. `at` makes its ids its own.
pub fn person(locale: Locale, query: &UserQuery, at: usize, user: UserLine) -> AnyView {
    let is_me = use_signed_in().is_some_and(|person| person.name == user.name);
    let (state, tone) = accounts::user_state(locale, user.state);
    let seen = match &user.signed_in_at {
        Some(when) => view! { <span>{t!(locale, "users-signed-in")}" "{moment(locale, when)}</span> }.into_any(),
        None if user.state == UserState::Pending => {
            view! { <span>{t!(locale, "users-signed-up")}" "{moment(locale, &user.created_at)}</span> }.into_any()
        }
        None => view! { <span>{t!(locale, "users-never")}</span> }.into_any(),
    };
    let sessions =
        (user.n_sessions > 0).then(|| view! { <span>{t!(locale, "users-sessions", n = user.n_sessions)}</span> });
    let role = (user.state != UserState::Pending)
        .then(|| view! { <span class="person__role">{accounts::role(locale, user.role)}</span> });
    let actions = match user.state {
        _ if is_me => view! { <a class="button" href=Page::Profile.path()>{t!(locale, "users-own")}</a> }.into_any(),
        UserState::Pending => decision(locale, query, at, &user),
        _ => changes(locale, query, at, &user),
    };
    let folds = !is_me && user.state != UserState::Pending;
    view! {
        <li class=format!("person person--{}", if folds { "fold" } else { "flat" })>
            <div class="rows__what">
                <span class="rows__head">
                    <span class="rows__name">{user.name}</span>
                    {role}
                    <Badge tone text=state/>
                    {user.must_change_password.then(|| {
                        view! { <Badge tone=Tone::Warn text=t!(locale, "users-has-temporary")/> }
                    })}
                    {is_me.then(|| view! { <Badge tone=Tone::Accent text=t!(locale, "users-me")/> })}
                </span>
                <span class="rows__facts">{seen}{sessions}</span>
            </div>
            {actions}
        </li>
    }
    .into_any()
}
