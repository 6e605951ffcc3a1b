//! What is said of security is true of the program: paths, tests, requirements, the table of access, forbidden words, the log.

use std::collections::BTreeMap;

use contract::access::{Access, Action, Role, Standing, verdict};

use super::rust::{Kind, tokens};
use super::tree::{self, TextFile};

const DOCUMENT: &str = "docs/SECURITY.md";

/// Requirements of levels 1 and 2.
///
/// # Source
/// OWASP ASVS 5.0, chapters 3, 5, 6, 7, 8 and 16.
const REQUIREMENTS: &str = "3.2.1 3.2.2 3.3.1 3.3.2 3.3.3 3.3.4 3.4.1 3.4.2 3.4.3 3.4.4 3.4.5 3.4.6 3.5.1 3.5.2 3.5.3 3.5.4 \
    3.5.5 3.7.1 3.7.2 5.1.1 5.2.1 5.2.2 5.2.3 5.3.1 5.3.2 5.4.1 5.4.2 5.4.3 6.1.1 6.1.2 6.1.3 6.2.1 \
    6.2.2 6.2.3 6.2.4 6.2.5 6.2.6 6.2.7 6.2.8 6.2.9 6.2.10 6.2.11 6.2.12 6.3.1 6.3.2 6.3.3 6.3.4 6.4.1 \
    6.4.2 6.4.3 6.4.4 6.5.1 6.5.2 6.5.3 6.5.4 6.5.5 6.6.1 6.6.2 6.6.3 6.8.1 6.8.2 6.8.3 6.8.4 7.1.1 \
    7.1.2 7.1.3 7.2.1 7.2.2 7.2.3 7.2.4 7.3.1 7.3.2 7.4.1 7.4.2 7.4.3 7.4.4 7.4.5 7.5.1 7.5.2 7.6.1 \
    7.6.2 8.1.1 8.1.2 8.2.1 8.2.2 8.2.3 8.3.1 8.4.1 16.1.1 16.2.1 16.2.2 16.2.3 16.2.4 16.2.5 16.3.1 \
    16.3.2 16.3.3 16.3.4 16.4.1 16.4.2 16.4.3 16.5.1 16.5.2 16.5.3";

/// A row of a table as its cells, with the number of its line.
fn rows(document: &TextFile) -> impl Iterator<Item = (usize, Vec<&str>)> {
    let lines = document.text.lines().enumerate().filter(|(_, line)| line.starts_with("| "));
    lines.map(|(at, line)| (at + 1, line.trim_matches('|').split(" | ").map(str::trim).collect()))
}

fn is_number(text: &str) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    parts.len() == 3 && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
}

/// The tests that a text names: those in backticks that follow a path in backticks with nothing but a blank between, or
/// a comma and a blank between each other.
fn named_tests(text: &str) -> Vec<(&str, &str)> {
    let pieces: Vec<&str> = text.split('`').collect();
    let (mut found, mut path) = (Vec::new(), None);
    for at in (1..pieces.len()).step_by(2) {
        let is_path = super::documents::looks_like_a_path(pieces[at]);
        if is_path {
            path = Some(pieces[at]);
        } else if let Some(path) = path.filter(|_| pieces[at - 1] == " " || pieces[at - 1] == ", ") {
            found.push((path, pieces[at]));
        } else {
            path = None;
        }
    }
    found
}

/// Whether a file has a test of this name.
fn has_test(file: &TextFile, name: &str) -> bool {
    if file.path.ends_with(".spec.ts") {
        return file.text.contains(&format!("test('{name}'"));
    }
    let lines: Vec<&str> = file.text.lines().map(str::trim).collect();
    let begins = [format!("fn {name}("), format!("async fn {name}(")];
    let is_one = |at: usize| begins.iter().any(|begin| lines[at].starts_with(begin.as_str()));
    (1..lines.len()).any(|at| is_one(at) && (lines[at - 1] == "#[test]" || lines[at - 1].starts_with("#[tokio::test")))
}

/// Every requirement once, each with a state, and a test where it is met.
fn wrong_rows(document: &TextFile) -> Vec<String> {
    let mut n_rows: BTreeMap<&str, usize> = REQUIREMENTS.split(' ').map(|number| (number, 0)).collect();
    let mut found = Vec::new();
    for (line, cells) in rows(document).filter(|(_, cells)| is_number(cells[0])) {
        let mut fault = |text: &str| found.push(format!("{}:{line}: {}: {text}", document.path, cells[0]));
        match n_rows.get_mut(cells[0]) {
            Some(n) => *n += 1,
            None => fault("no such requirement of levels 1 and 2"),
        }
        let [_, asked, state, how] = cells[..] else {
            fault("a row has four cells");
            continue;
        };
        if !(2..=8).contains(&asked.split_whitespace().count()) {
            fault("what it asks is said in two to eight words");
        }
        match state {
            "**met**" if named_tests(how).is_empty() => fault("no test shows that it is met"),
            "**met**" => {}
            "**not applicable**" | "**open**" if how.len() > 10 => {}
            "**not applicable**" | "**open**" => fault("no reason"),
            _ => fault("neither met, not applicable nor open"),
        }
    }
    found.extend(n_rows.into_iter().filter(|(_, n)| *n != 1).map(|(number, n)| format!("{number} stands {n} times")));
    found
}

#[test]
fn every_requirement_has_one_row_and_every_met_one_a_test() {
    tree::assert_none(&wrong_rows(&tree::read(DOCUMENT)));
}

#[test]
fn every_path_exists_and_every_test_is_there() {
    let document = tree::read(DOCUMENT);
    let mut found = super::documents::missing(&document, |path| tree::root().join(path).exists());
    assert!(found.is_empty(), "{found:?}");
    let mut n_named = 0;
    for (at, line) in document.text.lines().enumerate() {
        for (path, name) in named_tests(line) {
            n_named += 1;
            if !has_test(&tree::read(path), name) {
                found.push(format!("{DOCUMENT}:{}: {path} has no test {name}", at + 1));
            }
        }
    }
    tree::assert_none(&found);
    assert!(n_named > 80, "only {n_named} tests were found");
}

#[test]
fn the_table_of_access_is_the_programs() {
    let document = tree::read(DOCUMENT);
    let shown: BTreeMap<&str, Vec<&str>> = rows(&document)
        .filter(|(_, cells)| cells.len() == 8)
        .filter_map(|(_, cells)| Some((cells[0].strip_prefix('`')?.strip_suffix('`')?, cells[2..].to_vec())))
        .collect();
    assert_eq!(shown.len(), Action::ALL.len(), "{:?}", shown.keys());
    for action in Action::ALL {
        let may = |standing: &Standing| if verdict(action, standing).is_ok() { "yes" } else { "–" }.to_owned();
        let mut expected = vec![may(&Standing::Anonymous)];
        expected.extend(Role::ALL.map(|role| may(&Standing::Person { role, must_change_password: false })));
        expected.push(match action.access() {
            Access::Anyone => "any".to_owned(),
            Access::Person(_) => "–".to_owned(),
            Access::PersonOrToken(_, scope) => format!("`{}`", scope.code()),
        });
        assert_eq!(shown.get(action.code()), Some(&expected.iter().map(String::as_str).collect()), "{action:?}");
    }
}

/// The texts of a constant of a source file.
fn texts_of(file: &TextFile, constant: &str) -> Vec<String> {
    let begin = file.text.find(&format!("const {constant}:")).expect("the constant is there");
    let end = file.text[begin..].find("];").expect("it is an array");
    let literals = tokens(&file.text[begin..=begin + end]).into_iter();
    literals.filter_map(|token| if let Kind::Literal(text) = token.kind { Some(text) } else { None }).collect()
}

#[test]
fn every_word_that_a_password_may_not_be_is_documented() {
    let (document, rules) = (tree::read(DOCUMENT), tree::read("server/src/auth/password_rules.rs"));
    let words: Vec<String> =
        ["PRODUCT_NAMES", "KOREAN"].iter().flat_map(|constant| texts_of(&rules, constant)).collect();
    assert!(words.len() > 20, "{words:?}");
    let missing: Vec<&String> = words.iter().filter(|word| !document.text.contains(&format!("`{word}`"))).collect();
    assert!(missing.is_empty(), "{DOCUMENT} does not name {missing:?}");
}

/// Where a log could begin, outside of tests.
fn logs(file: &TextFile) -> Vec<String> {
    let code = file.text.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = code.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"));
    let begun = lines.filter(|(_, line)| {
        [
            "tracing_subscriber::fmt",
            "with_writer(",
            "set_global_default",
            "tracing_appender",
            "eprintln!",
            "OpenOptions",
        ]
        .iter()
        .any(|beginning| line.contains(beginning))
    });
    begun.map(|(at, line)| format!("{}:{}: {}", file.path, at + 1, line.trim())).collect()
}

#[test]
fn the_log_has_one_way_out() {
    let files = ["server/src", "engine/src", "contract/src", "app/src"]
        .into_iter()
        .flat_map(|folder| tree::below(folder, "rs"));
    let found: Vec<String> = files.flat_map(|file| logs(&file)).collect();
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(
        found[0].starts_with("server/src/cli.rs:") && found[0].contains("with_writer(std::io::stderr)"),
        "{found:?}"
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_without_a_test_twice_or_without_a_state_is_found() {
        let text = "| 3.2.1 | a b c | **met** | somehow |\n| 3.2.2 | a b c | **met** | `a/b.rs` `c_d` |\n\
                    | 3.2.2 | a b c | **open** | too hard to build |\n| 3.3.1 | a b c | perhaps | it is |\n\
                    | 3.3.2 | a b c | **open** | – |\n| 3.2.3 | a b c | **open** | it is of level 3 |\n| 16.5.3 | a b c |\n";
        let found = wrong_rows(&TextFile::new("docs/X.md", text));
        let has = |part: &str| assert!(found.iter().any(|fault| fault.contains(part)), "{part}: {found:?}");
        has("docs/X.md:1: 3.2.1: no test shows");
        has("docs/X.md:4: 3.3.1: neither met");
        has("docs/X.md:5: 3.3.2: no reason");
        has("docs/X.md:6: 3.2.3: no such requirement");
        has("docs/X.md:7: 16.5.3: a row has four cells");
        has("3.2.2 stands 2 times");
        has("7.5.2 stands 0 times");
        assert!(!found.iter().any(|fault| fault.contains("X.md:2:")), "{found:?}");
    }

    #[test]
    fn only_what_directly_follows_a_path_is_a_test_and_it_must_be_one() {
        let text = "`a/b.rs` `one`, `two`; `three`, see `c/d.rs`, and `four`, `e/f.rs` `five` of `six`";
        assert_eq!(named_tests(text), [("a/b.rs", "one"), ("a/b.rs", "two"), ("e/f.rs", "five")]);
        let rust =
            TextFile::new("a.rs", "#[test]\nfn one() {}\n\n#[tokio::test]\n    async fn two() {}\nfn three() {}\n");
        assert!(has_test(&rust, "one") && has_test(&rust, "two"));
        assert!(!has_test(&rust, "three") && !has_test(&rust, "on"));
        let browser = TextFile::new("a.spec.ts", "test('signs in', async () => {});");
        assert!(has_test(&browser, "signs in") && !has_test(&browser, "signs"));
    }

    #[test]
    fn another_log_is_found_and_one_of_a_test_is_not() {
        let text =
            "tracing_subscriber::fmt().init();\n// eprintln!\n#[cfg(test)]\nmod tests { fn x() { eprintln!() } }";
        assert_eq!(logs(&TextFile::new("a.rs", text)), ["a.rs:1: tracing_subscriber::fmt().init();"]);
    }
}
