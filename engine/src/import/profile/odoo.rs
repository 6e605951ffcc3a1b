//! Exports of Odoo: operations of a bill of materials (`mrp.routing.workcenter`) and work orders (`mrp.workorder`).
//!
//! Durations are minutes. What Odoo calls a work order is one operation of a manufacturing order.

use super::system::{ALL, Own, RESULTS, ROUTINGS, STEPS, System};
use crate::clean::time_units::TimeUnit;
use crate::import::columns::Field;

pub const ODOO: System = System {
    name: "odoo",
    names: &[
        Own::of(
            Field::ItemCd,
            ALL,
            &[
                "bill_of_material/product/internal_reference",
                "product/internal_reference",
                "bill_of_material/product",
                "default_code",
                "internal_reference",
                "bom_id/product_tmpl_id",
                "product_tmpl_id",
                "product_id",
                "product",
                "production_id/product_id",
            ],
        ),
        Own::of(Field::RoutingId, ROUTINGS, &["bill_of_material/reference", "bill_of_material", "bom_id", "bom"]),
        Own::of(
            Field::ProcSeq,
            STEPS,
            &["sequence", "operations/sequence", "operation_ids/sequence", "operation/sequence"],
        ),
        Own::of(
            Field::JobCd,
            STEPS,
            &[
                "operation",
                "operation_id",
                "operations/operation",
                "operation_ids/name",
                "operations/name",
                "work_order",
                "name",
            ],
        ),
        Own::of(
            Field::ResCd,
            STEPS,
            &["work_center", "workcenter_id", "operations/work_center", "operation_ids/workcenter_id", "workcenter"],
        ),
        Own::timed(
            Field::RunTimeMin,
            ROUTINGS,
            &[
                "time_cycle_manual",
                "default_duration",
                "manual_duration",
                "operations/default_duration",
                "operations/manual_duration",
                "operation_ids/time_cycle_manual",
                "time_cycle",
                "duration",
                "operations/duration",
            ],
            TimeUnit::Minute,
        ),
        Own::of(Field::OrderNo, RESULTS, &["manufacturing_order", "work_order/manufacturing_order", "production_id"]),
        Own::of(Field::Qty, RESULTS, &["quantity_produced", "qty_produced"]),
        Own::timed(Field::RunTimeMin, RESULTS, &["real_duration", "duration"], TimeUnit::Minute),
        Own::of(Field::End, RESULTS, &["date_finished", "end"]),
        Own::of(Field::Status, RESULTS, &["state", "status"]),
    ],
    only: &[
        "time_cycle_manual",
        "time_cycle",
        "default_duration",
        "real_duration",
        "duration_expected",
        "expected_duration",
        "bom_id",
        "bill_of_material/product",
        "bom_id/product_tmpl_id",
        "product_tmpl_id",
        "qty_produced",
        "quantity_produced",
        "production_id",
        "operations/operation",
        "operation_ids/name",
        "work_order/manufacturing_order",
        "bill_of_material",
    ],
    composites: &[],
    fallbacks: &[],
    meanings: &[],
    units: &[],
    lengths: &[],
    zero_is_nothing: &[],
};
