//! Takes items one by one, in any order.

use std::collections::{BTreeMap, HashMap};

use crate::domain::Item;

use super::items::{Items, NAME};
use super::texts::{Lists, Texts};
use super::{Content, Snapshot};

/// A snapshot in the making.
#[derive(Debug, Default)]
pub struct Builder {
    codes: Vec<String>,
    n_routings: Vec<u32>,
    /// Columns in the order in which they came; the first holds the names.
    columns: Vec<Column>,
    column_of: BTreeMap<String, usize>,
    /// Column and value of each item, in the order in which they came.
    cells: Vec<(u32, u32)>,
    /// Where the cells of each item begin.
    starts: Vec<u32>,
}

/// Distinct values of a column, numbered in the order in which they came.
#[derive(Debug, Default)]
struct Column {
    name: String,
    values: HashMap<String, u32>,
}

impl Column {
    fn number(&mut self, value: &str) -> u32 {
        if let Some(number) = self.values.get(value) {
            return *number;
        }
        let number = self.values.len() as u32;
        self.values.insert(value.to_owned(), number);
        number
    }
}

impl Builder {
    /// Without items.
    pub fn new() -> Self {
        Self { columns: vec![Column::default()], ..Self::default() }
    }

    /// Adds an item with its number of routings; of two with one code the first counts.
    pub fn push(&mut self, item: &Item, n_routings: usize) {
        self.starts.push(self.cells.len() as u32);
        self.codes.push(item.code.as_str().to_owned());
        self.n_routings.push(u32::try_from(n_routings).unwrap_or(u32::MAX));
        if let Some(name) = &item.name {
            self.cells.push((NAME as u32, self.columns[NAME].number(name)));
        }
        for (name, value) in &item.attributes {
            let column = match self.column_of.get(name) {
                Some(column) => *column,
                None => {
                    let column = self.columns.len();
                    self.column_of.insert(name.clone(), column);
                    self.columns.push(Column { name: name.clone(), ..Column::default() });
                    column
                }
            };
            let number = self.columns[column].number(value);
            self.cells.push((column as u32, number));
        }
    }

    /// The snapshot of all that came, without routings.
    pub fn finish(self) -> Snapshot {
        Snapshot::named(Content { items: self.into_items().0, ..Content::default() })
    }

    /// How many came.
    #[cfg(feature = "train")]
    pub(super) fn len(&self) -> usize {
        self.codes.len()
    }

    /// Counts one more routing of the item that came after so many others.
    #[cfg(feature = "train")]
    pub(super) fn add_routing(&mut self, number: u32) {
        self.n_routings[number as usize] += 1;
    }

    /// All that came, in columns, and the position there of each in the order in which they came; without meaning for an item
    /// whose code came before.
    pub(super) fn into_items(self) -> (Items, Vec<u32>) {
        let Self { codes, n_routings, mut columns, cells, mut starts, .. } = self;
        starts.push(cells.len() as u32);
        let cells_of = |at: usize| &cells[starts[at] as usize..starts[at + 1] as usize];
        let mut by_code: Vec<usize> = (0..codes.len()).collect();
        by_code.sort_by(|a, b| codes[*a].cmp(&codes[*b]).then_with(|| a.cmp(b)));
        by_code.dedup_by(|later, first| codes[*later] == codes[*first]);
        let mut places = vec![0u32; codes.len()];
        by_code.iter().zip(0..).for_each(|(number, place)| places[*number] = place);

        // The term of each value of each column; of a value that no item has any more, none.
        let mut term_of: Vec<Vec<u32>> = columns.iter().map(|column| vec![UNUSED; column.values.len()]).collect();
        by_code.iter().flat_map(|at| cells_of(*at)).for_each(|(column, number)| {
            term_of[*column as usize][*number as usize] = USED;
        });
        // Columns by name, the names of the items first.
        let mut order: Vec<usize> = (1..columns.len()).collect();
        order.sort_by(|a, b| columns[*a].name.cmp(&columns[*b].name));
        order.insert(0, NAME);
        let (mut names, mut terms, mut column_starts) = (Texts::new(), Texts::new(), vec![0]);
        for column in order {
            let Column { name, values } = std::mem::take(&mut columns[column]);
            let of = &mut term_of[column];
            let mut values: Vec<(String, u32)> =
                values.into_iter().filter(|(_, number)| of[*number as usize] == USED).collect();
            if values.is_empty() && column != NAME {
                continue;
            }
            values.sort_unstable();
            names.push(&name);
            for (value, number) in values {
                of[number as usize] = terms.len() as u32;
                terms.push(&value);
            }
            column_starts.push(terms.len() as u32);
        }
        let mut rows = Lists { starts: vec![0], entries: Vec::with_capacity(cells.len()) };
        for at in &by_code {
            let from = rows.entries.len();
            let terms = cells_of(*at).iter().map(|(column, number)| term_of[*column as usize][*number as usize]);
            rows.entries.extend(terms);
            rows.entries[from..].sort_unstable();
            rows.starts.push(rows.entries.len() as u32);
        }
        let items = Items {
            codes: by_code.iter().map(|at| codes[*at].as_str()).collect(),
            columns: names,
            column_starts,
            terms,
            rows,
            n_routings: by_code.iter().map(|at| n_routings[*at]).collect(),
        };
        (items, places)
    }
}

/// In place of a term, while it is found out which values stay.
const UNUSED: u32 = u32::MAX;
const USED: u32 = u32::MAX - 1;
