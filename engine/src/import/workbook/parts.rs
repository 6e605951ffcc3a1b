//! The parts of a zipped workbook, never unpacked beyond their bounds.

use std::collections::HashMap;
use std::io::{self, BufReader, Read, Seek};

use quick_xml::events::{BytesRef, BytesStart};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;

use super::{Limits, WorkbookError};

/// Where a workbook is read from.
pub(super) trait Input: Read + Seek + Send {}

impl<T: Read + Seek + Send> Input for T {}

/// A zip archive whose parts are found by name, whatever case and slashes its writer used.
pub(super) struct Parts {
    archive: ZipArchive<Box<dyn Input>>,
    idx_by_name: HashMap<String, usize>,
}

/// A part while it is read.
pub(super) type Xml<'a> = Reader<BufReader<Bounded<Box<dyn Read + 'a>>>>;

impl Parts {
    /// Opens the archive and adds up what its parts say of their size.
    pub(super) fn open(input: Box<dyn Input>, limits: &Limits) -> Result<Self, WorkbookError> {
        let damaged = |error| WorkbookError::damaged("zip archive", error);
        let mut archive = ZipArchive::new(input).map_err(damaged)?;
        let mut idx_by_name = HashMap::new();
        let mut n_bytes: u64 = 0;
        for part_idx in 0..archive.len() {
            let part = archive.by_index_raw(part_idx).map_err(damaged)?;
            let name = String::from_utf8_lossy(part.name_raw()).replace('\\', "/").to_lowercase();
            // Pictures and macros are never unpacked.
            if [".xml", ".rels", "mimetype"].iter().any(|ending| name.ends_with(ending)) {
                n_bytes = n_bytes.saturating_add(part.size());
            }
            idx_by_name.entry(name.trim_start_matches('/').to_owned()).or_insert(part_idx);
        }
        if n_bytes > limits.max_unzipped_bytes {
            let limit = limits.max_unzipped_bytes;
            return Err(WorkbookError::TooLarge { what: "bytes when unzipped", found: n_bytes, limit });
        }
        Ok(Self { archive, idx_by_name })
    }

    /// A reader of a part; `None` if there is none of this name. More bytes than the part says it has are an error.
    pub(super) fn xml(&mut self, name: &str) -> Result<Option<Xml<'_>>, WorkbookError> {
        let Some(&part_idx) = self.idx_by_name.get(&name.to_lowercase()) else { return Ok(None) };
        let part = self.archive.by_index(part_idx).map_err(|error| WorkbookError::damaged(name, error))?;
        let left = part.size();
        let mut xml =
            Reader::from_reader(BufReader::with_capacity(1 << 16, Bounded { part: Box::new(part) as _, left }));
        let config = xml.config_mut();
        config.expand_empty_elements = true;
        config.check_comments = false;
        config.allow_dangling_amp = true;
        Ok(Some(xml))
    }
}

/// Ends with an error where a part goes on beyond the size it states.
pub(super) struct Bounded<R> {
    part: R,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n_read = self.part.read(buffer)?;
        match self.left.checked_sub(n_read as u64) {
            Some(left) => self.left = left,
            None => return Err(io::Error::other("larger than it says")),
        }
        Ok(n_read)
    }
}

/// The value of an attribute, whatever its prefix.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == name)?;
    let value = found.normalized_value(XmlVersion::Implicit1_0);
    Some(value.map_or_else(|_| found.value.to_string(), |value| value.into_owned()))
}

/// Whether an attribute of a yes-no kind says yes.
pub(super) fn is_set(element: &BytesStart<'_>, name: &str) -> bool {
    attribute(element, name).is_some_and(|value| matches!(value.trim(), "1" | "true" | "on"))
}

/// Adds the character that `&…;` stands for. One that nobody knows stays as it is written.
pub(super) fn push_reference(reference: &BytesRef<'_>, text: &mut String) {
    let name: &str = reference.as_ref();
    match quick_xml::escape::resolve_predefined_entity(name) {
        Some(known) => text.push_str(known),
        None => match reference.resolve_char_ref() {
            Ok(Some(c)) => text.push(c),
            _ => {
                text.push('&');
                text.push_str(name);
                text.push(';');
            }
        },
    }
}
