//! A snapshot as bytes: sections, each named by its content, and a manifest that lists them.
//!
//! Equal sections of two snapshots are equal bytes under one hash, and need to be kept once.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::domain::{Date, SnapshotId};

use super::book::Book;
use super::items::Items;
use super::observed::Observed;
use super::texts::{END, Lists, Texts};
use super::{Content, Snapshot};

/// Raised when the meaning of a section changes.
pub const FORMAT: u16 = 1;
/// The sections: items, routings, reports.
const ITEMS: &str = "items";
const ROUTINGS: &str = "routings";
const REPORTS: &str = "reports";

/// Why bytes are not a snapshot.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum SnapshotError {
    /// Written by another version of the product.
    #[error("snapshot format {got} is not supported, expected {FORMAT}")]
    Version { got: u16 },
    /// The manifest lists what is not there.
    #[error("the snapshot lacks its section {0}")]
    Missing(String),
    /// A section was changed after it was written.
    #[error("the section {section} of the snapshot is damaged: checksum {got} instead of {expected}")]
    Checksum { section: String, got: String, expected: String },
    /// The checksum is right but the section does not decode.
    #[error("the section {section} of the snapshot does not decode: {reason}")]
    Content { section: String, reason: &'static str },
}

/// What a snapshot consists of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub format: u16,
    pub n_items: usize,
    pub sections: Vec<Part>,
}

/// A line of a [`Manifest`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    pub name: String,
    /// SHA-256, 64 hexadecimal digits.
    pub hash: String,
    pub n_bytes: usize,
}

/// A part of a snapshot as bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    pub part: Part,
    pub bytes: Vec<u8>,
}

#[cfg(test)]
pub(super) fn section_of(name: &str, bytes: Vec<u8>) -> Section {
    Section::of(name, bytes)
}

impl Section {
    fn of(name: &str, bytes: Vec<u8>) -> Self {
        let part = Part { name: name.to_owned(), hash: hex(&Sha256::digest(&bytes)), n_bytes: bytes.len() };
        Self { part, bytes }
    }
}

impl Manifest {
    /// The name of the snapshot.
    pub fn id(&self) -> SnapshotId {
        let mut hash = Sha256::new();
        hash.update(self.format.to_le_bytes());
        for part in &self.sections {
            hash.update(part.name.as_bytes());
            hash.update([END as u8]);
            hash.update(part.hash.as_bytes());
        }
        SnapshotId::new(hex(&hash.finalize()))
    }

    /// Bytes of all sections.
    pub fn n_bytes(&self) -> usize {
        self.sections.iter().map(|part| part.n_bytes).sum()
    }
}

impl Snapshot {
    /// Names it by its content.
    pub(super) fn named(content: Content) -> Self {
        let (manifest, _) = written(&content);
        Self { id: manifest.id(), content, index: OnceLock::new() }
    }

    /// The sections, and what lists them.
    pub fn to_sections(&self) -> (Manifest, Vec<Section>) {
        written(&self.content)
    }

    /// A snapshot from its manifest and its sections, in any order.
    ///
    /// # Errors
    /// [`SnapshotError`].
    pub fn from_sections(manifest: &Manifest, sections: &[Section]) -> Result<Self, SnapshotError> {
        if manifest.format != FORMAT {
            return Err(SnapshotError::Version { got: manifest.format });
        }
        let bytes = |name| section(manifest, sections, name);
        let refused = |section: &str, reason| SnapshotError::Content { section: section.to_owned(), reason };
        let items = read_items(bytes(ITEMS)?).map_err(|reason| refused(ITEMS, reason))?;
        let (book, as_of): (Book, Option<Date>) =
            postcard::from_bytes(bytes(ROUTINGS)?).map_err(|_| refused(ROUTINGS, "it is no book"))?;
        if !book.is_whole(items.len()) {
            return Err(refused(ROUTINGS, "its numbers do not fit together"));
        }
        let observed: Observed =
            postcard::from_bytes(bytes(REPORTS)?).map_err(|_| refused(REPORTS, "it is no list of reports"))?;
        if !observed.is_whole() {
            return Err(refused(REPORTS, "its numbers do not fit together"));
        }
        let content = Content { items, book, observed, as_of };
        Ok(Self { id: manifest.id(), content, index: OnceLock::new() })
    }
}

fn section<'s>(manifest: &Manifest, sections: &'s [Section], name: &str) -> Result<&'s [u8], SnapshotError> {
    let missing = || SnapshotError::Missing(name.to_owned());
    let part = manifest.sections.iter().find(|part| part.name == name).ok_or_else(missing)?;
    let section = sections.iter().find(|section| section.part.name == name).ok_or_else(missing)?;
    let got = hex(&Sha256::digest(&section.bytes));
    if got != part.hash {
        return Err(SnapshotError::Checksum { section: name.to_owned(), got, expected: part.hash.clone() });
    }
    Ok(&section.bytes)
}

fn written(content: &Content) -> (Manifest, Vec<Section>) {
    let Content { items, book, observed, as_of } = content;
    let sections = vec![
        Section::of(ITEMS, write_items(items)),
        Section::of(ROUTINGS, plain(&(book, as_of))),
        Section::of(REPORTS, plain(observed)),
    ];
    let parts = sections.iter().map(|section| section.part.clone()).collect();
    (Manifest { format: FORMAT, n_items: items.len(), sections: parts }, sections)
}

fn plain(content: &impl Serialize) -> Vec<u8> {
    postcard::to_allocvec(content).expect("columns of plain data always encode")
}

fn write_items(items: &Items) -> Vec<u8> {
    let mut writer = Writer(Vec::new());
    writer.texts(&items.codes);
    writer.texts(&items.columns);
    writer.numbers(&items.column_starts);
    writer.texts(&items.terms);
    writer.lists(&items.rows);
    writer.numbers(&items.n_routings);
    writer.0
}

fn read_items(bytes: &[u8]) -> Result<Items, &'static str> {
    let mut reader = Reader(bytes);
    let items = Items {
        codes: reader.texts()?,
        columns: reader.texts()?,
        column_starts: reader.numbers()?,
        terms: reader.texts()?,
        rows: reader.lists()?,
        n_routings: reader.numbers()?,
    };
    let (n_items, n_terms) = (items.codes.len(), items.terms.len());
    let is_whole = reader.0.is_empty()
        && items.rows.len() == n_items
        && items.n_routings.len() == n_items
        && items.rows.entries.iter().all(|term| (*term as usize) < n_terms)
        && items.column_starts.len() == items.columns.len() + 1
        && items.column_starts.is_sorted()
        && items.column_starts.last().is_some_and(|end| *end as usize == n_terms);
    if is_whole { Ok(items) } else { Err("its columns do not fit together") }
}

/// Writes columns: a count (u64), then what is counted, all little endian.
struct Writer(Vec<u8>);

impl Writer {
    fn count(&mut self, n: usize) {
        self.0.extend_from_slice(&(n as u64).to_le_bytes());
    }

    fn numbers(&mut self, numbers: &[u32]) {
        self.count(numbers.len());
        self.0.reserve(numbers.len() * 4);
        numbers.iter().for_each(|number| self.0.extend_from_slice(&number.to_le_bytes()));
    }

    fn texts(&mut self, texts: &Texts) {
        self.count(texts.text.len());
        self.0.extend_from_slice(texts.text.as_bytes());
    }

    fn lists(&mut self, lists: &Lists) {
        self.numbers(&lists.starts);
        self.numbers(&lists.entries);
    }
}

/// Reads what [`Writer`] wrote; any other bytes are an error.
struct Reader<'b>(&'b [u8]);

impl<'b> Reader<'b> {
    fn take(&mut self, n: usize) -> Result<&'b [u8], &'static str> {
        let (taken, rest) = self.0.split_at_checked(n).ok_or("it ends early")?;
        self.0 = rest;
        Ok(taken)
    }

    fn count(&mut self) -> Result<usize, &'static str> {
        let bytes = self.take(8)?.try_into().map_err(|_| "it ends early")?;
        usize::try_from(u64::from_le_bytes(bytes)).map_err(|_| "a count is too large")
    }

    fn numbers(&mut self) -> Result<Vec<u32>, &'static str> {
        let n = self.count()?.checked_mul(4).ok_or("a count is too large")?;
        let of = |bytes: &[u8]| bytes.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte));
        Ok(self.take(n)?.chunks_exact(4).map(of).collect())
    }

    fn texts(&mut self) -> Result<Texts, &'static str> {
        let n = self.count()?;
        let text = std::str::from_utf8(self.take(n)?).map_err(|_| "a text is not UTF-8")?.to_owned();
        if u32::try_from(text.len()).is_err() || !(text.is_empty() || text.ends_with(END)) {
            return Err("a text does not end");
        }
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == END as u8).map(|(at, _)| at as u32 + 1);
        let starts = std::iter::once(0).chain(ends).collect();
        Ok(Texts { text, starts })
    }

    fn lists(&mut self) -> Result<Lists, &'static str> {
        let lists = Lists { starts: self.numbers()?, entries: self.numbers()? };
        let is_whole = lists.starts.first() == Some(&0)
            && lists.starts.is_sorted()
            && lists.starts.last().is_some_and(|end| *end as usize == lists.entries.len());
        if is_whole { Ok(lists) } else { Err("a list does not end") }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
