//! One cell of an ODS workbook.

use quick_xml::events::{BytesStart, Event};

use super::super::parts::{attribute, push_reference};
use super::super::plain::plain_number;
use super::super::serial::duration_text;
use super::super::{CellForm, SheetCell};

/// A cell while its element is read.
#[derive(Default)]
pub(super) struct OpenCell {
    pub(super) n_repeats: u32,
    pub(super) n_columns_spanned: u32,
    pub(super) n_rows_spanned: u32,
    kind: String,
    value: Option<String>,
    is_formula: bool,
    is_error: bool,
    /// The text that was shown.
    shown: String,
    has_paragraph: bool,
    is_in_paragraph: bool,
    /// Whether the text ends with a space that stands for any number of them.
    ends_with_space: bool,
}

impl OpenCell {
    pub(super) fn start(&mut self, element: &BytesStart<'_>) {
        *self = Self { shown: std::mem::take(&mut self.shown), ..Self::default() };
        self.shown.clear();
        (self.n_repeats, self.n_columns_spanned, self.n_rows_spanned) = (1, 1, 1);
        for attribute in element.attributes().with_checks(false).flatten() {
            let value: &str = &attribute.value;
            let number = || value.trim().parse().unwrap_or(1).max(1);
            match attribute.key.local_name().as_ref() {
                // The extension of the same name only tells errors.
                "value-type" if attribute.key.as_ref().starts_with("calcext:") => self.is_error = value == "error",
                "value-type" => self.kind = value.to_owned(),
                "value" | "date-value" | "time-value" | "boolean-value" => self.value = Some(value.to_owned()),
                "string-value" => self.value = text_attribute(element),
                "formula" => self.is_formula = true,
                "number-columns-repeated" => self.n_repeats = number(),
                "number-columns-spanned" => self.n_columns_spanned = number(),
                "number-rows-spanned" => self.n_rows_spanned = number(),
                _ => {}
            }
        }
    }

    /// The next event inside of the cell.
    pub(super) fn take(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(element) => match element.local_name().as_ref() {
                "p" => {
                    if self.has_paragraph {
                        self.shown.push('\n');
                    }
                    self.has_paragraph = true;
                    self.is_in_paragraph = true;
                    self.ends_with_space = true;
                }
                "s" => {
                    const MOST_SPACES: usize = 1_000;
                    let n_spaces = attribute(element, "c").and_then(|count| count.trim().parse().ok()).unwrap_or(1);
                    self.push_exactly(&" ".repeat(n_spaces.min(MOST_SPACES)));
                }
                "tab" => self.push_exactly("\t"),
                "line-break" => self.push_exactly("\n"),
                _ => {}
            },
            _ if !self.is_in_paragraph => {}
            Event::Text(text) => self.push_collapsed(text),
            Event::CData(text) => self.push_collapsed(text),
            Event::GeneralRef(reference) => {
                push_reference(reference, &mut self.shown);
                self.ends_with_space = false;
            }
            _ => {}
        }
    }

    pub(super) fn end_paragraph(&mut self) {
        self.is_in_paragraph = false;
        if self.ends_with_space && self.shown.ends_with(' ') {
            self.shown.pop();
        }
    }

    fn push_exactly(&mut self, text: &str) {
        self.shown.push_str(text);
        self.ends_with_space = false;
    }

    /// Spaces and line ends of the XML are one space, and none at the start of a paragraph.
    fn push_collapsed(&mut self, text: &str) {
        for c in text.chars() {
            let is_space = matches!(c, ' ' | '\t' | '\r' | '\n');
            if !is_space {
                self.shown.push(c);
            } else if !self.ends_with_space {
                self.shown.push(' ');
            }
            self.ends_with_space = is_space;
        }
    }

    pub(super) fn is_formula_without_value(&self) -> bool {
        self.is_formula && self.value.is_none() && self.shown.is_empty() && self.kind != "string"
    }

    pub(super) fn cell(&self) -> SheetCell {
        let value = self.value.as_deref().unwrap_or_default();
        if self.is_error || is_error_text(&self.shown) && self.is_formula {
            return SheetCell::error(self.shown.as_str());
        }
        match self.kind.as_str() {
            "float" | "percentage" | "currency" => self.number(value),
            "date" if !value.is_empty() => SheetCell::date(day_text(value)),
            "time" => match days_of_duration(value).and_then(duration_text) {
                Some(text) => SheetCell::duration(text),
                None => SheetCell::error(value),
            },
            "boolean" if value.eq_ignore_ascii_case("true") => SheetCell::flag(true),
            "boolean" if value.eq_ignore_ascii_case("false") => SheetCell::flag(false),
            "boolean" => SheetCell::error(value),
            _ if value.is_empty() => SheetCell::text(self.shown.clone()),
            _ => SheetCell::text(value.to_owned()),
        }
    }

    fn number(&self, value: &str) -> SheetCell {
        let Some(number) = value.trim().parse::<f64>().ok().filter(|number| number.is_finite()) else {
            return SheetCell::error(value);
        };
        let mut cell = SheetCell::number(number, None, None);
        let plain = plain_number(number);
        if !self.shown.is_empty() && self.shown != plain {
            cell.set_shown(&self.shown);
            if is_code(&self.shown, &plain) {
                cell.text.clone_from(&self.shown);
            }
        }
        debug_assert!(matches!(cell.form, CellForm::Number(_)));
        cell
    }
}

fn text_attribute(element: &BytesStart<'_>) -> Option<String> {
    attribute(element, "string-value")
}

/// Whether a number is shown with zeros or separators of a code added, and nothing else of it changed.
fn is_code(shown: &str, plain: &str) -> bool {
    if !plain.bytes().all(|c| c.is_ascii_digit()) || shown.chars().any(|c| c.is_whitespace() || ".,'’%".contains(c)) {
        return false;
    }
    let digits: String = shown.chars().filter(char::is_ascii_digit).collect();
    let has_zeros = digits.len() > plain.len();
    let has_separator = shown.char_indices().any(|(at, c)| at > 0 && "-/_:".contains(c));
    let has_same_number = digits.trim_start_matches('0') == plain.trim_start_matches('0');
    has_same_number && (has_zeros || has_separator)
}

fn is_error_text(text: &str) -> bool {
    text.starts_with("Err:")
        || text.strip_prefix('#').is_some_and(|name| name.ends_with(['!', '?']) || matches!(name, "N/A" | "NV"))
}

/// The day, with the time of day to the second unless it is midnight.
fn day_text(value: &str) -> &str {
    let Some((day, time)) = value.split_once('T') else { return value };
    let seconds = time.split(['.', 'Z']).next().unwrap_or(time);
    if seconds.bytes().all(|c| matches!(c, b'0' | b':')) { day } else { &value[..day.len() + 1 + seconds.len()] }
}

/// `PT7H30M0S` as days.
fn days_of_duration(value: &str) -> Option<f64> {
    let (sign, rest) = value.strip_prefix('-').map_or((1.0, value), |rest| (-1.0, rest));
    let mut seconds = 0.0;
    let mut is_time = false;
    let mut n_units = 0;
    let mut number = String::new();
    for c in rest.strip_prefix('P')?.chars() {
        let unit = match c {
            'T' => {
                is_time = true;
                continue;
            }
            '0'..='9' | '.' => {
                number.push(c);
                continue;
            }
            ',' => {
                number.push('.');
                continue;
            }
            'D' if !is_time => 86_400.0,
            'H' if is_time => 3_600.0,
            'M' if is_time => 60.0,
            'S' if is_time => 1.0,
            _ => return None,
        };
        seconds += number.parse::<f64>().ok()? * unit;
        number.clear();
        n_units += 1;
    }
    (number.is_empty() && n_units > 0).then_some(sign * seconds / 86_400.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shown_numbers_that_are_codes() {
        for (shown, plain, expected) in [
            ("000815", "815", true),
            ("03-1207", "31207", true),
            ("KW-0052", "52", true),
            ("7:45", "745", true),
            ("0", "0", false),
            ("000", "0", true),
            ("1,234", "1234", false),
            ("1 234", "1234", false),
            ("12 min", "12", false),
            ("12.50", "12.5", false),
            ("-12", "12", false),
            ("13", "12", false),
        ] {
            assert_eq!(is_code(shown, plain), expected, "{shown}");
        }
    }

    #[test]
    fn durations_are_days() {
        for (value, text) in
            [("PT07H30M00S", "7:30:00"), ("PT36H", "36:00:00"), ("P1DT1H", "25:00:00"), ("-PT0.5S", "-0:00:00.5")]
        {
            assert_eq!(days_of_duration(value).and_then(duration_text).as_deref(), Some(text), "{value}");
        }
        for value in ["", "P", "7:30", "PT7", "P1M", "PTxH"] {
            assert_eq!(days_of_duration(value), None, "{value}");
        }
    }
}
