//! Which encoding a whole file is in.
//!
//! A byte order mark decides, then sound UTF-8, then UTF-16 without a mark. Otherwise each older encoding reads the
//! words of the file, and each reading has a cost: characters that tables hardly hold, and characters beside others
//! that they hardly stand beside. The detector `chardetng` has a vote. The lowest cost wins by a clear margin or not at
//! all.

use std::io::{self, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::WINDOWS_1254;

use super::binary::{has_shift_sequences, is_utf32, known_binary, utf16_without_mark};
use super::first_piece::damage;
use super::multibyte::{self, BROKEN, Frequent};
use super::survey::Survey;
use super::{Encoding, PIECE_BYTES, Refusal, western};

/// A reading wins when the next one costs so much more, and a tenth of its own cost beyond that.
const MARGIN: i64 = 4;
/// What the detector's vote is worth.
const VOTE: i64 = 4;
/// The older encodings, the most welcome first where two give the same text.
const OLDER: [Encoding; 7] = [
    Encoding::Cp949,
    Encoding::Windows1252,
    Encoding::Windows1250,
    Encoding::Gbk,
    Encoding::Big5,
    Encoding::ShiftJis,
    Encoding::EucJp,
];

/// One cell beyond ASCII as an encoding reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    pub encoding: Encoding,
    /// The cell; empty where a file is plain ASCII.
    pub sample: String,
}

/// What is known about the encoding of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// `None` when it is too close to call.
    pub encoding: Option<Encoding>,
    /// The encodings that are possible, the likeliest first; one when it is certain.
    pub candidates: Vec<Reading>,
    /// Whether the file is plain ASCII, which is the same in nearly every encoding.
    pub is_ascii: bool,
    /// Places that are damaged: of the file where it is UTF-8, else of its different words.
    pub n_bad: u64,
    /// Whether all words beyond ASCII are complete Hangul syllables of KS X 1001, with usual Hanja among them, and hardly
    /// anything Western.
    pub(super) is_standard_hangul: bool,
}

impl Verdict {
    fn certain(encoding: Encoding, survey: &Survey, n_bad: u64) -> Self {
        let candidates = readings(&[encoding], survey);
        let is_ascii = survey.is_ascii && matches!(encoding, Encoding::Utf8);
        Self { encoding: Some(encoding), candidates, is_ascii, n_bad, is_standard_hangul: false }
    }
}

/// Reads all of `input` once and judges its encoding; one that is `given` is taken.
///
/// # Errors
/// [`Refusal`] when it is empty, no text, or text in an encoding that is not supported.
pub fn judge(mut input: impl Read, given: Option<Encoding>) -> Result<Verdict, Refusal> {
    let mut survey = Survey::new();
    let mut head = Vec::new();
    let mut piece = Vec::with_capacity(PIECE_BYTES);
    let mut has_shifts = false;
    loop {
        piece.clear();
        let n = read_piece(&mut input, &mut piece).map_err(Refusal::Read)?;
        if head.is_empty() {
            if let Some(name) = known_binary(&piece) {
                return Err(Refusal::Binary(Some(name)));
            }
            head.extend_from_slice(&piece);
        }
        has_shifts = has_shifts || has_shift_sequences(&piece);
        let is_last = n < PIECE_BYTES;
        survey.add(&piece, is_last);
        if is_last {
            break;
        }
    }
    if survey.n_bytes == 0 {
        return Err(Refusal::Empty);
    }
    let is_head_whole = survey.n_bytes == head.len() as u64;
    if given.is_none() && (has_shifts || is_utf32(&head)) {
        return Err(Refusal::Encoding);
    }
    if let Some(encoding) = by_mark(&head, given).or_else(|| utf16(&survey, &head, given)) {
        return unicode(encoding, &survey, &head, is_head_whole);
    }
    // One NUL costs its cell; a file of which every fiftieth byte is none of text is no text.
    if survey.n_control >= 3 && survey.n_control * 50 > survey.n_bytes {
        return Err(Refusal::Binary(None));
    }
    if !survey.has_text {
        return Err(Refusal::Empty);
    }
    if let Some(encoding) = given {
        let n_bad = if encoding == Encoding::Utf8 { survey.n_bad } else { n_broken(encoding, &survey) };
        return Ok(Verdict::certain(encoding, &survey, n_bad));
    }
    if survey.n_bad * 200 <= survey.n_short + survey.n_long {
        return Ok(Verdict::certain(Encoding::Utf8, &survey, survey.n_bad));
    }
    older(&survey)
}

fn read_piece(input: &mut impl Read, piece: &mut Vec<u8>) -> io::Result<usize> {
    input.by_ref().take(PIECE_BYTES as u64).read_to_end(piece)
}

fn by_mark(head: &[u8], given: Option<Encoding>) -> Option<Encoding> {
    let marked = [Encoding::Utf8Bom, Encoding::Utf16Le, Encoding::Utf16Be];
    let found = marked.into_iter().find(|encoding| head.starts_with(encoding.mark()))?;
    // A stated encoding wins, except that UTF-8 may have a mark.
    let is_meant = given.is_none_or(|given| given == found || (given, found) == (Encoding::Utf8, Encoding::Utf8Bom));
    is_meant.then_some(found)
}

fn utf16(survey: &Survey, head: &[u8], given: Option<Encoding>) -> Option<Encoding> {
    if given.is_some() {
        return given.filter(|given| matches!(given, Encoding::Utf16Le | Encoding::Utf16Be));
    }
    if survey.n_nul == [0, 0] {
        return None;
    }
    utf16_without_mark(head)
}

fn unicode(encoding: Encoding, survey: &Survey, head: &[u8], is_whole: bool) -> Result<Verdict, Refusal> {
    let text = head.strip_prefix(encoding.mark()).unwrap_or(head);
    if matches!(encoding, Encoding::Utf8Bom) {
        return match () {
            () if survey.n_control >= 3 && survey.n_control * 50 > survey.n_bytes => Err(Refusal::Binary(None)),
            () if text.trim_ascii().is_empty() && is_whole => Err(Refusal::Empty),
            () if survey.n_bad > survey.n_short + survey.n_long + 1 => Err(Refusal::Encoding),
            () => Ok(Verdict::certain(encoding, survey, survey.n_bad)),
        };
    }
    let (n_bad, n_control, n_characters) = damage(encoding, text, is_whole);
    let text = encoding.table().decode_without_bom_handling(text).0;
    let is_beyond_ascii = |cell: &&str| !cell.is_ascii() && cell.len() <= 400;
    let cell = text.split([',', ';', '\t', '"', '|', '\r', '\n']).map(str::trim).find(is_beyond_ascii);
    match () {
        () if n_control * 50 > n_characters && n_control >= 3 => Err(Refusal::Binary(None)),
        () if n_bad * 20 > n_characters => Err(Refusal::Encoding),
        () if is_whole && text.trim().is_empty() => Err(Refusal::Empty),
        () => Ok(Verdict {
            encoding: Some(encoding),
            candidates: vec![Reading { encoding, sample: cell.unwrap_or_default().to_owned() }],
            is_ascii: false,
            n_bad: n_bad as u64,
            is_standard_hangul: false,
        }),
    }
}

struct Candidate {
    encoding: Encoding,
    cost: i64,
}

/// Judges words that are not UTF-8.
fn older(survey: &Survey) -> Result<Verdict, Refusal> {
    let frequent = Frequent::new();
    let words = &survey.words;
    let n_special: i64 = words.iter().map(|word| word.iter().filter(|byte| !byte.is_ascii()).count() as i64).sum();
    let mut candidates: Vec<Candidate> = OLDER
        .into_iter()
        .map(|encoding| {
            let own: i64 = words.iter().map(|word| cost(encoding, word, &frequent)).sum();
            Candidate { encoding, cost: own + mixture_cost(encoding, words) }
        })
        .collect();
    let (sound, broken) = ((survey.n_short + 2 * survey.n_long) as i64, survey.n_bad as i64);
    if sound > broken {
        candidates.push(Candidate { encoding: Encoding::Utf8, cost: 8 * broken - sound });
    }
    let detected = detect(words);
    for candidate in candidates.iter_mut().filter(|candidate| candidate.encoding.table() == detected) {
        // A letter or two tell the detector little of East Asia.
        let n_words = words.len() as i64;
        candidate.cost -= if candidate.encoding.is_western() { VOTE.min(n_words + 2) } else { VOTE.min(n_special / 2) };
    }
    candidates.sort_by_key(|candidate| candidate.cost);
    let best = candidates[0].cost;
    // A broken byte in one of four words is damage and says nothing against a reading.
    let n_damaged = n_broken(candidates[0].encoding, survey).min(words.len() as u64 / 4) as i64;
    let oddness = best - BROKEN * n_damaged;
    let is_known_to_us = OLDER.iter().any(|encoding| encoding.table() == detected);
    // Odd in every reading, or clean only as a DOS or Mac program, or the detector's language, would have written it.
    let foreign = foreign_cost(words);
    if oddness * 4 > 9 * n_special.max(1)
        || foreign + MARGIN <= best
        || (!is_known_to_us && oddness * 2 > n_special.max(8))
    {
        return Err(Refusal::Encoding);
    }
    let limit = best + MARGIN + best.max(0) / 10;
    candidates.retain(|candidate| candidate.cost < limit);
    drop_same_text(&mut candidates, words);
    let taken: Vec<Encoding> = candidates.iter().map(|candidate| candidate.encoding).collect();
    let encoding = if let [only] = taken[..] { Some(only) } else { None };
    let is_korean_likeliest =
        candidates.iter().any(|candidate| candidate.encoding == Encoding::Cp949 && candidate.cost <= best);
    let is_standard_hangul = is_korean_likeliest
        && !taken.iter().any(|encoding| encoding.is_western() || *encoding == Encoding::Utf8)
        && multibyte::are_korean_of_the_standard(words, &frequent);
    let n_bad = match encoding {
        Some(Encoding::Utf8) => survey.n_bad,
        Some(encoding) => n_broken(encoding, survey),
        None => 0,
    };
    Ok(Verdict { encoding, candidates: readings(&taken, survey), is_ascii: false, n_bad, is_standard_hangul })
}

fn cost(encoding: Encoding, word: &[u8], frequent: &Frequent) -> i64 {
    let letters = match encoding {
        Encoding::Windows1252 => western::WESTERN_LETTERS,
        Encoding::Windows1250 => western::CENTRAL_LETTERS,
        _ => return multibyte::cost(encoding, word, frequent),
    };
    let text: Vec<char> = encoding.table().decode_without_bom_handling(word).0.chars().collect();
    if text.iter().copied().any(super::is_hole) { BROKEN } else { western::cost(&text, letters) }
}

/// What a Western reading costs for words of different languages.
fn mixture_cost(encoding: Encoding, words: &[Vec<u8>]) -> i64 {
    let alphabets: &[&str] = match encoding {
        Encoding::Windows1252 => &western::WESTERN_ALPHABETS,
        Encoding::Windows1250 => &western::CENTRAL_ALPHABETS,
        _ => return 0,
    };
    let read = |word: &Vec<u8>| encoding.table().decode_without_bom_handling(word).0.chars().collect();
    western::mixture_cost(&words.iter().map(read).collect::<Vec<_>>(), alphabets)
}

fn n_broken(encoding: Encoding, survey: &Survey) -> u64 {
    let is_broken = |word: &&Vec<u8>| {
        let text = encoding.table().decode_without_bom_handling(word).0;
        text.contains('\u{fffd}') || (encoding.is_western() && text.contains(super::is_hole))
    };
    survey.words.iter().filter(is_broken).count() as u64
}

/// The cost of the likeliest of three readings that are not supported: DOS, Mac and Turkish.
fn foreign_cost(words: &[Vec<u8>]) -> i64 {
    let sum = |read: fn(u8) -> char| {
        let one = |word: &Vec<u8>| {
            let text: Vec<char> = word.iter().copied().map(read).collect();
            if text.contains(&'\u{fffd}') { BROKEN } else { western::cost(&text, western::WESTERN_LETTERS) }
        };
        words.iter().map(one).sum::<i64>()
    };
    let turkish: Vec<Vec<char>> =
        words.iter().map(|word| WINDOWS_1254.decode_without_bom_handling(word).0.chars().collect()).collect();
    let turkish_word = |word: &Vec<char>| {
        if word.iter().copied().any(super::is_hole) { BROKEN } else { western::cost(word, western::TURKISH_ALPHABET) }
    };
    let turkish_cost =
        western::mixture_cost(&turkish, &[western::TURKISH_ALPHABET]) + turkish.iter().map(turkish_word).sum::<i64>();
    sum(western::as_dos).min(sum(western::as_mac)).min(turkish_cost)
}

fn detect(words: &[Vec<u8>]) -> &'static encoding_rs::Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    for word in words {
        detector.feed(word, false);
        detector.feed(b" ", false);
    }
    detector.feed(b"", true);
    detector.guess(None, Utf8Detection::Deny)
}

/// Two encodings that read every word alike are one; the more welcome stays.
fn drop_same_text(candidates: &mut Vec<Candidate>, words: &[Vec<u8>]) {
    let rank = |encoding: Encoding| OLDER.iter().position(|known| *known == encoding);
    let is_same = |a: Encoding, b: Encoding| {
        words
            .iter()
            .all(|word| a.table().decode_without_bom_handling(word).0 == b.table().decode_without_bom_handling(word).0)
    };
    let all: Vec<Encoding> = candidates.iter().map(|candidate| candidate.encoding).collect();
    candidates.retain(|candidate| {
        !all.iter().any(|other| rank(*other) < rank(candidate.encoding) && is_same(*other, candidate.encoding))
    });
}

/// One cell in each encoding: the first that all of them read differently, else the first.
fn readings(encodings: &[Encoding], survey: &Survey) -> Vec<Reading> {
    let read = |cell: &[u8]| -> Vec<String> {
        let text = |encoding: &Encoding| encoding.table().decode_without_bom_handling(cell).0.trim().to_owned();
        encodings.iter().map(text).collect()
    };
    let differ = |texts: &Vec<String>| (1..texts.len()).all(|at| !texts[..at].contains(&texts[at]));
    let shown = survey.cells.iter().map(|cell| read(cell)).find(differ);
    let texts = shown.or_else(|| survey.cells.first().map(|cell| read(cell)));
    let texts = texts.unwrap_or_else(|| vec![String::new(); encodings.len()]);
    encodings.iter().zip(texts).map(|(encoding, sample)| Reading { encoding: *encoding, sample }).collect()
}

#[cfg(test)]
mod tests;
