//! One attribute value with its unit: to millimetres or kilograms, or missing where it says nothing.

use super::numbers::{self, Decimal};
use super::units::{self, MAX_LENGTH_MM, Unit};
use super::{CleanCounts, text};

/// A column that a profile declares to be a length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    /// Whether a number without a unit is in millimetres; otherwise it is unknown.
    pub assume_mm: bool,
}

/// What became of an attribute value.
#[derive(Clone, Debug, PartialEq)]
pub enum Measured {
    /// It says nothing.
    Missing,
    /// Cleaned text under its own name.
    Kept(String),
    /// A number in a base unit, under a name that says so (`…_mm`, `…_kg`).
    Converted { name: String, value: String },
}

/// Cleans the value of the attribute `name`, which is a name of [`text::attribute_name`].
///
/// `unit` is the cell of the column that holds its unit, `None` when there is no such column; `declared` says that
/// the value is a length even where its name does not.
///
/// # Units
/// - A number with a length unit (unit column, declared, name ending in `_mm`, `_cm`, `_in`, or a unit behind the
///   number itself, `2.5"`) becomes millimetres under `<name>_mm`; with a mass unit, kilograms under `<name>_kg`.
/// - A length of 0 is missing; so is one of only nines from 9999 on, and one above [`MAX_LENGTH_MM`].
///   Zero of anything else is a true zero.
/// - A unit that is not understood (`MM/IN`, `D`, `52`): a declared length is missing, because millimetres and inches
///   differ by 25.4 and a wrong size is worse than none; any other value is kept as it is written, and so is its unit.
pub fn attribute(
    name: &str,
    raw: &str,
    unit: Option<&str>,
    declared: Option<Length>,
    decimal: Decimal,
    counts: &mut CleanCounts,
) -> Measured {
    let value = text::clean(raw);
    let is_dash_value = value == "-" && text::dash_is_a_value(name);
    if text::is_missing(&value) && !is_dash_value {
        counts.n_blanked += u64::from(!value.is_empty());
        return Measured::Missing;
    }
    let named = units::in_name(name);
    if unit.is_none() && named.is_none() && declared.is_none() {
        return Measured::Kept(numbers::ungrouped(&value, decimal).unwrap_or(value));
    }
    let Some((number, own_unit)) = with_unit(&value, decimal) else {
        return Measured::Kept(value);
    };
    let said = match (own_unit, unit.map(units::parse), named) {
        (Some(own), _, _) => own,
        (None, Some(Unit::Missing) | None, Some((_, factor))) => Unit::Length(factor),
        (None, Some(said), _) => said,
        (None, None, None) => Unit::Missing,
    };
    match (said, declared) {
        (Unit::Length(factor), _) => length(name, number, factor, counts),
        (Unit::Missing, _) if number == 0.0 => blanked(counts),
        (Unit::Missing, Some(Length { assume_mm: true })) => {
            counts.n_units_assumed += 1;
            length(name, number, 1.0, counts)
        }
        (Unit::Mass(factor), None) => {
            counts.n_units_converted += u64::from(factor != 1.0);
            Measured::Converted { name: format!("{name}_kg"), value: rounded(number * factor) }
        }
        (_, Some(_)) => {
            if number == 0.0 {
                return blanked(counts);
            }
            counts.n_units_unknown += 1;
            Measured::Missing
        }
        (said, None) => {
            counts.n_units_unknown += u64::from(said == Unit::Unknown);
            Measured::Kept(numbers::ungrouped(&value, decimal).unwrap_or(value))
        }
    }
}

/// The number in `value` and the unit written behind it, if any; `None` when it is not a number.
pub fn with_unit(value: &str, decimal: Decimal) -> Option<(f64, Option<Unit>)> {
    if let Some(number) = numbers::parse(value, decimal) {
        return Some((number, None));
    }
    let end = value.rfind(|c: char| c.is_ascii_digit())? + 1;
    let number = numbers::parse(value[..end].trim(), decimal)?;
    match units::parse(&value[end..]) {
        unit @ (Unit::Length(_) | Unit::Mass(_)) => Some((number, Some(unit))),
        Unit::Missing | Unit::Unknown => None,
    }
}

fn length(name: &str, number: f64, factor: f64, counts: &mut CleanCounts) -> Measured {
    if number == 0.0 {
        return blanked(counts);
    }
    let mm = number * factor;
    if mm.abs() > MAX_LENGTH_MM || is_all_nines(number) {
        counts.n_absurd_sizes += 1;
        return Measured::Missing;
    }
    counts.n_units_converted += u64::from(factor != 1.0);
    let base = units::in_name(name).map_or(name, |(base, _)| base);
    Measured::Converted { name: format!("{base}_mm"), value: rounded(mm) }
}

fn blanked(counts: &mut CleanCounts) -> Measured {
    counts.n_blanked += 1;
    Measured::Missing
}

/// 9999, 99999 …, 9999.9: what a form takes as its largest number.
fn is_all_nines(number: f64) -> bool {
    number >= 9999.0 && numbers::write(number).bytes().all(|byte| matches!(byte, b'9' | b'.'))
}

/// A millionth of the unit is finer than any gauge, and 27.940000000000001 is no one's size.
fn rounded(number: f64) -> String {
    numbers::write(libm::round(number * 1e6) / 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(name: &str, value: &str, unit: Option<&str>, declared: Option<Length>) -> (Measured, CleanCounts) {
        let mut counts = CleanCounts::default();
        let measured = attribute(name, value, unit, declared, Decimal::Point, &mut counts);
        (measured, counts)
    }

    fn converted(name: &str, value: &str) -> Measured {
        Measured::Converted { name: name.into(), value: value.into() }
    }

    const MM: Option<Length> = Some(Length { assume_mm: true });
    const NO_GUESS: Option<Length> = Some(Length { assume_mm: false });

    #[test]
    fn lengths_become_millimetres() {
        assert_eq!(run("bore", "2", Some("INCH"), None).0, converted("bore_mm", "50.8"));
        assert_eq!(run("bore", "1.1", Some("INC"), None).0, converted("bore_mm", "27.94"));
        assert_eq!(run("bore_in", "2", None, None).0, converted("bore_mm", "50.8"));
        assert_eq!(run("bore_mm", "50.80", None, None).0, converted("bore_mm", "50.8"));
        assert_eq!(run("od", "92.99", Some("mmmm"), MM).0, converted("od_mm", "92.99"));
        assert_eq!(run("bore_mm", "2.5\"", None, None).0, converted("bore_mm", "63.5"));
        assert_eq!(run("bore", "2", Some("INCH"), None).1.n_units_converted, 1);
        assert_eq!(run("od", "92.99", Some("mm"), MM).1, CleanCounts::default());
    }

    #[test]
    fn zero_is_missing_only_for_lengths() {
        assert_eq!(
            run("bore_mm", "0.0", None, None),
            (Measured::Missing, CleanCounts { n_blanked: 1, ..CleanCounts::default() })
        );
        assert_eq!(run("od", "0", Some(""), MM).0, Measured::Missing);
        assert_eq!(
            run("od", "0", Some("D"), MM),
            (Measured::Missing, CleanCounts { n_blanked: 1, ..CleanCounts::default() })
        );
        assert_eq!(run("n_holes", "0", None, None).0, Measured::Kept("0".into()));
        assert_eq!(run("weight", "0", Some("KG"), None).0, converted("weight_kg", "0"));
    }

    #[test]
    fn unknown_units_never_become_a_size() {
        let unknown = CleanCounts { n_units_unknown: 1, ..CleanCounts::default() };
        for unit in ["MM/IN", "52", "81", "D", "KZ"] {
            assert_eq!(run("od", "55", Some(unit), MM), (Measured::Missing, unknown), "{unit}");
        }
        assert_eq!(run("price", "55", Some("KRW"), None), (Measured::Kept("55".into()), unknown));
        assert_eq!(run("size", "XL", Some(""), None), (Measured::Kept("XL".into()), CleanCounts::default()));
    }

    #[test]
    fn a_missing_unit_is_assumed_only_where_declared() {
        assert_eq!(
            run("od", "55", Some(""), MM),
            (converted("od_mm", "55"), CleanCounts { n_units_assumed: 1, ..CleanCounts::default() })
        );
        assert_eq!(run("in_sealsize", "2.125", Some("NA"), NO_GUESS).0, Measured::Missing);
        assert_eq!(run("in_sealsize", "2.125", Some("INCH"), NO_GUESS).0, converted("in_sealsize_mm", "53.975"));
        assert_eq!(run("size", "58", Some(""), None).0, Measured::Kept("58".into()));
    }

    #[test]
    fn absurd_sizes_are_missing() {
        for (value, unit) in [("9999", "MM"), ("8700", "MM"), ("6600", "mm"), ("4750", "INCH"), ("9999", "")] {
            let (measured, counts) = run("od", value, Some(unit), MM);
            assert_eq!((measured, counts.n_absurd_sizes), (Measured::Missing, 1), "{value} {unit}");
        }
        assert_eq!(run("od", "6000", Some("MM"), MM).0, converted("od_mm", "6000"));
    }

    #[test]
    fn a_dash_is_a_revision_but_no_size() {
        assert_eq!(run("draw_rev", "-", None, None).0, Measured::Kept("-".into()));
        assert_eq!(run("draw_no", "-", None, None).0, Measured::Missing);
        assert_eq!(run("od", "-", Some("MM"), MM).0, Measured::Missing);
    }
}
