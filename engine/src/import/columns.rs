//! How a column name is recognised: the names of every field, in English, Korean and the ERP's own.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::clean::{Length, text};

/// Which of the three tables a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TableKind {
    Items,
    Routings,
    WorkResults,
}

impl TableKind {
    /// Fields without which a row says nothing.
    pub fn keys(self) -> &'static [Field] {
        match self {
            Self::Items => &[Field::ItemCd],
            Self::Routings => &[Field::ItemCd, Field::RoutingId, Field::ProcSeq, Field::JobCd],
            Self::WorkResults => &[Field::ItemCd, Field::JobCd],
        }
    }

    /// The usual name of such a table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Items => "items",
            Self::Routings => "routings",
            Self::WorkResults => "work_results",
        }
    }

    /// What a file name says, if anything.
    pub fn of_file_name(file: &str) -> Option<Self> {
        let stem = file.rsplit(['/', '\\']).next().unwrap_or(file).to_lowercase();
        let says = |words: &[&str]| words.iter().any(|word| stem.contains(word));
        match () {
            () if says(&["result", "actual", "실적"]) => Some(Self::WorkResults),
            () if says(&["rout", "라우팅", "공정"]) => Some(Self::Routings),
            () if says(&["item", "품목", "자재"]) => Some(Self::Items),
            () => None,
        }
    }
}

/// A field of a row. Its wire name is the column name of the common form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    ItemCd,
    ItemNm,
    RoutingId,
    ProcSeq,
    JobCd,
    JobNm,
    ResCd,
    ResNm,
    SetupTimeMin,
    /// Minutes per `lot_size` pieces in a routing, minutes of the whole order in work results.
    RunTimeMin,
    RunMinPerPiece,
    QueueTimeMin,
    WaitTimeMin,
    MoveTimeMin,
    BatchOper,
    LotSize,
    TimeUnit,
    InsideFlag,
    Outsourced,
    IsMain,
    Created,
    ValidFrom,
    ValidTo,
    OrderNo,
    Qty,
    GoodQty,
    BadQty,
    SetupHrs,
    ActualHrs,
    End,
}

impl Field {
    /// Name of the column in the common form.
    pub fn name(self) -> &'static str {
        names(self).common.first().copied().unwrap_or("")
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Names of one field; an earlier name wins where a table has several of them.
pub struct Names {
    pub field: Field,
    /// Tables in which these names mean this field.
    pub tables: &'static [TableKind],
    pub common: &'static [&'static str],
    /// The ERP's own names, which count before the common ones.
    pub erp: &'static [&'static str],
}

const ALL: &[TableKind] = &[TableKind::Items, TableKind::Routings, TableKind::WorkResults];
const ITEMS: &[TableKind] = &[TableKind::Items];
const ROUTINGS: &[TableKind] = &[TableKind::Routings];
const RESULTS: &[TableKind] = &[TableKind::WorkResults];
const STEPS: &[TableKind] = &[TableKind::Routings, TableKind::WorkResults];

const fn of(
    field: Field,
    tables: &'static [TableKind],
    common: &'static [&'static str],
    erp: &'static [&'static str],
) -> Names {
    Names { field, tables, common, erp }
}

/// Every name of every field. Case, blanks, underscores, punctuation and full-width letters do not matter.
#[rustfmt::skip]
pub const NAMES: [Names; 30] = [
    of(Field::ItemCd, ALL, &["item_cd", "item_code", "품목코드", "품번", "품목번호", "자재코드", "자재번호", "item_no", "item_number", "item_id",
        "part_no", "part_number", "part_code", "part_cd", "material_number", "material_no", "material_code", "matnr", "product_code", "product_no",
        "product_number", "article_no", "sku", "item", "품목"], &[]),
    of(Field::ItemNm, ITEMS, &["item_nm", "item_name", "품목명", "품명", "자재명", "item_description", "item_desc", "part_name", "part_description",
        "material_description", "product_name", "description", "name"], &[]),
    of(Field::RoutingId, STEPS, &["routing_id", "routing_no", "routing_number", "routing_code", "라우팅번호", "라우팅코드", "라우팅", "route_no",
        "route_id", "routing", "route"], &["rout_no"]),
    of(Field::ProcSeq, STEPS, &["proc_seq", "op_seq", "operation_no", "operation_number", "operation_seq", "operation_sequence", "op_no", "process_seq",
        "공정순서", "공정순번", "작업순서", "공정번호", "seq", "sequence", "seq_no", "step_no", "step", "순서", "순번"], &[]),
    of(Field::JobCd, STEPS, &["job_cd", "job_code", "작업코드", "공정코드", "operation_code", "operation_cd", "op_code", "process_code", "proc_cd",
        "activity_code", "job", "operation"], &[]),
    of(Field::JobNm, STEPS, &["job_nm", "job_name", "작업명", "공정명", "operation_name", "operation_description", "op_description", "op_name",
        "process_name", "job_description"], &["cd_nm"]),
    of(Field::ResCd, STEPS, &["res_cd", "resource_code", "resource_cd", "자원코드", "설비코드", "작업장코드", "work_centre_code", "work_center_code",
        "wc_code", "machine_code", "machine_no", "machine_id", "work_centre", "work_center", "workstation", "machine", "resource", "자원", "설비",
        "작업장", "wc_cd", "wc"], &[]),
    of(Field::ResNm, STEPS, &["res_nm", "resource_name", "자원명", "설비명", "작업장명", "work_centre_name", "work_center_name", "wc_name",
        "machine_name"], &["res_dis"]),
    of(Field::SetupTimeMin, STEPS, &["setup_time_min", "setup_min", "setup_time", "setup", "준비시간", "셋업시간", "준비"], &["setup_time"]),
    of(Field::RunTimeMin, STEPS, &["run_time_min", "run_min", "run_time", "run", "가공시간", "작업시간", "cycle_time_min", "cycle_time",
        "machining_time", "표준시간"], &["run_time"]),
    of(Field::RunMinPerPiece, ROUTINGS, &["run_min_per_piece", "run_time_per_piece", "run_time_min_per_piece", "run_min_per_pc", "개당가공시간"], &[]),
    of(Field::QueueTimeMin, ROUTINGS, &["queue_time_min", "queue_min", "queue_time", "queue", "대기시간", "대기"], &["queue_time"]),
    of(Field::WaitTimeMin, ROUTINGS, &["wait_time_min", "wait_min", "wait_time", "wait", "후대기시간", "후대기"], &["wait_time"]),
    of(Field::MoveTimeMin, ROUTINGS, &["move_time_min", "move_min", "move_time", "move", "이동시간", "이동"], &["move_time"]),
    of(Field::BatchOper, ROUTINGS, &["batch_oper", "batch_operation", "is_batch", "batch_flag", "batch", "배치", "배치작업", "배치여부"], &[]),
    of(Field::LotSize, ROUTINGS, &["lot_size", "base_quantity", "base_qty", "기준수량", "로트크기", "로트수량", "lot_qty"], &["run_time_qty"]),
    of(Field::TimeUnit, ROUTINGS, &["time_unit", "시간단위"], &[]),
    of(Field::InsideFlag, ROUTINGS, &["inside_flag", "사내/외주", "사내외주구분", "사내여부", "사내", "is_inside", "in_house", "is_in_house", "inside"],
        &["inside_flg"]),
    of(Field::Outsourced, ROUTINGS, &["outsourced", "is_outsourced", "외주여부", "외주", "outsourced_flag", "subcontracted", "is_subcontracted"], &[]),
    of(Field::IsMain, ROUTINGS, &["is_main", "main_flag", "main_yn", "주라우팅", "주라우팅여부", "main_routing", "is_primary", "main"],
        &["major_flg"]),
    of(Field::Created, ROUTINGS, &["created", "created_at", "created_on", "created_date", "creation_date", "등록일", "등록일자", "생성일", "작성일"],
        &["insrt_dt"]),
    of(Field::ValidFrom, ROUTINGS, &["valid_from", "valid_from_date", "effective_from", "유효시작일", "유효기간시작", "유효기간(시작)", "적용시작일",
        "시작일"], &["valid_from_dt"]),
    of(Field::ValidTo, ROUTINGS, &["valid_to", "valid_to_date", "valid_until", "effective_to", "유효종료일", "유효기간종료", "유효기간(종료)",
        "적용종료일", "유효기간", "종료일"], &["valid_to_dt"]),
    of(Field::OrderNo, RESULTS, &["order_no", "order_number", "order_id", "work_order", "work_order_no", "work_order_id", "wo_no", "작업지시번호",
        "지시번호", "오더번호", "production_order", "작업지시"], &[]),
    of(Field::Qty, RESULTS, &["qty", "quantity", "수량", "지시수량", "작업수량", "생산수량", "order_quantity"], &["order_qty"]),
    of(Field::GoodQty, RESULTS, &["good_qty", "good_quantity", "양품수량", "양품", "yield_qty"], &[]),
    of(Field::BadQty, RESULTS, &["bad_qty", "scrap_qty", "scrap_quantity", "불량수량", "불량", "reject_qty", "defect_qty"], &[]),
    of(Field::SetupHrs, RESULTS, &["setup_hrs", "setup_hours"], &["setup_hours"]),
    of(Field::ActualHrs, RESULTS, &["actual_hrs", "actual_hours", "run_hrs", "run_hours", "machine_hours"], &["mach_worked_hours"]),
    of(Field::End, RESULTS, &["end", "end_date", "actual_end_date", "finished", "completed", "완료일", "실적일", "실적일자", "보고일", "작업일",
        "작업일자", "종료일", "report_date"], &["report_dt"]),
];

/// Columns that only the ERP of the built-in profile has: one of them is enough to know it.
pub const ERP_ONLY: [&str; 19] = [
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
];

/// Lengths of the ERP: (column, column of its unit, how it is read).
///
/// The plant draws in millimetres, so a diameter without a unit is one. Seal sizes are inches more often than not, so
/// there nothing is assumed.
pub const ERP_LENGTHS: [(&str, &str, Length); 6] = [
    ("outdiameter", "outdiameter_unit", Length { assume_mm: true }),
    ("indiameter", "outdiameter_unit", Length { assume_mm: true }),
    ("outthickness", "outdiameter_unit", Length { assume_mm: true }),
    ("in_sealsize", "in_sealsize_uom", Length { assume_mm: false }),
    ("mid_sealsize", "mid_sealsize_uom", Length { assume_mm: false }),
    ("out_sealsize", "out_sealsize_uom", Length { assume_mm: false }),
];

/// Text columns of the ERP in which `0` was typed for "nothing".
pub const ERP_ZERO_IS_NOTHING: [&str; 1] = ["item_spec"];

/// The names of `field`.
pub fn names(field: Field) -> &'static Names {
    // The table lists the fields in the order of the enum, which a test checks.
    &NAMES[field as usize]
}

/// A header as it is compared: its letters and digits in lower case, without the link prefix of an Access export.
pub fn key(header: &str) -> String {
    let letters: String =
        text::clean(header).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    letters.strip_prefix("dbobiroutingview").map_or(letters.clone(), str::to_owned)
}

/// `header` split into its name and the time unit in brackets at its end, in minutes: `준비시간(분)`, `Run [h]`.
pub fn time_unit(header: &str) -> Option<(&str, f64)> {
    let header = header.trim();
    let open = header.rfind(['(', '[', '（'])?;
    let inner = header[open..].trim_matches(|c: char| !c.is_alphanumeric());
    Some((&header[..open], minutes_of(inner)?))
}

/// Minutes of a time unit as people write it; `None` when it is none.
pub fn minutes_of(unit: &str) -> Option<f64> {
    match unit.trim_end_matches('.').to_lowercase().as_str() {
        "m" | "min" | "mins" | "minute" | "minutes" | "분" => Some(1.0),
        "h" | "hr" | "hrs" | "hour" | "hours" | "시간" => Some(60.0),
        "s" | "sec" | "secs" | "second" | "seconds" | "초" => Some(1.0 / 60.0),
        _ => None,
    }
}

/// Whether a column tells of a person: user, writer, reviewer, worker … It is never imported.
pub fn is_personal(header: &str) -> bool {
    const WITHIN: [&str; 24] = [
        "userid",
        "username",
        "usernm",
        "writer",
        "reviewer",
        "worker",
        "employee",
        "approver",
        "inspector",
        "updater",
        "author",
        "createdby",
        "modifiedby",
        "updatedby",
        "작성자",
        "검토자",
        "작업자",
        "승인자",
        "담당자",
        "사용자",
        "등록자",
        "수정자",
        "사번",
        "성명",
    ];
    const WORDS: [&str; 10] =
        ["user", "person", "planner", "operator", "staff", "email", "mail", "phone", "담당", "이메일"];
    let key = key(header);
    WITHIN.iter().any(|part| key.contains(part))
        || text::attribute_name(header).split('_').any(|word| WORDS.contains(&word))
}

/// Whether a column names a child or parent item, which only a bill of materials does.
pub fn is_bill_of_materials(header: &str) -> bool {
    const KOREAN: [&str; 8] =
        ["자품목", "자품목코드", "모품목", "모품목코드", "하위품목", "하위품목코드", "상위품목", "상위품목코드"];
    let key = key(header);
    let Some(rest) = ["child", "component", "parent"].into_iter().find_map(|relation| key.strip_prefix(relation))
    else {
        return KOREAN.contains(&key.as_str());
    };
    let rest = ["item", "part", "material"].into_iter().find_map(|thing| rest.strip_prefix(thing)).unwrap_or(rest);
    matches!(rest, "" | "cd" | "code" | "no" | "number" | "id")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_names_follows_the_enum() {
        for (at, names) in NAMES.iter().enumerate() {
            assert_eq!(names.field as usize, at);
            let wire = serde_json::to_value(names.field).expect("a field is a plain name");
            assert_eq!(wire, names.field.name(), "the wire name is the first common name");
        }
    }

    #[test]
    fn no_name_means_two_fields_of_one_table() {
        for (at, one) in NAMES.iter().enumerate() {
            for other in &NAMES[at + 1..] {
                if one.tables.iter().any(|table| other.tables.contains(table)) {
                    let all =
                        |names: &Names| names.common.iter().chain(names.erp).map(|name| key(name)).collect::<Vec<_>>();
                    let shared: Vec<_> = all(one).into_iter().filter(|name| all(other).contains(name)).collect();
                    assert!(shared.is_empty(), "{shared:?} in {} and {}", one.field, other.field);
                }
            }
        }
    }

    #[test]
    fn writing_style_does_not_matter() {
        for header in ["ITEM_CD", "Item Cd", "item-cd", " ｉｔｅｍ＿ｃｄ ", "dbo_BI_ROUTING_VIEW_ITEM_CD"] {
            assert_eq!(key(header), "itemcd");
        }
        assert_eq!(time_unit("준비시간(분)"), Some(("준비시간", 1.0)));
        assert_eq!(time_unit("Run time [h]"), Some(("Run time ", 60.0)));
        assert_eq!(time_unit("유효기간(종료)"), None);
    }

    #[test]
    fn people_are_recognised() {
        for header in [
            "WORKER_ID",
            "NC_WRITER_NM",
            "NC_REVIEWER",
            "ROU_DEV_USER_ID",
            "작성자",
            "작업자명",
            "Created by",
            "planner",
        ] {
            assert!(is_personal(header), "{header}");
        }
        for header in ["work_centre", "NC_WRITE_DATE", "material", "job_nm", "created", "작업명", "작성일"] {
            assert!(!is_personal(header), "{header}");
        }
    }

    #[test]
    fn bills_of_materials_are_recognised() {
        for header in ["child_item_cd", "CHILD_ITEM_CD", "Component", "parent part no", "자품목코드"] {
            assert!(is_bill_of_materials(header), "{header}");
        }
        for header in ["n_bom_children", "child_safe", "component_count", "parent_family", "item_cd"] {
            assert!(!is_bill_of_materials(header), "{header}");
        }
    }
}
