//! How each column of a table was understood, one line each.

use std::io::{self, Write};

use engine::import::{AttributeColumn, FieldColumn, IgnoredColumn, IgnoredReason, ImportReport, PartColumn};

use super::page::{cell, cut};
use super::words::Words;

const COLUMN_WIDTH: usize = 20;
const USED_WIDTH: usize = 22;
const READ_WIDTH: usize = 16;
const EXAMPLES_WIDTH: usize = 17;

/// One line.
struct Line<'a> {
    column: &'a str,
    used: String,
    read: String,
    examples: &'a [String],
}

/// Prints all columns in the order of the file.
pub fn print(report: &ImportReport, words: Words, out: &mut dyn Write) -> io::Result<()> {
    let titles = ["column", "used", "read", "examples"].map(|key| words.word(key));
    print_line(&titles, out)?;
    for line in lines(report, words) {
        let column = if line.column.trim().is_empty() { "–" } else { line.column };
        print_line(&[column.to_owned(), line.used, line.read, line.examples.join(" · ")], out)?;
    }
    Ok(())
}

fn print_line([column, used, read, examples]: &[String; 4], out: &mut dyn Write) -> io::Result<()> {
    let line = format!(
        "  {} {} {} {}",
        cell(column, COLUMN_WIDTH),
        cell(used, USED_WIDTH),
        cell(read, READ_WIDTH),
        cut(examples, EXAMPLES_WIDTH)
    );
    writeln!(out, "{}", line.trim_end())
}

fn lines<'a>(report: &'a ImportReport, words: Words) -> Vec<Line<'a>> {
    let mut open: Vec<Line<'a>> = Vec::new();
    open.extend(report.columns.iter().map(field));
    open.extend(report.attributes.iter().map(|column| attribute(column, words)));
    open.extend(report.parts.iter().map(|column| part(column, words)));
    open.extend(report.ignored.iter().map(|column| ignored(column, words)));
    let mut sorted = Vec::with_capacity(open.len());
    for name in &report.header {
        if let Some(at) = open.iter().position(|line| line.column == name) {
            sorted.push(open.remove(at));
        }
    }
    // Reports of earlier versions do not have the order.
    sorted.extend(open);
    sorted
}

fn field(column: &FieldColumn) -> Line<'_> {
    let unit = match (&column.unit, &column.per) {
        (Some(unit), Some(per)) if per != "1" => Some(format!("{unit}/{per}")),
        (unit, _) => unit.clone(),
    };
    let format = column.format.as_deref().map(short_format);
    let read = unit.into_iter().chain(format.map(str::to_owned)).collect::<Vec<_>>().join(", ");
    Line { column: &column.column, used: column.field.name().to_owned(), read, examples: &column.examples }
}

/// The orders of dates in less letters.
fn short_format(format: &str) -> &str {
    match format {
        "year-month-day" => "Y-M-D",
        "day-month-year" => "D-M-Y",
        "month-day-year" => "M-D-Y",
        other => other,
    }
}

fn attribute(column: &AttributeColumn, words: Words) -> Line<'_> {
    let used = match column.attribute == column.column {
        true => words.word("attribute"),
        false => words.say("attribute-named", &[("name", column.attribute.clone())]),
    };
    let unit = column.unit_column.as_ref().map(|unit| format!("[{unit}]"));
    let read = unit.into_iter().chain(column.format.clone()).collect::<Vec<_>>().join(", ");
    Line { column: &column.column, used, read, examples: &column.examples }
}

fn part(column: &PartColumn, words: Words) -> Line<'_> {
    let used = match column.of.as_str() {
        "" => words.word("part-unnamed"),
        of => words.say("part", &[("of", of.to_owned())]),
    };
    Line { column: &column.column, used, read: String::new(), examples: &column.examples }
}

fn ignored(column: &IgnoredColumn, words: Words) -> Line<'_> {
    let reason = match column.reason {
        IgnoredReason::PersonalData => "personal_data",
        IgnoredReason::EmptyName => "empty_name",
        IgnoredReason::FieldTaken => "field_taken",
        IgnoredReason::NotUsed => "not_used",
        IgnoredReason::Stated => "stated",
        IgnoredReason::NoValues => "no_values",
        IgnoredReason::RefusalReason => "refusal_reason",
    };
    let used = words.word(&format!("unused-{reason}"));
    Line { column: &column.column, used, read: String::new(), examples: &column.examples }
}
