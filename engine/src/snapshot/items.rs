//! Items in columns.

use crate::domain::{Item, ItemCode};

use super::texts::{Lists, Texts};

/// The column of names; the others are attributes, in the order of their names.
pub const NAME: usize = 0;

/// All items, ascending by code.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Items {
    pub codes: Texts,
    /// Names of the columns; that of [`NAME`] is empty.
    pub columns: Texts,
    /// First term of each column, and the end of the last.
    pub column_starts: Vec<u32>,
    /// Distinct values: by column, then by text.
    pub terms: Texts,
    /// Terms of each item, ascending.
    pub rows: Lists,
    /// Routings of each item.
    pub n_routings: Vec<u32>,
}

impl Items {
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    pub fn item(&self, at: usize) -> Item {
        let mut item = Item { code: ItemCode::new(self.codes.get(at)), ..Item::default() };
        let mut column = NAME;
        for term in self.rows.get(at) {
            column += self.column_starts[column + 1..].partition_point(|start| start <= term);
            let value = self.terms.get(*term as usize).to_owned();
            if column == NAME {
                item.name = Some(value);
            } else {
                item.attributes.insert(self.columns.get(column).to_owned(), value);
            }
        }
        item
    }

    pub fn n_routings(&self, at: usize) -> usize {
        self.n_routings[at] as usize
    }

    pub fn position(&self, code: &str) -> Option<usize> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            match self.codes.get(middle).cmp(code) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Some(middle),
            }
        }
        None
    }
}
