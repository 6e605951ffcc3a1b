//! Examples as boosted trees see them: by row and by column, and what one round may ask of them.

use std::collections::BTreeMap;

use rand::Rng;
use rand_xoshiro::Xoshiro256PlusPlus;

use crate::train::fit_forest::Example;

/// A column in fewer examples than this says nothing.
const LEAST_IN_COLUMN: usize = 3;
/// Share of the columns that the trees of one round may ask about.
const COLUMN_SHARE: f64 = 0.4;

/// Examples by row, with the columns that say something.
pub struct Table {
    /// The highest bin of each column.
    pub(super) highest: Vec<u8>,
    /// Ids of all columns, those included that say the same as another.
    pub(super) all_ids: Vec<u32>,
    /// For each column, the places in `all_ids` of it and of those that say the same.
    pub(super) alike: Vec<Vec<u16>>,
    /// (column, bin) of each row where the bin is not 0.
    rows: Vec<Vec<(u16, u8)>>,
    /// (row, bin) of each column where the bin is not 0.
    pub(super) columns: Vec<Vec<(u32, u8)>>,
}

impl Table {
    pub fn of(examples: &[Example]) -> Self {
        // Columns with the same bins in the same rows, as the n-grams of one word are, count as one; each tree then asks
        // about another of them, because a new item may have some and lack others.
        let mut seen: BTreeMap<u32, (usize, u64, u8)> = BTreeMap::new();
        for (row, example) in examples.iter().enumerate() {
            for (column, bin) in &example.columns {
                let entry = seen.entry(*column).or_default();
                let mixed = (row as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (u64::from(*bin) << 17);
                entry.0 += 1;
                entry.1 = entry.1.wrapping_add((mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9));
                entry.2 = entry.2.max(*bin);
            }
        }
        let mut known: BTreeMap<(usize, u64), usize> = BTreeMap::new();
        let mut listed: Vec<(u32, u8)> = Vec::new();
        let mut all_ids: Vec<u32> = Vec::new();
        let mut alike: Vec<Vec<u16>> = Vec::new();
        for (column, (n, signature, highest)) in &seen {
            let is_constant = *n == examples.len() && *highest == 1;
            if *n < LEAST_IN_COLUMN || is_constant || all_ids.len() == usize::from(u16::MAX) {
                continue;
            }
            let place = *known.entry((*n, *signature)).or_insert(listed.len());
            if place == listed.len() {
                listed.push((*column, *highest));
                alike.push(Vec::new());
            }
            alike[place].push(all_ids.len() as u16);
            all_ids.push(*column);
        }
        let ids: Vec<u32> = listed.iter().map(|(column, _)| *column).collect();
        let place = |column: &u32| ids.binary_search(column).ok().map(|at| at as u16);
        let rows: Vec<Vec<(u16, u8)>> = examples
            .iter()
            .map(|example| {
                example.columns.iter().filter_map(|(column, bin)| place(column).map(|at| (at, *bin))).collect()
            })
            .collect();
        let mut columns = vec![Vec::new(); ids.len()];
        for (row, bins) in rows.iter().enumerate() {
            bins.iter().for_each(|(column, bin)| columns[usize::from(*column)].push((row as u32, *bin)));
        }
        let highest = listed.into_iter().map(|(_, highest)| highest).collect();
        Self { highest, all_ids, alike, rows, columns }
    }
}

/// The columns that the trees of one round may ask about, and what they say of the rows that it looks at.
pub(super) struct RoundColumns {
    /// Of each column, its place in the table and where its bins stand in a histogram.
    pub columns: Vec<(u16, u32)>,
    /// Length of a histogram.
    pub n_cells: usize,
    /// Cells of the histogram that each row adds to, as an end in `cells`; rows that are not looked at have none.
    ends: Vec<u32>,
    cells: Vec<u32>,
}

impl RoundColumns {
    pub fn draw(table: &Table, is_seen: &[bool], rng: &mut Xoshiro256PlusPlus) -> Self {
        let mut drawn =
            Self { columns: Vec::new(), n_cells: 0, ends: Vec::with_capacity(is_seen.len()), cells: Vec::new() };
        // Where the bins of a column begin, with a mark for those that count.
        let mut starts: Vec<(u32, bool)> = Vec::with_capacity(table.highest.len());
        for (column, highest) in table.highest.iter().enumerate() {
            let is_asked = rng.r#gen::<f64>() < COLUMN_SHARE;
            starts.push((drawn.n_cells as u32, is_asked));
            if is_asked {
                drawn.columns.push((column as u16, drawn.n_cells as u32));
                drawn.n_cells += usize::from(*highest) + 1;
            }
        }
        let n_entries: usize = table.rows.iter().map(Vec::len).sum();
        // Every entry is written and the next one overwrites it unless it counts: no branch to guess.
        drawn.cells = vec![0; n_entries + 1];
        let mut n_cells = 0usize;
        for (bins, is_seen) in table.rows.iter().zip(is_seen) {
            if *is_seen {
                for (column, bin) in bins {
                    let (start, is_asked) = starts[usize::from(*column)];
                    drawn.cells[n_cells] = start + u32::from(*bin);
                    n_cells += usize::from(is_asked);
                }
            }
            drawn.ends.push(n_cells as u32);
        }
        drawn.cells.truncate(n_cells);
        drawn
    }

    /// Cells of a row.
    pub fn cells(&self, row: u32) -> &[u32] {
        let start = if row == 0 { 0 } else { self.ends[row as usize - 1] };
        &self.cells[start as usize..self.ends[row as usize] as usize]
    }
}
