//! Exports of ERPNext: operations of a BOM or routing, operations of a work order, job cards.
//!
//! The rows of a child table name what they belong to in `parent`. Operation times are minutes.

use super::system::{ALL, Own, RESULTS, ROUTINGS, STEPS, System};
use crate::clean::time_units::TimeUnit;
use crate::import::columns::Field;

pub const ERPNEXT: System = System {
    name: "erpnext",
    names: &[
        Own::of(Field::ItemCd, ALL, &["item_code", "item", "item_to_manufacture", "production_item", "finished_good"]),
        Own::of(Field::RoutingId, ROUTINGS, &["routing_no", "routing_id", "routing", "bom_no", "bom", "parent", "id"]),
        Own::of(Field::ProcSeq, STEPS, &["sequence_id", "operation_no", "operation_number", "idx"]),
        Own::of(Field::JobCd, STEPS, &["operation"]),
        Own::of(Field::JobNm, STEPS, &["operation_description"]),
        Own::of(Field::ResCd, STEPS, &["workstation", "workstation_type"]),
        Own::timed(Field::RunTimeMin, ROUTINGS, &["time_in_mins", "operation_time"], TimeUnit::Minute),
        Own::of(Field::LotSize, ROUTINGS, &["batch_size"]),
        Own::of(Field::OrderNo, RESULTS, &["work_order", "parent", "id"]),
        Own::of(Field::ReportNo, RESULTS, &["job_card"]),
        Own::of(Field::Qty, RESULTS, &["total_completed_qty", "completed_qty"]),
        Own::of(Field::BadQty, RESULTS, &["process_loss_qty"]),
        Own::timed(
            Field::RunTimeMin,
            RESULTS,
            &["actual_operation_time", "total_time_in_mins", "time_in_mins"],
            TimeUnit::Minute,
        ),
        Own::of(Field::End, RESULTS, &["actual_end_time", "to_time", "posting_date"]),
        Own::of(Field::Status, RESULTS, &["status", "docstatus"]),
    ],
    only: &[
        "time_in_mins",
        "total_time_in_mins",
        "operation_time",
        "actual_operation_time",
        "sequence_id",
        "parenttype",
        "parentfield",
        "item_to_manufacture",
        "production_item",
        "total_completed_qty",
        "process_loss_qty",
        "operation_operations",
        "workstation_operations",
        "id_operations",
        "operation_time_operations",
    ],
    composites: &[],
    fallbacks: &[],
    meanings: &[],
    units: &[],
    lengths: &[],
    zero_is_nothing: &[],
};
