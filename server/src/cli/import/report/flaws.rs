//! What is wrong with rows and values, by rule, with the first places of each.

use std::io;

use engine::import::{Expected, Flaw, Grade};

use super::Page;
use crate::cli::import::page::cut;
use crate::cli::import::words::n;
use crate::services::import::FlawGroup;

/// Places that are told of all rules together.
const MAX_PLACES: usize = 20;
/// Columns of a value.
const VALUE_WIDTH: usize = 30;

/// Prints the refused rows and then the doubtful values.
pub fn print(groups: &[FlawGroup], page: &mut Page<'_>) -> io::Result<()> {
    if groups.is_empty() {
        return Ok(());
    }
    let mut n_left = MAX_PLACES;
    for (grade, title) in [(Grade::Refused, "refused-title"), (Grade::Doubtful, "doubtful-title")] {
        let of_grade: Vec<&FlawGroup> = groups.iter().filter(|group| group.grade == grade).collect();
        if of_grade.is_empty() {
            continue;
        }
        let n_all: u64 = of_grade.iter().map(|group| group.n).sum();
        page.line(0, &page.words.say(title, &[("n", n(n_all))]))?;
        for group in of_grade {
            print_group(group, &mut n_left, page)?;
        }
    }
    page.line(2, &page.words.word("all-errors"))?;
    page.blank()
}

fn print_group(group: &FlawGroup, n_left: &mut usize, page: &mut Page<'_>) -> io::Result<()> {
    let words = page.words;
    let expected = group.first.first().map(|flaw| match &flaw.expected {
        // The readings and the rows are others in each place.
        Expected::OneReading { .. } => words.word("expected-one_reading"),
        Expected::UniqueKey { .. } => words.word("unique"),
        expected => words.expected(expected),
    });
    let arguments = [("n", n(group.n)), ("expected", expected.unwrap_or_else(|| group.rule.clone()))];
    page.line(2, &words.say("group", &arguments))?;
    let n_shown = group.first.len().min(*n_left);
    for flaw in &group.first[..n_shown] {
        page.line(4, &place(flaw, page))?;
    }
    *n_left -= n_shown;
    let n_more = group.n.saturating_sub(n_shown as u64);
    if n_more > 0 && n_shown > 0 {
        page.line(4, &words.say("place-more", &[("n", n(n_more))]))?;
    }
    Ok(())
}

fn place(flaw: &Flaw, page: &Page<'_>) -> String {
    let words = page.words;
    let file = match &flaw.sheet {
        Some(sheet) => format!("{} ({sheet})", flaw.file),
        None => flaw.file.clone(),
    };
    let value = format!("\"{}\"", cut(&flaw.value, VALUE_WIDTH));
    let mut arguments = vec![("file", cut(&file, 30)), ("row", flaw.row.to_string()), ("value", value)];
    let mut text = match &flaw.column {
        Some(column) => {
            arguments.push(("column", cut(column, 24)));
            words.say("place", &arguments)
        }
        None => words.say("place-row", &arguments),
    };
    let detail = match &flaw.expected {
        Expected::OneReading { readings: [a, b] } => Some(words.say("detail", &[("a", a.clone()), ("b", b.clone())])),
        Expected::UniqueKey { first_row } => Some(words.say("detail-row", &[("row", first_row.to_string())])),
        _ => None,
    };
    if let Some(detail) = detail {
        text.push_str(&format!(" ({detail})"));
    }
    if let Some(suggestion) = &flaw.suggestion {
        text.push_str(&format!(" ({})", words.say("suggestion", &[("value", suggestion.clone())])));
    }
    text
}
