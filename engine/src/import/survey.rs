//! The first pass over a table: what each column holds, on all its values.

use std::borrow::Cow;
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;

use csv::StringRecord;

use super::machines;
use super::no_data;
use super::rows::RowSource;
use crate::clean::dates::DateEvidence;
use crate::clean::durations::DurationEvidence;
use crate::clean::missing::{CellKind, is_missing};
use crate::clean::numbers::NumberEvidence;
use crate::clean::text;

/// Values of a column that a report shows.
const N_EXAMPLES: usize = 3;
/// Distinct values of a column that are kept.
const MAX_CODES: usize = 5000;
/// Letters of an example.
const EXAMPLE_CHARS: usize = 24;
/// Share of the filled cells that are numbers in a column of numbers.
const NUMBER_SHARE: f64 = 0.9;

/// What is looked for in a column, by what its name may mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Watch {
    pub numbers: bool,
    pub dates: bool,
    pub durations: bool,
    /// Its distinct values are kept, as long as they are few.
    pub codes: bool,
    /// Its values may be shown; a person's may not.
    pub examples: bool,
}

/// What a column was found to hold.
#[derive(Clone, Debug, Default)]
pub struct ColumnSurvey {
    /// Cells that are not empty and no word for nothing.
    pub n_filled: u64,
    pub numbers: NumberEvidence,
    pub dates: DateEvidence,
    pub durations: DurationEvidence,
    /// Words that may mean nothing, or be a code: `NA`, `NONE`, `NIL`.
    pub n_na: u64,
    /// Numbers with two or more points, or commas.
    pub n_multi_marks: u64,
    /// Distinct values, at most [`MAX_CODES`].
    pub codes: HashSet<String>,
    pub examples: Vec<String>,
}

/// How the codes of a column repeat.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CodeStats {
    pub n_rows: u64,
    /// Rows in which the column is filled.
    pub n_filled: u64,
    pub n_distinct: u64,
    /// Rows with the code of the row above.
    pub n_like_above: u64,
    /// Rows that repeat a code with other content.
    pub n_repeated_otherwise: u64,
}

/// What one pass found.
#[derive(Clone, Debug, Default)]
pub struct Survey {
    pub columns: Vec<ColumnSurvey>,
    pub codes: CodeStats,
    /// Distinct plants with their rows, as long as they are few.
    pub plants: Vec<(String, u64)>,
}

/// Columns that the pass needs to know.
#[derive(Clone, Debug, Default)]
pub struct SurveyPlan {
    pub watch: Vec<Watch>,
    /// Columns that may be keys.
    pub keys: Vec<usize>,
    pub item: Option<usize>,
    pub plant: Option<usize>,
}

/// Most plants that are told apart.
const MAX_PLANTS: usize = 1000;

/// Reads all rows once.
pub fn survey(source: &mut dyn RowSource, header: &[String], plan: &SurveyPlan) -> io::Result<Survey> {
    let mut found = Survey { columns: vec![ColumnSurvey::default(); header.len()], ..Survey::default() };
    let mut codes = Codes::default();
    while let Some(row) = source.next_row()? {
        let Ok(record) = row.fields else { continue };
        if no_data::classify(&record, header, &plan.keys).is_some() {
            continue;
        }
        let typed = row.typed.iter().copied().chain(std::iter::repeat(false));
        for (((cell, column), watch), is_typed) in record.iter().zip(&mut found.columns).zip(&plan.watch).zip(typed) {
            column.add(cell, *watch, is_typed);
        }
        if let Some(at) = plan.item {
            codes.add(&record, at);
        }
        if let Some(at) = plan.plant {
            found.count_plant(&record[at]);
        }
    }
    found.codes = codes.stats;
    Ok(found)
}

impl Survey {
    fn count_plant(&mut self, cell: &str) {
        let plant = text::cleaned(cell);
        if plant.is_empty() || is_missing(&plant, CellKind::Code) {
            return;
        }
        let n_plants = self.plants.len();
        match self.plants.iter_mut().find(|(known, _)| *known == *plant) {
            Some((_, n)) => *n += 1,
            None if n_plants < MAX_PLANTS => self.plants.push((plant.into_owned(), 1)),
            None => {}
        }
    }
}

impl ColumnSurvey {
    /// Whether nearly all filled cells are numbers; also of a column without any.
    pub fn is_numeric(&self) -> bool {
        self.numbers.n_numbers() as f64 >= NUMBER_SHARE * self.n_filled.max(1) as f64
    }

    fn add(&mut self, cell: &str, watch: Watch, is_typed: bool) {
        if cell.is_empty() {
            return;
        }
        let text = text::cleaned(cell);
        if text.is_empty() {
            return;
        }
        self.n_na += u64::from(["NA", "NONE", "NIL"].iter().any(|word| text.eq_ignore_ascii_case(word)));
        let kind = match (watch.dates, watch.numbers || watch.durations) {
            (true, _) => CellKind::Date,
            (false, true) => CellKind::Number,
            (false, false) => CellKind::Code,
        };
        if is_missing(&text, kind) {
            return;
        }
        self.n_filled += 1;
        if watch.numbers {
            match is_typed {
                true => self.numbers.add_typed(),
                false => self.numbers.add(&text),
            }
            let n_of = |mark: char| text.matches(mark).count();
            self.n_multi_marks += u64::from(n_of('.') > 1 || n_of(',') > 1);
        }
        if watch.dates {
            self.dates.add(&text);
        }
        if watch.durations {
            match is_typed {
                true => self.durations.add_typed(),
                false => self.durations.add(&text),
            }
        }
        if watch.codes && self.codes.len() < MAX_CODES {
            let line = machines::in_one_line(cell);
            let code = if let Cow::Owned(line) = line { Cow::Owned(text::clean(&line)) } else { text.clone() };
            if !self.codes.contains(&*code) {
                self.codes.insert(code.into_owned());
            }
        }
        if watch.examples && self.examples.len() < N_EXAMPLES {
            let example: String = text.chars().take(EXAMPLE_CHARS).collect();
            if !self.examples.contains(&example) {
                self.examples.push(example);
            }
        }
    }
}

#[derive(Default)]
struct Codes {
    stats: CodeStats,
    seen: HashSet<u64>,
    contents: HashSet<u64>,
    above: Option<u64>,
}

impl Codes {
    fn add(&mut self, record: &StringRecord, at: usize) {
        self.stats.n_rows += 1;
        let code = record[at].trim();
        if code.is_empty() {
            self.stats.n_like_above += u64::from(self.above.is_some());
            return;
        }
        self.stats.n_filled += 1;
        let code = hash(code);
        self.stats.n_like_above += u64::from(self.above == Some(code));
        self.above = Some(code);
        let is_new_content = self.contents.insert(hash(record.as_slice()));
        if self.seen.insert(code) {
            self.stats.n_distinct += 1;
        } else if is_new_content {
            self.stats.n_repeated_otherwise += 1;
        }
    }
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
