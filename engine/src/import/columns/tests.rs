//! Names in six languages, and the rules by which headings vary.

use std::collections::BTreeSet;

use super::names::Names;
use super::*;
use crate::import::Profile;

const ROUTINGS: TableKind = TableKind::Routings;
const RESULTS: TableKind = TableKind::WorkResults;
const ITEMS: TableKind = TableKind::Items;

fn field(kind: TableKind, header: &str) -> Option<Field> {
    recognise(&Profile::common(), kind, header).map(|known| known.field)
}

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
    let keys: Vec<(&Names, BTreeSet<String>)> =
        NAMES.iter().map(|names| (*names, names.all().map(key).collect())).collect();
    for (at, (one, names)) in keys.iter().enumerate() {
        for (other, other_names) in &keys[at + 1..] {
            if one.tables.iter().any(|table| other.tables.contains(table)) {
                let shared: Vec<_> = names.intersection(other_names).collect();
                assert!(shared.is_empty(), "{shared:?} in {} and {}", one.field, other.field);
            }
        }
    }
}

#[test]
fn every_listed_name_is_recognised_as_its_field() {
    for names in NAMES {
        for kind in names.tables {
            for name in names.all() {
                // A time per piece is told by its name; both fields are right for it.
                let is_per_piece = names.field == Field::RunTimeMin;
                let found = field(*kind, name);
                assert!(
                    found == Some(names.field) || is_per_piece && found == Some(Field::RunMinPerPiece),
                    "{name}: {found:?}"
                );
            }
        }
    }
}

#[test]
fn writing_style_does_not_matter() {
    for header in ["ITEM_CD", "Item Cd", "item-cd", " ｉｔｅｍ＿ｃｄ ", "dbo_BI_ROUTING_VIEW_ITEM_CD", "itemCd"]
    {
        assert_eq!(key(header), "itemcd");
    }
    assert_eq!(key("Größe / Maß"), key("GROSSE MASS"));
    assert_eq!(key("設備編號"), key("设备编号"));
    assert_eq!(key("Código"), "codigo");
}

#[test]
fn names_of_six_languages() {
    for (kind, header, wanted) in [
        (ROUTINGS, "Workplace Machine No", None),
        (ROUTINGS, "Arbeitsplatz-Nr.", Some(Field::ResCd)),
        (ROUTINGS, "Maschinennummer", Some(Field::ResCd)),
        (ROUTINGS, "Work Centre Code", Some(Field::ResCd)),
        (ROUTINGS, "Resource-ID", Some(Field::ResCd)),
        (ROUTINGS, "workstation_no", Some(Field::ResCd)),
        (ROUTINGS, "Centro de trabajo", Some(Field::ResCd)),
        (ROUTINGS, "Código de máquina", Some(Field::ResCd)),
        (ROUTINGS, "工作中心编码", Some(Field::ResCd)),
        (ROUTINGS, "設備コード", Some(Field::ResCd)),
        (ROUTINGS, "作業区コード", Some(Field::ResCd)),
        (ROUTINGS, "작업장 번호", Some(Field::ResCd)),
        (ROUTINGS, "Arbeitsgangnummer", Some(Field::ProcSeq)),
        (ROUTINGS, "Operation Sequence", Some(Field::ProcSeq)),
        (ROUTINGS, "N.º de operación", Some(Field::ProcSeq)),
        (ROUTINGS, "Arbeitsgang-Nr.", Some(Field::ProcSeq)),
        (ROUTINGS, "Process Number", Some(Field::ProcSeq)),
        (ROUTINGS, "Process Cd", Some(Field::JobCd)),
        (ROUTINGS, "Número de operación", Some(Field::ProcSeq)),
        (ROUTINGS, "工序號", Some(Field::ProcSeq)),
        (ROUTINGS, "工程順序", Some(Field::ProcSeq)),
        (ROUTINGS, "Rüstzeit", Some(Field::SetupTimeMin)),
        (ROUTINGS, "RUESTZEIT", Some(Field::SetupTimeMin)),
        (ROUTINGS, "準備時間", Some(Field::SetupTimeMin)),
        (ROUTINGS, "段取り時間", Some(Field::SetupTimeMin)),
        (ROUTINGS, "Tiempo de preparacion", Some(Field::SetupTimeMin)),
        (ROUTINGS, "Bearbeitungszeit", Some(Field::RunTimeMin)),
        (ROUTINGS, "加工時間", Some(Field::RunTimeMin)),
        (ROUTINGS, "Tamaño de lote", Some(Field::LotSize)),
        (ROUTINGS, "Losgröße", Some(Field::LotSize)),
        (ROUTINGS, "LOSGROESSE", Some(Field::LotSize)),
        (ROUTINGS, "標準批量", Some(Field::LotSize)),
        (ROUTINGS, "Priorität", Some(Field::Priority)),
        (ROUTINGS, "대체 설비", Some(Field::Alternatives)),
        (ROUTINGS, "Alternativ-Arbeitsplätze", Some(Field::Alternatives)),
        (ROUTINGS, "gültig ab", Some(Field::ValidFrom)),
        (ROUTINGS, "Gueltig bis", Some(Field::ValidTo)),
        (RESULTS, "Rückmelde-Nr.", Some(Field::ReportNo)),
        (RESULTS, "Rueckmeldung", Some(Field::ReportNo)),
        (RESULTS, "実績番号", Some(Field::ReportNo)),
        (RESULTS, "不良數量", Some(Field::BadQty)),
        (RESULTS, "Gutmenge", Some(Field::GoodQty)),
        (RESULTS, "Storno", Some(Field::Cancelled)),
        (RESULTS, "Unterbrechung (min)", Some(Field::HoldTimeMin)),
        (RESULTS, "Fecha", Some(Field::End)),
        (ITEMS, "Artikel-Nr.", Some(Field::ItemCd)),
        (ITEMS, "Numéro de pieza", Some(Field::ItemCd)),
        (ITEMS, "物料編碼", Some(Field::ItemCd)),
        (ITEMS, "品番", Some(Field::ItemCd)),
        (ITEMS, "Bezeichnung", Some(Field::ItemNm)),
        (ITEMS, "Werk", Some(Field::Plant)),
        (ITEMS, "사업장 코드", Some(Field::Plant)),
        (ITEMS, "工場", Some(Field::Plant)),
        (ITEMS, "Werkstoff", None),
        (ITEMS, "material", None),
    ] {
        assert_eq!(field(kind, header), wanted, "{header}");
    }
}

#[test]
fn headings_vary_by_rule() {
    for (kind, header, wanted) in [
        (ITEMS, "품번(PART_NO)", Some(Field::ItemCd)),
        (ITEMS, "PART_NO / 품번", Some(Field::ItemCd)),
        (ITEMS, "품번 PART_NO", Some(Field::ItemCd)),
        (ITEMS, "Part No. (Teilenummer)", Some(Field::ItemCd)),
        (ITEMS, "物料编码 [MTRL_NUM]", Some(Field::ItemCd)),
        (ITEMS, "2) Part No", Some(Field::ItemCd)),
        (ITEMS, "03_part_no", Some(Field::ItemCd)),
        (ITEMS, "No. 품번", Some(Field::ItemCd)),
        (ITEMS, "품목(ITEM_NM)", Some(Field::ItemNm)),
        (ITEMS, "erp.mfg.PART_NO", Some(Field::ItemCd)),
        (ITEMS, "[dbo].[PARTS].[PART_NO]", Some(Field::ItemCd)),
        (ITEMS, "p.part_no", Some(Field::ItemCd)),
        (ITEMS, "part_list.part_no", Some(Field::ItemCd)),
        (ITEMS, "dbo_PARTS_OF_PLANT_PART_NO", Some(Field::ItemCd)),
        (ROUTINGS, "작업장(WORK_CENTER)", Some(Field::ResCd)),
        (ROUTINGS, "공정(OP_NO)", Some(Field::ProcSeq)),
        (ROUTINGS, "Work Center/ID", Some(Field::ResCd)),
        (ROUTINGS, "유효기간 (종료)", Some(Field::ValidTo)),
        (ROUTINGS, "적용시작일 (YYYY-MM-DD)", Some(Field::ValidFrom)),
        (RESULTS, "수량(EA)", Some(Field::Qty)),
        (RESULTS, "Menge [Stk]", Some(Field::Qty)),
        (RESULTS, "Qty Good", Some(Field::GoodQty)),
        (RESULTS, "Qty NG", Some(Field::BadQty)),
        (RESULTS, "Date Finished", Some(Field::End)),
        (ROUTINGS, "Time Queue", Some(Field::QueueTimeMin)),
        (ROUTINGS, "Oper #", Some(Field::ProcSeq)),
        (ROUTINGS, "`routes`.`routing_no`", None),
        (ROUTINGS, "`routings`.`part_no`", Some(Field::ItemCd)),
        (ROUTINGS, "Teilenr.", Some(Field::ItemCd)),
        (ROUTINGS, "Process Seq Num", Some(Field::ProcSeq)),
        // A remark that changes the meaning, or two meanings: not read as the wider one.
        (RESULTS, "수량(SCRAP)", None),
        (RESULTS, "Qty (planned)", None),
        (RESULTS, "Max.Qty", None),
        (RESULTS, "Menge (kg)", None),
        (RESULTS, "수량(NG_QTY)", None),
        (ITEMS, "Part No. (old)", None),
        (ITEMS, "품번(OLD_PART)", None),
        (ROUTINGS, "Setup/Run Time", None),
        (ROUTINGS, "min_run_time", None),
        (ROUTINGS, "Actual setup time", None),
        (RESULTS, "Planned setup time", None),
    ] {
        assert_eq!(field(kind, header), wanted, "{header}");
    }
    assert_eq!(field(ITEMS, &"1.".repeat(100_000)), None);
}

#[test]
fn times_have_the_unit_of_their_heading() {
    use crate::clean::time_units::TimeUnit::*;
    for (kind, header, wanted) in [
        (ROUTINGS, "setup_hrs", (Field::SetupTimeMin, Some(Hour), None)),
        (RESULTS, "setup_hrs", (Field::SetupHrs, Some(Hour), None)),
        (RESULTS, "setup_secs", (Field::SetupTimeMin, Some(Second), None)),
        (ROUTINGS, "Changeover Hours", (Field::SetupTimeMin, Some(Hour), None)),
        (ROUTINGS, "Machining Minutes per Piece", (Field::RunMinPerPiece, Some(Minute), Some(Per::Piece))),
        (ROUTINGS, "cycle_sec_per_25", (Field::RunTimeMin, Some(Second), Some(Per::Pieces(25)))),
        (ROUTINGS, "Laufzeit [Std./Los]", (Field::RunTimeMin, Some(Hour), Some(Per::Lot))),
        (ROUTINGS, "Bearbeitungszeit in Sek.", (Field::RunTimeMin, Some(Second), None)),
        (ROUTINGS, "이동시간(시간)", (Field::MoveTimeMin, Some(Hour), None)),
        (ROUTINGS, "가공시간(초/개)", (Field::RunMinPerPiece, Some(Second), Some(Per::Piece))),
        (ROUTINGS, "Tiempo de ciclo (seg)", (Field::RunTimeMin, Some(Second), None)),
        (ROUTINGS, "加工工时(小时)", (Field::RunTimeMin, Some(Hour), None)),
        (ROUTINGS, "加工時間（秒）", (Field::RunTimeMin, Some(Second), None)),
        (ROUTINGS, "Std. Run Time (h:mm)", (Field::RunTimeMin, Some(HourMinute), None)),
        (ROUTINGS, "Planned Setup Time (min)", (Field::SetupTimeMin, Some(Minute), None)),
        (ROUTINGS, "queue_days", (Field::QueueTimeMin, Some(Day), None)),
        (ROUTINGS, "setup", (Field::SetupTimeMin, None, None)),
        (RESULTS, "Actual Run Time (h)", (Field::RunTimeMin, Some(Hour), None)),
        (RESULTS, "실적가공시간(분)", (Field::RunTimeMin, Some(Minute), None)),
        (RESULTS, "Ist-Zeit [h]", (Field::RunTimeMin, Some(Hour), None)),
        (RESULTS, "실제시간(분)", (Field::RunTimeMin, Some(Minute), None)),
        (RESULTS, "Tiempo real", (Field::RunTimeMin, None, None)),
        (RESULTS, "Ist-Rüstzeit [min]", (Field::SetupTimeMin, Some(Minute), None)),
    ] {
        let found = recognise(&Profile::common(), kind, header).map(|known| (known.field, known.unit, known.per));
        assert_eq!(found, Some(wanted), "{header}");
    }
    for header in ["Run Rate (pcs/h)", "setup (new)", "run_time (TMU)", "operator hours"] {
        assert_eq!(field(ROUTINGS, header), None, "{header}");
    }
}

#[test]
fn the_other_columns_tell_what_operation_means() {
    let settled = |headers: &[&str], is_numbered: Option<bool>| -> Vec<Option<Field>> {
        let headers: Vec<String> = headers.iter().map(|header| (*header).to_owned()).collect();
        let mut found: Vec<_> = headers.iter().map(|header| recognise(&Profile::common(), ROUTINGS, header)).collect();
        settle(&headers, &mut found, &|_| is_numbered);
        found.into_iter().map(|known| known.map(|known| known.field)).collect()
    };
    let (seq, job, name) = (Some(Field::ProcSeq), Some(Field::JobCd), Some(Field::JobNm));
    assert_eq!(settled(&["Step No", "Operation"], None), [seq, job]);
    assert_eq!(settled(&["Arbeitsgang", "Arbeitsgangbezeichnung"], None), [seq, name]);
    assert_eq!(settled(&["Operación", "Código de operación"], None), [seq, job]);
    assert_eq!(settled(&["工程", "工程名"], None), [seq, name]);
    assert_eq!(settled(&["Operation", "Operation Name"], Some(false)), [job, name]);
    assert_eq!(settled(&["Operation"], Some(true)), [seq]);
    // A description right behind the number is that of the operation; elsewhere it may be that of the item.
    assert_eq!(settled(&["Vorgang", "Bezeichnung"], Some(true)), [seq, name]);
    assert_eq!(settled(&["Step No", "Description"], None), [seq, name]);
    assert_eq!(settled(&["Vorgang", "Arbeitsplatz", "Bezeichnung"], Some(true)), [seq, Some(Field::ResCd), None]);
    assert_eq!(settled(&["Part No", "Description", "Step No"], None), [Some(Field::ItemCd), None, seq]);
}

#[test]
fn columns_that_nothing_claims_are_told_by_their_names() {
    for (header, wanted) in [
        ("Rework Hours", Some(LooksLike::Time)),
        ("Reinigungszeit", Some(LooksLike::Time)),
        ("세척시간", Some(LooksLike::Time)),
        ("清洗时间", Some(LooksLike::Time)),
        ("tiempo de limpieza", Some(LooksLike::Time)),
        ("Inspected Qty", Some(LooksLike::Quantity)),
        ("Restmenge", Some(LooksLike::Quantity)),
        ("포장수량", Some(LooksLike::Quantity)),
        ("second_machine", Some(LooksLike::WorkCentre)),
        ("예비설비", Some(LooksLike::WorkCentre)),
        ("Ersatzmaschine 2", Some(LooksLike::WorkCentre)),
        ("weight_uom", Some(LooksLike::Unit)),
        ("포장단위", Some(LooksLike::Unit)),
        ("Vorschub [mm/min]", None),
        ("Anzahl pro Stunde", None),
        ("Freigabedatum", Some(LooksLike::Date)),
        ("colour", None),
        ("centimeter", None),
        ("C/T(초)", Some(LooksLike::Time)),
        ("height (m)", None),
        ("candidate", None),
        ("community", None),
    ] {
        assert_eq!(looks_like(header), wanted, "{header}");
    }
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
        "Sachbearbeiter",
        "geändert von",
        "Usuario",
        "Creado por",
        "操作員",
        "操作员工号",
        "担当者",
        "作業者コード",
        "create_uid",
        "Prüfer",
    ] {
        assert!(is_personal(header), "{header}");
    }
    for header in [
        "work_centre",
        "NC_WRITE_DATE",
        "material",
        "job_nm",
        "created",
        "작업명",
        "작성일",
        "Bearbeitungszeit",
        "Werk",
        "Personalzeit",
        "工作中心",
        "作業区",
        "Operación",
    ] {
        assert!(!is_personal(header), "{header}");
    }
}

#[test]
fn lists_of_keys_are_written_as_keys() {
    for name in names::OPERATION {
        assert_eq!(key(name), *name);
    }
}
