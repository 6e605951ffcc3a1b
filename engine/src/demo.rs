//! The demo plant: an invented maker of mechanical seals as tables, for trying the product and measuring it.
//!
//! In: a size and a seed ([`DemoSettings`]). Out: `items.csv`, `routings.csv`, `work_results.csv` in the common form,
//! `truth.csv` with the routings that were left out, and a [`DemoReport`] of what was made and what was planted.
//! The same settings give the same bytes on every machine.
//! Never: a real plant's codes, families or names; a clock; a file (the caller writes the pieces).
//!
//! # Structure
//! A *project* is a latent seal family × shaft size; its assembly, gland, sleeve, faces, collars, kits and bought
//! parts share both. A third of the projects take over the drawings of an earlier one in other materials. Projects
//! follow each other from 2005 to 2025.
//!
//! # What a route follows from
//! The jobs of a part are a function of three things ([`operations`]):
//! 1. what the item row shows: part type, size class of the outer diameter, material class, seal family, age;
//! 2. what only the drawing shows ([`drawing`]): milled faces, taper, keys, notches, coatings. Their chances belong
//!    to the seal family. 20 % of the drawings are catalogue designs (`standard_yn` = Y: a function of part, family and
//!    size); of the others, 45 % have a group code or spec text that names the main features; the rest is hidden;
//! 3. the planner: lathe or mill-turn where both can do it (7 % and 22 % against the rule in the two smaller size
//!    classes), and a habit in 10 % of the routings (an operation more, one less).
//!
//! How much of that an ideal predictor can know is computed, not guessed: [`DemoStatistics::knowable_exact_share`] is
//! the mean probability of the likeliest job sequence given the clean row, over all combinations of hidden features
//! and habits. With seed 1 it is 0.81 for 5,000 items and 0.82 for 325,000 (0.83 and 0.84 where an earlier item of the
//! same drawing is known): covers 0.42 to 0.51, glands about 0.6, vessels 0.6 to 0.7, sleeves 0.8, faces and
//! collars 0.8 to 0.85, assemblies 0.86, kits 0.94. That predictor knows every rule of the plant; a real one must learn them
//! from dirty rows and stays well below.
//!
//! # Standard routings
//! On request the plant also keeps standard gland routings under codes like `RTG-GLAND2<-1|2PL` ([`DemoSettings::standard_codes`]).
//! They follow the rules for glands without any habit, come last, and change nothing else.
//!
//! # Columns that need a word
//! `setup_time_min` is per order and `run_time_min` per piece (`lot_size`, its reference quantity, is always 1), both
//! planned; `setup_min` and `run_min` of the results are for the whole order. Rows of one operation after the first
//! are alternative work centres, without times. A retired work centre ends its row's `valid_to`; such a row has no `valid_from`.

mod actuals;
mod catalogue;
mod design;
mod drawing;
mod knowable;
mod operations;
mod plant;
mod routings;
mod rows;
mod sampling;
mod settings;
mod standards;
mod statistics;
mod times;

#[cfg(test)]
mod tests;

use std::convert::Infallible;

pub use plant::{DemoReport, TruthRow, stream};
pub use rows::dirt::PlantedFaults;
pub use rows::tables::{DEMO_FILES, DemoFile, Emit};
pub use settings::DemoSettings;
pub use statistics::{DemoStatistics, PartRoutes};

/// One table as a whole.
#[derive(Clone, Debug, PartialEq)]
pub struct DemoTable {
    pub file_name: &'static str,
    pub csv: String,
}

/// A plant held in memory.
#[derive(Clone, Debug, PartialEq)]
pub struct DemoPlant {
    /// `items.csv`, `routings.csv`, `work_results.csv`: what is imported.
    pub tables: Vec<DemoTable>,
    /// `truth.csv`: what is not.
    pub truth_table: DemoTable,
    /// The rows of `truth.csv`, unrounded.
    pub truth: Vec<TruthRow>,
    pub report: DemoReport,
}

/// Makes a plant in memory; for large ones, [`stream`] hands the same bytes on in pieces.
pub fn generate(settings: &DemoSettings) -> DemoPlant {
    let mut texts: [String; 4] = Default::default();
    let mut truth = Vec::new();
    let mut emit = |file: DemoFile, piece: &str| -> Result<(), Infallible> {
        texts[file as usize].push_str(piece);
        Ok(())
    };
    let report = match stream(settings, &mut emit, &mut |row| truth.push(row)) {
        Ok(report) => report,
        Err(never) => match never {},
    };
    let mut tables: Vec<DemoTable> =
        DEMO_FILES.into_iter().zip(texts).map(|(file, csv)| DemoTable { file_name: file.file_name(), csv }).collect();
    let truth_table = tables.pop().expect("there are four tables, truth last");
    DemoPlant { tables, truth_table, truth, report }
}
