//! Words from `locales/<language>/app.ftl`.
//!
//! Both languages are loaded once; each [`Locale`] then has a loader of its own that is never changed, so that two
//! requests in two languages cannot disturb each other. Isolation marks are off: they would show in titles and copies.

use std::sync::LazyLock;

use i18n_embed::LanguageLoader;
use i18n_embed::fluent::FluentLanguageLoader;
use rust_embed::RustEmbed;
use unic_langid::LanguageIdentifier;

use crate::locale::Locale;

#[derive(RustEmbed)]
#[folder = "../locales"]
struct Localizations;

static ALL: LazyLock<FluentLanguageLoader> = LazyLock::new(|| {
    let loader = FluentLanguageLoader::new("app", tag(Locale::Ko));
    // The files are part of the binary and a test reads them, so this cannot fail at run time; if it did, the
    // loader would show message names, which is better than no page.
    let _ = loader.load_languages(&Localizations, &Locale::ALL.map(tag));
    loader.set_use_isolating(false);
    loader
});
static KOREAN: LazyLock<FluentLanguageLoader> = LazyLock::new(|| ALL.select_languages(&[tag(Locale::Ko)]));
static ENGLISH: LazyLock<FluentLanguageLoader> = LazyLock::new(|| ALL.select_languages(&[tag(Locale::En)]));

fn tag(locale: Locale) -> LanguageIdentifier {
    locale.code().parse().unwrap_or_default()
}

impl Locale {
    /// The words of this language.
    pub fn loader(self) -> &'static FluentLanguageLoader {
        match self {
            Self::Ko => &KOREAN,
            Self::En => &ENGLISH,
        }
    }
}

/// `t!(locale, "key")` or `t!(locale, "key", name = value)`: a text, its key and arguments checked when compiling.
#[macro_export]
macro_rules! t {
    ($locale:expr, $($message:tt)+) => {
        ::i18n_embed_fl::fl!($locale.loader(), $($message)+)
    };
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    /// Key → arguments of one locale file.
    fn messages(language: &str) -> BTreeMap<String, BTreeSet<String>> {
        let file = Localizations::get(&format!("{language}/app.ftl")).expect("both locale files are embedded");
        let text = String::from_utf8(file.data.to_vec()).expect("locale files are UTF-8");
        let mut messages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut key = String::new();
        for line in text.lines() {
            if let Some((name, _)) = line.split_once(" =").filter(|(name, _)| !name.starts_with([' ', '#'])) {
                key = name.to_owned();
                assert!(messages.insert(key.clone(), BTreeSet::new()).is_none(), "{language}: {key} stands twice");
            }
            for part in line.split('$').skip(1) {
                let name: String = part.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
                messages.entry(key.clone()).or_default().insert(name);
            }
        }
        messages
    }

    #[test]
    fn both_languages_have_the_same_keys_and_arguments() {
        let (korean, english) = (messages("ko"), messages("en"));
        assert!(korean.len() > 50, "only {} keys were read", korean.len());
        assert_eq!(korean, english);
    }

    #[test]
    fn each_locale_speaks_its_own_language_without_isolation_marks() {
        let texts: Vec<String> =
            Locale::ALL.iter().map(|locale| t!(locale, "error-not-found", key = "GL-24#17")).collect();
        assert_ne!(texts[0], texts[1]);
        assert!(texts.iter().all(|text| text.contains("GL-24#17") && !text.contains('\u{2068}')), "{texts:?}");
    }
}
