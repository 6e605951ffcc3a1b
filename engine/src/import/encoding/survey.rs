//! What one pass over a whole file collects for the decision about its encoding. Memory is bounded.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::str;

use super::binary::is_control;

/// Different words with bytes above ASCII that are kept; more of them change no decision.
const MAX_WORDS: usize = 20_000;
/// Longest word and longest cell that is kept. Chinese and Japanese write no blanks.
const MAX_WORD_BYTES: usize = 400;
/// Cells that are kept to show one of them.
const MAX_CELLS: usize = 64;
/// From so many broken places on, more of them than sound ones, a file is certainly not UTF-8.
const HOPELESS: u64 = 50_000;

/// Counts over all bytes of a file, and what its words look like.
#[derive(Default)]
pub struct Survey {
    pub n_bytes: u64,
    /// Control characters, NUL among them.
    pub n_control: u64,
    /// NUL at even and at odd places.
    pub n_nul: [u64; 2],
    /// Letters of two, and of three or four bytes, that are sound UTF-8.
    pub n_short: u64,
    pub n_long: u64,
    /// Places that are not UTF-8.
    pub n_bad: u64,
    /// Whether there is a byte above ASCII, and one that is neither blank nor NUL.
    pub is_ascii: bool,
    pub has_text: bool,
    /// Different words with bytes above ASCII, in the order of the file.
    pub words: Vec<Vec<u8>>,
    /// A few cells with bytes above ASCII.
    pub cells: Vec<Vec<u8>>,
    seen: HashSet<u64>,
    /// Bytes of a letter, and of a word, that a piece ended in.
    tail: Vec<u8>,
    word: Vec<u8>,
}

impl Survey {
    /// A survey of nothing yet.
    pub fn new() -> Self {
        Self { is_ascii: true, ..Self::default() }
    }

    /// Takes the next piece; `is_last` ends the file.
    pub fn add(&mut self, piece: &[u8], is_last: bool) {
        self.count(piece);
        let is_ascii = piece.is_ascii();
        if !is_ascii {
            self.is_ascii = false;
            self.keep_cells(piece);
        }
        if is_ascii && self.tail.is_empty() {
            self.word.clear();
            return;
        }
        if !self.check_utf8(piece, is_last) {
            self.keep_words(piece, is_last);
        } else {
            self.word.clear();
        }
    }

    fn count(&mut self, piece: &[u8]) {
        let n_control = piece.iter().filter(|byte| is_control(**byte)).count();
        if n_control > 0 {
            self.n_control += n_control as u64;
            let shift = (self.n_bytes % 2) as usize;
            for (at, _) in piece.iter().enumerate().filter(|(_, byte)| **byte == 0) {
                self.n_nul[(at + shift) % 2] += 1;
            }
        }
        self.n_bytes += piece.len() as u64;
        self.has_text = self.has_text || piece.iter().any(|byte| *byte > b' ');
    }

    /// Whether the piece, with what the one before it left over, is sound UTF-8.
    fn check_utf8(&mut self, piece: &[u8], is_last: bool) -> bool {
        if self.n_bad >= HOPELESS && self.n_bad > self.n_long {
            return false;
        }
        let before = self.n_bad;
        let mut from = 0;
        // The letter at the edge of two pieces: at most three bytes of it are left over.
        if !self.tail.is_empty() {
            let mut edge = std::mem::take(&mut self.tail);
            let n_left = edge.len();
            edge.extend_from_slice(&piece[..piece.len().min(4 - n_left)]);
            match str::from_utf8(&edge) {
                Ok(_) => from = edge.len() - n_left,
                Err(error) if error.valid_up_to() >= n_left => from = error.valid_up_to() - n_left,
                Err(error) if error.error_len().is_none() && edge.len() < 4 && !is_last => {
                    self.tail = edge;
                    return true;
                }
                Err(_) => self.n_bad += 1,
            }
            if from > 0 {
                self.n_long += 1;
            }
        }
        let mut rest = &piece[from..];
        while !rest.is_empty() {
            let (sound, broken) = match str::from_utf8(rest) {
                Ok(_) => (rest.len(), 0),
                Err(error) => match error.error_len() {
                    Some(n) => (error.valid_up_to(), n),
                    None if is_last => (error.valid_up_to(), rest.len() - error.valid_up_to()),
                    None => {
                        self.tail = rest[error.valid_up_to()..].to_vec();
                        rest = &rest[..error.valid_up_to()];
                        (rest.len(), 0)
                    }
                },
            };
            self.n_short += rest[..sound].iter().filter(|byte| matches!(byte, 0xc2..=0xdf)).count() as u64;
            self.n_long += rest[..sound].iter().filter(|byte| matches!(byte, 0xe0..=0xf4)).count() as u64;
            self.n_bad += u64::from(broken > 0);
            rest = &rest[sound + broken..];
        }
        self.n_bad == before
    }

    fn keep_words(&mut self, piece: &[u8], is_last: bool) {
        if self.words.len() >= MAX_WORDS {
            return;
        }
        let mut start = 0;
        for (at, byte) in piece.iter().enumerate() {
            if ends_word(*byte) {
                if start < at || !self.word.is_empty() {
                    self.keep_word(&piece[start..at]);
                }
                start = at + 1;
            }
        }
        if is_last {
            self.keep_word(&piece[start..]);
        } else if self.word.len() <= MAX_WORD_BYTES {
            self.word.extend_from_slice(&piece[start..piece.len().min(start + MAX_WORD_BYTES + 1)]);
        }
    }

    /// Takes a word, with its beginning in the piece before.
    fn keep_word(&mut self, end: &[u8]) {
        let joined;
        let word = if self.word.is_empty() {
            end
        } else {
            self.word.extend_from_slice(&end[..end.len().min(MAX_WORD_BYTES + 1)]);
            joined = std::mem::take(&mut self.word);
            &joined
        };
        if word.is_ascii() || word.len() > MAX_WORD_BYTES || self.words.len() >= MAX_WORDS {
            return;
        }
        let mut hasher = DefaultHasher::new();
        word.hash(&mut hasher);
        if self.seen.insert(hasher.finish()) {
            self.words.push(word.to_vec());
        }
    }

    fn keep_cells(&mut self, piece: &[u8]) {
        if self.cells.len() >= MAX_CELLS {
            return;
        }
        let cells = piece.split(|byte| matches!(byte, b',' | b';' | b'\t' | b'"' | b'\r' | b'\n'));
        // The last cell may go on in the next piece.
        let n_cells = cells.clone().count();
        for cell in cells.take(n_cells.saturating_sub(1).max(1)).filter(|cell| !cell.is_ascii()) {
            let n_bars = cell.iter().filter(|byte| **byte == b'|').count();
            let parts = cell.split(|byte| n_bars > 1 && *byte == b'|').map(<[u8]>::trim_ascii);
            for part in parts.filter(|part| !part.is_ascii() && part.len() <= MAX_WORD_BYTES) {
                if self.cells.len() < MAX_CELLS && !self.cells.iter().any(|known| known == part) {
                    self.cells.push(part.to_vec());
                }
            }
        }
    }
}

/// Whether a byte is the second half of no letter in any encoding and ends a word.
fn ends_word(byte: u8) -> bool {
    matches!(byte, 0..=0x2f | 0x3a..=0x3f)
}
