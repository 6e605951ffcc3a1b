//! Texts in which words are looked for.

use memchr::memmem::Finder;

use super::squeeze::{initial, is_initial, squeezed};
use super::texts::Texts;

/// A word of a query.
pub struct Word {
    text: String,
    /// The same by initial consonants, where it holds some.
    initials: Option<String>,
}

impl Word {
    /// Of a cleaned text; `None` when nothing of it counts.
    pub fn of(text: &str) -> Option<Self> {
        let text = squeezed(text);
        let initials = text.contains(is_initial).then(|| text.chars().map(initial).collect());
        (!text.is_empty()).then_some(Self { text, initials })
    }

    /// Of a squeezed text in which each character stands for itself.
    pub fn literal(squeezed: &str) -> Option<Self> {
        (!squeezed.is_empty()).then(|| Self { text: squeezed.to_owned(), initials: None })
    }
}

/// Where in a text a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    Whole,
    Start,
    Inside,
}

/// Texts as they are searched.
pub struct Haystack {
    all: Texts,
    /// Those with Hangul: by their initial consonants, and which they are.
    initials: Texts,
    of: Vec<u32>,
}

impl Haystack {
    pub fn of<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let mut found = Self { all: Texts::new(), initials: Texts::new(), of: Vec::new() };
        for (at, text) in texts.enumerate() {
            let text = squeezed(text);
            found.all.push(&text);
            if !text.is_ascii() && text.chars().any(|character| is_initial(initial(character))) {
                found.initials.push(&text.chars().map(initial).collect::<String>());
                found.of.push(at as u32);
            }
        }
        found
    }

    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// A text as it is searched.
    pub fn get(&self, at: usize) -> &str {
        self.all.get(at)
    }

    /// Tells each text that holds the word, once and ascending, with the foremost place.
    pub fn find(&self, word: &Word, mut tell: impl FnMut(usize, At)) {
        let mut tell_from = |at: usize, from: usize| {
            let is_whole = word.text.len() == self.all.get(at).len();
            tell(
                at,
                if is_whole {
                    At::Whole
                } else if from == 0 {
                    At::Start
                } else {
                    At::Inside
                },
            );
        };
        let Some(initials) = &word.initials else {
            each(&self.all, &word.text, |at, from| {
                tell_from(at, from);
                true
            });
            return;
        };
        each(&self.initials, initials, |among, from| {
            // A syllable of the word has to be in the text itself, at the same place.
            let at = self.of[among] as usize;
            let is_it = self.all.get(at).get(from..).is_some_and(|rest| begins(rest, &word.text));
            if is_it {
                tell_from(at, from);
            }
            is_it
        });
    }
}

/// Whether a text begins with a word in which an initial consonant stands for its syllables.
fn begins(text: &str, word: &str) -> bool {
    let mut text = text.chars();
    word.chars().all(|wanted| {
        text.next().is_some_and(|found| found == wanted || is_initial(wanted) && initial(found) == wanted)
    })
}

/// Tells each place of a needle by the text and the bytes before it there, until one of that text is accepted.
fn each(texts: &Texts, needle: &str, mut accept: impl FnMut(usize, usize) -> bool) {
    let finder = Finder::new(needle);
    let all = texts.text.as_bytes();
    let (mut from, mut at) = (0, 0);
    while let Some(place) = all.get(from..).and_then(|rest| finder.find(rest)).map(|found| from + found) {
        at += texts.starts[at + 1..].partition_point(|start| *start as usize <= place);
        let (start, next) = (texts.starts[at] as usize, texts.starts[at + 1] as usize);
        // The bytes of a character that several share do not begin one.
        from = if accept(at, place - start) { next } else { place + 1 };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::text::clean;

    fn found(texts: &[&str], word: &str) -> Vec<(usize, At)> {
        let texts: Vec<String> = texts.iter().map(|text| clean(text)).collect();
        let hay = Haystack::of(texts.iter().map(String::as_str));
        let mut found = Vec::new();
        let word = Word::of(&clean(word)).expect("a word that counts");
        hay.find(&word, |at, place| found.push((at, place)));
        found
    }

    #[test]
    fn a_word_is_found_once_in_each_text_at_its_foremost_place() {
        let texts = ["BOLT", "bolt-bolt", "hex bolt", "nut", "bol", "t"];
        assert_eq!(found(&texts, "Bolt"), [(0, At::Whole), (1, At::Start), (2, At::Inside)]);
        assert_eq!(found(&texts, "x-b"), [(2, At::Inside)]);
        assert_eq!(found(&texts, "boltbolt"), [(1, At::Whole)]);
        assert_eq!(found(&texts, "lt"), [(0, At::Inside), (1, At::Inside), (2, At::Inside)]);
    }

    #[test]
    fn korean_is_found_by_syllables_by_initials_and_by_both() {
        let texts = ["육각볼트", "볼 밸브", "불투명", "BOLT 볼트 M8"];
        assert_eq!(found(&texts, "볼트"), [(0, At::Inside), (3, At::Inside)]);
        assert_eq!(found(&texts, "ㅂㅌ"), [(0, At::Inside), (2, At::Start), (3, At::Inside)]);
        assert_eq!(found(&texts, "볼ㅌ"), [(0, At::Inside), (3, At::Inside)]);
        assert_eq!(found(&texts, "ㅂㅂㅂ"), [(1, At::Whole)]);
        assert_eq!(found(&texts, "t볼"), [(3, At::Inside)]);
        assert_eq!(found(&["ㅂ", "b"], "ㅂ"), [(0, At::Whole)]);
    }

    #[test]
    fn what_joins_words_is_none_and_other_signs_are() {
        for text in ["-", "_ -", "", " "] {
            assert!(Word::of(text).is_none(), "{text:?}");
        }
        assert_eq!(found(&["50%", "50"], "%"), [(0, At::Inside)]);
    }
}
