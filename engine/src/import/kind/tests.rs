//! Which table it is, in headings of our own.

use super::*;

fn headers(line: &str) -> Vec<String> {
    line.split(',').map(|name| name.trim().to_owned()).collect()
}

fn with(file: &str, line: &str, stats: KeyStats) -> Result<Decision, ImportError> {
    decide(file, &headers(line), ',', &Profile::auto(), &stats, &|_| None)
}

/// Rows that stand together, so many an item.
fn each(n_rows_per_item: u64) -> KeyStats {
    KeyStats { n_rows: 40 * n_rows_per_item, n_distinct_items: 40, n_rows_as_above: 40 * (n_rows_per_item - 1) }
}

fn kind(line: &str, stats: KeyStats) -> TableKind {
    with("a.csv", line, stats).unwrap_or_else(|error| panic!("{line}: {error}")).kind
}

fn is_bom(file: &str, line: &str, stats: KeyStats) -> bool {
    match with(file, line, stats) {
        Err(ImportError::NotATable { reason: NotATableReason::BillOfMaterials { .. }, .. }) => true,
        Err(error) => panic!("{line}: {error}"),
        Ok(_) => false,
    }
}

#[test]
fn hours_alone_do_not_make_work_results() {
    for line in [
        "part_no,route_no,op_no,op_code,wc,setup_hours,run_hours",
        "품번,라우팅번호,공정순서,공정코드,설비,준비시간(시간)",
        "Artikel,Arbeitsplan,Arbeitsfolge,Vorgangscode,Arbeitsplatz,Rüstzeit (h),Laufzeit (h)",
        "part_no,route_no,op_no,op_code,setup_hrs",
        "part_no,route_no,op_no,op_code,machine_hours,batch_size",
    ] {
        assert_eq!(kind(line, each(4)), TableKind::Routings, "{line}");
    }
    for line in [
        "part_no,route_no,op_no,op_code,wo_no,good_qty,report_date,run_hours",
        "part_no,op_code,actual_hours,qty",
        "품번,공정코드,작업지시번호,양품수량,작업일",
        "Artikel,Vorgang,Auftrag,Gutmenge,Ausschuss,Buchungsdatum",
        "品番,工程,製造オーダー,良品数,不良数,作業日",
        "物料,工序,工单号,合格数量,报工日期",
        "part_no,op_no,job,machine,qty good,qty scrapped,run_hours",
    ] {
        assert_eq!(kind(line, each(4)), TableKind::WorkResults, "{line}");
    }
}

#[test]
fn the_file_name_breaks_a_tie_only() {
    let tie = "part_no,route_no,op_no,op_code,qty";
    assert_eq!(with("routes.csv", tie, each(3)).expect("a table").kind, TableKind::Routings);
    assert_eq!(with("실적.csv", tie, each(3)).expect("a table").kind, TableKind::WorkResults);
    assert_eq!(with("results.csv", "part_no,part_name,colour", each(1)).expect("a table").kind, TableKind::Items);
}

#[test]
fn bills_of_materials_in_their_shapes() {
    for line in [
        "parent_part,child_part,qty",
        "part_no,component,qty_per",
        "모품목,자품목,소요량",
        "Stückliste,Komponente,Menge",
        "Stückliste,Artikel,Menge",
        "level,part_no,description,quantity",
        "Stufe,Artikel,Bezeichnung,Menge",
        "父件,子件,用量",
        "親品目,子品目,員数",
        "artículo padre,componente,cantidad",
        "part_no,where_used,qty",
        "part_no,route_no,op_no,op_code,child_part_no,bom_no",
    ] {
        assert!(is_bom("a.csv", line, each(3)), "{line}");
        assert!(is_bom("a.csv", line, KeyStats::default()), "{line}, rows not looked at");
    }
    assert!(is_bom("a.csv", "part_no,assembly", each(3)));
    assert!(is_bom("stueckliste.csv", "part_no,parent_part", KeyStats::default()));
}

#[test]
fn a_parent_or_component_alone_is_an_attribute() {
    for line in [
        "part_no,part_name,parent_part,colour",
        "품번,품명,모품목",
        "Artikel,Bezeichnung,Komponente",
        "part_no,part_name,used_in",
        "part_no,part_name,bom_level",
        "part_no,part_name,child_part",
    ] {
        assert_eq!(kind(line, each(1)), TableKind::Items, "{line}");
    }
    for line in [
        "parent,part_no,op_no,operation,workstation",
        "parent_part,part_no,route_no,op_no,op_code",
        "part_no,component,op_no,operation,machine,run_min",
    ] {
        assert_eq!(kind(line, each(3)), TableKind::Routings, "{line}");
    }
}

#[test]
fn one_routing_an_item_needs_no_number() {
    let line = "Part No,Operation No,Operation,Workstation,Run Time";
    let found = with("a.csv", line, each(3)).expect("routings");
    assert_eq!((found.kind, found.assumed_routing_id, found.assumed_seq), (TableKind::Routings, true, false));
    let line = "품번,공정,설비,가공시간(분)";
    let found = with("a.csv", line, each(3)).expect("routings");
    assert!(found.assumed_routing_id && found.assumed_seq);
    let scattered = KeyStats { n_rows_as_above: 7, ..each(3) };
    for stats in [scattered, KeyStats::default()] {
        let error = with("a.csv", line, stats).expect_err("no order");
        assert!(matches!(error, ImportError::MissingColumn { field: Field::ProcSeq, .. }), "{error}");
    }
    let found =
        with("a.csv", "Artikel,Arbeitsplan,Arbeitsgang,Arbeitsgangbezeichnung,Maschine", each(3)).expect("routings");
    assert!(found.job_from_name && !found.assumed_seq);
    // Alternatives beside each other are no order.
    let error = with("a.csv", "part_no,route_no,op_code,machine,machine_rank,run_time", each(3)).expect_err("no order");
    assert!(matches!(error, ImportError::MissingColumn { field: Field::ProcSeq, .. }), "{error}");
    // Steps without a number are not taken for items.
    for line in ["part_no,operation,machine", "part_no,oper,setup_hours", "품번,공정,작업장"] {
        assert_eq!(kind(line, each(4)), TableKind::Routings, "{line}");
    }
    // Items that name their usual operation and machine.
    assert_eq!(kind("part_no,part_name,operation,machine,cycle_time", each(1)), TableKind::Items);
}

#[test]
fn what_is_needed_is_named() {
    for (line, wanted) in [
        ("part_no,route_no,op_no,machine", Field::JobCd),
        ("route_no,op_no,op_code", Field::ItemCd),
        ("part_no,rev,seq,work_center,run_time", Field::JobCd),
        ("part_no,order_no,good_qty,bad_qty", Field::JobCd),
    ] {
        let error = with("a.csv", line, each(3)).expect_err(line);
        assert!(matches!(error, ImportError::MissingColumn { field, .. } if field == wanted), "{line}: {error}");
    }
}

#[test]
fn other_tables_are_other_tables() {
    for line in [
        "workstation,description,capacity,hour_rate",
        "customer_no,customer,city",
        "model_no,setup_hours,machine_hours,instructions",
        "설비코드,설비명,부서",
    ] {
        let error = with("a.csv", line, KeyStats::default()).expect_err(line);
        assert!(error.is_other_table(), "{line}: {error}");
    }
}
