//! How likely a word is in an East Asian encoding: the less, the higher its cost.

use std::collections::HashSet;

use super::Encoding;
use super::frequent::{HANGUL, HANJA, KANJI, SIMPLIFIED, TRADITIONAL};

/// Cost of a word that does not read at all.
pub const BROKEN: i64 = 20;
/// Cost of a character that hardly any table has.
const RARE: i64 = 6;
/// Signs of measures and lists that stand in any table.
const SIGNS: &str =
    "℃℉㎜㎝㎡㎥㎏㎛㎖㎎㎞Φφø±×°μΩ※○●◎△▲□■→←↑↓★☆‘’“”·…、。「」『』（）〔〕【】《》：；，．－～／％＋＝①②③④⑤⑥⑦⑧⑨ー―〜";

/// The characters that tables are mostly written with.
pub struct Frequent {
    hangul: HashSet<char>,
    hanja: HashSet<char>,
    simplified: HashSet<char>,
    traditional: HashSet<char>,
    kanji: HashSet<char>,
    signs: HashSet<char>,
}

impl Frequent {
    /// The lists, ready to be asked.
    pub fn new() -> Self {
        let set = |text: &str| text.chars().collect();
        Self {
            hangul: set(HANGUL),
            hanja: set(HANJA),
            simplified: set(SIMPLIFIED),
            traditional: set(TRADITIONAL),
            kanji: set(KANJI),
            signs: set(SIGNS),
        }
    }
}

/// What a character of two bytes is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Ascii,
    /// A letter, syllable or ideograph.
    Letter,
    /// Half-width katakana of one byte.
    HalfWidth,
    /// A full-width Latin letter or digit.
    FullWidth,
    Sign,
}

/// The cost of `word` in `encoding`, one of the East Asian ones.
pub fn cost(encoding: Encoding, word: &[u8], frequent: &Frequent) -> i64 {
    let Some(text) = encoding.table().decode_without_bom_handling_and_without_replacement(word) else { return BROKEN };
    let mut total = 0;
    let mut at = 0;
    let mut kinds = Vec::with_capacity(text.len());
    let characters: Vec<char> = text.chars().collect();
    for character in &characters {
        let bytes = letter_bytes(encoding, &word[at.min(word.len())..], *character);
        at += bytes.len();
        let kind = kind(*character);
        if kind != Kind::Ascii && kind != Kind::HalfWidth {
            total += character_cost(encoding, *character, bytes, frequent);
        }
        kinds.push(kind);
    }
    for (at, kind) in kinds.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| (characters[before], kinds[before]));
        let after = kinds.get(at + 1).map(|kind| (characters[at + 1], *kind));
        total += match kind {
            Kind::Ascii => 0,
            Kind::Letter => {
                4 * i64::from(after.is_some_and(|(next, _)| next.is_ascii_lowercase()))
                    + behind_latin_cost(&characters[..at])
            }
            Kind::FullWidth => {
                let is_mixed = |side: Option<(char, Kind)>| side.is_some_and(|(side, _)| side.is_ascii_alphanumeric());
                4 * i64::from(is_mixed(before) || is_mixed(after))
            }
            Kind::HalfWidth => half_width_cost(characters[at], before, after),
            // A chain of signs is seldom text.
            Kind::Sign => {
                let is_chain = before.is_some_and(|(last, kind)| kind == Kind::Sign && !frequent.signs.contains(&last));
                2 * i64::from(is_chain && !frequent.signs.contains(&characters[at]))
            }
        };
    }
    total
}

/// Whether `words` are ASCII, complete Hangul syllables of KS X 1001, and Chinese characters that Korean tables have
/// among them; at least one is a syllable.
pub fn are_korean_of_the_standard(words: &[Vec<u8>], frequent: &Frequent) -> bool {
    let mut n_syllables = 0;
    for word in words {
        let mut rest = word.as_slice();
        while let [first, tail @ ..] = rest {
            rest = match (first, tail) {
                (0..=0x7f, _) => tail,
                (0xb0..=0xc8, [0xa1..=0xfe, tail @ ..]) => {
                    n_syllables += 1;
                    tail
                }
                (0xca..=0xfd, [0xa1..=0xfe, tail @ ..]) if is_korean_hanja([*first, rest[1]], frequent) => tail,
                _ => return false,
            };
        }
    }
    n_syllables > 0
}

fn is_korean_hanja(bytes: [u8; 2], frequent: &Frequent) -> bool {
    let text = Encoding::Cp949.table().decode_without_bom_handling(&bytes).0;
    text.chars().all(|character| frequent.hanja.contains(&character))
}

/// The bytes at the beginning of `rest` that were read as `character`.
fn letter_bytes(encoding: Encoding, rest: &[u8], character: char) -> &[u8] {
    let n = match (encoding, rest) {
        _ if matches!(character, '\u{300}'..='\u{36f}') => 0,
        (_, [0..=0x80, ..]) => 1,
        (Encoding::ShiftJis, [0xa1..=0xdf, ..]) => 1,
        (Encoding::EucJp, [0x8f, ..]) => 3,
        (Encoding::Gbk, [_, b'0'..=b'9', ..]) => 4,
        _ => 2,
    };
    &rest[..n.min(rest.len())]
}

fn kind(character: char) -> Kind {
    match character {
        '\0'..='\x7f' => Kind::Ascii,
        '\u{ff61}'..='\u{ff9f}' => Kind::HalfWidth,
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => Kind::FullWidth,
        '가'..='힣' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | 'ぁ'..='ヺ' | '\u{20000}'.. => {
            Kind::Letter
        }
        _ => Kind::Sign,
    }
}

fn character_cost(encoding: Encoding, character: char, bytes: &[u8], frequent: &Frequent) -> i64 {
    let (lead, trail) = match bytes {
        [lead, trail, ..] => (*lead, *trail),
        _ => (0, 0),
    };
    let is_kana = matches!(character, 'ぁ'..='ヺ');
    match kind(character) {
        Kind::Sign if frequent.signs.contains(&character) => return 0,
        Kind::Sign if matches!(character, '\u{e000}'..='\u{f8ff}' | '\u{80}'..='\u{9f}') => return RARE,
        Kind::Sign => return 1,
        Kind::FullWidth => return if encoding == Encoding::Cp949 { 2 } else { 0 },
        _ => {}
    }
    match encoding {
        Encoding::Cp949 => match (lead, trail) {
            _ if frequent.hangul.contains(&character) => 0,
            _ if frequent.hanja.contains(&character) => 1,
            (0xb0..=0xc8, 0xa1..=0xfe) => 3,
            _ if is_kana => 4,
            _ => RARE,
        },
        Encoding::Gbk => match (lead, trail) {
            _ if frequent.simplified.contains(&character) => 0,
            _ if is_kana => 4,
            (0xb0..=0xd7, 0xa1..=0xfe) => 3,
            (0xd8..=0xf7, 0xa1..=0xfe) => 5,
            _ => RARE,
        },
        Encoding::Big5 => match lead {
            _ if frequent.traditional.contains(&character) => 0,
            _ if is_kana => 4,
            0xa4..=0xc6 => 3,
            0xc9..=0xf9 => 5,
            _ => RARE,
        },
        Encoding::ShiftJis => match lead {
            _ if is_kana || frequent.kanji.contains(&character) => 0,
            0x88..=0x98 => 3,
            _ => 5,
        },
        _ => match lead {
            _ if is_kana || frequent.kanji.contains(&character) => 0,
            0xb0..=0xcf => 3,
            _ => 5,
        },
    }
}

/// A unit of one or two small letters may stand before a letter, a whole word hardly.
fn behind_latin_cost(before: &[char]) -> i64 {
    match before.iter().rev().take_while(|character| character.is_ascii_lowercase()).count() {
        0 => 0,
        1 | 2 => 1,
        _ => 4,
    }
}

/// Half-width katakana stand in runs; a voice mark follows the letter it belongs to, a long vowel follows a letter.
fn half_width_cost(character: char, before: Option<(char, Kind)>, after: Option<(char, Kind)>) -> i64 {
    let last = before.filter(|(_, kind)| *kind == Kind::HalfWidth).map(|(last, _)| last);
    let is_alone = last.is_none() && after.is_none_or(|(_, kind)| kind != Kind::HalfWidth);
    let is_misplaced = match character {
        'ﾞ' => !last.is_some_and(|last| matches!(last, 'ｶ'..='ﾄ' | 'ﾊ'..='ﾎ' | 'ｳ')),
        'ﾟ' => !last.is_some_and(|last| matches!(last, 'ﾊ'..='ﾎ')),
        'ｰ' | 'ｧ'..='ｯ' => last.is_none(),
        '｡'..='･' => true,
        _ => false,
    };
    let meets_small = after.is_some_and(|(next, _)| next.is_ascii_lowercase());
    1 + 3 * i64::from(is_alone || is_misplaced || meets_small)
}
