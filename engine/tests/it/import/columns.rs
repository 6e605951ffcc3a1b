//! Which column is what, which table a file is, and that no column disappears.

use super::given::{Reading, read, read_with};
use engine::clean::time_units::TimeUnit;
use engine::import::{Field, IgnoredReason, ImportError, NotATableReason, Options, Purpose, StatedColumn, TableKind};

/// Setup, run, queue and move minutes of the only operation.
fn times(read: &Reading) -> [Option<f64>; 4] {
    let one = &read.operations("IT-1")[0];
    [one.setup_min, one.run_min_per_piece, one.queue_min, one.move_min]
}

#[test]
fn hours_in_headings_of_six_languages() {
    for heading in [
        "item,routing_no,seq,operation,Setup Hours,Run Hours per Unit,Queue (hrs),move_hrs",
        "품번,라우팅번호,공정순서,공정코드,준비시간(시간),개당가공시간[시간],대기시간(시간),이동시간(h)",
        "Artikelnummer,Arbeitsplan,Vorgangsnummer,Arbeitsgang,Rüstzeit [h],Stückzeit (Std),Wartezeit h,Transportzeit (Stunden)",
        "artículo,ruta,secuencia,operación,tiempo de preparación (horas),tiempo unitario (h),tiempo de cola [horas],tiempo de transporte (h)",
        "物料编码,工艺路线,工序号,工序编码,准备时间(小时),单件工时(小时),排队时间(h),移动时间（小时）",
        "品番,工順,工程順,工程コード,段取時間(時間),単位時間(h),待ち時間(時間),移動時間（時間）",
    ] {
        let read = read(&[("plan.csv", &format!("{heading}\nIT-1,1,10,LAP,0.5,0.1,4,1.5\n"))]).clean();
        assert_eq!(times(&read), [30.0, 6.0, 240.0, 90.0].map(Some), "{heading} {:?}", read.tables[0].ignored);
        assert!(read.tables[0].ignored.is_empty());
    }
}

#[test]
fn units_stand_in_headings_in_many_ways() {
    for (heading, minutes) in [
        ("setup_sec", 0.5),
        ("Setup Time (Seconds)", 0.5),
        ("SETUP_TIME_IN_HOUR", 1800.0),
        ("Setup/min", 30.0),
        ("setup time - minutes", 30.0),
        ("setup_days", 43200.0),
        ("준비시간_초", 0.5),
        ("셋업(초)", 0.5),
        ("Rüstzeit in Sekunden", 0.5),
        ("tiempo de preparación en segundos", 0.5),
        ("准备时间(秒)", 0.5),
        ("段取時間[秒]", 0.5),
    ] {
        let text = format!("item,routing_no,seq,operation,{heading}\nIT-1,1,10,LAP,30\n");
        let read = read(&[("routings.csv", &text)]).clean();
        assert_eq!(times(&read)[0], Some(minutes), "{heading} {:?}", read.tables[0].ignored);
    }
}

#[test]
fn units_in_a_second_row_of_the_header() {
    for second in [",,,,[h],[min]", ",,,,h,min", ",,,,(Std),(Min)", ",,,,시간,분", ",,,,[h],"] {
        let text = format!("item,routing_no,seq,operation,setup,run\n{second}\nIT-1,1,10,LAP,0.5,6\n");
        let read = read(&[("routings.csv", &text)]).clean();
        assert_eq!(times(&read)[..2], [Some(30.0), Some(6.0)], "{second}");
    }
    let items = read(&[("items.csv", "item_no,name,bore,weight\n,,[mm],[kg]\nA1,hub,40,2\nA2,cap,38,1\n")]).clean();
    assert_eq!(items.items.len(), 2);
    assert_eq!(items.item("A1").attributes["bore_mm"], "40");
}

#[test]
fn a_table_of_operations_with_hours_is_no_table_of_reports() {
    for hours in ["setup_hrs", "run_hrs", "Machine Hours", "labour hours"] {
        let text =
            format!("item,routing_no,seq,operation,machine,{hours}\nIT-1,1,10,LAP,M,0.5\nIT-1,1,20,HONE,M,0.5\n");
        let read = read(&[("plan.csv", &text)]).clean();
        assert_eq!((read.tables[0].kind, read.operations("IT-1").len()), (TableKind::Routings, 2), "{hours}");
    }
}

#[test]
fn work_centres_by_many_names() {
    for heading in [
        "workcentre_id",
        "Work Center No.",
        "resource id",
        "Workstation ID",
        "MACHINE_NUMBER",
        "작업장 코드",
        "설비(RES_CD)",
        "Arbeitsplatz-Nr.",
        "Código de máquina",
        "设备编号",
        "ワークセンターコード",
    ] {
        let text = format!("item,routing_no,seq,operation,{heading}\nIT-1,1,10,LAP,LP-3\n");
        let read = read(&[("routings.csv", &text)]).clean();
        assert_eq!(read.steps("IT-1"), ["10 LAP LP-3"], "{heading}");
    }
}

#[test]
fn headings_in_two_languages_and_with_numbers() {
    for heading in [
        "품목코드(ITEM_CD),라우팅번호(ROUT_NO),공정순서(PROC_SEQ),작업코드(JOB_CD),준비시간(SETUP_TIME)",
        "ITEM_CD/품목코드,ROUT_NO/라우팅번호,PROC_SEQ/공정순서,JOB_CD/작업코드,SETUP_TIME/준비시간",
        "1. item,2. routing no,3. seq,4. operation,5. setup time",
        "dbo.plan.item_cd,dbo.plan.rout_no,dbo.plan.proc_seq,dbo.plan.job_cd,dbo.plan.setup_time",
        "\u{feff}Item*,Routing No*,Seq*,Operation*,Setup Time",
        "item\u{a0}code,ROUTING__NO,Op. Seq.,Operation Code,set-up time",
    ] {
        let read = read(&[("plan.csv", &format!("{heading}\nIT-1,1,10,LAP,25\n"))]).clean();
        assert_eq!(times(&read)[0], Some(25.0), "{heading}");
    }
}

#[test]
fn every_column_of_a_table_is_told() {
    let header = [
        "item",
        "routing_no",
        "seq",
        "operation",
        "machine",
        "Colour of Card",
        "Kim's remark",
        "Torque Time",
        "Qty per Cart",
        "",
        "worker_name",
        "empty_one",
        "Backup Machine?",
        "WorkCentre2",
    ];
    let rows = "IT-1,1,10,LAP,LP-3,red,ok,3 min,40,zz,Kim,,LP-9,LP-8\n";
    let read = read(&[("routings.csv", &format!("{}\n{rows}", header.join(",")))]);
    let table = &read.tables[0];
    let mut told: Vec<&str> = table.columns.iter().map(|column| column.column.as_str()).collect();
    told.extend(table.ignored.iter().map(|column| column.column.as_str()));
    let mut expected = header.to_vec();
    told.sort_unstable();
    expected.sort_unstable();
    assert_eq!(told, expected);
    let of = |name: &str| table.ignored.iter().find(|one| one.column == name).unwrap_or_else(|| panic!("{name}"));
    assert_eq!(of("worker_name").reason, IgnoredReason::PersonalData);
    assert_eq!(of("").reason, IgnoredReason::EmptyName);
    assert_eq!(of("empty_one").reason, IgnoredReason::NoValues);
    let suspicious: Vec<&str> = table.suspicious().map(|one| one.column.as_str()).collect();
    for name in ["Torque Time", "Qty per Cart", "Backup Machine?", "WorkCentre2"] {
        assert!(suspicious.contains(&name), "{name} among {suspicious:?}");
    }
    assert!(!suspicious.contains(&"Colour of Card"));
    assert!(of("worker_name").examples.is_empty(), "nobody's name is shown");
}

#[test]
fn columns_of_items_are_attributes_whatever_their_names() {
    let text =
        "item_no,name,parent_item,machine,run time,Ø außen [mm],재질\nA1,hub,P1,M1,5,20,316\nA2,cap,P1,M2,6,21,304\n";
    let read = read(&[("items.csv", text)]).clean();
    assert_eq!(read.tables[0].kind, TableKind::Items);
    assert_eq!(read.tables[0].attributes.len(), 5);
    assert_eq!(read.item("A1").attributes.len(), 5);
}

#[test]
fn what_the_caller_states_counts_first() {
    let text = "what,how,no,do,where,t\nIT-1,1,10,LAP,LP-3,0.5\n";
    let column = |name: &str, field, unit| StatedColumn { column: name.into(), purpose: Purpose::Field(field), unit };
    let options = Options {
        columns: vec![
            column("what", Field::ItemCd, None),
            column("how", Field::RoutingId, None),
            column("no", Field::ProcSeq, None),
            column("do", Field::JobCd, None),
            column("t", Field::SetupTimeMin, Some(TimeUnit::Hour)),
            StatedColumn { column: "where".into(), purpose: Purpose::Unused, unit: None },
        ],
        ..Options::default()
    };
    let read = read_with(&[("x.csv", text)], &options).clean();
    assert_eq!((times(&read)[0], read.steps("IT-1")), (Some(30.0), vec!["10 LAP".to_owned()]));
    assert_eq!(read.tables[0].ignored[0].reason, IgnoredReason::Stated);
}

#[test]
fn parts_lists_of_every_shape_are_refused_as_such() {
    for header in [
        "parent_item,child_item,qty",
        "모품목,자품목,소요량",
        "Oberteil,Unterteil,Menge",
        "item_no,component,quantity per",
        "母件编码,子件编码,用量",
        "親品番,子品番,員数",
        "artículo padre,componente,cantidad",
    ] {
        let rows = "AS-1,BX-1,2\nAS-1,BX-2,1\nAS-2,BX-1,4\n";
        let read = read(&[("table.csv", &format!("{header}\n{rows}"))]);
        assert!(read.tables.is_empty(), "{header} {:?}", read.tables);
        let error = read.failure();
        let is_parts_list =
            matches!(error, ImportError::NotATable { reason: NotATableReason::BillOfMaterials { .. }, .. });
        assert!(is_parts_list, "{header}: {error}");
    }
}

#[test]
fn a_parent_column_makes_no_parts_list_of_operations_or_items() {
    for (name, header, row) in [
        ("operations.csv", "parent,item,idx,operation,workstation,time_in_mins", "RT-1,IT-1,1,LAP,LP-3,12"),
        ("x.csv", "parent_item,item,routing_no,seq,operation,machine", "AS-1,IT-1,1,10,LAP,LP-3"),
        ("공정.csv", "모품목,품번,라우팅번호,공정순서,공정코드,설비코드", "AS-1,IT-1,1,10,LAP,LP-3"),
    ] {
        let read = read(&[(name, &format!("{header}\n{row}\n"))]).clean();
        assert_eq!(read.tables[0].kind, TableKind::Routings, "{header}");
        assert_eq!(read.routings[0].operations[0].work_centre.as_ref().map(|centre| centre.as_str()), Some("LP-3"));
    }
    for header in ["item_no,name,parent_item", "품번,품명,모품목", "Artikelnummer,Bezeichnung,übergeordneter Artikel"]
    {
        let read = read(&[("list.csv", &format!("{header}\nA,a,P\nB,b,P\nC,c,\n"))]).clean();
        assert_eq!(read.tables[0].kind, TableKind::Items, "{header}");
    }
}

#[test]
fn a_table_of_ours_that_lacks_a_key_says_which() {
    let error = |text: &str, name: &str| read(&[(name, text)]).failure().clone();
    let without_job = error("item,routing_no,seq,machine\nIT-1,1,10,LP-3\nIT-1,1,20,LP-3\n", "routings.csv");
    assert!(matches!(without_job, ImportError::MissingColumn { field: Field::JobCd, .. }), "{without_job}");
    let without_item = error("routing_no,seq,operation,machine\n1,10,LAP,LP-3\n", "routings.csv");
    assert!(matches!(without_item, ImportError::MissingColumn { field: Field::ItemCd, .. }), "{without_item}");
}

#[test]
fn a_table_without_a_routing_number_has_one_routing_an_item() {
    let text = "item,seq,operation,machine\nIT-1,10,LAP,LP-3\nIT-1,20,HONE,H-1\nIT-2,10,LAP,LP-3\n";
    let read = read(&[("routings.csv", text)]).clean();
    assert_eq!(read.steps("IT-1"), ["10 LAP LP-3", "20 HONE H-1"]);
    assert_eq!(read.tables[0].assumed, [Field::RoutingId]);
}

#[test]
fn the_marked_the_ranked_or_the_first_work_centre_is_the_main_one_with_its_times() {
    for (heading, first, second) in [
        ("is_primary", "0", "1"),
        ("주설비여부", "N", "Y"),
        ("resource_priority", "2", "1"),
        ("우선순위", "2", "1"),
        ("bevorzugt", "nein", "ja"),
        ("是否主设备", "否", "是"),
        ("primario", "no", "sí"),
    ] {
        let text = format!(
            "item,routing_no,seq,operation,machine,setup_min,{heading}\n\
             IT-1,1,10,MILL,M-1,60,{first}\nIT-1,1,10,MILL,M-7,20,{second}\nIT-1,1,20,WASH,W-1,5,{second}\n"
        );
        let read = read(&[("routings.csv", &text)]).clean();
        assert_eq!(read.steps("IT-1"), ["10 MILL M-7/M-1", "20 WASH W-1"], "{heading}");
        assert_eq!(times(&read)[0], Some(20.0), "{heading}");
    }
    let text = "item,routing_no,seq,operation,machine\nIT-1,1,10,MILL,Z-9\nIT-1,1,10,MILL,A-1\n";
    assert_eq!(read(&[("routings.csv", text)]).clean().steps("IT-1"), ["10 MILL Z-9/A-1"]);
}

#[test]
fn several_machines_in_one_cell_are_a_main_one_and_others() {
    for cells in [
        ["KR1; KR2;KR3", "KR2", "KR1"],
        ["KR1/KR2/KR3", "KR2/KR1", "KR3"],
        ["KR1、KR2、KR3", "KR2", "KR1"],
        ["\"KR1, KR2, KR3\"", "KR2", "KR3"],
        ["\"KR1\nKR2\nKR3\"", "KR2", "KR3"],
        ["KR1 | KR2 | KR3", "KR2", "KR3"],
    ] {
        let rows: String =
            cells.iter().enumerate().map(|(n, cell)| format!("IT-1,1,{},J{n},{cell}\n", n * 10 + 10)).collect();
        let read = read(&[("routings.csv", &format!("item,routing_no,seq,operation,machine\n{rows}"))]).clean();
        assert_eq!(read.steps("IT-1")[0], "10 J0 KR1/KR2/KR3", "{:?}", cells[0]);
    }
    let text = "item,routing_no,seq,operation,machine,alternative machines\nIT-1,1,10,MILL,M-1,\"M-4, M-2\"\n";
    assert_eq!(read(&[("routings.csv", text)]).clean().steps("IT-1"), ["10 MILL M-1/M-4/M-2"]);
    let text = "item,routing_no,seq,operation,machine\nIT-1,1,10,MILL,CNC/5AX\nIT-1,1,20,TURN,CNC/2AX\n";
    assert_eq!(read(&[("routings.csv", text)]).clean().steps("IT-1")[0], "10 MILL CNC/5AX");
}
