//! What can be said of a file after its first piece.

use encoding_rs::DecoderResult;

use super::binary::{is_control, known_binary, utf16_without_mark};
use super::{Encoding, PIECE_BYTES, Refusal};

/// The encoding of a file's first bytes and the length of its byte order mark; `None` while all is ASCII.
pub fn sniff(bytes: &[u8], is_whole: bool) -> Result<Option<(Encoding, usize)>, Refusal> {
    if let Some(name) = known_binary(bytes) {
        return Err(Refusal::Binary(Some(name)));
    }
    let found = if bytes.starts_with(&[0xef, 0xbb, 0xbf]) {
        Some((Encoding::Utf8Bom, 3))
    } else if bytes.starts_with(&[0xff, 0xfe]) {
        Some((Encoding::Utf16Le, 2))
    } else if bytes.starts_with(&[0xfe, 0xff]) {
        Some((Encoding::Utf16Be, 2))
    } else {
        utf16_without_mark(bytes).map(|encoding| (encoding, 0))
    };
    if let Some((encoding, bom_bytes)) = found {
        let (n_bad, n_control, n_characters) = damage(encoding, &bytes[bom_bytes..], is_whole);
        return match () {
            () if n_control * 100 > n_characters => Err(Refusal::Binary(None)),
            () if n_bad * 20 > n_characters => Err(Refusal::Encoding),
            () => Ok(Some((encoding, bom_bytes))),
        };
    }
    let n_control = bytes.iter().filter(|byte| is_control(**byte)).count();
    if bytes.contains(&0) || n_control * 100 > bytes.len() {
        return Err(Refusal::Binary(None));
    }
    if bytes.is_ascii() {
        return Ok(None);
    }
    let (encoding, n_bad) = likeliest(bytes, is_whole);
    let n_special = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    // A few damaged letters are row errors; a text that is mostly damaged is another encoding.
    if n_bad * 20 > n_special { Err(Refusal::Encoding) } else { Ok(Some((encoding, 0))) }
}

/// UTF-8 or CP949, whichever reads `bytes` with fewer malformed places; and their number.
pub fn likeliest(bytes: &[u8], is_whole: bool) -> (Encoding, usize) {
    let (utf8, ..) = damage(Encoding::Utf8, bytes, is_whole);
    if utf8 == 0 {
        return (Encoding::Utf8, 0);
    }
    let (cp949, ..) = damage(Encoding::Cp949, bytes, is_whole);
    if cp949 < utf8 { (Encoding::Cp949, cp949) } else { (Encoding::Utf8, utf8) }
}

/// Malformed places, control characters, and characters of `bytes` read as `encoding`.
pub fn damage(encoding: Encoding, bytes: &[u8], is_whole: bool) -> (usize, usize, usize) {
    let mut decoder = encoding.decoder();
    let mut text = String::with_capacity(PIECE_BYTES);
    let (mut n_bad, mut n_control, mut n_characters, mut from) = (0, 0, 0, 0);
    loop {
        text.clear();
        let (result, n) = decoder.decode_to_string_without_replacement(&bytes[from..], &mut text, is_whole);
        from += n;
        n_characters += text.chars().count();
        n_control += text.bytes().filter(|byte| *byte == 0 || is_control(*byte)).count();
        match result {
            DecoderResult::InputEmpty => return (n_bad, n_control, n_characters),
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(..) => n_bad += 1,
        }
    }
}
