//! What one row makes, with what the rows above say where its cells are blank.

use super::super::cells::{Cells, Fault};
use super::super::columns::Field;
use super::super::records;
use super::{Belongs, Record, TableRows};
use crate::domain::{ItemCode, JobCode, RoutingId, Seq};

/// What a row made, and whether it continues the row above.
pub type Made = (Record, bool);

impl TableRows {
    pub(super) fn item(&mut self, cells: &mut Cells<'_>) -> Result<Made, Box<(Fault, Belongs)>> {
        let nowhere = |fault| Box::new((fault, Belongs::Nowhere));
        let code = cells.key(Field::ItemCd).map_err(nowhere)?;
        let code = code.ok_or_else(|| nowhere(records::missing(cells, Field::ItemCd)))?;
        Ok((Record::Item(records::item(cells, ItemCode::new(code))), false))
    }

    pub(super) fn work_result(&mut self, cells: &mut Cells<'_>) -> Result<Made, Box<(Fault, Belongs)>> {
        let nowhere = |fault| Box::new((fault, Belongs::Nowhere));
        let written = cells.key(Field::ItemCd).map_err(nowhere)?;
        let job = cells.key(Field::JobCd).map_err(nowhere)?;
        let order = cells.code(Field::OrderNo);
        let is_grouped = cells.table.at(Field::OrderNo).is_some();
        // A blank item continues the order above, and only an order that is blank too, or the same.
        let continues = written.is_none() && is_grouped && (order.is_none() || order == self.above.order);
        let item = match (written, &self.above.item) {
            (Some(code), _) => ItemCode::new(code),
            (None, Some(above)) if continues => above.clone(),
            (None, _) => return Err(nowhere(records::missing(cells, Field::ItemCd))),
        };
        let job = job.ok_or_else(|| nowhere(records::missing(cells, Field::JobCd)))?;
        let mut report = records::report(cells, item.clone(), JobCode::new(job));
        if continues && report.result.order.is_none() {
            report.result.order.clone_from(&self.above.order);
        }
        self.above.item = Some(item);
        self.above.order.clone_from(&report.result.order);
        Ok((Record::WorkResult(report), continues))
    }

    pub(super) fn operation(&mut self, cells: &mut Cells<'_>) -> Result<Made, Box<(Fault, Belongs)>> {
        let written_item = match cells.key(Field::ItemCd) {
            Ok(written) => written,
            Err(fault) => {
                // Rows that follow it continue an item that nobody knows.
                self.above.forget();
                return Err(Box::new((fault, Belongs::Neighbours)));
            }
        };
        let is_filled = written_item.is_some();
        let item = match (written_item, &self.above.item) {
            (Some(code), _) => ItemCode::new(code),
            (None, Some(above)) => above.clone(),
            (None, None) => {
                return Err(Box::new((records::missing(cells, Field::ItemCd), Belongs::Neighbours)));
            }
        };
        let of_item = |fault| Box::new((fault, Belongs::Item(item.clone())));
        let is_same_item = self.above.item.as_ref() == Some(&item);
        let has_routing_column = cells.table.has(Field::RoutingId);
        let written_routing = cells.key(Field::RoutingId).map_err(of_item)?;
        let continues = !is_filled || (has_routing_column && written_routing.is_none());
        let routing = match (written_routing, &self.above.routing) {
            (Some(id), _) => RoutingId::new(id),
            (None, _) if !has_routing_column => RoutingId::new("1"),
            (None, Some(above)) if is_same_item => above.clone(),
            (None, _) => return Err(of_item(records::missing(cells, Field::RoutingId))),
        };
        let is_same_routing = is_same_item && self.above.routing.as_ref() == Some(&routing);
        if !is_same_item {
            self.above.item = Some(item.clone());
        }
        if self.above.routing.as_ref() != Some(&routing) {
            self.above.routing = Some(routing.clone());
        }
        let of_routing = |fault| Box::new((fault, Belongs::Routing(item.clone(), routing.clone())));
        let job = cells.key(Field::JobCd).map_err(of_routing)?;
        let seq = match cells.table.has(Field::ProcSeq) {
            true => cells.seq(Field::ProcSeq).map_err(of_routing)?,
            false => job.is_some().then(|| {
                let n = self.above.n_operations.entry((item.clone(), routing.clone())).or_default();
                *n += 1;
                Seq::new(*n * 10)
            }),
        };
        let above = self.above.operation.take().filter(|_| is_same_routing);
        let (seq, job) = match (seq, job, above) {
            (Some(seq), Some(job), _) => (seq, JobCode::new(job)),
            (None, None, Some(above)) => {
                match records::more_work_centres(cells, (item.clone(), routing.clone()), &above) {
                    Some(more) => {
                        self.above.operation = Some(above);
                        return Ok((Record::Operation(more), true));
                    }
                    None => return Err(of_routing(records::missing(cells, Field::ProcSeq))),
                }
            }
            (None, ..) => return Err(of_routing(records::missing(cells, Field::ProcSeq))),
            (Some(_), None, _) => return Err(of_routing(records::missing(cells, Field::JobCd))),
        };
        let row = records::operation(cells, (item, routing, seq, job));
        self.above.operation = Some((row.seq, row.job.clone()));
        Ok((Record::Operation(row), continues))
    }
}
