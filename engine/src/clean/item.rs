//! A whole item: the one cleaning that import, the prediction form and the REST interface share.

use std::collections::{BTreeMap, BTreeSet};

use super::numbers::Decimal;
use super::{CleanCounts, Length, Measured, attribute, text, units};
use crate::domain::{Item, ItemCode};

/// `raw` with cleaned code, name, attribute names and values; missing values are gone, lengths are in millimetres.
///
/// Cleaning a clean item changes nothing. Where a value stands in two units, the one in millimetres stays.
pub fn item(raw: Item) -> Item {
    item_counted(raw, &mut CleanCounts::default())
}

/// The same as [`item`], adding to `counts` what was changed.
pub fn item_counted(raw: Item, counts: &mut CleanCounts) -> Item {
    let mut named: BTreeMap<String, String> = BTreeMap::new();
    for (name, value) in raw.attributes {
        let name = text::attribute_name(&name);
        if !name.is_empty() {
            named.entry(name).or_insert(value);
        }
    }
    let unit_of: BTreeMap<&str, &str> = named
        .keys()
        .filter_map(|unit| units::measured_by(unit).map(|base| (base, unit.as_str())))
        .filter(|(base, _)| named.contains_key(*base))
        .collect();
    let unit_names: BTreeSet<&str> = unit_of.values().copied().collect();
    let cells = named.iter().filter(|(name, _)| !unit_names.contains(name.as_str())).map(|(name, value)| Cell {
        name,
        value,
        unit: unit_of.get(name.as_str()).and_then(|unit| Some((*unit, named.get(*unit)?.as_str()))),
        declared: None,
        keeps_words: false,
    });
    Item {
        code: ItemCode::new(text::clean(raw.code.as_str())),
        name: raw.name.as_deref().and_then(text::known),
        attributes: attributes(cells, Decimal::Point, counts),
    }
}

/// One attribute of one item before cleaning.
#[derive(Clone, Copy, Debug)]
pub struct Cell<'a> {
    /// A name of [`text::attribute_name`].
    pub name: &'a str,
    /// As it is written.
    pub value: &'a str,
    /// Name and value of the attribute that holds its unit; it is no cell of its own.
    pub unit: Option<(&'a str, &'a str)>,
    /// Whether the value is a length even where its name does not say so.
    pub declared: Option<Length>,
    /// Whether a word such as `NA` is a value of this column, and not a word for nothing.
    pub keeps_words: bool,
}

/// The attributes that `cells` hold. A unit is kept beside a value that was not converted.
pub fn attributes<'a>(
    cells: impl IntoIterator<Item = Cell<'a>>,
    decimal: Decimal,
    counts: &mut CleanCounts,
) -> BTreeMap<String, String> {
    let mut clean = BTreeMap::new();
    let mut renamed = Vec::new();
    for cell in cells {
        if cell.keeps_words {
            clean.insert(cell.name.to_owned(), text::clean(cell.value));
            continue;
        }
        match attribute(cell.name, cell.value, cell.unit.map(|(_, unit)| unit), cell.declared, decimal, counts) {
            Measured::Missing => {}
            Measured::Kept(value) => {
                clean.insert(cell.name.to_owned(), value);
                if let Some((name, unit)) = cell.unit
                    && let Some(unit) = text::known(unit)
                {
                    clean.insert(name.to_owned(), unit);
                }
            }
            Measured::Converted { name, value } if name == cell.name => {
                clean.insert(name, value);
            }
            Measured::Converted { name, value } => renamed.push((name, value)),
        }
    }
    for (name, value) in renamed {
        clean.entry(name).or_insert(value);
    }
    clean
}

#[cfg(test)]
mod tests {
    use rand::{Rng, SeedableRng};
    use rand_xoshiro::Xoshiro256PlusPlus;

    use super::*;

    #[test]
    fn a_query_is_cleaned_like_an_imported_item() {
        let raw = Item::new(" ＧＬ－2417 ")
            .named("316\u{3000}GLAND")
            .with("PART_TYPE", " 11#1 ")
            .with("Size", "2.5")
            .with("Size_UOM", "INCH")
            .with("outer_mm", "0")
            .with("material", "NULL")
            .with("list_price", "1,457.99");
        let clean = item(raw);
        let expected = Item::new("GL-2417")
            .named("316 GLAND")
            .with("part_type", "11#1")
            .with("size_mm", "63.5")
            .with("list_price", "1457.99");
        assert_eq!(clean, expected);
    }

    #[test]
    fn a_unit_stays_with_a_value_that_was_not_converted() {
        let kept = item(Item::new("A").with("size", "XL").with("size_uom", "EU"));
        assert_eq!(kept, Item::new("A").with("size", "XL").with("size_uom", "EU"));
    }

    #[test]
    fn millimetres_win_over_inches() {
        let clean = item(Item::new("A").with("bore_in", "2").with("bore_mm", "51"));
        assert_eq!(clean, Item::new("A").with("bore_mm", "51"));
    }

    #[test]
    fn cleaning_is_idempotent() {
        const NAMES: [&str; 14] = [
            "size",
            "size_uom",
            "Size",
            "bore_in",
            "bore_mm",
            "outDiameter",
            "OUTDIAMETER_UNIT",
            "x_cm",
            "weight",
            "weight_unit",
            "DRAW_REV",
            "외경",
            "외경단위",
            "İx Ω",
        ];
        const VALUES: [&str; 20] = [
            "",
            "0",
            "2.5",
            "1,234.5",
            "12,5",
            "9999",
            "NULL",
            " - ",
            "inch",
            "MM",
            "LB",
            "\u{3000}Ａ\u{3000}\u{3000}B",
            "2.5\"",
            "40 mm",
            "½",
            "D",
            "1e3",
            "0.1234567891",
            "-3",
            "\u{200b}e\u{200d}\u{301}",
        ];
        let mut random = Xoshiro256PlusPlus::seed_from_u64(11);
        for _ in 0..20_000 {
            let mut raw = Item::new(VALUES[random.gen_range(0..VALUES.len())]);
            for _ in 0..random.gen_range(0..8) {
                let value: String = if random.gen_bool(0.7) {
                    VALUES[random.gen_range(0..VALUES.len())].into()
                } else {
                    (0..random.gen_range(0..6)).map(|_| random.r#gen::<char>()).collect()
                };
                let name: String = if random.gen_bool(0.8) {
                    NAMES[random.gen_range(0..NAMES.len())].into()
                } else {
                    (0..random.gen_range(0..5)).map(|_| random.r#gen::<char>()).collect()
                };
                raw = raw.with(name, value);
            }
            let once = item(raw.clone());
            assert_eq!(item(once.clone()), once, "from {raw:?}");
            assert!(once.attributes.iter().all(|(name, value)| !name.is_empty() && !value.is_empty()));
        }
    }
}
