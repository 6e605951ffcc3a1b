//! From the rows of one routing to its operations on one day: which period counts, which work centre is the main one,
//! which routing of an item is the main one.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::{Date, ItemCode, Operation, OperationRow, Routing, RoutingId, WorkCentreCode};

/// Where a row stands to a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// It ended before.
    Over,
    Now,
    /// It begins later.
    Later,
}

impl OperationRow {
    /// Whether the row counts on `today`.
    pub fn period(&self, today: Date) -> Period {
        match (self.valid_from, self.valid_to) {
            (_, Some(end)) if end < today => Period::Over,
            (Some(start), _) if start > today => Period::Later,
            _ => Period::Now,
        }
    }
}

/// The rows that count on `today`, in order of number and then of the data.
///
/// Of several rows for one number those that are valid count. A row of another period counts only where nothing else
/// is known: an operation with an end and no start, and a routing of which nothing is valid, which then is taken as it
/// was last, or as it will be first.
pub fn rows_on(mut rows: Vec<OperationRow>, today: Option<Date>) -> Vec<OperationRow> {
    rows.sort_by_key(|row| row.seq);
    let Some(today) = today else { return rows };
    let is_now = |row: &OperationRow, day: Date| row.period(day) == Period::Now;
    let day = match rows.iter().any(|row| is_now(row, today)) {
        true => today,
        false => {
            let last = rows.iter().filter(|row| row.period(today) == Period::Over).filter_map(|row| row.valid_to).max();
            let first = rows.iter().filter_map(|row| row.valid_from).min();
            last.or(first).unwrap_or(today)
        }
    };
    let mut kept = Vec::with_capacity(rows.len());
    let mut rest = rows.into_iter().peekable();
    while let Some(first) = rest.next() {
        let seq = first.seq;
        let mut same = vec![first];
        while let Some(row) = rest.next_if(|row| row.seq == seq) {
            same.push(row);
        }
        if same.iter().any(|row| is_now(row, day)) {
            same.retain(|row| is_now(row, day));
        } else {
            // An end without a start is a machine that has gone, not a step that has.
            same.retain(|row| row.valid_from.is_none() && row.period(day) == Period::Over);
        }
        kept.append(&mut same);
    }
    kept
}

/// All routings of one item on a day, ascending by id, from all their rows.
pub fn routings(item: &ItemCode, rows: Vec<OperationRow>, today: Option<Date>) -> Vec<Routing> {
    let mut by_id: BTreeMap<RoutingId, Vec<OperationRow>> = BTreeMap::new();
    for row in rows {
        by_id.entry(row.routing.clone()).or_default().push(row);
    }
    let read = by_id.into_iter().map(|(id, rows)| routing(item.clone(), id, rows, today));
    let (mut routings, priorities): (Vec<Routing>, Vec<Option<u32>>) = read.unzip();
    mark_main(&mut routings, &priorities);
    routings
}

/// One routing on a day, and its priority among the routings of its item.
///
/// Rows with one number, job and job name are one operation: the row marked primary, else the one of lowest priority,
/// else the first is its main work centre, with its own times; the others are alternatives. Rows with one number and
/// different jobs are operations side by side.
fn routing(item: ItemCode, id: RoutingId, rows: Vec<OperationRow>, today: Option<Date>) -> (Routing, Option<u32>) {
    let created = rows.iter().filter_map(|row| row.created).max();
    let mut groups: Vec<Vec<OperationRow>> = Vec::new();
    for row in rows_on(rows, today) {
        let is_same = |group: &&mut Vec<OperationRow>| {
            group.first().is_some_and(|first| {
                first.seq == row.seq
                    && first.job == row.job
                    && (first.job_name == row.job_name || first.job_name.is_none() || row.job_name.is_none())
            })
        };
        let mut same_number = groups.iter_mut().rev().take_while(|group| group.iter().any(|one| one.seq == row.seq));
        match same_number.find(is_same) {
            Some(group) => group.push(row),
            None => groups.push(vec![row]),
        }
    }
    let is_main = main_flag(&groups);
    let priority = routing_priority(&groups);
    let operations = groups.into_iter().filter_map(operation).collect();
    (Routing { item, id, is_main, created, operations }, priority)
}

/// Whether the rows differ in what `of` gives.
fn differ<T: PartialEq>(group: &[OperationRow], of: impl Fn(&OperationRow) -> T) -> bool {
    group.windows(2).any(|pair| of(&pair[0]) != of(&pair[1]))
}

/// The flag of the routing: not one in which the work centres of an operation differ.
fn main_flag(groups: &[Vec<OperationRow>]) -> Option<bool> {
    let flags_differ = |of: fn(&OperationRow) -> Option<bool>| groups.iter().any(|group| differ(group, of));
    let rows = || groups.iter().flatten();
    if !flags_differ(|row| row.is_main)
        && let Some(is_main) = rows().filter_map(|row| row.is_main).max()
    {
        return Some(is_main);
    }
    // `is_primary` speaks of work centres wherever they have it one by one.
    let has_choices = groups.iter().any(|group| group.len() > 1);
    let first = rows().next().and_then(|row| row.is_primary);
    let is_of_routing = !has_choices && rows().all(|row| row.is_primary == first);
    first.filter(|_| is_of_routing)
}

fn routing_priority(groups: &[Vec<OperationRow>]) -> Option<u32> {
    let first = groups.iter().flatten().next()?.priority;
    groups.iter().flatten().all(|row| row.priority == first).then_some(first).flatten()
}

/// The main row of an operation with the others as alternatives; `None` without rows.
fn operation(mut group: Vec<OperationRow>) -> Option<Operation> {
    let flags_differ = differ(&group, |row| row.is_main);
    let rank = |row: &OperationRow| {
        let is_primary = row.is_primary == Some(true) || (flags_differ && row.is_main == Some(true));
        (Reverse(is_primary), row.priority.unwrap_or(u32::MAX))
    };
    // The sort is stable: among equals the first of the data stays first.
    group.sort_by_key(rank);
    let mut rows = group.into_iter();
    let main = rows.next()?;
    let mut alternatives: Vec<WorkCentreCode> = Vec::new();
    let others = rows.flat_map(|row| row.work_centre.into_iter().chain(row.alternatives));
    for centre in main.alternatives.into_iter().chain(others) {
        if main.work_centre.as_ref() != Some(&centre) && !alternatives.contains(&centre) {
            alternatives.push(centre);
        }
    }
    Some(Operation {
        seq: main.seq,
        job: main.job,
        job_name: main.job_name,
        work_centre: main.work_centre,
        work_centre_name: main.work_centre_name,
        alternatives,
        outsourced: main.outsourced,
        setup_min: main.setup_min,
        run_min_per_piece: main.run_min_per_piece,
        queue_min: main.queue_min,
        wait_min: main.wait_min,
        move_min: main.move_min,
        is_batch: main.is_batch,
        valid_from: main.valid_from,
        valid_to: main.valid_to,
    })
}

/// Marks the routing of best priority as main where the data of its item mark none.
fn mark_main(routings: &mut [Routing], priorities: &[Option<u32>]) {
    let best = priorities.iter().flatten().min();
    let is_unmarked = routings.iter().all(|one| one.is_main != Some(true));
    if is_unmarked
        && routings.len() > 1
        && let Some(best) = best
        && priorities.iter().filter(|rank| *rank == &Some(*best)).count() == 1
    {
        for (routing, rank) in routings.iter_mut().zip(priorities) {
            routing.is_main = Some(*rank == Some(*best));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Seq;

    fn day(text: &str) -> Date {
        text.parse().expect("a day")
    }

    fn row(seq: u32, job: &str, centre: &str) -> OperationRow {
        let work_centre = Some(centre.into()).filter(|_| !centre.is_empty());
        OperationRow { seq: Seq::new(seq), job: job.into(), work_centre, ..OperationRow::default() }
    }

    fn valid(row: OperationRow, from: &str, to: &str) -> OperationRow {
        let some = |text: &str| (!text.is_empty()).then(|| day(text));
        OperationRow { valid_from: some(from), valid_to: some(to), ..row }
    }

    fn made(rows: Vec<OperationRow>, today: &str) -> Vec<String> {
        let (routing, _) = routing("A".into(), "1".into(), rows, Some(day(today)));
        let text = |code: Option<WorkCentreCode>| code.map_or(String::from("?"), |code| code.to_string());
        let centres = |one: Operation| {
            let all: Vec<String> = std::iter::once(text(one.work_centre))
                .chain(one.alternatives.iter().map(ToString::to_string))
                .collect();
            format!("{} {} {}", one.seq, one.job, all.join("/"))
        };
        routing.operations.into_iter().map(centres).collect()
    }

    #[test]
    fn the_period_of_the_day_counts_whatever_the_order() {
        let rows = vec![
            valid(row(10, "SAW", "S-OLD"), "2011-01-01", "2016-12-31"),
            valid(row(20, "PLATE", "B-1"), "2011-01-01", "2016-12-31"),
            valid(row(10, "SAW", "S-NEW"), "2017-01-01", ""),
            valid(row(10, "LASER", "LA-1"), "2031-01-01", ""),
            valid(row(30, "PACK", "P-1"), "2031-01-01", ""),
        ];
        for rows in [rows.clone(), rows.into_iter().rev().collect()] {
            assert_eq!(made(rows.clone(), "2020-05-05"), ["10 SAW S-NEW"]);
            assert_eq!(made(rows.clone(), "2012-01-01"), ["10 SAW S-OLD", "20 PLATE B-1"]);
            assert_eq!(made(rows, "2035-01-01").len(), 2 + 1, "two jobs side by side and one more");
        }
    }

    #[test]
    fn a_step_whose_machine_has_gone_stays_and_an_ended_routing_is_taken_as_it_was_last() {
        let gone = vec![valid(row(10, "TURN", "L-OLD"), "", "2010-12-31"), row(20, "CHECK", "Q-1")];
        assert_eq!(made(gone, "2024-01-01"), ["10 TURN L-OLD", "20 CHECK Q-1"]);
        let ended = vec![
            valid(row(10, "CAST", "F-1"), "2001-01-01", "2005-12-31"),
            valid(row(10, "FORGE", "H-1"), "2006-01-01", "2009-12-31"),
        ];
        assert_eq!(made(ended, "2024-01-01"), ["10 FORGE H-1"]);
        let planned = vec![valid(row(10, "PRINT", "D-1"), "2040-01-01", "")];
        assert_eq!(made(planned, "2024-01-01"), ["10 PRINT D-1"]);
    }

    #[test]
    fn operations_side_by_side_keep_the_order_of_the_data() {
        let rows = vec![row(20, "ZINC", "Z"), row(20, "ASSEMBLE", "A"), row(10, "CUT", "C"), row(20, "ZINC", "Z2")];
        assert_eq!(made(rows, "2024-01-01"), ["10 CUT C", "20 ZINC Z/Z2", "20 ASSEMBLE A"]);
    }

    #[test]
    fn the_marked_then_the_best_then_the_first_work_centre_is_the_main_one() {
        let primary = |row, is_primary| OperationRow { is_primary: Some(is_primary), ..row };
        let ranked = |row, priority| OperationRow { priority: Some(priority), ..row };
        let flagged = |row, is_main| OperationRow { is_main: Some(is_main), ..row };
        let (a, b) = (row(10, "MILL", "M-1"), row(10, "MILL", "M-9"));
        let marked = vec![primary(a.clone(), false), primary(b.clone(), true)];
        assert_eq!(made(marked, "2024-01-01"), ["10 MILL M-9/M-1"]);
        assert_eq!(made(vec![ranked(a.clone(), 2), ranked(b.clone(), 1)], "2024-01-01"), ["10 MILL M-9/M-1"]);
        let flags = vec![flagged(a.clone(), false), flagged(b.clone(), true), flagged(row(20, "X", "Y"), true)];
        assert_eq!(made(flags.clone(), "2024-01-01"), ["10 MILL M-9/M-1", "20 X Y"]);
        assert_eq!(routing("A".into(), "1".into(), flags, None).0.is_main, None, "it speaks of work centres");
        assert_eq!(made(vec![b, a], "2024-01-01"), ["10 MILL M-9/M-1"]);
    }

    #[test]
    fn the_routing_of_best_priority_is_main_where_none_is_marked() {
        let of = |id: &str, priority| OperationRow {
            item: "A".into(),
            routing: id.into(),
            priority: Some(priority),
            ..row(10, "TURN", "L")
        };
        let plant = crate::domain::Plant::assemble(vec![], vec![of("1", 2), of("2", 1)], vec![]);
        assert_eq!(plant.routings.iter().map(|one| one.is_main).collect::<Vec<_>>(), [Some(false), Some(true)]);
    }
}
