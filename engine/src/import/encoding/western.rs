//! How likely a word is in a Western encoding: the less, the higher its cost.

/// Cost of a character that does not stand where it could.
const ODD: i64 = 4;
/// What a unit or sign is worth that only a Western reading gives: `°C`, `µm`, `Ø40`, `m²`.
const CERTAIN: i64 = -4;

/// Letters beyond ASCII of the languages written in Windows-1252, in lower case.
pub const WESTERN_LETTERS: &str = "äöüßéèêëáàâãåæçíìîïñóòôõøúùûœ";
/// Letters beyond ASCII of the languages written in Windows-1250, in lower case.
pub const CENTRAL_LETTERS: &str = "äöüßéáíóúýąćęłńśźżčďěňřšťůžőűăâîşţľĺŕôçëđ";

/// Letters beyond ASCII of single languages written in Windows-1252.
pub const WESTERN_ALPHABETS: [&str; 9] =
    ["äöüß", "éèêëàâçîïôùûüœæ", "áéíóúñü", "áâãàçéêíóôõúü", "àèéìíòóùú", "éèëïöüóáíêàç", "åäöéü", "æøåéóòäö", "õäöü"];
/// Letters beyond ASCII of single languages written in Windows-1250.
pub const CENTRAL_ALPHABETS: [&str; 7] =
    ["äöüß", "ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîşţ", "čćđšž"];
/// Letters beyond ASCII of Turkish, whose code page (1254) is not read.
pub const TURKISH_ALPHABET: &str = "çğıöşüâîû";
/// Cost of a word that does not fit the language of the other words.
const OTHER_LANGUAGE: i64 = 3;

/// What the words of a file cost beyond their own shape: all but those of the one alphabet that fits most of them.
pub fn mixture_cost(words: &[Vec<char>], alphabets: &[&str]) -> i64 {
    let is_letter =
        |character: &char| !character.is_ascii() && character.is_alphabetic() && !"µªºØø".contains(*character);
    let small = |character: char| character.to_lowercase().next().unwrap_or(character);
    let mut n_words = 0;
    let mut n_fitting = vec![0_i64; alphabets.len()];
    for word in words.iter().filter(|word| word.iter().any(is_letter)) {
        n_words += 1;
        for (alphabet, n) in alphabets.iter().zip(&mut n_fitting) {
            *n += i64::from(word.iter().filter(|c| is_letter(c)).all(|c| alphabet.contains(small(*c))));
        }
    }
    OTHER_LANGUAGE * (n_words - n_fitting.into_iter().max().unwrap_or(0))
}

/// The cost of a word of which `letters` are the letters beyond ASCII that its languages have.
pub fn cost(word: &[char], letters: &str) -> i64 {
    let mut total = 0;
    for (at, character) in word.iter().enumerate().filter(|(_, character)| !character.is_ascii()) {
        let before = at.checked_sub(1).map(|before| word[before]);
        let after = word.get(at + 1).copied();
        total += if character.is_alphabetic() && !matches!(character, 'µ' | 'ª' | 'º' | 'ƒ') {
            letter_cost(*character, before, after, &word[..at], letters)
        } else {
            sign_cost(*character, before, after)
        };
    }
    total + shape_cost(word)
}

fn letter_cost(letter: char, before: Option<char>, after: Option<char>, head: &[char], letters: &str) -> i64 {
    let is_digit = |side: Option<char>| side.is_some_and(|side| side.is_ascii_digit());
    // The sign of a diameter is written with a letter.
    if matches!(letter, 'Ø' | 'ø') && !before.is_some_and(char::is_alphabetic) {
        if is_digit(after) {
            return CERTAIN;
        }
        if after.is_none() && before.is_none() {
            return -1;
        }
    }
    let mut small = letter.to_lowercase();
    if !small.next().is_some_and(|small| letters.contains(small)) {
        return ODD;
    }
    if is_digit(before) || is_digit(after) {
        return ODD;
    }
    // A letter in capitals after a small one, or a small one in a word of capitals.
    let is_capital = letter.is_uppercase();
    if is_capital && before.is_some_and(char::is_lowercase) {
        return ODD;
    }
    let n_capitals = head.iter().rev().take_while(|side| side.is_ascii_uppercase()).count();
    if !is_capital && letter != 'ß' && (n_capitals >= 2 || after.is_some_and(|after| after.is_ascii_uppercase())) {
        return 3;
    }
    match (before, after) {
        (None, None) if matches!(letter, 'à' | 'À' | 'è' | 'é' | 'É' | 'ó' | 'y') => 1,
        (None, None) => 3,
        _ => 0,
    }
}

fn sign_cost(sign: char, before: Option<char>, after: Option<char>) -> i64 {
    let digit_before = before.is_some_and(|side| side.is_ascii_digit());
    let digit_after = after.is_some_and(|side| side.is_ascii_digit());
    let alone = before.is_none() && after.is_none();
    let is_fine = |fine: bool| if fine { 0 } else { ODD };
    match sign {
        '°' if matches!(after, Some('C' | 'F' | 'K')) && !before.is_some_and(char::is_alphabetic) => CERTAIN,
        '°' | 'º' | 'ª' if digit_before && after.is_none() => -1,
        '°' if matches!(before, Some('n' | 'N')) && after.is_none_or(|after| after.is_ascii_digit()) => -1,
        '°' => is_fine(alone || digit_before),
        'º' | 'ª' => {
            is_fine(digit_before || before.is_some_and(|side| side.is_ascii_alphabetic()) && after.is_none())
        }
        'µ' if matches!(after, Some('m' | 'l' | 'L' | 'g' | 's' | 'A' | 'F' | 'H' | 'V' | 'W' | 'S')) => {
            if before.is_none() || digit_before { CERTAIN } else { ODD }
        }
        'µ' => is_fine(alone || digit_before && after.is_none()),
        '±' => {
            if digit_after {
                CERTAIN + 1
            } else {
                is_fine(after.is_none())
            }
        }
        '²' | '³' if matches!(before, Some('m' | 'M' | 't')) && !after.is_some_and(char::is_alphabetic) => {
            CERTAIN + 1
        }
        '²' | '³' | '¹' => is_fine(digit_before),
        '½' | '¼' | '¾' => is_fine(alone || (digit_before && !digit_after)),
        '×' => is_fine(alone || digit_before && digit_after),
        '÷' | '~' => is_fine(alone || digit_before || digit_after),
        '·' | '•' | '–' | '—' | '…' | '\u{a0}' | '§' => 0,
        '®' | '™' | '©' => is_fine(alone || before.is_some_and(char::is_alphanumeric) && after.is_none()),
        '€' | '£' => is_fine(alone || digit_before != digit_after),
        '‰' => is_fine(alone || digit_before),
        '’' | '‘' | '´' => is_fine(before.is_some_and(char::is_alphabetic) || before.is_none()),
        '“' | '„' | '”' | '«' | '»' | '‚' | '‹' | '›' => is_fine(before.is_none() || after.is_none()),
        '¿' | '¡' => is_fine(before.is_none() && after.is_some_and(char::is_alphabetic)),
        _ => ODD,
    }
}

/// Runs of letters beyond ASCII are short, and words have vowels.
fn shape_cost(word: &[char]) -> i64 {
    let mut total = 0;
    for run in word.split(|character| character.is_ascii()) {
        total += match run {
            [] | [_] => 0,
            [first, second] if first.is_alphabetic() && second.is_alphabetic() => {
                let same_case = first.is_lowercase() == second.is_lowercase();
                if same_case && word.len() > 2 { 2 } else { 2 * ODD }
            }
            [first, second] if first.is_alphabetic() != second.is_alphabetic() => ODD,
            [_, _] => 1,
            _ => run.len() as i64 * ODD,
        };
    }
    let is_letters = word.len() > 1 && word.iter().all(|character| character.is_alphabetic() && *character != 'µ');
    let has_vowel = word.iter().any(|character| is_vowel(*character));
    // Capitals without a vowel are mostly abbreviations.
    let is_capitals = word.iter().all(|character| character.is_uppercase());
    total + if is_letters && !has_vowel && !is_capitals { 3 } else { 0 }
}

fn is_vowel(character: char) -> bool {
    character.to_lowercase().next().is_some_and(|small| "aeiouyäöüéèêëáàâãåæąęěíìîïóòôõøőúùûűůýœăr".contains(small))
}

/// `word` as DOS programs of Western Europe (code page 850) wrote it; what they hardly used is U+FFFD.
pub fn as_dos(byte: u8) -> char {
    match byte {
        0x80 => 'Ç',
        0x81 => 'ü',
        0x82 => 'é',
        0x83 => 'â',
        0x84 => 'ä',
        0x85 => 'à',
        0x86 => 'å',
        0x87 => 'ç',
        0x88 => 'ê',
        0x89 => 'ë',
        0x8a => 'è',
        0x8b => 'ï',
        0x8c => 'î',
        0x8e => 'Ä',
        0x8f => 'Å',
        0x90 => 'É',
        0x91 => 'æ',
        0x93 => 'ô',
        0x94 => 'ö',
        0x96 => 'û',
        0x97 => 'ù',
        0x99 => 'Ö',
        0x9a => 'Ü',
        0x9b => 'ø',
        0x9d => 'Ø',
        0xa0 => 'á',
        0xa1 => 'í',
        0xa2 => 'ó',
        0xa3 => 'ú',
        0xa4 => 'ñ',
        0xa5 => 'Ñ',
        0xe1 => 'ß',
        0xe6 => 'µ',
        0xf1 => '±',
        0xf8 => '°',
        0xfc => '³',
        0xfd => '²',
        0..=0x7f => char::from(byte),
        _ => '\u{fffd}',
    }
}

/// `byte` as older Macs (Mac Roman) wrote it; what they hardly used is U+FFFD.
pub fn as_mac(byte: u8) -> char {
    match byte {
        0x80 => 'Ä',
        0x81 => 'Å',
        0x82 => 'Ç',
        0x83 => 'É',
        0x84 => 'Ñ',
        0x85 => 'Ö',
        0x86 => 'Ü',
        0x87 => 'á',
        0x88 => 'à',
        0x89 => 'â',
        0x8a => 'ä',
        0x8c => 'å',
        0x8d => 'ç',
        0x8e => 'é',
        0x8f => 'è',
        0x90 => 'ê',
        0x91 => 'ë',
        0x92 => 'í',
        0x94 => 'î',
        0x96 => 'ñ',
        0x97 => 'ó',
        0x99 => 'ô',
        0x9a => 'ö',
        0x9c => 'ú',
        0x9d => 'ù',
        0x9e => 'û',
        0x9f => 'ü',
        0xa1 => '°',
        0xa7 => 'ß',
        0xaf => 'Ø',
        0xb1 => '±',
        0xb5 => 'µ',
        0xbf => 'ø',
        0..=0x7f => char::from(byte),
        _ => '\u{fffd}',
    }
}
