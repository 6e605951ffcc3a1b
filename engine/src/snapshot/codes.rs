//! Codes as people type them: which codes are alike, and which are near to one that nothing has.
//!
//! Comes in: the squeezed codes of a snapshot and a typed one. Goes out: positions of codes.
//! Never does: decide that a near code is meant. That is for whoever typed it.

use std::sync::OnceLock;

use super::haystack::{At, Haystack, Word};
use super::squeeze::squeezed;
use crate::clean::text::clean;

/// Longest typed code that near ones are looked for, in characters after squeezing: one bit each.
const MOST_CHARS: usize = 64;

/// The form in which codes are compared: codes are alike when it is equal. Case, width, blanks, hyphens and underscores do
/// not count.
pub fn alike_form(code: &str) -> String {
    squeezed(&clean(code))
}

/// Codes, and what tells quickly that one is far from another.
pub struct Codes {
    pub texts: Haystack,
    prints: OnceLock<Vec<Print>>,
}

/// What a code is made of.
#[derive(Clone, Copy)]
struct Print {
    /// Two bits for each kind of character: it is there, it is there twice. One edit changes at most one of them each way.
    kinds: u64,
    n_chars: u16,
}

impl Codes {
    pub fn of<'t>(codes: impl Iterator<Item = &'t str>) -> Self {
        Self { texts: Haystack::of(codes), prints: OnceLock::new() }
    }

    /// Positions of all codes that are alike, ascending.
    pub fn alike(&self, typed: &str) -> Vec<usize> {
        let mut found = Vec::new();
        if let Some(word) = Word::literal(&alike_form(typed)) {
            self.texts.find(&word, |at, place| {
                if place == At::Whole {
                    found.push(at);
                }
            });
        }
        found
    }

    /// Positions of at most `most` near codes: those with the fewest edits first, of these the ones that begin alike the
    /// longest, then by position. An edit is one character more, less or other, or two that changed places.
    pub fn nearest(&self, typed: &str, most: usize) -> Vec<usize> {
        let typed = alike_form(typed);
        let n_chars = typed.chars().count();
        if n_chars == 0 || n_chars > MOST_CHARS || most == 0 {
            return Vec::new();
        }
        let pattern = Pattern::of(&typed);
        let print = Print::of(&typed);
        // How many were found with so many edits; what is farther than enough others is not looked at any more.
        let mut limit = most_edits(n_chars);
        let mut n_found = vec![0usize; limit + 1];
        let mut found: Vec<(usize, usize, usize)> = Vec::new();
        for (at, other) in self.prints().iter().enumerate() {
            if print.least_edits(*other) > limit {
                continue;
            }
            let code = self.texts.get(at);
            let edits = pattern.edits(code);
            if edits > limit {
                continue;
            }
            let common = typed.chars().zip(code.chars()).take_while(|(one, other)| one == other).count();
            found.push((edits, n_chars - common, at));
            n_found[edits] += 1;
            while limit > 0 && n_found[..limit].iter().sum::<usize>() >= most {
                limit -= 1;
            }
        }
        found.sort_unstable();
        found.into_iter().take(most).map(|(_, _, at)| at).collect()
    }

    fn prints(&self) -> &[Print] {
        self.prints.get_or_init(|| (0..self.texts.len()).map(|at| Print::of(self.texts.get(at))).collect())
    }
}

/// How many edits a code of so many characters may be away: about every fourth, so that two short codes are not near by
/// chance.
fn most_edits(n_chars: usize) -> usize {
    match n_chars {
        0..=2 => 0,
        3..=5 => 1,
        6..=11 => 2,
        _ => 3,
    }
}

impl Print {
    fn of(text: &str) -> Self {
        let (mut kinds, mut n_chars) = (0u64, 0u16);
        for character in text.chars() {
            let bit = 1u64 << (2 * kind(character));
            kinds |= if kinds & bit == 0 { bit } else { bit << 1 };
            n_chars = n_chars.saturating_add(1);
        }
        Self { kinds, n_chars }
    }

    /// A number of edits below which one cannot become the other.
    fn least_edits(self, other: Self) -> usize {
        let gone = (self.kinds & !other.kinds).count_ones();
        let come = (other.kinds & !self.kinds).count_ones();
        gone.max(come).max(u32::from(self.n_chars.abs_diff(other.n_chars))) as usize
    }
}

/// One of 32 kinds: ten digits, and 22 that all else shares.
fn kind(character: char) -> u32 {
    match character.to_digit(10) {
        Some(digit) => digit,
        None => 10 + u32::from(character) % 22,
    }
}

/// A text of at most 64 characters, by the places of each character.
struct Pattern {
    ascii: [u64; 128],
    others: Vec<(char, u64)>,
    n_chars: usize,
}

impl Pattern {
    fn of(text: &str) -> Self {
        let mut pattern = Self { ascii: [0; 128], others: Vec::new(), n_chars: 0 };
        for character in text.chars() {
            let bit = 1u64 << pattern.n_chars;
            pattern.n_chars += 1;
            match pattern.ascii.get_mut(character as usize) {
                Some(places) => *places |= bit,
                None => match pattern.others.iter_mut().find(|(known, _)| *known == character) {
                    Some((_, places)) => *places |= bit,
                    None => pattern.others.push((character, bit)),
                },
            }
        }
        pattern
    }

    fn places(&self, character: char) -> u64 {
        self.ascii.get(character as usize).copied().unwrap_or_else(|| {
            self.others.iter().find(|(known, _)| *known == character).map_or(0, |(_, places)| *places)
        })
    }

    /// Edits from the pattern to a text, where no part is edited twice.
    ///
    /// # Source
    /// H. Hyyrö, *A bit-vector algorithm for computing Levenshtein and Damerau edit distances*, 2003.
    fn edits(&self, text: &str) -> usize {
        let last = 1u64 << (self.n_chars - 1);
        let (mut rises, mut falls) = (u64::MAX, 0u64);
        let (mut diagonal, mut places_before) = (0u64, 0u64);
        let mut edits = self.n_chars;
        for character in text.chars() {
            let places = self.places(character);
            let swapped = ((!diagonal & places) << 1) & places_before;
            diagonal = ((places & rises).wrapping_add(rises) ^ rises) | places | falls | swapped;
            let mut up = falls | !(diagonal | rises);
            let down = diagonal & rises;
            edits += usize::from(up & last != 0);
            edits -= usize::from(down & last != 0);
            up = (up << 1) | 1;
            rises = (down << 1) | !(diagonal | up);
            falls = up & diagonal;
            places_before = places;
        }
        edits
    }
}

#[cfg(test)]
mod tests {
    use rand::seq::SliceRandom;
    use rand::{Rng, SeedableRng};
    use rand_xoshiro::Xoshiro256PlusPlus;

    use super::*;

    fn over(codes: &[&str]) -> Codes {
        // As an import brings them.
        let cleaned: Vec<String> = codes.iter().map(|code| clean(code)).collect();
        Codes::of(cleaned.iter().map(String::as_str))
    }

    #[test]
    fn case_width_and_what_joins_do_not_count() {
        let codes = over(&["2G-10265PC", "2G10265-PC", "2G10265", "ab", "ㄱ1", "가1"]);
        for typed in ["2g10265pc", "２Ｇ－１０２６５ＰＣ", " 2G_10265 PC ", "2g–10265-pc"] {
            assert_eq!(codes.alike(typed), [0, 1], "{typed}");
        }
        assert_eq!(codes.alike("2g 10265"), [2]);
        assert_eq!(codes.alike("g10265"), [0; 0], "a part is not the whole");
        assert_eq!(codes.alike("ㄱ1").len(), 1, "a consonant stands for itself in a code");
        assert_eq!(codes.alike(" - "), [0; 0]);
    }

    #[test]
    fn the_nearest_come_first() {
        let codes = over(&["2G10265PC", "2G10266PC", "2G10275PD", "2G-10625PC", "XY", "XZ", "9H88877QQ"]);
        // Two that changed places are one edit, and so is one other character; the longer common beginning leads.
        assert_eq!(codes.nearest("2g10265pd", 4), [0, 2, 1, 3]);
        assert_eq!(codes.nearest("2G10256PC", 9), [0, 1, 3]);
        assert_eq!(codes.nearest("2G10256PC", 1), [0]);
        assert_eq!(codes.nearest("2g10265p", 1), [0]);
        assert_eq!(codes.nearest("XX", 5), [0; 0], "short codes are near by chance");
        assert_eq!(codes.nearest("", 5), [0; 0]);
        assert_eq!(codes.nearest(&"2G10265PC".repeat(8), 5), [0; 0]);
    }

    /// The same by the table that the definition gives.
    fn edits(one: &str, other: &str) -> usize {
        let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
        let mut table = vec![vec![0; other.len() + 1]; one.len() + 1];
        for i in 0..=one.len() {
            for j in 0..=other.len() {
                table[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let other_char = usize::from(one[i - 1] != other[j - 1]);
                    let mut least =
                        (table[i - 1][j - 1] + other_char).min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
                    if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                        least = least.min(table[i - 2][j - 2] + 1);
                    }
                    least
                };
            }
        }
        table[one.len()][other.len()]
    }

    #[test]
    fn bits_count_what_the_table_counts_and_nothing_near_is_left_out() {
        const SIGNS: [char; 7] = ['a', 'b', '1', '2', '0', '가', 'w'];
        let mut random = Xoshiro256PlusPlus::seed_from_u64(11);
        let mut code = |least: usize, most: usize| -> String {
            let n = random.gen_range(least..=most);
            (0..n).map(|_| *SIGNS.choose(&mut random).expect("some")).collect()
        };
        let all: Vec<String> = (0..300).map(|_| code(1, 9)).collect();
        let codes = Codes::of(all.iter().map(String::as_str));
        let mut n_near = 0;
        for _ in 0..100 {
            let typed = code(1, 9);
            for other in &all {
                assert_eq!(Pattern::of(&typed).edits(other), edits(&typed, other), "{typed} {other}");
            }
            let limit = most_edits(typed.chars().count());
            let near = all.iter().filter(|other| edits(&typed, other) <= limit).count();
            let found = codes.nearest(&typed, all.len());
            assert_eq!(found.len(), near, "{typed}");
            let of: Vec<usize> = found.iter().map(|at| edits(&typed, &all[*at])).collect();
            assert!(of.is_sorted());
            // The first few are the same when only these are asked for.
            assert_eq!(codes.nearest(&typed, 3), found.iter().copied().take(3).collect::<Vec<_>>());
            n_near += near;
        }
        assert!(n_near > 100, "only {n_near} were near");
    }
}
