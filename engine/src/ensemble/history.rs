//! What a route looks like so far, and how trees and linear models read item and history together.

use serde::{Deserialize, Serialize};

use crate::features::Cues;

use super::forest::Binned;

/// How many ids there are of each kind, so that history stands behind the item's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shape {
    pub n_numbers: u32,
    pub n_plain: u32,
    pub n_terms: u32,
    pub n_jobs: u32,
}

/// The steps before the one that is asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    /// Number of steps, at most 255.
    position: u8,
    /// Jobs done, ascending, then the last but one: as terms behind the item's.
    terms: Vec<u32>,
}

/// Weight of a job that was done among the terms of a linear model.
const DONE: f32 = 0.25;

impl History {
    /// Reads the jobs done so far; of `n_jobs` jobs in all.
    pub fn of(done: &[u32], n_jobs: u32) -> Self {
        // A job that came after the training has no number of its own here.
        let mut terms: Vec<u32> = done.iter().copied().filter(|job| *job < n_jobs).collect();
        terms.sort_unstable();
        terms.dedup();
        if let Some(before) = done.len().checked_sub(2).filter(|before| done[*before] < n_jobs) {
            terms.push(n_jobs + done[before]);
        }
        Self { position: done.len().min(255) as u8, terms }
    }

    /// As terms of a linear model.
    pub fn weighted(&self, shape: &Shape) -> Vec<(u32, f32)> {
        self.terms.iter().map(|term| (shape.n_terms + term, DONE)).collect()
    }

    /// As columns of a tree with their bins.
    pub fn columns(&self, shape: &Shape) -> impl Iterator<Item = (u32, u8)> {
        let first = shape.n_numbers + 1 + shape.n_plain;
        std::iter::once((shape.n_numbers, self.position)).chain(self.terms.iter().map(move |term| (first + term, 1)))
    }
}

/// An item and, for steps, a history, as a tree learns from them.
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    pub shape: Shape,
    pub cues: &'a Cues,
    pub history: Option<&'a History>,
}

/// An item with the bin of every column of its own written out: thousands of trees ask about them.
#[derive(Clone, Debug)]
pub struct Sheet {
    shape: Shape,
    bins: Vec<u8>,
}

/// What a tree asks about: an item and, for steps, a history.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    sheet: &'a Sheet,
    history: Option<&'a History>,
}

impl Sheet {
    pub fn of(shape: Shape, cues: &Cues) -> Self {
        let mut bins = vec![0; (shape.n_numbers + 1 + shape.n_plain) as usize];
        let look = Look { shape, cues, history: None };
        look.columns().into_iter().for_each(|(column, bin)| bins[column as usize] = bin);
        Self { shape, bins }
    }

    /// The item by itself, or with what is done.
    pub fn with<'a>(&'a self, history: Option<&'a History>) -> Page<'a> {
        Page { sheet: self, history }
    }
}

impl Binned for Page<'_> {
    fn bin(&self, column: u32) -> u8 {
        match self.sheet.bins.get(column as usize) {
            Some(_) if column == self.sheet.shape.n_numbers => self.history.map_or(0, |history| history.position),
            Some(bin) => *bin,
            None => {
                let wanted = column - self.sheet.bins.len() as u32;
                u8::from(self.history.is_some_and(|history| history.terms.binary_search(&wanted).is_ok()))
            }
        }
    }
}

impl Look<'_> {
    /// All columns that are not in bin 0.
    pub fn columns(&self) -> Vec<(u32, u8)> {
        let bins = self.cues.bins.iter().enumerate().map(|(at, bin)| (at as u32, *bin));
        let first = self.shape.n_numbers + 1;
        let plain = self.cues.terms.iter().take_while(|(term, _)| *term < self.shape.n_plain);
        let mut columns: Vec<(u32, u8)> =
            bins.chain(plain.map(|(term, _)| (first + term, 1))).filter(|(_, bin)| *bin > 0).collect();
        if let Some(history) = self.history {
            columns.extend(history.columns(&self.shape).filter(|(_, bin)| *bin > 0));
        }
        columns
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_and_bins_agree() {
        let shape = Shape { n_numbers: 2, n_plain: 3, n_terms: 5, n_jobs: 4 };
        let cues = Cues { bins: vec![0, 7], terms: vec![(1, 1.0), (4, 1.0)] };
        let history = History::of(&[3, 0, 3], 4);
        let look = Look { shape, cues: &cues, history: Some(&history) };
        let columns = look.columns();
        let (sheet, alone) = (Sheet::of(shape, &cues), Look { history: None, ..look }.columns());
        for column in 0..(2 + 1 + 3 + 8) {
            let listed = columns.iter().find(|(at, _)| *at == column).map_or(0, |(_, bin)| *bin);
            assert_eq!(sheet.with(Some(&history)).bin(column), listed, "column {column}");
            let listed = alone.iter().find(|(at, _)| *at == column).map_or(0, |(_, bin)| *bin);
            assert_eq!(sheet.with(None).bin(column), listed, "column {column} without a history");
        }
        assert_eq!(columns.len(), 1 + 1 + 1 + 3, "a number, a plain term, the position, two jobs and the last but one");
    }
}
