//! Texts that cells of an XLSX workbook share.

use quick_xml::events::Event;

use super::super::WorkbookError;
use super::super::parts::{Parts, attribute, push_reference};

/// All shared texts, one behind the other: memory follows what the file holds and not what it claims.
#[derive(Default)]
pub(super) struct Strings {
    all: String,
    /// Where each text ends.
    ends: Vec<usize>,
}

impl Strings {
    /// Reads the part; a workbook without one shares no texts.
    pub(super) fn read(parts: &mut Parts, path: &str) -> Result<Self, WorkbookError> {
        let mut strings = Self::default();
        let Some(mut xml) = parts.xml(path)? else { return Ok(strings) };
        let mut text = RichText::default();
        let mut buffer = Vec::new();
        let mut is_closed = false;
        loop {
            buffer.clear();
            let event = xml.read_event_into(&mut buffer).map_err(|error| WorkbookError::damaged(path, error))?;
            match &event {
                Event::Start(element) if element.local_name().as_ref() == "si" => text.clear(),
                Event::End(element) if element.local_name().as_ref() == "si" => {
                    push_unescaped(text.as_str(), &mut strings.all);
                    strings.ends.push(strings.all.len());
                }
                Event::End(element) if element.local_name().as_ref() == "sst" => is_closed = true,
                Event::Eof if is_closed => return Ok(strings),
                Event::Eof => return Err(WorkbookError::damaged(path, "it ends too early")),
                event => text.take(event),
            }
        }
    }

    /// The text of an index.
    pub(super) fn get(&self, string_idx: usize) -> Option<&str> {
        let end = *self.ends.get(string_idx)?;
        let start = string_idx.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.all.get(start..end)
    }
}

/// A text that is put together from runs, without the signs that tell how to pronounce it.
#[derive(Default)]
pub(super) struct RichText {
    text: String,
    run_start: usize,
    is_in_run: bool,
    keeps_spaces: bool,
    is_phonetic: bool,
}

impl RichText {
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.is_in_run = false;
        self.is_phonetic = false;
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// The next event inside of `si` or `is`.
    pub(super) fn take(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(element) => match element.local_name().as_ref() {
                "rPh" => self.is_phonetic = true,
                "t" => {
                    self.is_in_run = true;
                    self.run_start = self.text.len();
                    self.keeps_spaces = attribute(element, "space").is_some_and(|space| space == "preserve");
                }
                _ => {}
            },
            Event::End(element) => match element.local_name().as_ref() {
                "rPh" => self.is_phonetic = false,
                "t" => self.end_run(),
                _ => {}
            },
            _ if !self.is_in_run || self.is_phonetic => {}
            Event::Text(text) => self.text.push_str(&text.xml10_content()),
            Event::CData(text) => self.text.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) => push_reference(reference, &mut self.text),
            _ => {}
        }
    }

    /// Spaces around a run only count where the file says so; otherwise they come from the layout of the XML.
    fn end_run(&mut self) {
        self.is_in_run = false;
        if self.keeps_spaces {
            return;
        }
        let is_space = |c: char| c.is_ascii_whitespace();
        self.text.truncate(self.run_start + self.text[self.run_start..].trim_end_matches(is_space).len());
        let n_leading =
            self.text.len() - self.run_start - self.text[self.run_start..].trim_start_matches(is_space).len();
        self.text.drain(self.run_start..self.run_start + n_leading);
    }
}

/// Adds a text in which `_x000D_` stands for the character of that number, as XLSX writes what XML cannot hold.
pub(super) fn push_unescaped(text: &str, to: &mut String) {
    let mut rest = text;
    // Halves of characters beyond U+FFFF come one after the other.
    let mut units: Vec<u16> = Vec::new();
    while let Some(at) = rest.find("_x") {
        let unit = rest.get(at + 2..at + 7).filter(|code| code.ends_with('_')).and_then(|code| {
            let hex = &code[..4];
            hex.bytes().all(|digit| digit.is_ascii_hexdigit()).then(|| u16::from_str_radix(hex, 16).ok())?
        });
        if at > 0 || unit.is_none() {
            push_units(&mut units, to);
        }
        match unit {
            Some(unit) => {
                to.push_str(&rest[..at]);
                units.push(unit);
                rest = &rest[at + 7..];
            }
            None => {
                to.push_str(&rest[..at + 2]);
                rest = &rest[at + 2..];
            }
        }
    }
    push_units(&mut units, to);
    to.push_str(rest);
}

fn push_units(units: &mut Vec<u16>, to: &mut String) {
    to.extend(char::decode_utf16(units.drain(..)).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_become_characters() {
        for (text, expected) in [
            ("plain", "plain"),
            ("a_x000A_b", "a\nb"),
            ("_x0009_", "\t"),
            ("_x005F_x0041_", "_x0041_"),
            ("_xD83D__xDE00_!", "\u{1f600}!"),
            ("_xD83D_", "\u{fffd}"),
            ("part_xyz", "part_xyz"),
            ("_x00G1_", "_x00G1_"),
            ("_x12", "_x12"),
            ("끝_x000D_", "끝\r"),
            ("_x00é_", "_x00é_"),
        ] {
            let mut unescaped = String::new();
            push_unescaped(text, &mut unescaped);
            assert_eq!(unescaped, expected);
        }
    }
}
