//! Text as a bag of hashed terms: words and character n-grams for names, n-grams and shape for codes.

use std::collections::BTreeSet;

/// Terms of a name or specification: whole words, and 3-grams of each padded word.
///
/// # Source
/// Character n-grams for short product texts: Cavnar and Trenkle, "N-Gram-Based Text Categorization", 1994.
pub fn text_terms(text: &str) -> BTreeSet<u32> {
    let mut terms = BTreeSet::new();
    for word in text.to_lowercase().split(|c: char| !c.is_alphanumeric() && c != '.' && c != '#') {
        if word.is_empty() {
            continue;
        }
        terms.insert(hash('w', word.chars()));
        let padded: Vec<char> = std::iter::once(' ').chain(word.chars()).chain(std::iter::once(' ')).collect();
        for gram in padded.windows(3) {
            terms.insert(hash('t', gram.iter().copied()));
        }
    }
    terms
}

/// Terms of a code: 2- and 3-grams, prefixes of two to five characters, each segment between separators, and the
/// shape in which letters are `A` and digits `9` (`GL-2417-GS` → `AA-9999-AA`), so that a code grammar shows.
pub fn code_terms(code: &str) -> BTreeSet<u32> {
    let upper: Vec<char> = code.to_uppercase().chars().collect();
    let mut terms = BTreeSet::new();
    for size in [2, 3] {
        for gram in upper.windows(size) {
            terms.insert(hash('c', gram.iter().copied()));
        }
    }
    for size in 2..=upper.len().min(5) {
        terms.insert(hash('p', upper[..size].iter().copied()));
    }
    for segment in upper.split(|c| !c.is_alphanumeric()).filter(|segment| !segment.is_empty()) {
        terms.insert(hash('s', segment.iter().copied()));
    }
    let shape = upper.iter().map(|c| match c {
        c if c.is_ascii_digit() => '9',
        c if c.is_alphabetic() => 'A',
        c => *c,
    });
    terms.insert(hash('f', shape));
    terms
}

/// FNV-1a over the characters, with a mark for the kind of term.
fn hash(kind: char, chars: impl Iterator<Item = char>) -> u32 {
    std::iter::once(kind)
        .chain(chars)
        .fold(0x811c_9dc5_u32, |state, c| (state ^ c as u32).wrapping_mul(0x0100_0193).rotate_left(5))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn overlap(a: &BTreeSet<u32>, b: &BTreeSet<u32>) -> f64 {
        a.intersection(b).count() as f64 / a.union(b).count() as f64
    }

    #[test]
    fn codes_of_one_grammar_are_closer_than_codes_of_another() {
        let code = code_terms("GL-2417-GS");
        assert!(overlap(&code, &code_terms("GL-2418-GS")) > overlap(&code, &code_terms("R100452")));
        assert!(overlap(&code, &code_terms("GL-9051-GS")) > overlap(&code, &code_terms("9051GL")));
    }

    #[test]
    fn words_count_in_any_order_and_case() {
        assert_eq!(text_terms("Gland 316"), text_terms("316  gland"));
        assert_ne!(text_terms("글랜드 일반"), text_terms("슬리브 일반"));
    }
}
