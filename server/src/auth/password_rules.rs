//! Which new passwords are taken: long enough, not among the common ones, not the name of its owner. There are no
//! rules of composition; they make passwords that people write down.
//!
//! # Source
//! NIST SP 800-63B, 5.1.1.2; OWASP ASVS 5.0, 6.2.

use contract::sign_in::PasswordFault;
use unicode_normalization::UnicodeNormalization;
use zxcvbn::Score;
use zxcvbn::matching::patterns::MatchPattern;
use zxcvbn::zxcvbn;

/// Fewest characters; 15 are advised on the form.
pub const LEAST_CHARACTERS: usize = 8;
/// Most characters.
pub const MOST_CHARACTERS: usize = 256;

/// Hardly a word of the lists is longer, and the work grows with the square of the length.
const MOST_CHARACTERS_IN_LISTS: usize = 32;
/// Signs that stand for letters (`p@$$word`), and how many different ones a long password may have to be looked up. The
/// work doubles with each, and no word in disguise has so many; up to [`FEW_CHARACTERS`] it stays small.
const FEW_CHARACTERS: usize = 16;
const DISGUISES: &str = "({[<!|$+%@";
const MOST_DISGUISES: usize = 3;
/// A password made of a shorter piece again and again is as good as the piece.
const LONGEST_PIECE: usize = 4;

/// What the product is called, as somebody would type it.
const PRODUCT_NAMES: [&str; 5] = ["routing", "routingml", "rml", "라우팅", "라우팅엠엘"];
/// Words that the lists, made of English passwords, lack: Korean ones, plain and as they come out on an English keyboard
/// (비밀번호, 안녕하세요, 사랑해요, 관리자, 대한민국, 생산관리, 공정관리, 아버지, 어머니).
const KOREAN: [&str; 18] = [
    "비밀번호",
    "qlalfqjsgh",
    "안녕하세요",
    "dkssudgktpdy",
    "사랑해요",
    "tkfkdgody",
    "관리자",
    "rhksflwk",
    "대한민국",
    "eogksalsrnr",
    "생산관리",
    "todtksrhksfl",
    "공정관리",
    "rhdwjdrhksfl",
    "아버지",
    "dkqjwl",
    "어머니",
    "djajsl",
];

/// Whether `password` may become the password of the user called `user_name`.
///
/// # Errors
/// The first [`PasswordFault`].
///
/// # Cost
/// About a millisecond, some thirty at worst; the first call reads the lists.
pub fn check_new(password: &str, user_name: &str) -> Result<(), PasswordFault> {
    let n_characters = password.nfkc().take(MOST_CHARACTERS + 1).count();
    if n_characters < LEAST_CHARACTERS {
        return Err(PasswordFault::TooShort { least: LEAST_CHARACTERS });
    }
    if n_characters > MOST_CHARACTERS {
        return Err(PasswordFault::TooLong { most: MOST_CHARACTERS });
    }
    let password = lower(password);
    if is_repetition(&password) {
        return Err(PasswordFault::Common);
    }
    let is_like = |name: &str| password == lower(name) || letters(&password).is_some_and(|l| Some(l) == letters(name));
    if is_like(user_name) || PRODUCT_NAMES.into_iter().any(is_like) {
        return Err(PasswordFault::LikeName);
    }
    let n_disguises = DISGUISES.chars().filter(|sign| password.contains(*sign)).count();
    let may_be_listed =
        n_characters <= FEW_CHARACTERS || (n_characters <= MOST_CHARACTERS_IN_LISTS && n_disguises <= MOST_DISGUISES);
    if may_be_listed { check_lists(&password, user_name) } else { Ok(()) }
}

/// Refuses what is one known word or pattern as a whole, and what fewer than a million guesses find.
fn check_lists(password: &str, user_name: &str) -> Result<(), PasswordFault> {
    let known: Vec<&str> = PRODUCT_NAMES.into_iter().chain(KOREAN).chain([user_name]).collect();
    let estimate = zxcvbn(password, &known);
    let is_one_word = matches!(estimate.sequence(), [only] if matches!(only.pattern, MatchPattern::Dictionary(_)));
    if is_one_word || estimate.score() < Score::Two { Err(PasswordFault::Common) } else { Ok(()) }
}

/// Whether `text` is a piece of at most [`LONGEST_PIECE`] characters again and again; the last may be cut off.
fn is_repetition(text: &str) -> bool {
    let characters: Vec<char> = text.chars().collect();
    (1..=LONGEST_PIECE).any(|period| characters.iter().zip(characters.iter().skip(period)).all(|(a, b)| a == b))
}

/// One form for each text, whatever keyboard and case it was written in.
fn lower(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).collect()
}

/// The letters of a name in one form; digits, blanks and signs left out. A name without letters is like no password.
fn letters(text: &str) -> Option<String> {
    let letters: String = text.nfkc().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    (!letters.is_empty()).then_some(letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_alone_decides_about_an_unusual_password() {
        assert_eq!(check_new("Zk3-vq7", "kim"), Err(PasswordFault::TooShort { least: 8 }));
        assert_eq!(check_new("Zk3-vq7w", "kim"), Ok(()));
        assert_eq!(check_new("씰랜드 시험 담당", "kim"), Ok(()));
        let long: String = (0..256_u32).map(|n| char::from(b'a' + (n * n % 23) as u8)).collect();
        assert_eq!(check_new(&long, "kim"), Ok(()));
        assert_eq!(check_new(&format!("{long}x"), "kim"), Err(PasswordFault::TooLong { most: 256 }));
        assert_eq!(check_new("", "kim"), Err(PasswordFault::TooShort { least: 8 }));
    }

    #[test]
    fn characters_are_counted_after_normalisation() {
        // Sixteen code points as typed, seven syllables in truth.
        let seven = "\u{1109}\u{1175}\u{11af}\u{1100}\u{1161}\u{1109}\u{1175}\u{1112}\u{1165}\u{11b7}\u{1103}\u{1161}\u{11b7}\u{1103}\u{1161}\u{11bc}";
        assert_eq!(check_new(seven, "kim"), Err(PasswordFault::TooShort { least: 8 }));
    }

    #[test]
    fn no_composition_is_asked_for() {
        for password in ["corrosion gasket violet", "94817203561", "qzmwxvkjthgp", "분해조립순서와길이"] {
            assert_eq!(check_new(password, "kim"), Ok(()), "{password}");
        }
    }

    #[test]
    fn common_passwords_are_refused_in_any_case_and_disguise() {
        for password in [
            "password",
            "PASSWORD",
            "Password1",
            "p@ssw0rd",
            "drowssap",
            "12345678",
            "87654321",
            "qwertyuiop",
            "!@#$%^&*()",
            "1qaz2wsx",
            "iloveyou",
            "trustno1",
            "football",
            "sunshine1",
            "password123",
            "20250101",
            "ｐａｓｓｗｏｒｄ",
            "qlalfqjsgh",
            "qlalfqjsgh1",
            "안녕하세요123",
        ] {
            assert_eq!(check_new(password, "kim"), Err(PasswordFault::Common), "{password}");
        }
    }

    #[test]
    fn at_least_three_thousand_passwords_of_sufficient_length_are_known() {
        // The first, the 3,000th, the 9,000th and the last of the 11,611 such ones in the crate's list, and some between.
        for password in [
            "password",
            "1qaz2wsx3edc",
            "dutchess",
            "greyhoun",
            "08154711",
            "nicole18",
            "wmegrfux",
            "mopar440",
            "11234567",
        ] {
            assert_eq!(check_new(password, "kim"), Err(PasswordFault::Common), "{password}");
        }
    }

    #[test]
    fn the_name_of_its_owner_or_of_the_product_is_no_password() {
        for (password, name) in [
            ("kimyoungho1", "kimyoungho"),
            ("KimYoungHo2025!", "kimyoungho"),
            ("2025-kim.youngho", "Kim Youngho"),
            ("김영호 20251125", "김영호"),
            ("20417733", "20417733"),
            ("김영호123456", "김영호"),
            ("routing-ml-2025", "kim"),
            ("RoutingML!!", "kim"),
            ("rml20251125", "kim"),
            ("라우팅123456", "kim"),
        ] {
            assert_eq!(check_new(password, name), Err(PasswordFault::LikeName), "{password} of {name}");
        }
        // A name that is a part of a long password does no harm.
        assert_eq!(check_new("kim polishes violet gaskets", "kim"), Ok(()));
        // A name of digits only is like no other digits.
        assert_eq!(check_new("94817203561", "1234"), Ok(()));
    }

    #[test]
    fn a_piece_again_and_again_is_refused_whatever_its_length() {
        for password in ["aaaaaaaa", "abababab", "abcabcab", "가나가나가나가나", "x8Kqx8Kqx8Kq"] {
            assert_eq!(check_new(password, "kim"), Err(PasswordFault::Common), "{password}");
        }
        assert_eq!(check_new(&"z".repeat(256), "kim"), Err(PasswordFault::Common));
    }

    #[test]
    fn temporary_passwords_keep_the_rules() {
        for _ in 0..50 {
            let password = crate::auth::secret::temporary_password().expect("the test machine has randomness");
            assert_eq!(check_new(&password, "kim"), Ok(()), "{password}");
        }
    }
}
