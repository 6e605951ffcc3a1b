//! From the rows of a plant to tables in one language: which columns, in which order, in which units.

use rand::Rng;
use rand::seq::SliceRandom;
use rand_xoshiro::Xoshiro256PlusPlus as Dice;

use super::plant::{Decimal, PlantRows};
use super::sheet::{Cell, Table};
use super::words::Words;

/// How the times of one table are written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Times {
    /// The unit of all in the headings: minutes, hours, seconds.
    Heading(usize),
    /// A column with the unit of each row.
    PerRow,
    Clock,
    Behind,
}

pub const UNITS: [(&str, f64); 3] = [("MIN", 1.0), ("H", 60.0), ("S", 1.0 / 60.0)];
const BEHIND: &str = "min";

/// What a column was made from; a missing one leaves its values unknown.
#[derive(Clone, Debug, Default)]
pub struct Left {
    pub out: Vec<&'static str>,
    /// Unit of each row of a table with [`Times::PerRow`].
    pub units: Vec<usize>,
}

struct Maker<'a> {
    dice: &'a mut Dice,
    words: &'a Words,
    columns: Vec<(String, Vec<Cell>)>,
    left: Left,
    n_rows: usize,
    times: Times,
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

impl Maker<'_> {
    fn column(&mut self, headings: &[&str], suffix: &str, cells: Vec<Cell>) -> String {
        let heading = format!("{}{suffix}", headings.choose(self.dice).expect("some"));
        assert_eq!(cells.len(), self.n_rows);
        self.columns.push((heading.clone(), cells));
        heading
    }

    /// A column that the table may lack.
    fn optional(&mut self, field: &'static str, headings: &[&str], suffix: &str, cells: Vec<Cell>) {
        if self.dice.gen_bool(0.2) {
            self.left.out.push(field);
        } else {
            self.column(headings, suffix, cells);
        }
    }

    /// `words.nothing` and the like in the blank cells of a column that is no code.
    fn nothing(&mut self, cells: Vec<Option<Cell>>) -> Vec<Cell> {
        let word = [None, None, Some("-"), Some("NULL"), Some(self.words.nothing)].choose(self.dice).copied().flatten();
        cells.into_iter().map(|cell| cell.unwrap_or_else(|| word.map_or(Cell::Blank, text))).collect()
    }

    fn time(&mut self, field: &'static str, headings: &[&str], cells: Vec<Option<Decimal>>) {
        let suffix = match self.times {
            Times::Heading(unit) => format!(" {}", self.words.units[unit]),
            _ => String::new(),
        };
        let times = self.times;
        let of = |number: Decimal| match times {
            Times::Clock => Cell::Clock(number.units),
            Times::Behind => Cell::Behind(number, BEHIND),
            _ => Cell::Number(number),
        };
        let cells = self.nothing(cells.into_iter().map(|cell| cell.map(of)).collect());
        self.optional(field, headings, &suffix, cells);
    }

    /// Columns nobody knows, the units of the rows, and all in any order.
    fn finish(mut self, name: &str, grouped: &[String], titles: Vec<String>, total: Option<String>) -> (Table, Left) {
        if self.times == Times::PerRow {
            let cells = self.left.units.iter().map(|unit| text(UNITS[*unit].0)).collect();
            self.column(&[self.words.time_unit], "", cells);
        }
        for unknown in self.words.unknown {
            if self.dice.gen_bool(0.3) {
                let things = self.words.things;
                let cells = (0..self.n_rows).map(|_| text(things.choose(self.dice).expect("some"))).collect();
                self.column(&[unknown], "", cells);
            }
        }
        self.columns.shuffle(self.dice);
        let place = |heading: &String| self.columns.iter().position(|(name, _)| name == heading).expect("it is there");
        let grouped: Vec<usize> = grouped.iter().map(place).collect();
        let header: Vec<String> = self.columns.iter().map(|(name, _)| name.clone()).collect();
        let rows = (0..self.n_rows).map(|row| self.columns.iter().map(|(_, cells)| cells[row].clone()).collect());
        let table = Table {
            name: name.to_owned(),
            rows: rows.collect(),
            total: total.map(|word| (word, grouped.first().copied().unwrap_or(0))).filter(|_| !grouped.is_empty()),
            header,
            grouped,
            titles,
        };
        (table, self.left)
    }
}

fn maker<'a>(dice: &'a mut Dice, words: &'a Words, n_rows: usize) -> Maker<'a> {
    let times = match dice.gen_range(0..6) {
        0..3 => Times::Heading(dice.gen_range(0..3)),
        3 => Times::PerRow,
        4 => Times::Clock,
        _ => Times::Behind,
    };
    let left = Left { out: Vec::new(), units: (0..n_rows).map(|_| dice.gen_range(0..UNITS.len())).collect() };
    Maker { dice, words, columns: Vec::new(), left, n_rows, times }
}

fn titles(dice: &mut Dice, words: &Words) -> Vec<String> {
    let mut titles = Vec::new();
    if dice.gen_bool(0.25) {
        titles.push(words.title.to_owned());
        if dice.gen_bool(0.5) {
            titles.push(format!("{} 2024", words.title));
        }
    }
    titles
}

pub fn items(dice: &mut Dice, words: &Words, plant: &PlantRows) -> (Table, Left) {
    let titles = titles(dice, words);
    let rows = &plant.items;
    let mut made = maker(dice, words, rows.len());
    made.times = Times::Clock;
    made.column(words.item, "", rows.iter().map(|row| text(&row.code)).collect());
    let names = made.nothing(rows.iter().map(|row| row.name.as_deref().map(text)).collect());
    made.column(words.name, "", names);
    let alloys = made.nothing(rows.iter().map(|row| row.alloy.as_deref().map(text)).collect());
    made.column(&words.attributes[..1], "", alloys);
    let hardness = made.nothing(rows.iter().map(|row| row.hardness.map(Cell::Number)).collect());
    made.column(&words.attributes[1..2], "", hardness);
    let bores = made.nothing(rows.iter().map(|row| row.bore_mm.map(Cell::Number)).collect());
    made.column(&words.attributes[2..], "", bores);
    made.finish("items", &[], titles, None)
}

pub fn routings(dice: &mut Dice, words: &Words, plant: &PlantRows) -> (Table, Left, Times) {
    let titles = titles(dice, words);
    let (is_grouped, has_total) = (dice.gen_bool(0.4), dice.gen_bool(0.2));
    let rows = &plant.steps;
    let mut made = maker(dice, words, rows.len());
    let times = made.times;
    let item = made.column(words.item, "", rows.iter().map(|row| text(&row.item)).collect());
    let routing = made.column(words.routing, "", rows.iter().map(|row| text(&row.routing)).collect());
    made.column(words.seq, "", rows.iter().map(|row| text(&row.seq)).collect());
    made.column(words.job, "", rows.iter().map(|row| text(&row.job)).collect());
    let names = made.nothing(rows.iter().map(|row| row.job_name.as_deref().map(text)).collect());
    made.optional("job_name", words.job_name, "", names);
    let centres = rows.iter().map(|row| row.centre.as_deref().map_or(Cell::Blank, text)).collect();
    made.column(words.centre, "", centres);
    made.time("setup", words.setup, rows.iter().map(|row| row.setup).collect());
    made.time("run", words.run, rows.iter().map(|row| row.run).collect());
    made.time("queue", words.queue, rows.iter().map(|row| row.queue).collect());
    let number = |n: u32| Cell::Number(Decimal { units: n, n_decimals: 0 });
    let lots = made.nothing(rows.iter().map(|row| row.lot.map(number)).collect());
    made.optional("lot", words.lot, "", lots);
    let days = made.nothing(rows.iter().map(|row| row.created.map(Cell::Day)).collect());
    made.optional("created", words.created, "", days);
    let days = made.nothing(rows.iter().map(|row| row.valid_to.map(Cell::Day)).collect());
    made.optional("valid_to", words.valid_to, "", days);
    let flag = |is_main: bool| text(words.yes_no[usize::from(!is_main)]);
    let flags = rows.iter().map(|row| row.is_main.map_or(Cell::Blank, flag)).collect();
    made.optional("is_main", words.is_main, "", flags);
    let grouped = if is_grouped { vec![item, routing] } else { Vec::new() };
    let total = has_total.then(|| words.total.to_owned());
    let (table, left) = made.finish("routings", &grouped, titles, total);
    (table, left, times)
}

pub fn results(dice: &mut Dice, words: &Words, plant: &PlantRows) -> (Table, Left, Times) {
    let titles = titles(dice, words);
    let rows = &plant.done;
    let mut made = maker(dice, words, rows.len());
    let times = made.times;
    made.column(words.item, "", rows.iter().map(|row| text(&row.item)).collect());
    made.column(words.order, "", rows.iter().map(|row| text(&row.order)).collect());
    made.column(words.job, "", rows.iter().map(|row| text(&row.job)).collect());
    let centres = rows.iter().map(|row| row.centre.as_deref().map_or(Cell::Blank, text)).collect();
    made.optional("centre", words.centre, "", centres);
    let number = |n: u32| Cell::Number(Decimal { units: n, n_decimals: 0 });
    let quantities = made.nothing(rows.iter().map(|row| row.qty.map(number)).collect());
    made.column(words.qty, "", quantities);
    let good = made.nothing(rows.iter().map(|row| row.good.map(number)).collect());
    made.optional("good", words.good, "", good);
    made.time("setup", words.setup, rows.iter().map(|row| row.setup).collect());
    made.time("run", words.run, rows.iter().map(|row| row.run).collect());
    let days = made.nothing(rows.iter().map(|row| row.end.map(Cell::Day)).collect());
    made.optional("end", words.end, "", days);
    let (table, left) = made.finish("work_results", &[], titles, None);
    (table, left, times)
}
