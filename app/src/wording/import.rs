//! Words of the import's report. Only the server has them.

use std::collections::HashMap;

use engine::import::{Expected, ImportError, NotATableReason};

use crate::locale::Locale;
use crate::wording::format;

/// A text of the report: the message `tables-<key>` with its arguments.
pub fn text(locale: Locale, key: &str, arguments: &[(&'static str, String)]) -> String {
    let arguments: HashMap<&str, &str> = arguments.iter().map(|(name, value)| (*name, value.as_str())).collect();
    locale.loader().get_args(&format!("tables-{key}"), arguments)
}

/// What a value should have been.
pub fn expected(locale: Locale, expected: &Expected) -> String {
    let number = |value: f64| format::count(value.max(0.0) as usize);
    let arguments: Vec<(&'static str, String)> = match expected {
        Expected::Integer { min, max } => vec![("min", min.to_string()), ("max", format::count(*max as usize))],
        Expected::Quantity { max } | Expected::Minutes { max } | Expected::Hours { max } => vec![("max", number(*max))],
        Expected::AtMost { max } => vec![("max", max.to_string())],
        Expected::OneOf { accepted } => vec![("list", accepted.join(", "))],
        Expected::ShorterText { max_chars } => vec![("max", max_chars.to_string())],
        Expected::UniqueKey { first_row } => vec![("row", first_row.to_string())],
        Expected::NFields { n } => vec![("n", n.to_string())],
        Expected::ShorterLine { max_bytes } => vec![("max", max_bytes.to_string())],
        Expected::ReadableInput { message } => vec![("message", message.clone())],
        Expected::NonEmpty
        | Expected::Length
        | Expected::Date
        | Expected::OperationNumber
        | Expected::OneReading { .. }
        | Expected::TimeUnit
        | Expected::NoErrorCell
        | Expected::KnownEncoding
        | Expected::ClosedQuote => Vec::new(),
    };
    let said = text(locale, &format!("expected-{}", expected.rule()), &arguments);
    match expected {
        Expected::OneReading { readings: [a, b] } => {
            format!("{said} ({})", text(locale, "detail", &[("a", a.clone()), ("b", b.clone())]))
        }
        _ => said,
    }
}

/// Why a file cannot be imported.
pub fn error(locale: Locale, error: &ImportError) -> String {
    let say = |key: &str, arguments: &[(&'static str, String)]| text(locale, &format!("error-{key}"), arguments);
    let file = |file: &String| ("file", file.clone());
    match error {
        ImportError::Empty { file: name } => say("empty", &[file(name)]),
        ImportError::Binary { file: name, .. } => say("binary", &[file(name)]),
        ImportError::UnknownEncoding { file: name } => say("unknown_encoding", &[file(name)]),
        ImportError::NoKeyColumn { file: name, columns, .. } => {
            say("no_key_column", &[file(name), ("columns", columns.join(", "))])
        }
        ImportError::MissingColumn { file: name, kind, field, columns, .. } => {
            let kind = text(locale, &format!("kind-{}", kind.name()), &[]);
            let columns = columns.join(", ");
            let field = field.name().to_owned();
            say("missing_column", &[file(name), ("kind", kind), ("field", field), ("columns", columns)])
        }
        ImportError::DuplicateColumn { file: name, field, first, second } => {
            let field = field.name().to_owned();
            say(
                "duplicate_column",
                &[file(name), ("field", field), ("first", first.clone()), ("second", second.clone())],
            )
        }
        ImportError::OpenEncoding { file: name, readings } => {
            let one = |(name, sample): &(String, String)| {
                say("open_encoding-one", &[("name", name.clone()), ("sample", sample.clone())])
            };
            let readings = readings.iter().map(one).collect::<Vec<_>>().join(", ");
            say("open_encoding", &[file(name), ("readings", readings)])
        }
        ImportError::OpenNumbers { file: name, column, value, as_point, as_comma } => {
            let (point, comma) = (as_point.to_string(), as_comma.to_string());
            let (column, value) = (column.clone(), value.clone());
            say("open_numbers", &[file(name), ("column", column), ("value", value), ("point", point), ("comma", comma)])
        }
        ImportError::Plants { asked, plants } => {
            let one = |(plant, n): &(String, u64)| {
                say("plants-one", &[("plant", plant.clone()), ("n", format::count(*n as usize))])
            };
            let plants = plants.iter().map(one).collect::<Vec<_>>().join(", ");
            match asked {
                Some(asked) => say("plants-asked", &[("asked", asked.clone()), ("plants", plants)]),
                None => say("plants", &[("plants", plants)]),
            }
        }
        ImportError::OtherForm { file: name, advice } => say("other_form", &[file(name), ("advice", advice.clone())]),
        ImportError::Workbook { file: name, message } => say("workbook", &[file(name), ("message", message.clone())]),
        ImportError::NoSheet { file: name, sheets } => say("no_sheet", &[file(name), ("sheets", sheets.join(", "))]),
        ImportError::NotATable { file: name, reason } => match reason {
            NotATableReason::NoItemCode { columns } => {
                say("not_a_table-no_item_code", &[file(name), ("columns", columns.join(", "))])
            }
            NotATableReason::BillOfMaterials { column } => {
                say("not_a_table-bill_of_materials", &[file(name), ("column", column.clone())])
            }
            NotATableReason::RepeatedCodes { column, n_rows, n_repeated } => {
                let (n, rows) = (format::count(*n_repeated as usize), format::count(*n_rows as usize));
                say("not_a_table-repeated_codes", &[file(name), ("column", column.clone()), ("n", n), ("rows", rows)])
            }
        },
        ImportError::Read { file: name, message } => say("read", &[file(name), ("message", message.clone())]),
    }
}
