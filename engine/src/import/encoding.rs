//! Bytes of any supported encoding as UTF-8, a piece at a time.

use std::io::{self, BufRead, Read};

use encoding_rs::{CoderResult, Decoder, DecoderResult, EUC_KR, UTF_8, UTF_16BE, UTF_16LE};
use serde::{Deserialize, Serialize};

/// Bytes that are looked at before anything is decided, and the piece in which a file is read.
const PIECE_BYTES: usize = 64 * 1024;

/// How the text of a file is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    /// UTF-8, which plain ASCII is too.
    Utf8,
    /// UTF-8 with a byte order mark.
    Utf8Bom,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// Korean Windows (code page 949), a superset of EUC-KR.
    Cp949,
}

impl Encoding {
    fn decoder(self) -> Decoder {
        match self {
            Self::Utf8 | Self::Utf8Bom => UTF_8,
            Self::Utf16Le => UTF_16LE,
            Self::Utf16Be => UTF_16BE,
            Self::Cp949 => EUC_KR,
        }
        .new_decoder_without_bom_handling()
    }
}

/// Why bytes are not text.
#[derive(Debug)]
pub enum Refusal {
    Empty,
    /// Not text at all; what the first bytes look like, if they are known.
    Binary(Option<&'static str>),
    /// Text in none of the supported encodings.
    Encoding,
    Read(io::Error),
}

/// A reader of UTF-8 over bytes of a detected encoding. Malformed bytes become U+FFFD, which later makes a row error.
pub struct Decoded<R> {
    input: R,
    piece: Vec<u8>,
    text: String,
    taken: usize,
    /// `None` as long as everything was ASCII: a Korean word may come late.
    decoder: Option<Decoder>,
    encoding: Encoding,
    is_at_end: bool,
}

impl<R: Read> Decoded<R> {
    /// Reads the first piece and decides what it is.
    pub fn open(input: R) -> Result<Self, Refusal> {
        let mut this = Self {
            input,
            piece: Vec::with_capacity(PIECE_BYTES),
            text: String::new(),
            taken: 0,
            decoder: None,
            encoding: Encoding::Utf8,
            is_at_end: false,
        };
        this.read_piece().map_err(Refusal::Read)?;
        if this.piece.is_empty() {
            return Err(Refusal::Empty);
        }
        if let Some((encoding, bom_bytes)) = sniff(&this.piece, this.is_at_end)? {
            this.piece.drain(..bom_bytes);
            this.encoding = encoding;
            this.decoder = Some(encoding.decoder());
        }
        this.decode_piece();
        if this.text.trim().is_empty() && this.is_at_end {
            return Err(Refusal::Empty);
        }
        Ok(this)
    }

    /// What the file turned out to be so far.
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    fn read_piece(&mut self) -> io::Result<()> {
        self.piece.clear();
        let n = self.input.by_ref().take(PIECE_BYTES as u64).read_to_end(&mut self.piece)?;
        self.is_at_end = n < PIECE_BYTES;
        Ok(())
    }

    fn decode_piece(&mut self) {
        if self.decoder.is_none() && !self.piece.is_ascii() {
            let (encoding, _) = likeliest(&self.piece, self.is_at_end);
            self.encoding = encoding;
            self.decoder = Some(encoding.decoder());
        }
        self.text.clear();
        self.taken = 0;
        let Some(decoder) = &mut self.decoder else {
            self.text.push_str(&String::from_utf8_lossy(&self.piece));
            return;
        };
        let mut from = 0;
        loop {
            let room = decoder.max_utf8_buffer_length(self.piece.len() - from).unwrap_or(PIECE_BYTES);
            self.text.reserve(room.max(16));
            let (result, n, _) = decoder.decode_to_string(&self.piece[from..], &mut self.text, self.is_at_end);
            from += n;
            if result == CoderResult::InputEmpty {
                break;
            }
        }
    }
}

impl<R: Read> BufRead for Decoded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.taken == self.text.len() && !self.is_at_end {
            self.read_piece()?;
            self.decode_piece();
        }
        Ok(&self.text.as_bytes()[self.taken..])
    }

    fn consume(&mut self, n: usize) {
        self.taken = (self.taken + n).min(self.text.len());
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(buffer)?;
        self.consume(n);
        Ok(n)
    }
}

/// The encoding of a file's first bytes and the length of its byte order mark; `None` while all is ASCII.
fn sniff(bytes: &[u8], is_whole: bool) -> Result<Option<(Encoding, usize)>, Refusal> {
    const KNOWN: [(&[u8], &str); 7] = [
        (b"PK\x03\x04", "a ZIP archive or an Excel workbook (.xlsx)"),
        (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls)"),
        (b"\x1f\x8b", "a gzip archive"),
        (b"%PDF", "a PDF document"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"\x89PNG", "a picture"),
        (b"PAR1", "a Parquet file"),
    ];
    if let Some((_, name)) = KNOWN.iter().find(|(magic, _)| bytes.starts_with(magic)) {
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

/// UTF-16 shows as NUL in every other byte, because delimiters and digits are ASCII.
fn utf16_without_mark(bytes: &[u8]) -> Option<Encoding> {
    let n_nul = |first: usize| bytes.iter().skip(first).step_by(2).filter(|byte| **byte == 0).count();
    let (n_even, n_odd) = (n_nul(0), n_nul(1));
    let enough = (bytes.len() / 2).div_ceil(10).max(2);
    match () {
        () if n_odd >= enough && n_even * 20 <= n_odd => Some(Encoding::Utf16Le),
        () if n_even >= enough && n_odd * 20 <= n_even => Some(Encoding::Utf16Be),
        () => None,
    }
}

/// UTF-8 or CP949, whichever reads `bytes` with fewer malformed places; and their number.
fn likeliest(bytes: &[u8], is_whole: bool) -> (Encoding, usize) {
    let (utf8, ..) = damage(Encoding::Utf8, bytes, is_whole);
    if utf8 == 0 {
        return (Encoding::Utf8, 0);
    }
    let (cp949, ..) = damage(Encoding::Cp949, bytes, is_whole);
    if cp949 < utf8 { (Encoding::Cp949, cp949) } else { (Encoding::Utf8, utf8) }
}

/// Malformed places, control characters, and characters of `bytes` read as `encoding`.
fn damage(encoding: Encoding, bytes: &[u8], is_whole: bool) -> (usize, usize, usize) {
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

fn is_control(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1a)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "품목코드,품목명\nA-1,메카니칼 씰\n";

    fn decoded(bytes: &[u8]) -> (Encoding, String) {
        let mut decoded = Decoded::open(bytes).expect("text in a supported encoding");
        let mut text = String::new();
        decoded.read_to_string(&mut text).expect("memory can be read");
        (decoded.encoding(), text)
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn each_encoding_gives_the_same_text() {
        let bom = |text: &str| format!("\u{feff}{text}");
        assert_eq!(decoded(TEXT.as_bytes()), (Encoding::Utf8, TEXT.into()));
        assert_eq!(decoded(bom(TEXT).as_bytes()), (Encoding::Utf8Bom, TEXT.into()));
        assert_eq!(decoded(&utf16(&bom(TEXT), u16::to_le_bytes)), (Encoding::Utf16Le, TEXT.into()));
        assert_eq!(decoded(&utf16(&bom(TEXT), u16::to_be_bytes)), (Encoding::Utf16Be, TEXT.into()));
        assert_eq!(decoded(&utf16(TEXT, u16::to_le_bytes)), (Encoding::Utf16Le, TEXT.into()));
        assert_eq!(decoded(&utf16(TEXT, u16::to_be_bytes)), (Encoding::Utf16Be, TEXT.into()));
        assert_eq!(decoded(&EUC_KR.encode(TEXT).0), (Encoding::Cp949, TEXT.into()));
    }

    #[test]
    fn korean_that_comes_late_is_still_recognised() {
        let text = format!("item_cd,item_nm\n{}B,씰\n", "A-1,pump seal\n".repeat(20_000));
        assert_eq!(decoded(&EUC_KR.encode(&text).0), (Encoding::Cp949, text.clone()));
        assert_eq!(decoded(text.as_bytes()), (Encoding::Utf8, text.clone()));
    }

    #[test]
    fn letters_across_the_edge_of_a_piece_stay_whole() {
        for shift in 0..3 {
            let text = format!("{}{}", "x".repeat(shift), "가".repeat(60_000));
            assert_eq!(decoded(text.as_bytes()).1, text);
            assert_eq!(decoded(&EUC_KR.encode(&text).0).1, text);
        }
    }

    #[test]
    fn what_is_not_text_is_refused() {
        let refusal = |bytes: &[u8]| Decoded::open(bytes).err().expect("not text");
        assert!(matches!(refusal(b""), Refusal::Empty));
        assert!(matches!(refusal(b" \r\n\n"), Refusal::Empty));
        assert!(matches!(refusal(b"PK\x03\x04rest"), Refusal::Binary(Some(_))));
        assert!(matches!(refusal(b"item_cd\0\0\0\x01\x02"), Refusal::Binary(None)));
        assert!(matches!(refusal(&[7, 1, 2, 3, 4, 200, 201]), Refusal::Binary(None)));
        assert!(matches!(refusal(b"Stra\xdfe,Gr\xf6\xdfe\n"), Refusal::Encoding));
    }
}
