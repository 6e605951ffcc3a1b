//! XLSX: a zip archive of XML parts.
//!
//! Read by us and not by calamine, for the reasons in `docs/adr/0013-workbooks.md`.

use std::collections::HashMap;

use quick_xml::events::Event;

use super::form::advice;
use super::merge::Area;
use super::parts::{Input, Parts, attribute, is_set};
use super::row::{Outline, Visited};
use super::{Limits, SheetCell, SheetInfo, WorkbookError};

mod sheet;
mod strings;
mod styles;

use strings::Strings;
use styles::Styles;

/// An open XLSX workbook.
pub(super) struct Package {
    parts: Parts,
    strings: Strings,
    styles: Styles,
    is_1904: bool,
    sheets: Vec<SheetPart>,
}

/// Where a sheet lies, and what the first pass found beside its counts.
struct SheetPart {
    path: String,
    areas: Vec<Area>,
    is_in_order: bool,
}

/// A sheet as the workbook lists it.
struct Listed {
    name: String,
    relation: String,
    is_hidden: bool,
}

struct Relation {
    kind: String,
    path: String,
}

impl Package {
    /// Reads everything but the cells, of which it counts what there is.
    pub(super) fn open(input: Box<dyn Input>, limits: &Limits) -> Result<(Self, Vec<SheetInfo>), WorkbookError> {
        let mut parts = Parts::open(input, limits)?;
        let package = relations(&mut parts, "_rels/.rels", "")?;
        let listed_path = package.into_values().find(|relation| relation.kind.ends_with("/officeDocument"));
        let workbook_path = listed_path.map_or_else(|| "xl/workbook.xml".to_owned(), |relation| relation.path);
        if workbook_path.to_lowercase().ends_with(".bin") {
            return Err(WorkbookError::NoWorkbook(advice::XLSB));
        }
        let (folder, file) = workbook_path.rsplit_once('/').unwrap_or(("", &workbook_path));
        let relations = relations(&mut parts, &format!("{folder}/_rels/{file}.rels"), folder)?;
        let (listed, is_1904) = workbook(&mut parts, &workbook_path)?;
        let part_of_kind = |kind: &str, usual: &str| {
            let found = relations.values().find(|relation| relation.kind.ends_with(kind));
            found.map_or_else(|| format!("{folder}/{usual}"), |relation| relation.path.clone())
        };
        let strings = Strings::read(&mut parts, &part_of_kind("/sharedStrings", "sharedStrings.xml"))?;
        let styles = Styles::read(&mut parts, &part_of_kind("/styles", "styles.xml"))?;
        let mut package = Self { parts, strings, styles, is_1904, sheets: Vec::new() };
        let mut infos = Vec::new();
        for listed in listed {
            let Some(relation) = relations.get(&listed.relation) else {
                let what = format!("sheet {:?} has no part", listed.name);
                return Err(WorkbookError::damaged(&workbook_path, what));
            };
            // Sheets of charts, dialogs and macros have no cells.
            if !relation.kind.ends_with("/worksheet") {
                continue;
            }
            let mut outline = Outline::new(listed.name, listed.is_hidden);
            package.scan(&relation.path, limits, &mut outline)?;
            outline.finish();
            let Outline { info, areas, is_in_order, .. } = outline;
            infos.push(info);
            package.sheets.push(SheetPart { path: relation.path.clone(), areas, is_in_order });
        }
        if infos.is_empty() {
            return Err(WorkbookError::damaged(&workbook_path, "there is no sheet with cells"));
        }
        Ok((package, infos))
    }

    /// Calls `visit` with the number (from 1) and the cells of each row that holds a value.
    pub(super) fn for_each_row(
        &mut self,
        sheet: usize,
        info: &SheetInfo,
        limits: &Limits,
        visit: impl FnMut(u32, &mut Vec<SheetCell>),
    ) -> Result<(), WorkbookError> {
        let part = self.sheets.get(sheet).ok_or(WorkbookError::NoSuchSheet(sheet))?;
        let mut visited = Visited::new((info, &part.areas, part.is_in_order), limits, visit);
        let path = part.path.clone();
        self.scan(&path, limits, &mut visited)?;
        visited.finish()
    }

    fn scan(&mut self, path: &str, limits: &Limits, sink: &mut impl super::row::RowSink) -> Result<(), WorkbookError> {
        let Some(xml) = self.parts.xml(path)? else {
            return Err(WorkbookError::damaged(path, "the part is not in the file"));
        };
        let values = sheet::Values { strings: &self.strings, styles: &self.styles, is_1904: self.is_1904 };
        sheet::scan(path, xml, &values, limits, sink)
    }
}

/// The sheets in the order of their tabs, and whether days are counted from 1904.
fn workbook(parts: &mut Parts, path: &str) -> Result<(Vec<Listed>, bool), WorkbookError> {
    let Some(mut xml) = parts.xml(path)? else {
        return Err(WorkbookError::damaged(path, "the part is not in the file"));
    };
    let mut listed = Vec::new();
    let mut is_1904 = false;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(|error| WorkbookError::damaged(path, error))? {
            Event::Start(element) if element.local_name().as_ref() == "sheet" => listed.push(Listed {
                name: attribute(&element, "name").unwrap_or_default(),
                relation: attribute(&element, "id").unwrap_or_default(),
                is_hidden: attribute(&element, "state").is_some_and(|state| state != "visible"),
            }),
            // An extension has an element of the same name that says nothing of it.
            Event::Start(element) if element.local_name().as_ref() == "workbookPr" => {
                is_1904 |= is_set(&element, "date1904");
            }
            Event::Eof => return Ok((listed, is_1904)),
            _ => {}
        }
    }
}

/// Which part has which role, by the id that other parts use. A missing list is an empty one.
fn relations(parts: &mut Parts, path: &str, folder: &str) -> Result<HashMap<String, Relation>, WorkbookError> {
    let mut found = HashMap::new();
    let path = path.trim_start_matches('/');
    let Some(mut xml) = parts.xml(path)? else { return Ok(found) };
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(|error| WorkbookError::damaged(path, error))? {
            Event::Start(element) if element.local_name().as_ref() == "Relationship" => {
                let value = |name| attribute(&element, name).unwrap_or_default();
                let relation = Relation { kind: value("Type"), path: resolved(folder, &value("Target")) };
                found.insert(value("Id"), relation);
            }
            Event::Eof => return Ok(found),
            _ => {}
        }
    }
}

/// The name of a part that is written relative to a folder.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut steps: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            ".." => drop(steps.pop()),
            "." | "" => {}
            step => steps.push(step),
        }
    }
    steps.retain(|step| !step.is_empty());
    steps.join("/")
}
