//! Every word a user reads is in `locales/`, in Korean and in English, and is used.

use std::collections::{BTreeMap, BTreeSet};

use super::rust::{Kind, product_tokens, tokens};
use super::tree::{self, TextFile};

/// Message, term or attribute (`message.attribute`) → names of its variables.
type Messages = BTreeMap<String, BTreeSet<String>>;

fn messages(ftl: &str) -> Messages {
    let mut found = Messages::new();
    let (mut message, mut key) = (String::new(), String::new());
    for line in ftl.lines() {
        let is_indented = line.starts_with([' ', '\t']);
        if line.starts_with('#') || line.trim().is_empty() {
            continue;
        }
        if let Some((name, _)) = line.split_once('=').map(|(name, text)| (name.trim(), text)) {
            if !is_indented && is_key(name.trim_start_matches('-')) {
                message = name.to_owned();
                key = name.to_owned();
            } else if let Some(attribute) = name.strip_prefix('.').filter(|a| is_indented && is_key(a)) {
                key = format!("{message}.{attribute}");
            }
        }
        let variables = found.entry(key.clone()).or_default();
        variables.extend(line.split('$').skip(1).map(|rest| {
            rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_' || *c == '-').collect::<String>()
        }));
    }
    found
}

fn is_key(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}

fn differences(korean: &Messages, english: &Messages) -> Vec<String> {
    let keys: BTreeSet<&String> = korean.keys().chain(english.keys()).collect();
    keys.into_iter()
        .filter(|key| korean.get(*key) != english.get(*key))
        .map(|key| format!("{key}: ko {:?}, en {:?}", korean.get(key), english.get(key)))
        .collect()
}

/// The keys that no source names. A literal such as `"error-{code}"` names every key that begins with `error-`.
fn unused(messages: &Messages, ftl: &str, sources: &[TextFile]) -> Vec<String> {
    let mut whole = BTreeSet::new();
    let mut prefixes = BTreeSet::new();
    for source in sources {
        for token in tokens(&source.text) {
            let Kind::Literal(text) = token.kind else { continue };
            if let Some((prefix, _)) =
                text.split_once('{').filter(|(prefix, _)| prefix.len() > 2 && prefix.ends_with('-'))
            {
                prefixes.insert(prefix.to_owned());
            }
            whole.insert(text);
        }
    }
    messages
        .keys()
        .filter(|key| !key.contains('.'))
        .filter(|key| match key.strip_prefix('-') {
            Some(_) => !ftl.contains(&format!("{{ {key}")),
            None => {
                !whole.contains(*key)
                    && !prefixes.iter().any(|prefix| is_key(prefix) && key.starts_with(prefix.as_str()))
            }
        })
        .cloned()
        .collect()
}

/// Words a user could read; the data of tests may be Korean.
fn hangul_literals(file: &TextFile) -> Vec<String> {
    let is_hangul = |c: char| matches!(c, '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}' | '\u{AC00}'..='\u{D7A3}');
    product_tokens(&file.text)
        .into_iter()
        .filter_map(|token| match token.kind {
            Kind::Literal(text) | Kind::Ident(text) if text.chars().any(is_hangul) => {
                Some(format!("{}:{}: {text:?} belongs into locales/", file.path, token.line))
            }
            _ => None,
        })
        .collect()
}

#[test]
fn korean_and_english_have_the_same_keys_and_variables() {
    let (korean, english) = (tree::read("locales/ko/app.ftl"), tree::read("locales/en/app.ftl"));
    assert!(!messages(&korean.text).is_empty(), "no key was read");
    tree::assert_none(&differences(&messages(&korean.text), &messages(&english.text)));
}

#[test]
fn every_key_is_used() {
    let korean = tree::read("locales/ko/app.ftl");
    let sources = tree::below("app/src", "rs");
    tree::assert_none(&unused(&messages(&korean.text), &korean.text, &sources));
}

#[test]
fn every_base_predictor_has_a_name() {
    let korean = messages(&tree::read("locales/ko/app.ftl").text);
    let keys = engine::model::BASE_PREDICTORS.map(|code| format!("model-method-{}", code.replace('_', "-")));
    tree::assert_none(&keys.into_iter().filter(|key| !korean.contains_key(key)).collect::<Vec<_>>());
}

#[test]
fn no_korean_stands_in_the_sources_of_the_screen() {
    let sources = ["app/src", "contract/src"].into_iter().flat_map(|folder| tree::below(folder, "rs"));
    let found: Vec<String> = sources.flat_map(|file| hangul_literals(&file)).collect();
    tree::assert_none(&found);
}

#[cfg(test)]
mod tests {
    use super::*;

    const FTL: &str = "# a comment = x\n-routing = R\nhome-title = The { -routing } of { $name }\n    .label = Go to { $place }\n\
                       error-gone = { $n ->\n    [one] one\n   *[other] { $n } more\n }\nnever = x\n";

    #[test]
    fn keys_attributes_and_variables_are_read() {
        let found = messages(FTL);
        assert_eq!(
            found.keys().collect::<Vec<_>>(),
            ["-routing", "error-gone", "home-title", "home-title.label", "never"]
        );
        assert_eq!(found["home-title.label"], BTreeSet::from(["place".to_owned()]));
        assert_eq!(found["error-gone"], BTreeSet::from(["n".to_owned()]));
    }

    #[test]
    fn a_missing_key_and_another_variable_are_differences() {
        let other = FTL.replace("never = x\n", "").replace("$name", "$code");
        assert_eq!(differences(&messages(FTL), &messages(&other)).len(), 2);
        assert_eq!(differences(&messages(FTL), &messages(FTL)), Vec::<String>::new());
    }

    #[test]
    fn an_unused_key_is_found_and_a_built_one_counts_as_used() {
        let source = TextFile::new(
            "app/src/x.rs",
            "fn f() { t!(l, \"home-title\"); get(&format!(\"error-{}\", code)); } // \"never\"",
        );
        assert_eq!(unused(&messages(FTL), FTL, &[source]), ["never"]);
    }

    #[test]
    fn hangul_in_a_literal_is_found_and_in_a_comment_is_not() {
        let file = TextFile::new(
            "app/src/x.rs",
            "// 라우팅\nfn f() { a(\"라우팅\"); b('가'); c(\"routing\"); }\n#[cfg(test)]\nmod tests { fn g() { d(\"공정\") } }",
        );
        assert_eq!(hangul_literals(&file).len(), 2);
    }
}
