//! What an admin may do to a person: let in or not, and behind a second step everything else.

use contract::access::Role;
use contract::accounts::{UserLine, UserQuery, UserState};
use contract::address::users_path;
use leptos::prelude::*;

use crate::components::SelectField;
use crate::locale::Locale;
use crate::screens::form::hidden;
use crate::t;
use crate::wording::accounts;

/// Whoever waits: let in with a role, or not.
pub fn decision(locale: Locale, query: &UserQuery, at: usize, user: &UserLine) -> AnyView {
    let approve = view! {
        {role_choice(locale, format!("person-{at}-role"), t!(locale, "users-approve-as"), user.role)}
        <button class="button" type="submit">{t!(locale, "users-approve")}{about(user)}</button>
    };
    let reject = view! {
        <button class="button" type="submit">{t!(locale, "users-reject")}{about(user)}</button>
    };
    view! {
        <div class="person__decision">
            {change(query, user, "approve", "person__approve", approve.into_any())}
            {change(query, user, "reject", "person__reject", reject.into_any())}
        </div>
    }
    .into_any()
}

/// Everything else, folded away.
pub fn changes(locale: Locale, query: &UserQuery, at: usize, user: &UserLine) -> AnyView {
    let forms: Vec<AnyView> = if user.state == UserState::Active {
        let set_role = view! {
            {role_choice(locale, format!("person-{at}-role"), t!(locale, "field-role"), user.role)}
            <button class="button" type="submit">{t!(locale, "users-set-role")}</button>
        };
        let mut forms = vec![change(query, user, "set_role", "change change--role", set_role.into_any())];
        if user.n_sessions > 0 {
            let (text, act) = (t!(locale, "users-end-sessions-text"), t!(locale, "users-end-sessions"));
            forms.push(one_button(query, user, "end_sessions", text, act, "button"));
        }
        let (text, act) = (t!(locale, "users-reset-text"), t!(locale, "users-reset"));
        forms.push(one_button(query, user, "reset_password", text, act, "button"));
        let (text, act) = (t!(locale, "users-disable-text"), t!(locale, "users-disable"));
        forms.push(one_button(query, user, "disable", text, act, "button button--danger"));
        forms
    } else {
        let approve = view! {
            {role_choice(locale, format!("person-{at}-role"), t!(locale, "users-approve-as"), user.role)}
            <button class="button" type="submit">{t!(locale, "users-let-in")}</button>
        };
        vec![change(query, user, "approve", "change change--role", approve.into_any())]
    };
    view! {
        <details class="fold">
            <summary>{t!(locale, "users-change")}{about(user)}</summary>
            <div class="changes">{forms}</div>
        </details>
    }
    .into_any()
}

fn one_button(
    query: &UserQuery,
    user: &UserLine,
    act: &'static str,
    text: String,
    button: String,
    class: &'static str,
) -> AnyView {
    let content = view! {
        <p class="change__text">{text}</p>
        <button class=class type="submit">{button}{about(user)}</button>
    };
    change(query, user, act, "change", content.into_any())
}

/// A form that says what is done to whom, and on which revision. It comes back to the same list.
fn change(query: &UserQuery, user: &UserLine, act: &'static str, class: &'static str, content: AnyView) -> AnyView {
    view! {
        <form class=class method="post" action=users_path(query)>
            {hidden("act", act)}
            {hidden("id", user.id.clone())}
            {hidden("revision", user.revision.to_string())}
            {content}
        </form>
    }
    .into_any()
}

fn role_choice(locale: Locale, id: String, label: String, role: Role) -> AnyView {
    view! { <SelectField id name="role" label options=accounts::role_options(locale) chosen=role.code()/> }.into_any()
}

/// Whom a button is about, for those who hear the buttons one after another.
fn about(user: &UserLine) -> AnyView {
    view! { <span class="visually-hidden">{format!(" {}", user.name)}</span> }.into_any()
}
