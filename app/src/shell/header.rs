//! The bar above every page: brand, search, pages, connection, person, language, theme.
//! Before somebody is signed in there is nothing to go to: only brand, language and theme.

use contract::address::{Page, choice_path};
use leptos::prelude::*;
use leptos_router::components::Form;
use leptos_router::hooks::use_location;

use crate::components::{Icon, Notice, Shape, Tone};
use crate::locale::use_locale;
use crate::remarks::{Remark, use_remarks};
use crate::session::{SignedIn, use_signed_in};
use crate::shell::theme::Theme;
use crate::source::use_browser_status;
use crate::t;

/// The header.
#[component]
pub fn Header() -> impl IntoView {
    let locale = use_locale();
    let location = use_location();
    let is_home = Memo::new(move |_| location.pathname.with(|path| path == Page::Home.path()));
    let is_predict = Memo::new(move |_| location.pathname.with(|path| path == Page::Predict.path()));
    let is_model = Memo::new(move |_| location.pathname.with(|path| path == Page::Model.path()));
    let current = |is_current: Memo<bool>| move || is_current.get().then_some("page");
    let Some(SignedIn { name, .. }) = use_signed_in() else {
        return view! {
            <header class="header">
                <a class="header__brand" href=Page::Home.path()>{t!(locale, "brand")}</a>
                <div class="header__tools">
                    <Choices/>
                </div>
            </header>
        }
        .into_any();
    };
    let profile = t!(locale, "nav-profile", name = name.as_str());

    view! {
        <header class="header">
            <a class="header__brand" href=Page::Home.path()>{t!(locale, "brand")}</a>
            {move || (!is_home.get()).then(|| view! { <QuickSearch/> })}
            <nav class="header__nav" aria-label=t!(locale, "nav-label")>
                <a class="header__link" href=Page::Home.path() aria-current=current(is_home)>{t!(locale, "nav-home")}</a>
                <a class="header__link" href=Page::Predict.path() aria-current=current(is_predict)>{t!(locale, "nav-predict")}</a>
                <a class="header__link" href=Page::Model.path() aria-current=current(is_model)>{t!(locale, "nav-model")}</a>
            </nav>
            <div class="header__tools">
                <Connection/>
                <Choices/>
            </div>
            <a class="header__choice header__person" rel="external" href=Page::Profile.path() aria-label=profile>
                <span class="header__name">{name}</span>
            </a>
        </header>
        <Announced/>
    }
    .into_any()
}

/// What everybody should know, below the bar of every page.
#[component]
fn Announced() -> impl IntoView {
    let locale = use_locale();
    let line = move |remark: Remark| match remark {
        Remark::ModelBefore => view! { <Notice tone=Tone::Warn text=t!(locale, "remark-model-before")/> }.into_any(),
        Remark::ClockHeld => {
            let clock = format!("{}#clock", Page::Settings.path());
            view! {
                <p class="notice notice--warn" role="status">
                    <a class="notice__link" rel="external" href=clock>{t!(locale, "remark-clock-held")}</a>
                </p>
            }
            .into_any()
        }
    };
    let lines: Vec<_> = use_remarks().0.into_iter().map(line).collect();
    (!lines.is_empty()).then(|| view! { <div class="remarks">{lines}</div> }).into_any()
}

/// Search from anywhere but the home page, which has its own.
#[component]
fn QuickSearch() -> impl IntoView {
    let locale = use_locale();
    view! {
        <search class="header__search">
            <Form method="GET" action=Page::Home.path()>
                <label class="visually-hidden" for="quick-search">{t!(locale, "search-label")}</label>
                <input class="input" id="quick-search" type="search" name="q" maxlength="200" autocomplete="off"
                    placeholder=t!(locale, "search-placeholder")/>
                <button class="button button--quiet button--icon" type="submit">
                    <Icon shape=Shape::Search/>
                    <span class="visually-hidden">{t!(locale, "search-submit")}</span>
                </button>
            </Form>
        </search>
    }
    .into_any()
}

/// A dot and a word.
#[component]
fn Connection() -> impl IntoView {
    let locale = use_locale();
    let status = use_browser_status();
    let is_online = Memo::new(move |_| status.with(|status| status.is_online));
    view! {
        <span class="connection" role="status" class:connection--offline=move || !is_online.get()>
            <svg class="connection__dot" aria-hidden="true" width="10" height="10">
                <circle cx="5" cy="5" r="5"></circle>
            </svg>
            {move || if is_online.get() { t!(locale, "connection-online") } else { t!(locale, "connection-offline") }}
        </span>
    }
    .into_any()
}

/// Language and theme: links that the server answers with a cookie and a way back.
#[component]
fn Choices() -> impl IntoView {
    let locale = use_locale();
    let theme = use_context::<Theme>().unwrap_or_default();
    let location = use_location();
    let here = Memo::new(move |_| {
        let (path, search) = (location.pathname.get(), location.search.get());
        if search.is_empty() { path } else { format!("{path}?{search}") }
    });
    let (shape, theme_text) = match theme.next() {
        Theme::Light => (Shape::Sun, t!(locale, "theme-to-light")),
        Theme::Dark => (Shape::Moon, t!(locale, "theme-to-dark")),
        Theme::System => (Shape::System, t!(locale, "theme-to-system")),
    };
    let title = theme_text.clone();
    view! {
        <a class="header__choice" rel="external nofollow" lang=locale.other().code() hreflang=locale.other().code()
            href=move || choice_path("lang", locale.other().code(), &here.get())>
            {t!(locale, "language-other")}
        </a>
        <a class="header__choice" rel="external nofollow" title=title
            href=move || choice_path("theme", theme.next().code(), &here.get())>
            <Icon shape/>
            <span class="visually-hidden">{theme_text}</span>
        </a>
    }
    .into_any()
}
