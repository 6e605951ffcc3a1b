//! Takes a plant one item at a time, as it comes out of a database: items, then routings, then reports.

use std::collections::HashMap;

use crate::domain::{Date, Item, ItemCode, OperationRow, Plant, Routing, WorkResult, assembly};

use super::builder::Builder;
use super::written::BookBuilder;
use super::{Content, Snapshot};

/// A snapshot of a whole plant in the making.
///
/// # Cost
/// Memory for the columns and the book, never for the rows that they are made of.
#[derive(Default)]
pub struct PlantBuilder {
    items: Builder,
    numbers: HashMap<ItemCode, u32>,
    book: BookBuilder,
    /// The day by which periods of validity count.
    today: Option<Date>,
}

impl PlantBuilder {
    /// Without anything; periods of validity count on `today`.
    pub fn new(today: Option<Date>) -> Self {
        Self { items: Builder::new(), today, ..Self::default() }
    }

    /// Adds an item; of two with one code the first counts.
    pub fn item(&mut self, item: &Item) {
        if !self.numbers.contains_key(&item.code) {
            self.numbers.insert(item.code.clone(), self.items.len() as u32);
            self.items.push(item, 0);
        }
    }

    /// Adds all rows of all routings of one item, once all items have come. An item that only its routings name is added without
    /// attributes.
    pub fn routings(&mut self, rows: Vec<OperationRow>) {
        let Some(code) = rows.first().map(|row| row.item.clone()) else { return };
        self.item(&Item { code: code.clone(), ..Item::default() });
        for routing in assembly::routings(&code, rows, self.today) {
            self.routing(&routing);
        }
    }

    fn routing(&mut self, routing: &Routing) {
        if let Some(number) = self.numbers.get(&routing.item) {
            self.items.add_routing(*number);
            self.book.routing(*number, routing);
        }
    }

    /// Adds a report, once all routings have come.
    pub fn report(&mut self, result: &WorkResult) {
        self.book.report(self.numbers.get(&result.item).copied(), result);
    }

    /// The snapshot of all that came.
    pub fn finish(self) -> Snapshot {
        let Self { items, numbers, book, .. } = self;
        drop(numbers);
        let (items, places) = items.into_items();
        let (book, observed, as_of) = book.finish(|number| places[number as usize]);
        Snapshot::named(Content { items, book, observed, as_of })
    }
}

impl Snapshot {
    /// Of a whole plant.
    pub fn of_plant(plant: &Plant) -> Self {
        let mut builder = PlantBuilder::new(None);
        plant.items.iter().for_each(|item| builder.item(item));
        plant.routings.iter().for_each(|routing| builder.routing(routing));
        plant.results.iter().for_each(|result| builder.report(result));
        builder.finish()
    }
}
