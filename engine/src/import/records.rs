//! From the cells of a row to a row of the domain.

use super::cells::{Cells, Fault};
use super::columns::Field;
use super::error::Expected;
use crate::clean::{self, Cell, measure_with_unit, text};
use crate::domain::{Item, ItemCode, JobCode, OperationRow, RoutingId, WorkCentreCode, WorkResult};

/// An item; every column that is no key and no name is an attribute.
pub fn item(cells: &mut Cells<'_>) -> Result<Item, Fault> {
    let code = ItemCode::new(cells.key(Field::ItemCd)?);
    let name = cells.text(Field::ItemNm);
    let (layout, record, decimal) = (cells.layout, cells.record, cells.decimal);
    let mut counts = cells.counts;
    let mut raw = Vec::with_capacity(layout.attributes.len());
    for attribute in &layout.attributes {
        let value = &record[attribute.at];
        if value.is_empty() {
            continue;
        }
        if attribute.zero_is_nothing && value.trim() == "0" {
            counts.n_blanked += 1;
            continue;
        }
        if attribute.declared.is_some()
            && let Some(value) = text::known(value)
            && measure_with_unit(&value, decimal).is_none()
        {
            return Err(cells.fault_at(Some(attribute.at), Expected::Length));
        }
        raw.push(Cell {
            name: &attribute.name,
            value,
            unit: attribute.unit.as_ref().map(|(at, name)| (name.as_str(), &record[*at])),
            declared: attribute.declared,
        });
    }
    let attributes = clean::attributes(raw, decimal, &mut counts);
    cells.counts = counts;
    Ok(Item { code, name, attributes })
}

/// An operation of a routing. The run time is per `lot_size` pieces; without a lot size, or with 0, it is per piece.
pub fn operation(cells: &mut Cells<'_>) -> Result<OperationRow, Fault> {
    let time_unit = cells.time_unit(Field::TimeUnit)?;
    let lot_size = match cells.quantity(Field::LotSize)? {
        Some(0.0) => {
            cells.counts.n_blanked += 1;
            1.0
        }
        lot_size => lot_size.unwrap_or(1.0),
    };
    let run_min = cells.minutes(Field::RunTimeMin, time_unit)?;
    let run_min_per_piece = cells.minutes(Field::RunMinPerPiece, time_unit)?;
    Ok(OperationRow {
        item: ItemCode::new(cells.key(Field::ItemCd)?),
        routing: RoutingId::new(cells.key(Field::RoutingId)?),
        seq: cells.seq(Field::ProcSeq)?.ok_or_else(|| cells.fault(Field::ProcSeq, Expected::NonEmpty))?,
        job: JobCode::new(cells.key(Field::JobCd)?),
        job_name: cells.text(Field::JobNm),
        work_centre: cells.code(Field::ResCd)?.map(WorkCentreCode::new),
        work_centre_name: cells.text(Field::ResNm),
        outsourced: cells.outsourced()?,
        setup_min: cells.minutes(Field::SetupTimeMin, time_unit)?,
        run_min_per_piece: run_min_per_piece.or(run_min.map(|minutes| minutes / lot_size)),
        queue_min: cells.minutes(Field::QueueTimeMin, time_unit)?,
        wait_min: cells.minutes(Field::WaitTimeMin, time_unit)?,
        move_min: cells.minutes(Field::MoveTimeMin, time_unit)?,
        is_batch: cells.is_batch(Field::BatchOper)?,
        is_main: cells.is_main(Field::IsMain)?,
        created: cells.day(Field::Created)?,
        valid_from: cells.day(Field::ValidFrom)?,
        valid_to: cells.day(Field::ValidTo)?,
        ..OperationRow::default()
    })
}

/// A report of work. Times are of the whole order; hours become minutes. Good pieces that are not reported are the
/// pieces less the bad ones, where both are.
pub fn work_result(cells: &mut Cells<'_>) -> Result<WorkResult, Fault> {
    let qty = cells.quantity(Field::Qty)?;
    let bad_qty = cells.quantity(Field::BadQty)?;
    let good_qty = match (cells.quantity(Field::GoodQty)?, qty, bad_qty) {
        (Some(good), ..) => Some(good),
        (None, Some(qty), Some(bad)) if bad > qty => {
            return Err(cells.fault(Field::BadQty, Expected::AtMost { max: qty }));
        }
        (None, Some(qty), Some(bad)) => Some(qty - bad),
        _ => None,
    };
    let (setup_min, setup_of_hours) = (cells.minutes(Field::SetupTimeMin, 1.0)?, cells.minutes(Field::SetupHrs, 60.0)?);
    let (run_min, run_of_hours) = (cells.minutes(Field::RunTimeMin, 1.0)?, cells.minutes(Field::ActualHrs, 60.0)?);
    Ok(WorkResult {
        item: ItemCode::new(cells.key(Field::ItemCd)?),
        order: cells.code(Field::OrderNo)?,
        routing: cells.code(Field::RoutingId)?.map(RoutingId::new),
        seq: cells.seq(Field::ProcSeq)?,
        job: JobCode::new(cells.key(Field::JobCd)?),
        work_centre: cells.code(Field::ResCd)?.map(WorkCentreCode::new),
        qty,
        good_qty,
        setup_min: setup_min.or(setup_of_hours),
        run_min: run_min.or(run_of_hours),
        end: cells.day(Field::End)?,
    })
}
