//! The ERP of `domain/data-model.md`.

use super::system::{Own, RESULTS, ROUTINGS, STEPS, System};
use crate::clean::Length;
use crate::clean::time_units::TimeUnit;
use crate::import::columns::Field;

pub const ERP: System = System {
    name: "erp",
    names: &[
        Own::of(Field::RoutingId, STEPS, &["rout_no"]),
        Own::of(Field::JobNm, STEPS, &["cd_nm"]),
        Own::of(Field::ResNm, STEPS, &["res_dis"]),
        Own::of(Field::SetupTimeMin, STEPS, &["setup_time"]),
        Own::of(Field::RunTimeMin, STEPS, &["run_time"]),
        Own::of(Field::QueueTimeMin, ROUTINGS, &["queue_time"]),
        Own::of(Field::WaitTimeMin, ROUTINGS, &["wait_time"]),
        Own::of(Field::MoveTimeMin, ROUTINGS, &["move_time"]),
        Own::of(Field::LotSize, ROUTINGS, &["run_time_qty"]),
        Own::of(Field::InsideFlag, ROUTINGS, &["inside_flg"]),
        Own::of(Field::IsMain, ROUTINGS, &["major_flg"]),
        Own::of(Field::Created, ROUTINGS, &["insrt_dt"]),
        Own::of(Field::ValidFrom, ROUTINGS, &["valid_from_dt"]),
        Own::of(Field::ValidTo, ROUTINGS, &["valid_to_dt"]),
        Own::of(Field::Qty, RESULTS, &["order_qty"]),
        Own::timed(Field::SetupHrs, RESULTS, &["setup_hours"], TimeUnit::Hour),
        Own::timed(Field::ActualHrs, RESULTS, &["mach_worked_hours"], TimeUnit::Hour),
        Own::of(Field::End, RESULTS, &["report_dt"]),
    ],
    only: &[
        "rout_no",
        "res_dis",
        "run_time_qty",
        "inside_flg",
        "insrt_dt",
        "valid_to_dt",
        "mach_worked_hours",
        "report_dt",
        "part_type",
        "partnm",
        "item_acct",
        "item_grp1",
        "outdiameter",
        "indiameter",
        "outthickness",
        "outdiameter_unit",
        "in_sealsize",
        "in_sealsize_uom",
        "sealtypegrup",
    ],
    composites: &[],
    fallbacks: &[],
    meanings: &[],
    units: &[],
    // The plant draws in millimetres, so a diameter without a unit is one. Seal sizes are inches more often than not, so
    // there nothing is assumed.
    lengths: &[
        ("outdiameter", "outdiameter_unit", Length { assume_mm: true }),
        ("indiameter", "outdiameter_unit", Length { assume_mm: true }),
        ("outthickness", "outdiameter_unit", Length { assume_mm: true }),
        ("in_sealsize", "in_sealsize_uom", Length { assume_mm: false }),
        ("mid_sealsize", "mid_sealsize_uom", Length { assume_mm: false }),
        ("out_sealsize", "out_sealsize_uom", Length { assume_mm: false }),
    ],
    zero_is_nothing: &["item_spec"],
};
