//! What the arguments of an import say, as the engine takes it.

use engine::clean::dates::DateOrder;
use engine::clean::numbers::Decimal;
use engine::clean::time_units::TimeUnit;
use engine::import::{Encoding, Field, Join, Purpose, StatedColumn, TableKind};

pub fn encoding(name: &str) -> Result<Encoding, String> {
    Encoding::from_name(name).ok_or_else(|| {
        "expected utf-8, utf-16, cp949, windows-1252, windows-1250, gbk, big5, shift-jis or euc-jp".to_owned()
    })
}

pub fn delimiter(text: &str) -> Result<char, String> {
    match text {
        "," | "comma" => Ok(','),
        ";" | "semicolon" => Ok(';'),
        "tab" | "\t" | "\\t" => Ok('\t'),
        "|" | "pipe" => Ok('|'),
        _ => Err("expected , ; tab or |".to_owned()),
    }
}

pub fn decimal(text: &str) -> Result<Decimal, String> {
    match text {
        "point" | "." => Ok(Decimal::Point),
        "comma" | "," => Ok(Decimal::Comma),
        _ => Err("expected point or comma".to_owned()),
    }
}

pub fn date_order(text: &str) -> Result<DateOrder, String> {
    match text {
        "ymd" => Ok(DateOrder::Ymd),
        "dmy" => Ok(DateOrder::Dmy),
        "mdy" => Ok(DateOrder::Mdy),
        _ => Err("expected ymd, dmy or mdy".to_owned()),
    }
}

pub fn kind(text: &str) -> Result<TableKind, String> {
    match text {
        "items" => Ok(TableKind::Items),
        "routings" => Ok(TableKind::Routings),
        "results" | "work_results" => Ok(TableKind::WorkResults),
        _ => Err("expected items, routings or results".to_owned()),
    }
}

pub fn join(text: &str) -> Result<Join, String> {
    Join::by_name(text).ok_or_else(|| "expected case or zeros".to_owned())
}

/// `NAME=FIELD[:unit]`; the name may hold `=`.
pub fn column(text: &str) -> Result<StatedColumn, String> {
    let (name, said) = text.rsplit_once('=').ok_or("expected NAME=FIELD, such as \"Dauer=run_time_min:h\"")?;
    if name.trim().is_empty() {
        return Err("the name of the column is missing before =".to_owned());
    }
    let (purpose, unit) = match said.split_once(':') {
        Some((purpose, unit)) => (purpose.trim(), Some(unit.trim())),
        None => (said.trim(), None),
    };
    let purpose = match purpose {
        "-" => Purpose::Unused,
        "attribute" => Purpose::Attribute,
        name => Purpose::Field(Field::by_name(name).ok_or_else(|| {
            let all: Vec<&str> = Field::all().map(Field::name).collect();
            format!("there is no field {name:?}; expected -, attribute or one of {}", all.join(", "))
        })?),
    };
    let unit = unit.map(unit_of).transpose()?;
    if unit.is_some() && !matches!(purpose, Purpose::Field(field) if field.is_time()) {
        return Err("only a time has a unit".to_owned());
    }
    Ok(StatedColumn { column: name.trim().to_owned(), purpose, unit })
}

fn unit_of(text: &str) -> Result<TimeUnit, String> {
    match text {
        "min" => Ok(TimeUnit::Minute),
        "h" => Ok(TimeUnit::Hour),
        "s" => Ok(TimeUnit::Second),
        "d" => Ok(TimeUnit::Day),
        "h:mm" => Ok(TimeUnit::HourMinute),
        "mm:ss" => Ok(TimeUnit::MinuteSecond),
        "h:mm:ss" => Ok(TimeUnit::HourMinuteSecond),
        _ => Err(format!("there is no unit {text:?}; expected min, h, s, d, h:mm, mm:ss or h:mm:ss")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_a_name_a_field_and_a_unit() {
        let stated = column("Std = Los=run_time_min:h:mm").expect("it is well formed");
        assert_eq!(stated.column, "Std = Los");
        assert_eq!((stated.purpose, stated.unit), (Purpose::Field(Field::RunTimeMin), Some(TimeUnit::HourMinute)));
        assert_eq!(column("비고=-").map(|one| one.purpose), Ok(Purpose::Unused));
        assert_eq!(column("colour=attribute").map(|one| one.purpose), Ok(Purpose::Attribute));
    }

    #[test]
    fn what_is_no_column_is_refused_with_what_is_expected() {
        for (text, wanted) in [
            ("Dauer", "NAME=FIELD"),
            ("=item_cd", "missing"),
            ("Dauer=weight", "item_cd"),
            ("Dauer=run_time_min:week", "h:mm"),
            ("Teil=item_cd:h", "only a time"),
        ] {
            let error = column(text).expect_err(text);
            assert!(error.contains(wanted), "{text}: {error}");
        }
    }
}
