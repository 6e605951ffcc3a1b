//! Texts as a search compares them.

/// First initial consonant (ㄱ) as NFKC writes it, and how many there are.
const FIRST_INITIAL: u32 = 0x1100;
const N_INITIALS: u32 = 19;
/// First syllable (가), and how many share an initial consonant and how many there are.
const FIRST_SYLLABLE: u32 = 0xac00;
const PER_INITIAL: u32 = 588;
const N_SYLLABLES: u32 = 11_172;

/// A cleaned text in lower case, without blanks, hyphens and underscores.
pub fn squeezed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            'A'..='Z' => out.push(character.to_ascii_lowercase()),
            _ if character.is_whitespace() || is_joint(character) => {}
            _ if character.is_ascii() || is_syllable(character) => out.push(character),
            _ => out.extend(character.to_lowercase()),
        }
    }
    out
}

/// What joins two parts of a code, or does not.
fn is_joint(character: char) -> bool {
    matches!(character, '-' | '_' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

fn is_syllable(character: char) -> bool {
    (FIRST_SYLLABLE..FIRST_SYLLABLE + N_SYLLABLES).contains(&u32::from(character))
}

/// Whether it is an initial consonant by itself.
pub fn is_initial(character: char) -> bool {
    (FIRST_INITIAL..FIRST_INITIAL + N_INITIALS).contains(&u32::from(character))
}

/// The initial consonant of a syllable; any other character as it is. Both take three bytes in UTF-8.
pub fn initial(character: char) -> char {
    if !is_syllable(character) {
        return character;
    }
    char::from_u32(FIRST_INITIAL + (u32::from(character) - FIRST_SYLLABLE) / PER_INITIAL).unwrap_or(character)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::text::clean;

    #[test]
    fn case_blanks_and_hyphens_do_not_count() {
        assert_eq!(squeezed("Hex-Bolt M8 x_20"), "hexboltm8x20");
        assert_eq!(squeezed(&clean("ＡＢ－１２")), "ab12");
        assert_eq!(squeezed("A–B—C"), "abc");
        assert_eq!(squeezed("1.5/2,5"), "1.5/2,5");
        assert_eq!(squeezed("Größe ÄÖ"), "größeäö");
        assert_eq!(squeezed("육각 볼트"), "육각볼트");
    }

    #[test]
    fn initials_are_what_a_typed_consonant_becomes() {
        let typed: Vec<char> = clean("ㅂㄹㅌㄲㅎ").chars().collect();
        assert!(typed.iter().all(|character| is_initial(*character)));
        let of: Vec<char> = "볼륨타까힣".chars().map(initial).collect();
        assert_eq!(typed, of);
        for character in ['가', '힣'] {
            assert_eq!(initial(character).len_utf8(), character.len_utf8());
        }
        assert_eq!(initial('x'), 'x');
        assert!(!is_initial('ㅏ') && !is_initial('a'));
    }
}
