//! Bytes of any supported encoding as UTF-8, a piece at a time.
//!
//! [`judge`] reads a whole file and says which encoding it is in; [`Decoded::open_as`] then reads it in that one.
//! [`Decoded::open`] decides on the first piece alone and knows UTF-8, UTF-16 and CP949 only: enough for a short list.

mod binary;
mod first_piece;
mod frequent;
mod judge;
mod multibyte;
mod settle;
mod survey;
mod western;

use std::fmt;
use std::io::{self, BufRead, Read};

use encoding_rs::{
    BIG5, CoderResult, Decoder, EUC_JP, EUC_KR, GBK, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1250, WINDOWS_1252,
};
use serde::{Deserialize, Serialize};

use first_piece::{likeliest, sniff};
pub use judge::{Reading, Verdict, judge};
pub use settle::settle;

/// Bytes that are looked at before anything is decided, and the piece in which a file is read.
const PIECE_BYTES: usize = 64 * 1024;

/// How the text of a file is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
    /// Western European Windows, a superset of Latin-1.
    #[serde(rename = "windows_1252")]
    Windows1252,
    /// Central European Windows.
    #[serde(rename = "windows_1250")]
    Windows1250,
    /// Simplified Chinese; read as GB18030, which contains it.
    Gbk,
    /// Traditional Chinese.
    Big5,
    /// Japanese Windows (code page 932).
    ShiftJis,
    /// Japanese as older Unix systems write it.
    EucJp,
}

impl Encoding {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Utf8,
        Self::Utf8Bom,
        Self::Utf16Le,
        Self::Utf16Be,
        Self::Cp949,
        Self::Windows1252,
        Self::Windows1250,
        Self::Gbk,
        Self::Big5,
        Self::ShiftJis,
        Self::EucJp,
    ];

    /// The encoding that people or programs call `name`, in any case and with any separators.
    pub fn from_name(name: &str) -> Option<Self> {
        let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
        Some(match plain.as_str() {
            "utf8" | "ascii" | "usascii" | "65001" | "cp65001" => Self::Utf8,
            "utf8bom" | "utf8sig" | "utf8withbom" => Self::Utf8Bom,
            "utf16" | "utf16le" | "unicode" | "ucs2" | "ucs2le" => Self::Utf16Le,
            "utf16be" | "ucs2be" => Self::Utf16Be,
            "cp949" | "949" | "ms949" | "windows949" | "uhc" | "euckr" | "ksc5601" | "ksx1001" | "ksc56011987" => {
                Self::Cp949
            }
            "windows1252" | "cp1252" | "1252" | "ansi" | "latin1" | "iso88591" | "l1" => Self::Windows1252,
            "windows1250" | "cp1250" | "1250" => Self::Windows1250,
            "gbk" | "gb2312" | "gb18030" | "cp936" | "936" | "ms936" | "windows936" | "euccn" => Self::Gbk,
            "big5" | "cp950" | "950" | "ms950" | "windows950" | "big5hkscs" => Self::Big5,
            "shiftjis" | "sjis" | "cp932" | "932" | "ms932" | "windows31j" | "windows932" | "mskanji" => Self::ShiftJis,
            "eucjp" | "ujis" | "cp51932" => Self::EucJp,
            _ => return None,
        })
    }

    /// The name that is printed and that [`Encoding::from_name`] understands.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf8Bom => "UTF-8 with BOM",
            Self::Utf16Le => "UTF-16 LE",
            Self::Utf16Be => "UTF-16 BE",
            Self::Cp949 => "CP949",
            Self::Windows1252 => "Windows-1252",
            Self::Windows1250 => "Windows-1250",
            Self::Gbk => "GBK",
            Self::Big5 => "Big5",
            Self::ShiftJis => "Shift-JIS",
            Self::EucJp => "EUC-JP",
        }
    }

    /// Its code in reports.
    pub fn code(self) -> &'static str {
        match self {
            Self::Utf8 => "utf8",
            Self::Utf8Bom => "utf8_bom",
            Self::Utf16Le => "utf16_le",
            Self::Utf16Be => "utf16_be",
            Self::Cp949 => "cp949",
            Self::Windows1252 => "windows_1252",
            Self::Windows1250 => "windows_1250",
            Self::Gbk => "gbk",
            Self::Big5 => "big5",
            Self::ShiftJis => "shift_jis",
            Self::EucJp => "euc_jp",
        }
    }

    fn table(self) -> &'static encoding_rs::Encoding {
        match self {
            Self::Utf8 | Self::Utf8Bom => UTF_8,
            Self::Utf16Le => UTF_16LE,
            Self::Utf16Be => UTF_16BE,
            Self::Cp949 => EUC_KR,
            Self::Windows1252 => WINDOWS_1252,
            Self::Windows1250 => WINDOWS_1250,
            Self::Gbk => GBK,
            Self::Big5 => BIG5,
            Self::ShiftJis => SHIFT_JIS,
            Self::EucJp => EUC_JP,
        }
    }

    fn decoder(self) -> Decoder {
        self.table().new_decoder_without_bom_handling()
    }

    /// Whether each byte is one character.
    fn is_western(self) -> bool {
        matches!(self, Self::Windows1252 | Self::Windows1250)
    }

    /// The byte order mark that a file in this encoding may begin with.
    fn mark(self) -> &'static [u8] {
        match self {
            Self::Utf8 | Self::Utf8Bom => b"\xef\xbb\xbf",
            Self::Utf16Le => b"\xff\xfe",
            Self::Utf16Be => b"\xfe\xff",
            _ => b"",
        }
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
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

    /// Reads a file in an encoding that is already known; a byte order mark of that encoding is passed over.
    ///
    /// # Errors
    /// [`Refusal::Empty`] for nothing but blanks, [`Refusal::Read`] for a file that cannot be read.
    pub fn open_as(input: R, encoding: Encoding) -> Result<Self, Refusal> {
        let mut this = Self {
            input,
            piece: Vec::with_capacity(PIECE_BYTES),
            text: String::new(),
            taken: 0,
            decoder: Some(encoding.decoder()),
            encoding,
            is_at_end: false,
        };
        this.read_piece().map_err(Refusal::Read)?;
        if !encoding.mark().is_empty() && this.piece.starts_with(encoding.mark()) {
            this.piece.drain(..encoding.mark().len());
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
        // The two Windows tables have holes that the decoder fills with control characters.
        if self.encoding.is_western() && self.text.contains(is_hole) {
            self.text = self.text.replace(is_hole, "\u{fffd}");
        }
    }
}

/// Whether a byte without a character was read as this one.
fn is_hole(character: char) -> bool {
    matches!(character, '\u{80}'..='\u{9f}')
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

#[cfg(test)]
mod tests;
