//! Where one is signed in.

use contract::accounts::SessionLine;
use contract::address::Page;
use leptos::prelude::*;

use crate::components::{Badge, Tone};
use crate::locale::Locale;
use crate::screens::form::hidden;
use crate::screens::moment::moment;
use crate::t;

/// The list, each session but the current one with a button that ends it.
pub fn sessions_card(locale: Locale, sessions: Vec<SessionLine>) -> AnyView {
    let has_others = sessions.iter().any(|session| !session.is_current);
    let rows: Vec<_> = sessions.into_iter().map(|session| row(locale, session)).collect();
    let end_others = has_others.then(|| {
        view! {
            <form method="post" action=Page::Profile.path()>
                {hidden("act", "end_others")}
                <button class="button" type="submit">{t!(locale, "sessions-end-others")}</button>
            </form>
        }
    });
    view! {
        <section class="card" aria-labelledby="sessions-title">
            <h2 id="sessions-title">{t!(locale, "sessions-title")}</h2>
            <p class="muted">{t!(locale, "sessions-text")}</p>
            <ul class="rows">{rows}</ul>
            {end_others}
        </section>
    }
    .into_any()
}

fn row(locale: Locale, session: SessionLine) -> AnyView {
    let device = if session.device.is_empty() { t!(locale, "sessions-device-unknown") } else { session.device.clone() };
    let end = if session.is_current {
        view! { <Badge tone=Tone::Accent text=t!(locale, "sessions-current")/> }.into_any()
    } else {
        view! {
            <form method="post" action=Page::Profile.path()>
                {hidden("act", "end_session")}
                {hidden("id", session.id)}
                <button class="button" type="submit">
                    {t!(locale, "sessions-end")}<span class="visually-hidden">{format!(" {device}")}</span>
                </button>
            </form>
        }
        .into_any()
    };
    view! {
        <li class="rows__row">
            <div class="rows__what">
                <span class="rows__name">{device.clone()}</span>
                <span class="rows__facts">
                    <span>{session.address}</span>
                    <span>{t!(locale, "sessions-begun")}" "{moment(locale, &session.created_at)}</span>
                    <span>{t!(locale, "sessions-seen")}" "{moment(locale, &session.seen_at)}</span>
                </span>
            </div>
            {end}
        </li>
    }
    .into_any()
}
