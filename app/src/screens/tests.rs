//! Every page in every state, in both languages, with hostile text wherever a user's text can stand.
//!
//! Comes in: the screens of `samples`. Goes out: what is wrong with their HTML, as `html` reads it.
//! Never does: judging the look.

mod html;
mod samples;

use std::collections::{BTreeMap, BTreeSet};

use contract::access::Role;
use leptos::prelude::*;
use leptos_meta::ServerMetaContext;
use leptos_router::location::RequestUrl;

use crate::locale::Locale;
use crate::session::SignedIn;

use super::{Screen, shell};
use html::{Element, elements};
use samples::{HOSTILE, hostile, screens};

/// The document of a screen, for somebody of this role or for nobody.
pub fn render(locale: Locale, role: Option<Role>, screen: Screen) -> String {
    Owner::new().with(|| {
        provide_context(locale);
        provide_context(RequestUrl::new("/here"));
        provide_context(ServerMetaContext::new().0);
        if let Some(role) = role {
            provide_context(SignedIn { name: hostile("me"), role });
        }
        provide_context(screen);
        shell(LeptosOptions::builder().output_name("test").build()).to_html()
    })
}

/// Looks at every page in both languages and fails with all that `faults` finds.
fn assert_none(faults: impl Fn(&str, &[Element]) -> Vec<String>) {
    let mut found = Vec::new();
    for (name, role, screen) in screens() {
        for locale in Locale::ALL {
            let html = render(locale, role, screen.clone());
            let faults = faults(&html, &elements(&html));
            found.extend(faults.into_iter().map(|fault| format!("{name}, {}: {fault}", locale.code())));
        }
    }
    assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n"));
}

fn ids(elements: &[Element]) -> BTreeSet<&str> {
    elements.iter().filter_map(|element| element.attribute("id")).collect()
}

#[test]
fn text_of_users_stays_text() {
    let mut n_checked = 0;
    for (name, role, screen) in screens() {
        let given = samples::labels(&format!("{screen:?}"));
        for locale in Locale::ALL {
            let html = render(locale, role, screen.clone());
            let text = html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
            for label in given.iter().filter(|label| !samples::is_never_shown(label)) {
                assert!(text.contains(&hostile(label)), "{name}: {label} is not shown whole");
                n_checked += 1;
            }
            assert!(!html.contains("<script>") && !html.contains("</textarea"), "{name}: {html}");
            assert!(!html.contains(HOSTILE), "{name}");
        }
    }
    assert!(n_checked > 200, "only {n_checked} texts were found");
}

#[test]
fn nothing_runs_and_nothing_is_styled_in_the_page() {
    assert_none(|html, elements| {
        let is_wrong = |element: &&Element| {
            let is_forbidden = ["textarea", "style", "iframe", "object", "base"].contains(&element.name.as_str());
            let is_script =
                element.name == "script" && !["/clear.js", "/jobs.js"].map(Some).contains(&element.attribute("src"));
            let has_handler = element.attributes.iter().any(|(name, _)| name == "style" || name.starts_with("on"));
            let is_odd =
                element.attributes.iter().any(|(name, _)| !name.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-'));
            is_forbidden || is_script || has_handler || is_odd
        };
        let preloads = html.contains("modulepreload").then(|| "a module is loaded".to_owned());
        elements.iter().filter(is_wrong).map(|element| format!("{element:?}")).chain(preloads).collect()
    });
}

#[test]
fn every_field_has_a_label_and_texts_that_exist() {
    assert_none(|_, elements| {
        let labels: BTreeSet<&str> =
            elements.iter().filter(|e| e.name == "label").filter_map(|e| e.attribute("for")).collect();
        let ids = ids(elements);
        let mut found = Vec::new();
        for element in elements {
            let is_field =
                matches!(element.name.as_str(), "input" | "select") && element.attribute("type") != Some("hidden");
            if is_field && !element.attribute("id").is_some_and(|id| labels.contains(id)) {
                found.push(format!("no label: {element:?}"));
            }
            for reference in ["aria-describedby", "aria-labelledby"].iter().filter_map(|name| element.attribute(name)) {
                found.extend(reference.split(' ').filter(|id| !ids.contains(id)).map(|id| format!("no #{id}")));
            }
            let anchor = element.attribute("href").and_then(|href| href.strip_prefix('#'));
            found.extend(anchor.filter(|id| !ids.contains(id)).map(|id| format!("no #{id} to go to")));
        }
        found
    });
}

#[test]
fn ids_stand_once_and_each_page_has_one_heading() {
    assert_none(|_, elements| {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for id in elements.iter().filter_map(|element| element.attribute("id")) {
            *counts.entry(id).or_default() += 1;
        }
        let n_headings = elements.iter().filter(|element| element.name == "h1").count();
        let twice = counts.into_iter().filter(|(_, n)| *n > 1).map(|(id, n)| format!("#{id} stands {n} times"));
        twice.chain((n_headings != 1).then(|| format!("{n_headings} headings"))).collect()
    });
}

#[test]
fn forms_name_what_they_do_and_passwords_are_never_sent_back() {
    assert_none(|_, elements| {
        let mut found = Vec::new();
        for element in elements {
            let action = element.attribute("action").unwrap_or_default();
            if element.name == "form" && !action.starts_with('/') {
                found.push(format!("no action: {element:?}"));
            }
            if element.name == "form"
                && !["get", "post"].contains(&element.attribute("method").unwrap_or_default().to_lowercase().as_str())
            {
                found.push(format!("no method: {element:?}"));
            }
            let is_password = element.attribute("type") == Some("password");
            let holds_one =
                ["password", "password_again", "old"].contains(&element.attribute("name").unwrap_or_default());
            if element.name == "input" && holds_one && !is_password {
                found.push(format!("a password can be read: {element:?}"));
            }
            if is_password
                && (element.attribute("value").is_some()
                    || element.attribute("autocomplete").is_none_or(|a| !a.ends_with("-password")))
            {
                found.push(format!("a password: {element:?}"));
            }
        }
        found
    });
}

#[test]
fn every_text_is_there() {
    assert_none(|html, _| {
        let missing = html.contains("No localization").then(|| "a text is missing".to_owned());
        missing.into_iter().collect()
    });
}

#[test]
fn nobody_sees_links_to_what_is_not_his() {
    for (_, role, screen) in screens() {
        let html = render(Locale::En, role, screen);
        let shows = |href: &str| html.contains(&format!("href=\"{href}\""));
        assert_eq!(shows("/model"), role.is_some(), "the pages are for those who are signed in");
        if role != Some(Role::Admin) {
            assert!(!shows("/users") && !shows("/audit") && !shows("/settings"), "{html}");
        }
    }
}

#[test]
fn every_change_to_a_person_names_the_revision_and_nobody_disables_oneself() {
    let screen = samples::users(vec![samples::me()]);
    let html = render(Locale::En, Some(Role::Admin), screen);
    assert!(!html.contains("value=\"disable\"") && html.contains("href=\"/profile\""));
    let others = render(Locale::En, Some(Role::Admin), samples::users(samples::people()));
    let elements = elements(&others);
    let count = |name: &str| elements.iter().filter(|element| element.attribute("name") == Some(name)).count();
    assert!(count("act") > 5, "{}", count("act"));
    assert_eq!((count("act"), count("act")), (count("revision"), count("id")));
}
