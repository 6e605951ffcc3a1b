//! What a real table does to clean values: blanks, zeros, mixed units, junk, and rows that must be refused.

use super::super::catalogue::Kind;
use super::super::design::Design;
use super::super::sampling::{Chooser, Dice};

/// How many faults of each kind stand in the tables.
///
/// The first group are rows that an importer must refuse; the others are values that it must clean or survive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PlantedFaults {
    /// `items.csv`: a code a second time, with other content.
    pub refused_item_key_again: usize,
    /// `routings.csv`: a number of a routing a second time, with another job.
    pub refused_clashing_seq: usize,
    /// `routings.csv`: words in `setup_time_min`.
    pub refused_text_in_time: usize,
    /// `work_results.csv`: words in `run_min`.
    pub refused_text_in_result: usize,
    /// `work_results.csv`: no item code.
    pub refused_result_without_item: usize,
    /// `items.csv`: a row twice, byte for byte.
    pub same_item_row_again: usize,
    /// `items.csv`: all three sizes are 0, empty or NULL.
    pub blank_sizes: usize,
    /// `items.csv`: sizes in inches, and said so.
    pub inch_sizes: usize,
    /// `items.csv`: a size unit that is none.
    pub junk_units: usize,
    /// `items.csv`: an outer diameter of 9999 or 8700.
    pub absurd_sizes: usize,
    /// `items.csv`: a code that begins with a blank.
    pub leading_blanks: usize,
    /// `items.csv`: a text with a full-width blank (U+3000).
    pub full_width_blanks: usize,
    /// `items.csv`: the word NULL in a cell.
    pub null_words: usize,
    /// `items.csv`: part type of the unclassified.
    pub unclassified: usize,
    /// `items.csv`: a material text that points to another material.
    pub use_instead: usize,
    /// `items.csv`: the same item again under a code with another suffix; these count as items.
    pub copies_with_suffix: usize,
    /// `routings.csv`: end of validity written as `31-Dec-99`.
    pub short_sentinel_dates: usize,
    /// `work_results.csv`: 3 to 10 times too long.
    pub outlier_results: usize,
    /// `work_results.csv`: zero minutes.
    pub zero_results: usize,
    /// `work_results.csv`: another work centre than planned.
    pub other_work_centre: usize,
}

/// Part type code of what nobody classified.
pub const UNCLASSIFIED: &str = "ZZ00";
/// Words that stand in a unit column by mistake.
pub const JUNK_UNITS: [&str; 5] = ["NA", "81", "mmmm", "52", "D"];

/// Sizes and their unit as they stand in the row.
pub struct SizeCells {
    pub outer_diameter: String,
    pub inner_diameter: String,
    pub thickness: String,
    pub unit: &'static str,
}

/// A number without needless zeros.
pub fn number(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// Nothing, in one of its spellings.
pub fn nothing(dice: &mut Dice, faults: &mut PlantedFaults) -> String {
    if dice.happens(0.3) {
        faults.null_words += 1;
        "NULL".to_owned()
    } else {
        String::new()
    }
}

/// The value, or nothing with probability `prob`.
pub fn thinned(value: &str, prob: f64, dice: &mut Dice, faults: &mut PlantedFaults) -> String {
    if dice.happens(prob) { nothing(dice, faults) } else { value.to_owned() }
}

/// The sizes of an item: mostly blank for what is bought or assembled, mostly kept for what is made.
pub fn size_cells(design: &Design, dice: &mut Dice, faults: &mut PlantedFaults) -> SizeCells {
    let blank_prob = if design.part().facts().kind == Kind::Made { 0.08 } else { 0.85 };
    if dice.happens(blank_prob) {
        faults.blank_sizes += 1;
        let blank = if dice.happens(0.75) { "0".to_owned() } else { nothing(dice, faults) };
        let unit = if dice.happens(0.2) { "MM" } else { "" };
        return SizeCells { outer_diameter: blank.clone(), inner_diameter: blank.clone(), thickness: blank, unit };
    }
    let unit = match dice.choose(&[0.88, 0.047, 0.03, 0.028, 0.015]) {
        0 => "MM",
        1 => "mm",
        2 => "",
        3 => {
            faults.inch_sizes += 1;
            if dice.happens(0.8) { "INCH" } else { "inch" }
        }
        _ => {
            faults.junk_units += 1;
            dice.pick(&JUNK_UNITS)
        }
    };
    let sizes = design.sizes;
    let cell = |mm: f64| {
        if unit.eq_ignore_ascii_case("inch") { number(mm / 25.4, 3) } else { number(mm, 2) }
    };
    let mut outer_diameter = cell(sizes.outer_diameter_mm);
    if dice.happens(0.002) {
        faults.absurd_sizes += 1;
        outer_diameter = (*dice.pick(&["9999", "8700"])).to_owned();
    }
    SizeCells {
        outer_diameter,
        inner_diameter: cell(sizes.inner_diameter_mm),
        thickness: cell(sizes.thickness_mm),
        unit,
    }
}

/// Lets every `spacing`-th chance through, beginning early enough for a small plant.
#[derive(Default)]
pub struct Every {
    seen: usize,
}

impl Every {
    /// True for chance 40, 40 + spacing, 40 + 2 · spacing …
    pub fn chance(&mut self, spacing: usize) -> bool {
        self.seen += 1;
        self.seen >= 40 && (self.seen - 40).is_multiple_of(spacing)
    }
}
