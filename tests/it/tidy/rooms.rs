//! What may be named from where: the table "What may be touched from where" of the house.

use super::rust::{Kind, resolved_paths, tokens};
use super::tree::{self, TextFile};

/// One row: files under `room` never name a path that begins with one of `never`.
struct Law {
    room: &'static str,
    /// Files below `room` to which the row does not apply.
    except: &'static [&'static str],
    never: &'static [&'static str],
    because: &'static str,
}

const LAWS: &[Law] = &[
    Law {
        room: "engine/src",
        except: &[],
        never: &[
            "tokio",
            "sqlx",
            "axum",
            "leptos",
            "leptos_router",
            "web_sys",
            "wasm_bindgen",
            "anyhow",
            "reqwest",
            "std::fs",
            "std::time",
            "std::env",
            "std::net",
            "std::process",
            "rand::thread_rng",
            "rand::random",
            "getrandom",
            "chrono::Utc::now",
            "chrono::Local",
            "tracing",
        ],
        because: "the engine has no IO, clock, async or ambient randomness: the same bytes give the same answer on both sides",
    },
    Law {
        room: "engine/src",
        except: &["engine/src/side_by_side"],
        never: &["std::thread"],
        because: "the engine has no threads beyond rayon's, but for those of an import that end with it",
    },
    Law {
        room: "engine/src",
        except: &["engine/src/clean/text"],
        never: &["js_sys"],
        because: "the engine asks the browser for nothing but the tables of Unicode (ADR 0004)",
    },
    Law {
        room: "contract/src",
        except: &[],
        never: &[
            "leptos",
            "leptos_router",
            "server_fn",
            "axum",
            "sqlx",
            "tokio",
            "rexie",
            "web_sys",
            "js_sys",
            "wasm_bindgen",
            "app",
            "server",
            "frontend",
            "std::fs",
            "std::time",
            "anyhow",
        ],
        because: "both sides compile against the contract, so it knows nothing of either",
    },
    Law {
        room: "app/src",
        except: &[],
        never: &[
            "sqlx",
            "axum",
            "tokio",
            "rexie",
            "server",
            "frontend",
            "std::fs",
            "std::time::Instant",
            "std::time::SystemTime",
            "anyhow",
        ],
        because: "the screen reaches outward only through Backend and Browser",
    },
    Law {
        room: "app/src/api",
        except: &[],
        never: &["crate::pages", "crate::components", "web_sys", "leptos_axum"],
        because: "a server function asks the server and knows neither screens nor handlers",
    },
    Law {
        room: "app/src/components",
        except: &[],
        never: &[
            "crate::api",
            "crate::backend",
            "crate::browser",
            "crate::session",
            "crate::pages",
            "engine::model",
            "engine::Model",
        ],
        because: "a component knows nothing of the domain and never fetches",
    },
    Law {
        room: "app/src/offline",
        except: &[],
        never: &[
            "web_sys",
            "js_sys",
            "gloo_net",
            "gloo_timers",
            "gloo_storage",
            "wasm_bindgen",
            "std::time",
            "chrono::Utc::now",
            "leptos",
        ],
        because: "the offline rules are pure, so that they are tested natively",
    },
    Law {
        room: "server/src",
        except: &[],
        never: &["utoipa::ToSchema", "utoipa::IntoParams", "utoipa::PartialSchema"],
        because: "what goes over the wire is described where it is defined, in the contract",
    },
    Law {
        room: "server/src/services",
        except: &[],
        never: &["axum", "leptos_axum", "tower_http", "crate::jobs", "crate::rest", "crate::router", "anyhow"],
        because: "one use case serves UI, REST, command line and jobs",
    },
    Law {
        room: "server/src/rest",
        except: &[],
        never: &["crate::db", "sqlx"],
        because: "there is no second business layer",
    },
    Law {
        room: "server/src/db",
        except: &[],
        never: &["crate::services", "crate::rest", "axum", "leptos", "leptos_axum", "anyhow"],
        because: "all SQL is in one place and knows nothing above it",
    },
    Law {
        room: "server/src/jobs",
        except: &[],
        never: &["axum", "crate::rest", "crate::router"],
        because: "the same use case runs from the command line",
    },
    Law {
        room: "frontend/src",
        except: &[],
        never: &["server", "sqlx", "tokio", "std::fs", "std::time"],
        because: "this is the browser",
    },
];

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
