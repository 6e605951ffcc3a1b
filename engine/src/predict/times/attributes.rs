//! The item as numbers that a time may depend on: sizes on a log scale, gaps between sizes, common values of categories.

use serde::{Deserialize, Serialize};

use crate::domain::Item;

/// Standard deviations beyond which a size says no more: typing errors must not make a time explode.
const LARGEST: f32 = 4.0;

/// Which attributes are read, and how.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TimeAttributes {
    pub numbers: Vec<NumberColumn>,
    pub gaps: Vec<Gap>,
    pub words: Vec<WordColumn>,
}

/// A number that is positive in most items.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NumberColumn {
    pub name: String,
    /// Mean and standard deviation of its logarithm.
    pub mean: f32,
    pub sd: f32,
}

/// The difference of two lengths, such as the wall between an outer and an inner diameter.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gap {
    /// Positions in `numbers`.
    pub columns: (u8, u8),
    /// Mean and standard deviation of its logarithm.
    pub mean: f32,
    pub sd: f32,
}

/// A category with its common values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WordColumn {
    pub name: String,
    pub values: Vec<String>,
}

impl TimeAttributes {
    /// Number of entries of a design row: two for each number (its size and whether it is missing), one for each gap and
    /// one for each value.
    pub fn width(&self) -> usize {
        2 * self.numbers.len() + self.gaps.len() + self.words.iter().map(|column| column.values.len()).sum::<usize>()
    }

    /// The design row of an item. A size that is missing or not positive stands at the mean and is marked as missing.
    ///
    /// # Shapes
    /// [`TimeAttributes::width`] entries.
    pub fn design(&self, item: &Item) -> Vec<f32> {
        let mut row = Vec::with_capacity(self.width());
        let sizes: Vec<Option<f64>> = self.numbers.iter().map(|column| size(item, &column.name)).collect();
        for (column, size) in self.numbers.iter().zip(&sizes) {
            row.push(size.map_or(0.0, |size| scaled(size, column.mean, column.sd)));
            row.push(f32::from(u8::from(size.is_none())));
        }
        for gap in &self.gaps {
            let pair = sizes[usize::from(gap.columns.0)].zip(sizes[usize::from(gap.columns.1)]);
            let between = pair.and_then(|(a, b)| difference(a, b));
            row.push(between.map_or(0.0, |between| scaled(between, gap.mean, gap.sd)));
        }
        for column in &self.words {
            let word = item.attributes.get(&column.name);
            row.extend(column.values.iter().map(|value| f32::from(u8::from(Some(value) == word))));
        }
        row
    }
}

/// A positive number among an item's attributes.
pub fn size(item: &Item, name: &str) -> Option<f64> {
    item.attributes.get(name)?.parse::<f64>().ok().filter(|size| size.is_finite() && *size > 0.0)
}

/// The difference of two sizes, when there is one.
pub fn difference(a: f64, b: f64) -> Option<f64> {
    let between = (a - b).abs();
    (between > 1e-6 * a.max(b)).then_some(between)
}

fn scaled(size: f64, mean: f32, sd: f32) -> f32 {
    ((libm::log(size) as f32 - mean) / sd).clamp(-LARGEST, LARGEST)
}
