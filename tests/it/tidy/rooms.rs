//! What may be named from where: the table "What may be touched from where" of the house.

mod laws;

use laws::{LAWS, Law};

use super::rust::{Kind, resolved_paths, tokens};
use super::tree::{self, TextFile};

/// Whether `path` is `room` itself or lies below it; `room` stands for both `room/` and `room.rs`.
fn is_in(path: &str, room: &str) -> bool {
    path.strip_prefix(room).is_some_and(|rest| rest.starts_with('/') || rest == ".rs")
}

fn violations(laws: &[Law], file: &TextFile) -> Vec<String> {
    let paths = resolved_paths(&file.path, &file.text);
    let mut found = Vec::new();
    for law in laws.iter().filter(|law| is_in(&file.path, law.room) && !law.except.iter().any(|e| is_in(&file.path, e)))
    {
        for path in &paths {
            let named = path.segments.join("::");
            if law.never.iter().any(|never| named == *never || named.starts_with(&format!("{never}::"))) {
                found.push(format!("{}:{}: {named}, but {}", file.path, path.line, law.because));
            }
        }
    }
    found
}

/// A page is deleted by deleting its folder, so no page names another.
fn between_pages(file: &TextFile) -> Vec<String> {
    let Some(own) = file.path.strip_prefix("app/src/pages/") else { return Vec::new() };
    let own = own.split(['/', '.']).next().unwrap_or_default();
    resolved_paths(&file.path, &file.text)
        .into_iter()
        .filter(|path| path.segments.starts_with(&["crate".to_owned(), "pages".to_owned()]))
        .filter(|path| path.segments.get(2).is_some_and(|other| other != own))
        .map(|path| format!("{}:{}: {} belongs to another page", file.path, path.line, path.segments.join("::")))
        .collect()
}

/// Lines with `cfg(… feature …)`, in any of its forms.
fn feature_cfgs(file: &TextFile) -> Vec<String> {
    let tokens = tokens(&file.text);
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let is_cfg = matches!(&token.kind, Kind::Ident(word) if word == "cfg" || word == "cfg_attr");
        let inside = tokens[at + 1..].iter().skip_while(|t| t.kind == Kind::Punct('!'));
        let mut depth = 0;
        let names_feature = inside
            .take_while(|t| {
                depth += match t.kind {
                    Kind::Punct('(') => 1,
                    Kind::Punct(')') => -1,
                    _ => 0,
                };
                depth > 0
            })
            .any(|t| t.kind == Kind::Ident("feature".to_owned()));
        if is_cfg && names_feature {
            found.push(format!("{}:{}", file.path, token.line));
        }
    }
    found
}

fn all_sources() -> Vec<TextFile> {
    ["engine/src", "contract/src", "app/src", "server/src", "frontend/src"]
        .iter()
        .flat_map(|folder| tree::below(folder, "rs"))
        .collect()
}

#[test]
fn each_room_names_only_what_it_may() {
    let found: Vec<String> = all_sources().iter().flat_map(|file| violations(LAWS, file)).collect();
    tree::assert_none(&found);
}

#[test]
fn pages_do_not_know_each_other() {
    let found: Vec<String> = tree::below("app/src/pages", "rs").iter().flat_map(between_pages).collect();
    tree::assert_none(&found);
}

#[test]
fn the_screen_has_at_most_five_feature_cfgs() {
    let found: Vec<String> = tree::below("app/src", "rs").iter().flat_map(feature_cfgs).collect();
    assert!(found.len() <= 5, "{} feature cfgs in app: {found:?}", found.len());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_law_catches_each_path_it_forbids() {
        for law in LAWS {
            for never in law.never {
                let file = TextFile::new(&format!("{}/x.rs", law.room), &format!("fn f() {{ {never}::y(); }}"));
                assert!(!violations(std::slice::from_ref(law), &file).is_empty(), "{}: {never}", law.room);
            }
        }
    }

    #[test]
    fn a_use_group_is_caught_and_a_longer_name_is_not() {
        let group = TextFile::new("engine/src/x.rs", "use std::{collections::BTreeMap, fs::File};");
        assert_eq!(violations(LAWS, &group).len(), 1);
        let longer = TextFile::new(
            "engine/src/x.rs",
            "use tokio_like::spawn; // tokio::spawn\nconst S: &str = \"sqlx::query\";",
        );
        assert_eq!(violations(LAWS, &longer), Vec::<String>::new());
    }

    #[test]
    fn an_arrow_that_once_pointed_up_is_caught() {
        for (path, text) in [
            ("server/src/middleware/shape.rs", "use crate::forms::{self, Visit};"),
            ("server/src/middleware/identify.rs", "use crate::{forms, net::peer::Peer};"),
            ("server/src/middleware/whole.rs", "use crate::rest::reply::Refusal;"),
            ("server/src/exchange/visit.rs", "use crate::middleware::identify::acting_of;"),
            ("server/src/net/peer.rs", "use crate::middleware::request_id;"),
            ("server/src/forms/users.rs", "use crate::rest::reply::Query;"),
            ("server/src/forms.rs", "fn f() { crate::db::items::get(); }"),
            ("server/src/auth/throttle.rs", "use super::super::services::Services;"),
            ("server/src/cli/serve.rs", "use crate::router::build;"),
            ("server/src/jobs/worker.rs", "use crate::forms::jobs;"),
            ("app/src/wording/accounts.rs", "use crate::screens::Done;"),
            ("app/src/screens/users.rs", "use super::super::api::items::find;"),
        ] {
            let file = TextFile::new(path, text);
            assert!(!violations(LAWS, &file).is_empty(), "{path}: {text}");
        }
    }

    #[test]
    fn a_page_that_names_another_is_caught() {
        let file =
            TextFile::new("app/src/pages/home.rs", "use super::predict::form::Form; use crate::components::button;");
        assert_eq!(between_pages(&file).len(), 1);
        let own = TextFile::new("app/src/pages/predict/form.rs", "use super::table; use crate::pages::predict::time;");
        assert_eq!(between_pages(&own), Vec::<String>::new());
    }

    #[test]
    fn feature_cfgs_are_counted_in_every_form() {
        let text = "#[cfg(feature = \"ssr\")] fn a() {} #[cfg(all(test, feature = \"x\"))] fn b() {}\n\
                    fn c() { if cfg!(feature = \"hydrate\") {} } #[cfg(test)] mod t { fn feature() {} }";
        assert_eq!(feature_cfgs(&TextFile::new("app/src/x.rs", text)).len(), 3);
    }
}
