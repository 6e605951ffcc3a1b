//! The names by which people sign in: what may stand in one, and when two are the same.

use std::fmt;

use strum::IntoStaticStr;
use unicode_normalization::UnicodeNormalization;

/// Fewest and most characters, after normalisation.
pub const LEAST_CHARACTERS: usize = 2;
pub const MOST_CHARACTERS: usize = 40;

/// Why a text is no user's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum NameFault {
    /// Fewer characters than `least`.
    TooShort { least: usize },
    /// More characters than `most`.
    TooLong { most: usize },
    /// A character that is no letter, digit, blank, `.`, `_` or `-`; or no letter and no digit at all.
    Characters,
}

impl NameFault {
    /// The code by which pages and other systems know it.
    pub fn code(self) -> &'static str {
        self.into()
    }
}

/// A user's name in the one form in which it is shown and stored (NFKC, single blanks).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserName(String);

impl UserName {
    /// Reads what somebody typed. Full-width letters become plain ones and decomposed Hangul whole syllables; nothing
    /// invisible gets in, so that no two names look alike by it.
    ///
    /// # Errors
    /// [`NameFault`].
    pub fn parse(text: &str) -> Result<Self, NameFault> {
        // NFKC makes at most 18 characters of one; what is longer than this is too long in any case, however it is read.
        let is_endless = text.chars().nth(MOST_CHARACTERS * 18).is_some();
        let text = text.trim();
        if is_endless {
            return Err(NameFault::TooLong { most: MOST_CHARACTERS });
        }
        // A blank of any width is a blank, but a line break or a tab is none that somebody typed into a name.
        if text.chars().any(char::is_control) {
            return Err(NameFault::Characters);
        }
        let normal: String = text.nfkc().collect();
        let name = normal.split_whitespace().collect::<Vec<_>>().join(" ");
        let n_characters = name.chars().count();
        match () {
            () if n_characters < LEAST_CHARACTERS => Err(NameFault::TooShort { least: LEAST_CHARACTERS }),
            () if n_characters > MOST_CHARACTERS => Err(NameFault::TooLong { most: MOST_CHARACTERS }),
            () if !name.chars().all(is_allowed) => Err(NameFault::Characters),
            () if !name.chars().any(char::is_alphanumeric) => Err(NameFault::Characters),
            () => Ok(Self(name)),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is unique among users: two names with the same key are the same name.
    pub fn key(&self) -> String {
        comparable(&self.0)
    }
}

/// A text as it is looked for within keys.
pub fn comparable(text: &str) -> String {
    text.to_lowercase().nfkc().collect()
}

impl fmt::Display for UserName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_allowed(character: char) -> bool {
    // Unicode counts these fillers of Hangul among the letters, but nobody can see them.
    let is_filler = matches!(character, '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}');
    (character.is_alphanumeric() && !is_filler) || matches!(character, ' ' | '.' | '_' | '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Result<String, NameFault> {
        UserName::parse(text).map(|name| name.as_str().to_owned())
    }

    #[test]
    fn names_of_people_are_taken_in_one_form() {
        for (typed, name) in [
            ("kim", "kim"),
            ("  Kim.Young-Ho_2 ", "Kim.Young-Ho_2"),
            ("김영호", "김영호"),
            ("김 영호", "김 영호"),
            ("김\u{3000}영호", "김 영호"),
            ("김   영호", "김 영호"),
            ("ｋｉｍ", "kim"),
            ("\u{1100}\u{1175}\u{11b7}\u{110b}\u{1167}\u{11bc}", "김영"),
            ("Łukasz Świątek", "Łukasz Świątek"),
            ("20417", "20417"),
        ] {
            assert_eq!(parsed(typed), Ok(name.to_owned()), "{typed}");
        }
    }

    #[test]
    fn one_form_stays_as_it_is() {
        for text in ["Kim Young", "김영호", "ﬁn", "Ⅳ번", "ẞß", "İstanbul"] {
            let name = parsed(text).expect("a sound name");
            assert_eq!(parsed(&name), Ok(name.clone()), "{text}");
        }
    }

    #[test]
    fn names_that_look_the_same_have_the_same_key() {
        let key = |text: &str| UserName::parse(text).expect("a sound name").key();
        assert_eq!(key("Kim  Young"), key("ＫＩＭ young"));
        assert_eq!(key("ÄRGER"), key("a\u{308}rger"));
        assert_ne!(key("kim young"), key("kimyoung"));
    }

    #[test]
    fn what_is_no_name_is_refused() {
        let characters = Err(NameFault::Characters);
        for (typed, expected) in [
            ("", Err(NameFault::TooShort { least: 2 })),
            (" ", Err(NameFault::TooShort { least: 2 })),
            ("k", Err(NameFault::TooShort { least: 2 })),
            ("\u{1100}\u{1175}\u{11b7}", Err(NameFault::TooShort { least: 2 })),
            ("<script>", characters.clone()),
            ("kim@plant", characters.clone()),
            ("=kim", characters.clone()),
            ("kim\tlee", characters.clone()),
            ("kim\nlee", characters.clone()),
            ("kim\0", characters.clone()),
            ("kim\u{7f}x", characters.clone()),
            ("kim\u{202e}eel", characters.clone()),
            ("kim\u{2066}eel", characters.clone()),
            ("ki\u{200b}m", characters.clone()),
            ("ki\u{200d}m", characters.clone()),
            ("ki\u{feff}m", characters.clone()),
            ("ki\u{ad}m", characters.clone()),
            ("김\u{3164}", characters.clone()),
            ("김\u{115f}\u{1160}", characters.clone()),
            ("kim\u{fffd}", characters.clone()),
            ("kim😀", characters.clone()),
            ("..", characters.clone()),
            ("- -", characters),
        ] {
            assert_eq!(parsed(typed), expected, "{typed:?}");
        }
    }

    #[test]
    fn length_is_counted_in_characters_of_the_one_form() {
        assert!(parsed(&"김".repeat(40)).is_ok());
        assert_eq!(parsed(&"김".repeat(41)), Err(NameFault::TooLong { most: 40 }));
        assert!(parsed(&"\u{1100}\u{1175}\u{11b7}".repeat(40)).is_ok(), "decomposed");
        // The one character that NFKC makes eighteen of.
        assert_eq!(parsed(&"\u{fdfa}".repeat(3)), Err(NameFault::TooLong { most: 40 }));
        assert_eq!(parsed(&"k".repeat(1_000_000)), Err(NameFault::TooLong { most: 40 }));
    }
}
