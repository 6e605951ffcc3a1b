//! What kind of file this is, by its content.

pub(super) mod advice;

use advice::{
    ARCHIVE, DATABASE, FLAT_ODS, JSON, NUMBERS, OLD_EXCEL, OTHER_OPEN_DOCUMENT, OTHER_XML, PASSWORD, PDF, RTF, SLIDES,
    WEB_ARCHIVE, WEB_PAGE, WEB_PAGE_NAMED_WORKBOOK, WORD, XLSB, XML_2003, ZIP_OF_TABLES,
};

/// Bytes that [`form_of`] makes use of.
pub(super) const LOOKED_AT_BYTES: u64 = 64 * 1024;

/// The kind of a file that may hold a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileForm {
    /// Text, as far as its first bytes say: whoever reads it decides about its encoding.
    Text,
    Xlsx,
    Xls,
    Ods,
    /// What it is instead, and what to do.
    Other(&'static str),
}

/// Tells the kind of a file by up to 64 KiB of its beginning. The name only words the advice: a workbook that was renamed
/// `.csv` is a workbook, and a text named `.xls` is a text.
pub fn form_of(first_bytes: &[u8], file_name: &str) -> FileForm {
    if first_bytes.starts_with(b"PK\x03\x04") {
        return zip_form(first_bytes);
    }
    if first_bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return ole_form(first_bytes);
    }
    for (start, form) in [
        (&b"PK\x05\x06"[..], ZIP_OF_TABLES),
        (b"PK\x07\x08", ZIP_OF_TABLES),
        (b"\x1f\x8b", ARCHIVE),
        (b"7z\xbc\xaf\x27\x1c", ARCHIVE),
        (b"Rar!\x1a\x07", ARCHIVE),
        (b"BZh", ARCHIVE),
        (b"\xfd7zXZ\0", ARCHIVE),
        (b"\x28\xb5\x2f\xfd", ARCHIVE),
        (b"%PDF-", PDF),
        (b"{\\rtf", RTF),
        (b"SQLite format 3\0", DATABASE),
        (b"\0\x01\0\0Standard Jet DB", DATABASE),
        (b"\0\x01\0\0Standard ACE DB", DATABASE),
        (b"PAR1", DATABASE),
        // The first record of a workbook before it had streams.
        (b"\x09\0\x04\0", OLD_EXCEL),
        (b"\x09\x02\x06\0", OLD_EXCEL),
        (b"\x09\x04\x06\0", OLD_EXCEL),
    ] {
        // `BZh` and `PAR1` could begin a word: what follows in such a file is no text.
        let is_sure = start.len() > 4 || first_bytes.iter().skip(start.len()).take(32).any(is_control);
        if first_bytes.starts_with(start) && is_sure {
            return FileForm::Other(form);
        }
    }
    markup_form(first_bytes, file_name)
}

fn is_control(byte: &u8) -> bool {
    byte.is_ascii_control() && !matches!(byte, b'\t' | b'\n' | b'\r')
}

/// The names of the files whose headers lie in the first bytes decide.
fn zip_form(first_bytes: &[u8]) -> FileForm {
    let mut has_parts = false;
    let mut has_numbers = false;
    for name in zip_names(first_bytes) {
        let name = String::from_utf8_lossy(name).replace('\\', "/").to_ascii_lowercase();
        match name.as_str() {
            "mimetype" => return open_document_form(first_bytes),
            "[content_types].xml" => has_parts = true,
            _ if name.starts_with("xl/") && name.ends_with("workbook.bin") => return FileForm::Other(XLSB),
            _ if name.starts_with("xl/worksheets/") && name.ends_with(".bin") => return FileForm::Other(XLSB),
            _ if name.starts_with("xl/") => return xlsx_or_binary(first_bytes),
            _ if name.starts_with("word/") => return FileForm::Other(WORD),
            _ if name.starts_with("ppt/") => return FileForm::Other(SLIDES),
            _ => has_numbers |= name.ends_with(".iwa"),
        }
    }
    match (has_parts, has_numbers) {
        (true, _) => FileForm::Xlsx,
        (false, true) => FileForm::Other(NUMBERS),
        (false, false) => FileForm::Other(ZIP_OF_TABLES),
    }
}

fn xlsx_or_binary(first_bytes: &[u8]) -> FileForm {
    let is_binary = |name: &[u8]| name.ends_with(b"workbook.bin");
    if zip_names(first_bytes).any(is_binary) { FileForm::Other(XLSB) } else { FileForm::Xlsx }
}

fn open_document_form(first_bytes: &[u8]) -> FileForm {
    let start = &first_bytes[..first_bytes.len().min(256)];
    if contains(start, b"application/vnd.oasis.opendocument.spreadsheet") {
        FileForm::Ods
    } else if contains(start, b"application/vnd.oasis.opendocument") {
        FileForm::Other(OTHER_OPEN_DOCUMENT)
    } else {
        FileForm::Other(ZIP_OF_TABLES)
    }
}

/// Names in the local headers of a zip archive, as far as the bytes go.
fn zip_names(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    const HEADER_BYTES: usize = 30;
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            at += find(bytes.get(at..)?, b"PK\x03\x04")?;
            let header = bytes.get(at..at + HEADER_BYTES)?;
            let name_bytes = usize::from(u16::from_le_bytes([header[26], header[27]]));
            let name = bytes.get(at + HEADER_BYTES..at + HEADER_BYTES + name_bytes);
            at += 4;
            if let Some(name) = name {
                return Some(name);
            }
        }
    })
}

/// Streams of an Office file have their names in UTF-16. Its directory may also lie further back.
fn ole_form(first_bytes: &[u8]) -> FileForm {
    let has = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        contains(first_bytes, &name)
    };
    if has("EncryptedPackage") {
        FileForm::Other(PASSWORD)
    } else if has("Workbook") || has("WORKBOOK") || has("Book") {
        FileForm::Xls
    } else if has("WordDocument") {
        FileForm::Other(WORD)
    } else if has("PowerPoint Document") {
        FileForm::Other(SLIDES)
    } else {
        FileForm::Xls
    }
}

/// Texts that are a page or a document rather than a table.
fn markup_form(first_bytes: &[u8], file_name: &str) -> FileForm {
    const PEEKED_BYTES: usize = 8 * 1024;
    // UTF-16 loses its zeros here: tags are ASCII.
    let text: Vec<u8> = first_bytes.iter().take(PEEKED_BYTES).filter(|&&byte| byte != 0).copied().collect();
    let text = String::from_utf8_lossy(&text).to_ascii_lowercase();
    let mut text = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{fffd}'));
    if text.starts_with("mime-version:") || text.starts_with("content-type: multipart/related") {
        return FileForm::Other(WEB_ARCHIVE);
    }
    let is_xml = text.starts_with("<?xml");
    if is_xml && (text.contains("urn:schemas-microsoft-com:office:spreadsheet") || text.contains("excel.sheet")) {
        return FileForm::Other(XML_2003);
    }
    if is_xml && text.contains("office:document") {
        return FileForm::Other(FLAT_ODS);
    }
    // Declarations and comments before the first tag.
    while text.starts_with("<?") || text.starts_with("<!--") {
        let end = if text.starts_with("<?") { "?>" } else { "-->" };
        let Some((_, rest)) = text.split_once(end) else { break };
        text = rest.trim_start();
    }
    if is_page(text) {
        let name = file_name.to_ascii_lowercase();
        let is_named_workbook = [".xls", ".xlsx", ".xlsm", ".ods"].iter().any(|ending| name.ends_with(ending));
        return FileForm::Other(if is_named_workbook { WEB_PAGE_NAMED_WORKBOOK } else { WEB_PAGE });
    }
    if is_json(text) {
        return FileForm::Other(JSON);
    }
    if is_xml { FileForm::Other(OTHER_XML) } else { FileForm::Text }
}

/// `{"a": …`, `[{"a": …`, `[["a", …`: no row of column names begins so.
fn is_json(text: &str) -> bool {
    let squeezed: String = text.chars().take(200).filter(|c| !c.is_whitespace()).take(4).collect();
    ["{\"", "[{\"", "[[\"", "{}", "[]"].iter().any(|start| squeezed.starts_with(start))
}

fn is_page(text: &str) -> bool {
    const TAGS: [&str; 16] = [
        "!doctype html",
        "html",
        "head",
        "body",
        "table",
        "meta",
        "style",
        "div",
        "title",
        "script",
        "form",
        "center",
        "tr",
        "br",
        "p",
        "font",
    ];
    let Some(tag) = text.strip_prefix('<') else { return false };
    let ends_tag = |rest: &str| rest.starts_with(|c: char| c == '>' || c == '/' || c.is_whitespace());
    TAGS.iter().any(|known| tag.strip_prefix(known).is_some_and(ends_tag))
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    find(bytes, wanted).is_some()
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

#[cfg(test)]
mod tests;
