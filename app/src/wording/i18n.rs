//! Words from `locales/<language>/app.ftl`.
//!
//! Each [`Locale`] has a loader of its own that is never changed, so that two requests in two languages cannot disturb
//! each other. Isolation marks are off: they would show in titles and copies. The server has both files in its binary;
//! the browser loads the words of its page's language, and of these only what its pages say.

use std::borrow::Cow;
use std::sync::OnceLock;

use i18n_embed::fluent::FluentLanguageLoader;
use i18n_embed::{I18nAssets, LanguageLoader};
use leptos::wasm_split::wasm_split;

use crate::locale::Locale;
use crate::slices::SliceMissing;

const KOREAN: &str = include_str!("../../../locales/ko/app.ftl");
const ENGLISH: &str = include_str!("../../../locales/en/app.ftl");

/// The line of a locale file after which stand the words that only the server's own pages use.
const SERVER_ONLY: &[u8] = b"### Only on the server";

#[wasm_split(words_ko, wasm_split_path = ::leptos::wasm_split, fallible, preload(load_words_ko))]
fn words_ko() -> Result<&'static [u8], SliceMissing> {
    static WORDS: [u8; client_len(KOREAN)] = head(KOREAN);
    Ok(&WORDS)
}

#[wasm_split(words_en, wasm_split_path = ::leptos::wasm_split, fallible, preload(load_words_en))]
fn words_en() -> Result<&'static [u8], SliceMissing> {
    static WORDS: [u8; client_len(ENGLISH)] = head(ENGLISH);
    Ok(&WORDS)
}

/// How many bytes of a locale file the browser needs.
const fn client_len(file: &str) -> usize {
    let bytes = file.as_bytes();
    let mut at = 0;
    while at + SERVER_ONLY.len() <= bytes.len() {
        let mut same = 0;
        while same < SERVER_ONLY.len() && bytes[at + same] == SERVER_ONLY[same] {
            same += 1;
        }
        if same == SERVER_ONLY.len() {
            return at;
        }
        at += 1;
    }
    bytes.len()
}

/// The first bytes of a file as a copy, without which the whole file would stand in the browser's module.
const fn head<const N: usize>(file: &str) -> [u8; N] {
    let (bytes, mut copy, mut at) = (file.as_bytes(), [0; N], 0);
    while at < N {
        copy[at] = bytes[at];
        at += 1;
    }
    copy
}

static LOADERS: [OnceLock<FluentLanguageLoader>; 2] = [OnceLock::new(), OnceLock::new()];

/// Loads the words of a language, before the browser shows the first of them.
///
/// # Errors
/// [`SliceMissing`] when they cannot be loaded.
pub async fn load(locale: Locale) -> Result<(), SliceMissing> {
    let words = match locale {
        Locale::Ko => {
            load_words_ko().await?;
            words_ko().await?
        }
        Locale::En => {
            load_words_en().await?;
            words_en().await?
        }
    };
    LOADERS[locale as usize].get_or_init(|| loader(locale, words));
    Ok(())
}

impl Locale {
    /// The words of this language.
    pub fn loader(self) -> &'static FluentLanguageLoader {
        LOADERS[self as usize].get_or_init(|| {
            let words = match self {
                // The browser has loaded them; if it had not, message names would show, which is better than no page.
                _ if cfg!(target_family = "wasm") => "",
                Self::Ko => KOREAN,
                Self::En => ENGLISH,
            };
            loader(self, words.as_bytes())
        })
    }
}

fn loader(locale: Locale, words: &'static [u8]) -> FluentLanguageLoader {
    let tag = locale.code().parse().unwrap_or_default();
    let loader = FluentLanguageLoader::new("app", tag);
    // A test reads the files, so this cannot fail at run time; if it did, message names would show.
    let _ = loader.load_languages(&File(words), &[loader.fallback_language().clone()]);
    loader.set_use_isolating(false);
    loader
}

/// One file, under whatever name it is asked for.
struct File(&'static [u8]);

impl I18nAssets for File {
    fn get_files(&self, _: &str) -> Vec<Cow<'_, [u8]>> {
        vec![Cow::Borrowed(self.0)]
    }

    fn filenames_iter(&self) -> Box<dyn Iterator<Item = String> + '_> {
        Box::new(std::iter::empty())
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
    fn messages(file: &str) -> BTreeMap<String, BTreeSet<String>> {
        let mut messages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut key = String::new();
        for line in file.lines() {
            if let Some((name, _)) = line.split_once(" =").filter(|(name, _)| !name.starts_with([' ', '#'])) {
                key = name.to_owned();
                assert!(messages.insert(key.clone(), BTreeSet::new()).is_none(), "{key} stands twice");
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
        let (korean, english) = (messages(KOREAN), messages(ENGLISH));
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

    #[test]
    fn the_browser_gets_the_words_before_the_mark_and_no_others() {
        const FILE: &str = "a = 가\n### Only on the server\nb = B\n";
        assert_eq!(head::<{ client_len(FILE) }>(FILE), *"a = 가\n".as_bytes());
        assert_eq!(client_len("a = A\n### Only"), 14);
        assert_eq!(
            messages(&KOREAN[..client_len(KOREAN)]).into_keys().collect::<Vec<_>>(),
            messages(&ENGLISH[..client_len(ENGLISH)]).into_keys().collect::<Vec<_>>()
        );
    }
}
