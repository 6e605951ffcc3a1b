//! What is no text: archives, workbooks, pictures, and how UTF-16 without a mark shows.

use super::Encoding;

/// What a file is whose first bytes are known and are no text.
pub fn known_binary(bytes: &[u8]) -> Option<&'static str> {
    const KNOWN: [(&[u8], &str); 13] = [
        (b"PK\x03\x04", "a ZIP archive or an Excel workbook (.xlsx)"),
        (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls)"),
        (b"\x1f\x8b", "a gzip archive"),
        (b"%PDF", "a PDF document"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"GIF8", "a picture"),
        (b"PAR1", "a Parquet file"),
        (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
        (b"Rar!\x1a\x07", "a RAR archive"),
        (b"\xfd7zXZ\0", "an xz archive"),
        (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    ];
    KNOWN.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, name)| *name)
}

/// UTF-16 shows as NUL in every other byte, because delimiters and digits are ASCII.
pub fn utf16_without_mark(bytes: &[u8]) -> Option<Encoding> {
    let n_nul = |first: usize| bytes.iter().skip(first).step_by(2).filter(|byte| **byte == 0).count();
    let (n_even, n_odd) = (n_nul(0), n_nul(1));
    let enough = (bytes.len() / 2).div_ceil(10).max(2);
    match () {
        () if n_odd >= enough && n_even * 20 <= n_odd => Some(Encoding::Utf16Le),
        () if n_even >= enough && n_odd * 20 <= n_even => Some(Encoding::Utf16Be),
        () => None,
    }
}

/// Whether a file declares itself as UTF-32, which is not read.
pub fn is_utf32(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xff\xfe\0\0") || bytes.starts_with(b"\0\0\xfe\xff")
}

/// Whether escape sequences switch between alphabets, as in ISO-2022-JP and ISO-2022-KR, which are not read.
pub fn has_shift_sequences(bytes: &[u8]) -> bool {
    const SHIFTS: [&[u8]; 4] = [b"\x1b$B", b"\x1b$@", b"\x1b$)C", b"\x1b$(D"];
    bytes.contains(&0x1b) && SHIFTS.iter().any(|shift| bytes.windows(shift.len()).any(|window| window == *shift))
}

/// Whether a byte stands in no text: a control character other than line ends, tabs and the old end-of-file mark.
pub fn is_control(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0x1a)
}
