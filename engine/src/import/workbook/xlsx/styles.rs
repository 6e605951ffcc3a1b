//! Number formats of an XLSX workbook, by the style that cells name.

use std::collections::HashMap;

use quick_xml::events::Event;

use super::super::WorkbookError;
use super::super::number_format::NumberFormat;
use super::super::parts::{Parts, attribute};

/// The number format of each style.
#[derive(Default)]
pub(super) struct Styles {
    formats: Vec<NumberFormat>,
    /// Which format a style has.
    format_idx: Vec<usize>,
}

impl Styles {
    /// Reads the part; a workbook without one has no formats.
    pub(super) fn read(parts: &mut Parts, path: &str) -> Result<Self, WorkbookError> {
        let mut styles = Self::default();
        let Some(mut xml) = parts.xml(path)? else { return Ok(styles) };
        let mut codes: HashMap<u32, String> = HashMap::new();
        let mut idx_by_id: HashMap<u32, usize> = HashMap::new();
        let mut is_in_cell_styles = false;
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            match xml.read_event_into(&mut buffer).map_err(|error| WorkbookError::damaged(path, error))? {
                Event::Start(element) => {
                    let id = || attribute(&element, "numFmtId").and_then(|id| id.trim().parse().ok());
                    match element.local_name().as_ref() {
                        "cellXfs" => is_in_cell_styles = true,
                        "numFmt" => {
                            // Styles of differences have formats too, but use no id of a cell's.
                            if let (Some(id), Some(code)) = (id(), attribute(&element, "formatCode")) {
                                codes.entry(id).or_insert(code);
                            }
                        }
                        "xf" if is_in_cell_styles => {
                            let id = id().unwrap_or(0);
                            let format_idx = *idx_by_id.entry(id).or_insert_with(|| {
                                let code = codes.get(&id).map(|code| NumberFormat::parse(code));
                                styles.formats.push(code.unwrap_or_else(|| NumberFormat::built_in(id)));
                                styles.formats.len() - 1
                            });
                            styles.format_idx.push(format_idx);
                        }
                        _ => {}
                    }
                }
                Event::End(element) if element.local_name().as_ref() == "cellXfs" => is_in_cell_styles = false,
                Event::Eof => return Ok(styles),
                _ => {}
            }
        }
    }

    /// The format of a style; `None` if there is no such style.
    pub(super) fn format(&self, style_idx: usize) -> Option<&NumberFormat> {
        self.formats.get(*self.format_idx.get(style_idx)?)
    }
}
