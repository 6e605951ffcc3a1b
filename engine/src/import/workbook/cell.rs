//! One cell as the plant reads it.

use super::number_format::{NumberFormat, Reading};
use super::plain::{is_exact, plain_number};
use super::serial::{date_text, duration_text};

/// One cell: its text and what it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SheetCell {
    /// The cell as the plant reads it on its screen, with two exceptions that keep its meaning: a number without the
    /// thousands marks, units and rounding of its format, and dates and durations in one form each.
    pub text: String,
    /// What the cell is.
    pub form: CellForm,
}

/// What a cell is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum CellForm {
    #[default]
    Empty,
    Text,
    Number(NumberCell),
    /// `2024-03-14` or `2024-03-14T07:30:00`.
    Date,
    /// A duration or a time of day, hours first: `7:30:00`, `36:00:00`.
    Duration,
    /// `TRUE` or `FALSE`.
    Flag,
    /// `#REF!` and its like, or a value that the file itself spoils.
    Error,
}

/// What is known of a number beyond its text.
#[derive(Clone, Debug, PartialEq)]
pub struct NumberCell {
    pub value: f64,
    /// Whether the cell has no number format. `None` if the kind of file does not tell.
    pub is_general: Option<bool>,
    /// What the screen shows, if that differs from the plain number and the format is understood. A code that is
    /// shown with zeros or separators (`000815`) also stands in the cell's text.
    pub shown: Option<Box<str>>,
    /// Whether all digits are kept: a spreadsheet knows 15, so that longer codes typed as numbers have lost some.
    pub is_exact: bool,
}

impl SheetCell {
    /// A text; an empty one is an empty cell.
    pub(super) fn text(text: String) -> Self {
        let form = if text.is_empty() { CellForm::Empty } else { CellForm::Text };
        Self { text, form }
    }

    pub(super) fn flag(is_true: bool) -> Self {
        Self { text: if is_true { "TRUE" } else { "FALSE" }.to_owned(), form: CellForm::Flag }
    }

    pub(super) fn error(text: impl Into<String>) -> Self {
        Self { text: text.into(), form: CellForm::Error }
    }

    pub(super) fn date(text: impl Into<String>) -> Self {
        Self { text: text.into(), form: CellForm::Date }
    }

    pub(super) fn duration(text: impl Into<String>) -> Self {
        Self { text: text.into(), form: CellForm::Duration }
    }

    /// A number without a known look. `text` is the number as the file has it, if that is the plain form.
    pub(super) fn number(value: f64, text: Option<&str>, is_general: Option<bool>) -> Self {
        let text = text.map_or_else(|| plain_number(value), str::to_owned);
        let number = NumberCell { value, is_general, shown: None, is_exact: is_exact(value) };
        Self { text, form: CellForm::Number(number) }
    }

    /// A number under its format, which may make it a date or a code.
    pub(super) fn formatted(value: f64, text: Option<&str>, format: &NumberFormat, is_1904: bool) -> Self {
        let reading = format.read(value);
        let mut cell = Self::number(value, text, Some(reading == Reading::General));
        match reading {
            Reading::General | Reading::Same | Reading::Unknown => cell,
            Reading::Date => Self::day(value, is_1904).unwrap_or(cell),
            Reading::Clock => Self::clock(value, is_1904).unwrap_or(cell),
            Reading::Elapsed => duration_text(value).map_or(cell, Self::duration),
            Reading::Padded(shown) => {
                cell.set_shown(&shown);
                cell.text = shown;
                cell
            }
            Reading::Shown(shown) => {
                cell.set_shown(&shown);
                cell
            }
        }
    }

    /// A number with a date format; `None` if no date has it, and a spreadsheet shows `####`.
    pub(super) fn day(value: f64, is_1904: bool) -> Option<Self> {
        date_text(value, is_1904).map(Self::date)
    }

    /// A number with a format of hours and minutes only. Within a day it is a time of day or a duration; a large one is
    /// a moment of which the format hides the day; one between is a sum of durations of which the screen hides days.
    pub(super) fn clock(value: f64, is_1904: bool) -> Option<Self> {
        const FIRST_MOMENT: f64 = 20_000.0;
        if value >= FIRST_MOMENT { Self::day(value, is_1904) } else { duration_text(value).map(Self::duration) }
    }

    pub(super) fn set_shown(&mut self, shown: &str) {
        if let CellForm::Number(number) = &mut self.form {
            number.shown = Some(shown.into());
        }
    }

    /// Whether nothing is in the cell.
    pub fn is_empty(&self) -> bool {
        self.form == CellForm::Empty
    }

    /// The plain number of a numeric cell, whatever its format shows.
    pub fn plain(&self) -> Option<String> {
        match &self.form {
            CellForm::Number(number) => Some(plain_number(number.value)),
            _ => None,
        }
    }
}
