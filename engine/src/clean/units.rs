//! Units as people write them, and what they are in millimetres or kilograms.

/// Longest length that is believed, in millimetres.
///
/// Item masters use numbers such as 6600, 8700 and 9999 for "not measured". Six metres is also the usual length of a
/// bar, and hardly any machine works on a longer part.
pub const MAX_LENGTH_MM: f64 = 6000.0;

/// What a unit cell says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Unit {
    /// A length; the factor to millimetres.
    Length(f64),
    /// A mass; the factor to kilograms.
    Mass(f64),
    /// Nothing is written.
    Missing,
    /// Something that says neither, such as `EA`, `MM/IN`, `D`, `52`.
    Unknown,
}

/// Reads a unit: `inch`, `INC`, `in`, `I`, `"` are inches; `MM`, `mm`, `mmmm` are millimetres.
pub fn parse(raw: &str) -> Unit {
    let text = super::text::clean(raw).to_lowercase();
    if super::text::is_missing(&text) {
        return Unit::Missing;
    }
    match text.trim_end_matches('.') {
        "inch" | "inches" | "inc" | "in" | "i" | "zoll" | "인치" | "\"" | "''" | "″" | "′′" | "”" | "“" => {
            Unit::Length(25.4)
        }
        "cm" => Unit::Length(10.0),
        "m" => Unit::Length(1000.0),
        "ft" | "feet" => Unit::Length(304.8),
        "밀리" | "밀리미터" | "millimetre" | "millimeter" => Unit::Length(1.0),
        "kg" | "kgs" => Unit::Mass(1.0),
        "g" => Unit::Mass(0.001),
        "lb" | "lbs" => Unit::Mass(0.453_592_37),
        "oz" => Unit::Mass(0.028_349_523_125),
        "t" => Unit::Mass(1000.0),
        letters if letters.len() >= 2 && letters.bytes().all(|byte| byte == b'm') => Unit::Length(1.0),
        _ => Unit::Unknown,
    }
}

/// Ends of a unit column's name; what stands before is the name of the column that it measures.
const UNIT_ENDS: [&str; 11] = [
    "_unit",
    "_units",
    "_uom",
    "_unit_of_measure",
    "_unit_measure_code",
    "_unit_code",
    "_uom_code",
    "_measure_unit",
    "_단위",
    "단위",
    "_einheit",
];

/// Name of the attribute whose unit stands in the attribute `name`, by its name: `size` for `size_uom`.
pub fn measured_by(name: &str) -> Option<&str> {
    let base = UNIT_ENDS.iter().filter_map(|end| name.strip_suffix(end)).min_by_key(|base| base.len())?;
    (!base.is_empty()).then_some(base)
}

/// Length unit that an attribute carries in its own name, and the name without it: (`bore`, 25.4) for `bore_in`.
pub fn in_name(name: &str) -> Option<(&str, f64)> {
    [("_mm", 1.0), ("_in", 25.4), ("_inch", 25.4), ("_inches", 25.4), ("_cm", 10.0)]
        .into_iter()
        .find_map(|(end, factor)| name.strip_suffix(end).filter(|base| !base.is_empty()).map(|base| (base, factor)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_many_ways_to_write_a_unit() {
        for raw in ["inch", "INCH", "INC", "in", "I", "\"", " Inch ", "ＩＮＣＨ", "in."] {
            assert_eq!(parse(raw), Unit::Length(25.4), "{raw:?}");
        }
        for raw in ["MM", "mm", "mmmm", " mm ", "㎜"] {
            assert_eq!(parse(raw), Unit::Length(1.0), "{raw:?}");
        }
        for raw in ["", "NA", "NULL", "-"] {
            assert_eq!(parse(raw), Unit::Missing, "{raw:?}");
        }
        for raw in ["MM/IN", "52", "81", "D", "KZ", "GROUP", "EA"] {
            assert_eq!(parse(raw), Unit::Unknown, "{raw:?}");
        }
        assert_eq!(parse("LB "), Unit::Mass(0.453_592_37));
    }

    #[test]
    fn unit_columns_are_found_by_name() {
        assert_eq!(measured_by("size_unit_measure_code"), Some("size"));
        assert_eq!(measured_by("in_sealsize_uom"), Some("in_sealsize"));
        assert_eq!(measured_by("외경단위"), Some("외경"));
        assert_eq!(measured_by("외경_단위"), Some("외경"));
        assert_eq!(measured_by("_unit"), None);
        assert_eq!(measured_by("united"), None);
        assert_eq!(in_name("bore_in"), Some(("bore", 25.4)));
        assert_eq!(in_name("volume_mm3"), None);
    }
}
