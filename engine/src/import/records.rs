//! From the cells of a row to a row of the domain.

use super::cells::{Cells, Fault};
use super::columns::{Field, Per};
use super::error::Expected;
use super::flags::Fate;
use super::reports::WorkReport;
use crate::clean::missing::{CellKind, is_ambiguous_missing};
use crate::clean::numbers::{self, NumberFault, NumberFormat};
use crate::clean::{self, Cell, measure_with_unit, text};
use crate::domain::{Item, ItemCode, JobCode, OperationRow, RoutingId, Seq, WorkResult};

/// An item; every column that is no key and no name is an attribute.
pub fn item(cells: &mut Cells<'_>, code: ItemCode) -> Item {
    let name = cells.text(Field::ItemNm);
    let (table, record) = (cells.table, cells.record);
    let mut raw: Vec<(usize, std::borrow::Cow<'_, str>)> = Vec::with_capacity(table.attributes.len());
    for (at, attribute) in table.attributes.iter().enumerate() {
        let cell = record.get(attribute.at).unwrap_or("");
        if cell.is_empty() {
            continue;
        }
        if attribute.zero_is_nothing && cell.trim() == "0" {
            cells.blank("0");
            continue;
        }
        // A word such as `NA` that a column has again and again is one of its values.
        let kind = if attribute.na_is_a_value { CellKind::Code } else { CellKind::Text };
        let keeps_dash = text::dash_is_a_value(&attribute.name) && cell.trim() == "-";
        let value = match keeps_dash {
            true => std::borrow::Cow::Borrowed("-"),
            false => match cells.known_at(attribute.at, kind) {
                Some(value) => value,
                None => continue,
            },
        };
        match number(&value, cells.numbers(attribute.at), attribute.is_number) {
            Ok(plain) => {
                let value = plain.map_or(value, std::borrow::Cow::Owned);
                if attribute.declared.is_some() && measure_with_unit(&value, numbers::Decimal::Point).is_none() {
                    cells.doubt(attribute.at, Expected::Length);
                    continue;
                }
                raw.push((at, value));
            }
            Err(readings) => cells.doubt(attribute.at, Expected::OneReading { readings }),
        }
    }
    let of = raw.iter().map(|(at, value)| {
        let attribute = &table.attributes[*at];
        Cell {
            name: &attribute.name,
            value,
            unit: attribute.unit.as_ref().map(|(at, name)| (name.as_str(), record.get(*at).unwrap_or(""))),
            declared: attribute.declared,
            keeps_words: attribute.na_is_a_value && is_ambiguous_missing(value),
        }
    });
    let mut counts = cells.counts;
    let attributes = clean::attributes(of, numbers::Decimal::Point, &mut counts);
    cells.counts = counts;
    Item { code, name, attributes }
}

/// A value of a column of numbers with a decimal point and without groups; `None` when it is written so already.
///
/// # Errors
/// Both readings of a value that has two.
fn number(value: &str, format: NumberFormat, is_number: bool) -> Result<Option<String>, [String; 2]> {
    if !value.contains([',', '.', '\'', ' ', '\u{a0}']) || !value.contains(|c: char| c.is_ascii_digit()) {
        return Ok(None);
    }
    let (digits, unit) = match value.rfind(|c: char| c.is_ascii_digit()) {
        Some(last) => value.split_at(last + 1),
        None => return Ok(None),
    };
    // In a column of texts `4.711.002` is no number, and `12,5` is one.
    let has_groups = digits.matches([',', '.', '\'', ' ', '\u{a0}']).count() > 1 || !digits.contains(',');
    // Of a text such as `12,5 x 8,5` nothing is changed; a number with a unit behind it is a number.
    match numbers::parse_as(digits, format) {
        Ok(_) if !is_number && has_groups => Ok(None),
        Ok(number) if is_number || unit.is_empty() => {
            // `10.0` and `7.50` stay as they are written.
            let is_plain = digits.parse::<f64>().is_ok_and(|plain| plain == number);
            Ok((!is_plain).then(|| format!("{}{unit}", numbers::write(number))))
        }
        Ok(number)
            if digits.contains(',')
                && measure_with_unit(&format!("{number}{unit}"), numbers::Decimal::Point).is_some() =>
        {
            Ok(Some(format!("{}{unit}", numbers::write(number))))
        }
        Err(NumberFault::Open(open)) if is_number => {
            Err([numbers::write(open.as_point), numbers::write(open.as_comma)])
        }
        _ => Ok(None),
    }
}

/// An operation of a routing. The run time is per `lot_size` pieces; without a lot size, or with 0, it is per piece.
pub fn operation(
    cells: &mut Cells<'_>,
    (item, routing, seq, job): (ItemCode, RoutingId, Seq, JobCode),
) -> OperationRow {
    let mut centres = cells.work_centres(Field::ResCd).into_iter();
    let work_centre = centres.next();
    let mut alternatives: Vec<_> = centres.collect();
    alternatives.extend(cells.work_centres(Field::Alternatives));
    let run_min_per_piece = run_min_per_piece(cells);
    OperationRow {
        item,
        routing,
        seq,
        job,
        job_name: cells.text(Field::JobNm),
        work_centre,
        work_centre_name: cells.text(Field::ResNm),
        alternatives,
        outsourced: cells.outsourced(),
        setup_min: cells.planned_minutes(Field::SetupTimeMin),
        run_min_per_piece,
        queue_min: cells.planned_minutes(Field::QueueTimeMin),
        wait_min: cells.planned_minutes(Field::WaitTimeMin),
        move_min: cells.planned_minutes(Field::MoveTimeMin),
        is_batch: cells.is_batch(Field::BatchOper),
        is_main: cells.is_main(Field::IsMain),
        is_primary: cells.is_main(Field::IsPrimary),
        priority: [Field::WorkCentrePriority, Field::RoutingPriority, Field::Priority]
            .into_iter()
            .find_map(|field| cells.rank(field)),
        created: cells.day(Field::Created),
        valid_from: cells.day(Field::ValidFrom),
        valid_to: cells.day(Field::ValidTo),
    }
}

fn run_min_per_piece(cells: &mut Cells<'_>) -> Option<f64> {
    if let Some(minutes) = cells.planned_minutes(Field::RunMinPerPiece) {
        let per = cells.table.column(Field::RunMinPerPiece).and_then(|column| column.per);
        return Some(minutes / pieces(per));
    }
    let lot_size = match cells.quantity(Field::LotSize) {
        Some(0.0) => {
            cells.blank("0");
            None
        }
        Some(lot_size) if lot_size < 0.0 => {
            let lot_at = cells.table.at(Field::LotSize)?;
            cells.doubt(lot_at, Expected::Quantity { max: 1e9 });
            return None;
        }
        lot_size => lot_size,
    };
    let minutes = cells.planned_minutes(Field::RunTimeMin)?;
    let per = cells.table.column(Field::RunTimeMin).and_then(|column| column.per);
    match (per, lot_size) {
        (Some(Per::Piece), _) => Some(minutes),
        (Some(Per::Pieces(n)), _) => Some(minutes / f64::from(n.max(1))),
        (_, Some(lot_size)) => Some(minutes / lot_size),
        // The time of a lot of unknown size is not the time of a piece. A batch runs whole, whatever its size.
        (Some(Per::Lot), None) => None,
        (None, None) if cells.has_unreadable(Field::LotSize) => None,
        (None, None) => Some(minutes),
    }
}

fn pieces(per: Option<Per>) -> f64 {
    match per {
        Some(Per::Pieces(n)) => f64::from(n.max(1)),
        _ => 1.0,
    }
}

/// A report of work. Times are of the whole order. Good pieces that are not reported are the pieces less the bad ones,
/// where both are. A report that takes another back has negative quantities and times.
pub fn report(cells: &mut Cells<'_>, item: ItemCode, job: JobCode) -> WorkReport {
    let qty = cells.quantity(Field::Qty);
    let bad_qty = cells.quantity(Field::BadQty);
    let good_qty = match (cells.quantity(Field::GoodQty), qty, bad_qty) {
        (Some(good), ..) => Some(good),
        (None, Some(qty), Some(bad)) if qty >= 0.0 && bad > qty => {
            if let Some(at) = cells.table.at(Field::BadQty) {
                cells.doubt(at, Expected::AtMost { max: qty });
            }
            None
        }
        (None, Some(qty), Some(bad)) => Some(qty - bad),
        _ => None,
    };
    let setup_min = cells.minutes(Field::SetupTimeMin).or_else(|| cells.minutes(Field::SetupHrs));
    let run_min = cells.minutes(Field::RunTimeMin).or_else(|| cells.minutes(Field::ActualHrs));
    let hold_min = cells.planned_minutes(Field::HoldTimeMin);
    if let (Some(hold), Some(run), Some(at)) = (hold_min, run_min, cells.table.at(Field::HoldTimeMin))
        && hold > run.abs()
    {
        // One of the two is wrong, and not known which: the time of the work is unknown.
        cells.doubt(at, Expected::AtMost { max: run.abs() });
    }
    let fate = cells.fate();
    let mut result = WorkResult {
        item,
        order: cells.code(Field::OrderNo),
        routing: cells.code(Field::RoutingId).map(RoutingId::new),
        seq: cells.optional_seq(Field::ProcSeq),
        job,
        work_centre: cells.work_centres(Field::ResCd).into_iter().next(),
        qty,
        good_qty,
        setup_min,
        run_min,
        end: cells.day(Field::End),
    };
    if fate == Fate::Reversal {
        let negative = |value: Option<f64>| value.map(|value| -value.abs());
        result.qty = negative(result.qty);
        result.good_qty = negative(result.good_qty);
        result.setup_min = negative(result.setup_min);
        result.run_min = negative(result.run_min);
    }
    WorkReport { result, number: cells.code(Field::ReportNo), hold_min, is_cancelled: fate == Fate::Cancelled }
}

/// A row of a routing without the parts that say which operation it is: one more work centre of the row above.
pub fn more_work_centres(
    cells: &mut Cells<'_>,
    (item, routing): (ItemCode, RoutingId),
    (seq, job): &(Seq, JobCode),
) -> Option<OperationRow> {
    let row = operation(cells, (item, routing, *seq, job.clone()));
    row.work_centre.is_some().then_some(row)
}

/// The fault of a row that lacks a key.
pub fn missing(cells: &Cells<'_>, field: Field) -> Fault {
    match cells.table.at(field) {
        Some(at) => cells.fault(at, Expected::NonEmpty),
        None => Fault { column: None, value: String::new(), expected: Expected::NonEmpty },
    }
}
