//! Which attributes there are and of which kind, from the items alone.

use std::collections::BTreeMap;

use crate::domain::Item;

use super::schema::{Feature, FeatureKind, ITEM_CODE_FEATURE, ITEM_NAME_FEATURE, Schema};

/// Raised when a feature's meaning changes.
const SCHEMA_VERSION: u32 = 1;
/// Distinct values that are counted before an attribute is certainly no category.
const MAX_DISTINCT: usize = 4_000;
/// Up to so many distinct values are a category.
const MAX_CATEGORIES: usize = 60;
/// Values that a form offers.
const N_COMMON: usize = 50;
/// Share of values that must parse for a kind to hold: real columns carry a few strays.
const PARSE_SHARE: f64 = 0.97;

/// What was seen of one attribute.
#[derive(Default)]
struct Seen {
    n: usize,
    n_numbers: usize,
    n_fractions: usize,
    n_dates: usize,
    n_with_space: usize,
    n_chars: usize,
    distinct: BTreeMap<String, usize>,
    is_open: bool,
}

impl Seen {
    fn add(&mut self, value: &str) {
        self.n += 1;
        self.n_chars += value.chars().count();
        if let Ok(number) = value.parse::<f64>()
            && number.is_finite()
        {
            self.n_numbers += 1;
            self.n_fractions += usize::from(number.fract() != 0.0);
        }
        self.n_dates += usize::from(is_iso_day(value));
        self.n_with_space += usize::from(value.contains(' '));
        if let Some(count) = self.distinct.get_mut(value) {
            *count += 1;
        } else if self.distinct.len() < MAX_DISTINCT {
            self.distinct.insert(value.to_owned(), 1);
        } else {
            self.is_open = true;
        }
    }

    fn kind(&self, name: &str) -> FeatureKind {
        let share = |count: usize| count as f64 / self.n.max(1) as f64;
        let is_few = !self.is_open && self.distinct.len() <= MAX_CATEGORIES;
        if share(self.n_dates) >= PARSE_SHARE {
            FeatureKind::Date
        } else if !self.is_open && self.distinct.len() <= 2 && self.n > 2 && unit_of(name).is_none() {
            FeatureKind::Flag
        } else if share(self.n_numbers) >= PARSE_SHARE && !(is_identifier(name) && self.n_fractions == 0) {
            FeatureKind::Number
        } else if is_few {
            FeatureKind::Category
        } else if share(self.n_with_space) < 0.1 && self.n_chars / self.n.max(1) <= 24 {
            FeatureKind::Code
        } else {
            FeatureKind::Text
        }
    }

    fn common_values(&self, kind: FeatureKind) -> Vec<String> {
        if !matches!(kind, FeatureKind::Category | FeatureKind::Flag) {
            return Vec::new();
        }
        let mut counts: Vec<(&String, &usize)> = self.distinct.iter().collect();
        counts.sort_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.cmp(b.0)));
        counts.into_iter().take(N_COMMON).map(|(value, _)| value.clone()).collect()
    }
}

/// Features of a catalogue: name and code first, then the attributes in alphabetical order.
///
/// Weights are the defaults of each kind; training learns better ones. An attribute with one value only, or a date,
/// gets weight 0.
pub fn infer_schema<'a>(items: impl IntoIterator<Item = &'a Item>) -> Schema {
    let mut attributes: BTreeMap<&str, Seen> = BTreeMap::new();
    let (mut names, mut codes) = (Seen::default(), Seen::default());
    let mut n_items = 0usize;
    for item in items {
        n_items += 1;
        codes.add(item.code.as_str());
        if let Some(name) = &item.name {
            names.add(name);
        }
        for (name, value) in &item.attributes {
            attributes.entry(name).or_default().add(value);
        }
    }
    let filled = |seen: &Seen| seen.n as f64 / n_items.max(1) as f64;
    let mut features = vec![
        Feature {
            name: ITEM_NAME_FEATURE.into(),
            kind: FeatureKind::Text,
            unit: None,
            weight: if names.distinct.len() > 1 { 1.0 } else { 0.0 },
            filled_share: filled(&names),
            common_values: Vec::new(),
        },
        Feature {
            name: ITEM_CODE_FEATURE.into(),
            kind: FeatureKind::Code,
            unit: None,
            weight: 0.3,
            filled_share: filled(&codes),
            common_values: Vec::new(),
        },
    ];
    features.extend(attributes.into_iter().map(|(name, seen)| {
        let kind = seen.kind(name);
        Feature {
            name: name.to_owned(),
            kind,
            unit: if kind == FeatureKind::Number { unit_of(name).map(str::to_owned) } else { None },
            weight: if seen.distinct.len() < 2 { 0.0 } else { default_weight(kind) },
            filled_share: filled(&seen),
            common_values: seen.common_values(kind),
        }
    }));
    Schema { version: SCHEMA_VERSION, features, standard: Vec::new() }
}

fn default_weight(kind: FeatureKind) -> f64 {
    match kind {
        FeatureKind::Number | FeatureKind::Category | FeatureKind::Text => 1.0,
        FeatureKind::Flag | FeatureKind::Code => 0.5,
        FeatureKind::Date => 0.0,
    }
}

/// Unit that an attribute name carries at its end.
fn unit_of(name: &str) -> Option<&str> {
    let (_, last) = name.rsplit_once('_')?;
    ["mm", "mm2", "mm3", "kg", "g", "cm", "m", "bar", "c", "deg", "rpm", "min", "h"].contains(&last).then_some(last)
}

/// Whether a column of whole numbers names things instead of counting them.
fn is_identifier(name: &str) -> bool {
    let lower = name.to_lowercase();
    ["id", "cd", "code", "no", "number", "코드", "번호"].iter().any(|end| lower.ends_with(end))
}

fn is_iso_day(value: &str) -> bool {
    let bytes = value.as_bytes();
    bytes.len() >= 10
        && bytes[4] == b'-'
        && bytes[7] == b'-'
        && bytes[..10].iter().enumerate().all(|(at, byte)| at == 4 || at == 7 || byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn catalogue() -> Vec<Item> {
        (0..200)
            .map(|n| {
                Item::new(format!("GL-{n:04}-GS"))
                    .named(format!("Gland {n} for seal"))
                    .with("outer_diameter_mm", format!("{}", 80.0 + f64::from(n) * 0.5))
                    .with("part_type", ["gland", "sleeve", "face"][n as usize % 3])
                    .with("model_id", format!("{}", n % 70))
                    .with("is_standard", if n % 2 == 0 { "Y" } else { "N" })
                    .with("drawn", format!("2019-03-{:02}", n % 28 + 1))
                    .with("plant", "P1")
                    .with("draw_no", format!("1K-{}", 15_000 + n))
            })
            .collect()
    }

    #[test]
    fn kinds_follow_the_values() {
        let items = catalogue();
        let schema = infer_schema(&items);
        let kind = |name: &str| schema.features.iter().find(|feature| feature.name == name).expect("inferred").kind;
        assert_eq!(kind("outer_diameter_mm"), FeatureKind::Number);
        assert_eq!(kind("part_type"), FeatureKind::Category);
        assert_eq!(kind("model_id"), FeatureKind::Code);
        assert_eq!(kind("is_standard"), FeatureKind::Flag);
        assert_eq!(kind("drawn"), FeatureKind::Date);
        assert_eq!(kind("draw_no"), FeatureKind::Code);
        assert_eq!(kind("item_nm"), FeatureKind::Text);
    }

    #[test]
    fn a_constant_attribute_has_no_weight_and_a_length_keeps_its_unit() {
        let items = catalogue();
        let schema = infer_schema(&items);
        let feature = |name: &str| schema.features.iter().find(|feature| feature.name == name).expect("inferred");
        assert_eq!(feature("plant").weight, 0.0);
        assert_eq!(feature("outer_diameter_mm").unit.as_deref(), Some("mm"));
        assert_eq!(feature("part_type").common_values.len(), 3);
    }
}
