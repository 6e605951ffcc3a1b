//! A table that was pasted out of a spreadsheet: cells between tabs, one item a line.

use engine::clean::headings::{CODES, NAMES};
use engine::clean::text::{attribute_name, clean, known};
use engine::domain::ItemCode;

use crate::wire::Item;

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PastedColumn {
    Code,
    Name,
    /// An attribute by its name.
    Attribute(String),
    /// Nothing that is used: without a heading nobody knows.
    Unused,
}

/// A pasted table. The rows come first; the heading, where there is one, says what they hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pasted {
    /// As it was pasted; empty where there is no heading.
    pub heading: Vec<String>,
    /// Cells of each item, cleaned; short rows stay short.
    pub rows: Vec<Vec<String>>,
}

impl Pasted {
    /// Reads a text; `None` when it is no table but a list of codes.
    pub fn parse(text: &str) -> Option<Self> {
        let mut rows = lines(text);
        rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
        let is_heading = rows.first().is_some_and(|first| {
            first.iter().any(|cell| matches!(column(cell), PastedColumn::Code | PastedColumn::Name))
        });
        let heading = if is_heading { rows.remove(0) } else { Vec::new() };
        (is_heading || rows.iter().any(|row| row.len() > 1)).then_some(Self { heading, rows })
    }

    /// The same as text, one line an item.
    pub fn text(&self) -> String {
        let heading = Some(&self.heading).filter(|heading| !heading.is_empty());
        let lines: Vec<String> = heading.into_iter().chain(&self.rows).map(|row| row.join("\t")).collect();
        lines.join("\n")
    }

    /// Whether nothing was pasted.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// What each column holds, by its heading; without a heading the first holds codes and the others are not used.
    pub fn columns(&self) -> Vec<PastedColumn> {
        let n_columns = self.rows.iter().chain([&self.heading]).map(Vec::len).max().unwrap_or(0);
        if self.heading.is_empty() {
            let of = |at| if at == 0 { PastedColumn::Code } else { PastedColumn::Unused };
            return (0..n_columns).map(of).collect();
        }
        let mut columns: Vec<PastedColumn> = Vec::with_capacity(n_columns);
        for at in 0..n_columns {
            let found = self.heading.get(at).map_or(PastedColumn::Unused, |heading| column(heading));
            // The first of two columns of one meaning counts.
            let is_new = !columns.contains(&found);
            columns.push(if is_new { found } else { PastedColumn::Unused });
        }
        columns
    }

    /// The items of the rows, in their order.
    pub fn items(&self) -> Vec<Item> {
        let columns = self.columns();
        let item = |row: &Vec<String>| {
            let mut item = Item::default();
            for (column, cell) in columns.iter().zip(row) {
                let Some(value) = known(cell) else { continue };
                match column {
                    PastedColumn::Code => item.code = ItemCode::new(value),
                    PastedColumn::Name => item.name = Some(value),
                    PastedColumn::Attribute(name) => {
                        item.attributes.insert(name.clone(), value);
                    }
                    PastedColumn::Unused => {}
                }
            }
            item
        };
        self.rows.iter().map(item).collect()
    }

    /// The same with another code in the place of one; `None` takes its rows out.
    pub fn with_code(&self, code: &str, other: Option<&str>) -> Self {
        let Some(at) = self.columns().iter().position(|column| *column == PastedColumn::Code) else {
            return self.clone();
        };
        let mut changed = self.clone();
        let is_it = |row: &Vec<String>| row.get(at).is_some_and(|cell| cell == code);
        match other {
            Some(other) => {
                for cell in changed.rows.iter_mut().filter(|row| is_it(row)).filter_map(|row| row.get_mut(at)) {
                    *cell = other.to_owned();
                }
            }
            None => changed.rows.retain(|row| !is_it(row)),
        }
        changed
    }
}

fn column(heading: &str) -> PastedColumn {
    let name = attribute_name(heading);
    match name.as_str() {
        "" => PastedColumn::Unused,
        name if CODES.contains(&name) => PastedColumn::Code,
        name if NAMES.contains(&name) => PastedColumn::Name,
        _ => PastedColumn::Attribute(name),
    }
}

/// Cells of a text as spreadsheets copy them: a cell with a line end or a tab in it stands in quotes, with its own doubled.
fn lines(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut is_quoted = false;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if is_quoted && characters.peek() == Some(&'"') => {
                characters.next();
                cell.push('"');
            }
            '"' if is_quoted => is_quoted = false,
            // Only where the quote is closed again is it one: 3/4" stands for itself, and so does an open one.
            '"' if cell.is_empty() && characters.clone().any(|later| later == '"') => is_quoted = true,
            '\t' if !is_quoted => row.push(clean(&std::mem::take(&mut cell))),
            '\n' | '\r' if !is_quoted => {
                row.push(clean(&std::mem::take(&mut cell)));
                rows.push(std::mem::take(&mut row));
            }
            _ => cell.push(character),
        }
    }
    row.push(clean(&cell));
    rows.push(row);
    rows
}

#[cfg(test)]
mod tests {
    use engine::domain;

    use super::*;
    use crate::wire::WireForm;

    #[test]
    fn a_heading_says_what_the_columns_hold() {
        let text = "품번\tItem name\tMaterial\tOD (mm)\t\r\nGL-1\tGLAND 80\t 316 \t113,4\tx\r\n\r\n\tnew\tN/A\r\n";
        let pasted = Pasted::parse(text).expect("it is a table");
        let attribute = |name: &str| PastedColumn::Attribute(name.into());
        let columns = [PastedColumn::Code, PastedColumn::Name, attribute("material"), attribute("od_mm")];
        assert_eq!(pasted.columns()[..4], columns);
        assert_eq!(pasted.columns()[4], PastedColumn::Unused, "a column without a heading");
        let first = domain::Item::new("GL-1").named("GLAND 80").with("material", "316").with("od_mm", "113,4");
        assert_eq!(pasted.items(), [Item::of(first), Item::of(domain::Item::default().named("new"))]);
        assert_eq!(Pasted::parse(&pasted.text()), Some(pasted));
    }

    #[test]
    fn without_a_heading_the_first_column_holds_codes() {
        let pasted = Pasted::parse("GL-1\tGLAND 80\nGL-2").expect("two columns");
        assert_eq!(pasted.columns(), [PastedColumn::Code, PastedColumn::Unused]);
        assert_eq!(pasted.items(), [Item::of(domain::Item::new("GL-1")), Item::of(domain::Item::new("GL-2"))]);
        assert_eq!(Pasted::parse("GL-1\nGL-2"), None, "a list of codes");
        assert_eq!(Pasted::parse("code\nGL-1").map(|pasted| pasted.rows), Some(vec![vec!["GL-1".to_owned()]]));
        assert_eq!(Pasted::parse(""), None);
    }

    #[test]
    fn quotes_hold_line_ends_and_inches_are_none() {
        let pasted = Pasted::parse("code\tname\nA\t\"two\nlines \"\"x\"\"\"\nB\t3/4\"\nC\t\"5").expect("a table");
        let names: Vec<_> = pasted.items().into_iter().map(|item| item.name.unwrap_or_default()).collect();
        assert_eq!(names, ["two lines \"x\"", "3/4\"", "\"5"]);
    }

    #[test]
    fn a_code_is_put_right_or_taken_out() {
        let pasted = Pasted::parse("name\tcode\na\tX\nb\tY\nc\tX").expect("a table");
        let codes = |pasted: Pasted| pasted.items().into_iter().map(|item| item.code.to_string()).collect::<Vec<_>>();
        assert_eq!(codes(pasted.with_code("X", Some("Z"))), ["Z", "Y", "Z"]);
        assert_eq!(codes(pasted.with_code("X", None)), ["Y"]);
    }
}
