use std::collections::BTreeSet;

use encoding_rs::EUC_KR;
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

use super::*;
use crate::domain::Date;
use crate::import::Encoding;

struct Imported {
    records: Vec<Record>,
    errors: Vec<RowError>,
    report: ImportReport,
}

fn read_bytes(file: &str, bytes: &[u8]) -> Result<Imported, ImportError> {
    let mut reader = TableReader::open(file, bytes, &Profile::auto())?;
    let (mut records, mut errors) = (Vec::new(), Vec::new());
    for row in &mut reader {
        match row {
            Ok(record) => records.push(record),
            Err(error) => errors.push(error),
        }
    }
    let report = reader.report();
    assert_eq!(report.n_rows, report.n_ok + report.n_duplicates + report.n_errors);
    assert_eq!((report.n_ok, report.n_errors), (records.len() as u64, errors.len() as u64));
    Ok(Imported { records, errors, report })
}

fn read(text: &str) -> Imported {
    read_bytes("table.csv", text.as_bytes()).expect("one of the three tables")
}

fn items(text: &str) -> Vec<Item> {
    let records = read(text).records.into_iter();
    records.map(|record| if let Record::Item(item) = record { item } else { panic!("{record:?}") }).collect()
}

fn operation(header: &str, row: &str) -> OperationRow {
    let text = format!("item_cd,routing_id,proc_seq,job_cd,{header}\nA,R1,10,J1,{row}\n");
    let imported = read(&text);
    match &imported.records[..] {
        [Record::Operation(operation)] => operation.clone(),
        _ => panic!("{:?}", imported.errors),
    }
}

fn result(header: &str, row: &str) -> WorkResult {
    let imported = read(&format!("item_cd,job_cd,order_no,{header}\nA,J1,W1,{row}\n"));
    match &imported.records[..] {
        [Record::WorkResult(result)] => result.clone(),
        _ => panic!("{:?}", imported.errors),
    }
}

/// The only error of a routing table with one row.
fn fault(header: &str, row: &str) -> RowError {
    let imported = read(&format!("item_cd,routing_id,proc_seq,job_cd,{header}\nA,R1,10,J1,{row}\n"));
    assert!(imported.records.is_empty(), "{:?}", imported.records);
    imported.errors.into_iter().next().expect("one error")
}

fn day(year: i32, month: u32, day: u32) -> Option<Date> {
    Date::from_ymd_opt(year, month, day)
}

#[test]
fn items_keep_every_other_column_as_an_attribute() {
    let text = "item_cd,item_nm,Part Type,bore_mm,n_holes,note\n GL-1 ,316\u{3000}GLAND,11#1,50.0,0,NULL\n";
    let expected =
        Item::new("GL-1").named("316 GLAND").with("part_type", "11#1").with("bore_mm", "50").with("n_holes", "0");
    assert_eq!(items(text), [expected]);
}

#[test]
fn the_erp_master_is_understood() {
    let text = "ITEM_CD,ITEM_NM,PART_TYPE,OUTDIAMETER,INDIAMETER,OUTTHICKNESS,OUTDIAMETER_UNIT,IN_SEALSIZE,IN_SEALSIZE_UOM,ITEM_SPEC,DRAW_REV\n\
                A,GLAND,11,92.99,0,9999,MM,2.125,INCH,0,-\n\
                B,GLAND,11,4,2,1,INC,40,MM,QBQ-2500,A\n\
                C,GLAND,11,4,2,1,MM/IN,40,,x,1\n\
                D,GLAND,11,55,20,10,,0,KZ,NULL,\n";
    let imported = read(text);
    let gland = |code: &str| Item::new(code).named("GLAND").with("part_type", "11");
    let expected = [
        gland("A").with("outdiameter_mm", "92.99").with("in_sealsize_mm", "53.975").with("draw_rev", "-"),
        gland("B")
            .with("outdiameter_mm", "101.6")
            .with("indiameter_mm", "50.8")
            .with("outthickness_mm", "25.4")
            .with("in_sealsize_mm", "40")
            .with("item_spec", "QBQ-2500")
            .with("draw_rev", "A"),
        gland("C").with("item_spec", "x").with("draw_rev", "1"),
        gland("D").with("outdiameter_mm", "55").with("indiameter_mm", "20").with("outthickness_mm", "10"),
    ];
    assert_eq!(imported.records, expected.map(Record::Item));
    assert_eq!(imported.report.profile, "erp");
    let clean = CleanCounts {
        n_blanked: 4,
        n_units_converted: 4,
        n_units_assumed: 3,
        n_units_unknown: 4,
        n_sentinel_dates: 0,
        n_absurd_sizes: 1,
    };
    assert_eq!(imported.report.clean, clean);
}

#[test]
fn a_declared_length_that_is_no_number_refuses_the_row() {
    let imported = read("ITEM_CD,OUTDIAMETER,OUTDIAMETER_UNIT\nA,see drawing,MM\nB,50,MM\n");
    assert_eq!(imported.records, [Record::Item(Item::new("B").with("outdiameter_mm", "50"))]);
    assert_eq!(imported.errors[0].expected, Expected::Length);
    assert_eq!(imported.errors[0].column.as_deref(), Some("OUTDIAMETER"));
}

#[test]
fn a_size_in_letters_stays_beside_sizes_in_numbers() {
    let text = "item_cd,item_nm,size,size_unit_measure_code,weight,weight_unit_measure_code\n1,Bike,58,CM ,10,LB \n2,Shirt,XL,,,\n";
    let bike = Item::new("1").named("Bike").with("size_mm", "580").with("weight_kg", "4.535924");
    assert_eq!(items(text), [bike, Item::new("2").named("Shirt").with("size", "XL")]);
}

#[test]
fn the_erp_routing_is_understood() {
    let text = "dbo_BI_ROUTING_VIEW_ITEM_CD,ROUT_NO,PROC_SEQ,JOB_CD,JOB_NM,RES_CD,RES_DIS,INSIDE_FLAG,TIME_UNIT,SETUP_TIME,RUN_TIME,\
                QUEUE_TIME,WAIT_TIME,MOVE_TIME,BATCH_OPER,RUN_TIME_QTY,VALID_FROM_DT,VALID_TO_DT,INSRT_DT,NC_PROGRAM_WRITER\n\
                H16805-GS,B#1L00C,10,F61-1,ASY_B,ASY-WC1A,조립장,사내,M,0,38,480,0,,B,2,2001-01-01,31-Dec-99,2014/06/03,someone\n";
    let imported = read(text);
    let expected = OperationRow {
        item: "H16805-GS".into(),
        routing: "B#1L00C".into(),
        seq: 10,
        job: "F61-1".into(),
        job_name: Some("ASY_B".into()),
        work_centre: Some("ASY-WC1A".into()),
        work_centre_name: Some("조립장".into()),
        outsourced: Some(false),
        setup_min: Some(0.0),
        run_min_per_piece: Some(19.0),
        queue_min: Some(480.0),
        wait_min: Some(0.0),
        move_min: None,
        is_batch: Some(true),
        is_main: None,
        created: day(2014, 6, 3),
        valid_from: day(2001, 1, 1),
        valid_to: None,
    };
    assert_eq!(imported.records, [Record::Operation(expected)]);
    assert_eq!(imported.report.clean.n_sentinel_dates, 1);
    let personal = &imported.report.ignored[0];
    assert_eq!(
        (personal.column.as_str(), personal.reason),
        ("NC_PROGRAM_WRITER", crate::import::IgnoredReason::PersonalData)
    );
}

#[test]
fn korean_headers_mean_the_same() {
    let text = "품목코드,라우팅번호,공정순서,작업코드,작업명,자원코드,준비시간(분),가공시간(분),사내/외주,주라우팅,유효기간\n\
                A,R1,10.0,A01,CNC 황삭,CNC-01,30,\"1,200.5\",외주02,부,2999-12-31\n";
    let imported = read(text);
    let [Record::Operation(operation)] = &imported.records[..] else { panic!("{:?}", imported.errors) };
    assert_eq!((operation.seq, operation.setup_min, operation.run_min_per_piece), (10, Some(30.0), Some(1200.5)));
    assert_eq!((operation.outsourced, operation.is_main, operation.valid_to), (Some(true), Some(false), None));
}

#[test]
fn run_time_is_divided_by_the_lot() {
    assert_eq!(operation("run_time_min,lot_size", "30,10").run_min_per_piece, Some(3.0));
    assert_eq!(operation("run_time_min,lot_size", "30,").run_min_per_piece, Some(30.0));
    assert_eq!(operation("run_time_min,lot_size", "30,0").run_min_per_piece, Some(30.0));
    assert_eq!(operation("run_min_per_piece,lot_size", "3,10").run_min_per_piece, Some(3.0));
    assert_eq!(operation("run_time_min,lot_size", "0,10").run_min_per_piece, Some(0.0));
    assert_eq!(operation("run_time_min,lot_size", "-,NA").run_min_per_piece, None);
}

#[test]
fn times_may_be_in_hours_where_the_table_says_so() {
    assert_eq!(operation("Setup [h],run_time_min", "0.5,6").setup_min, Some(30.0));
    assert_eq!(operation("run_time_min,time_unit", "2,H").run_min_per_piece, Some(120.0));
    assert!(matches!(fault("run_time_min,time_unit", "2,week").expected, Expected::OneOf { .. }));
}

#[test]
fn flags_are_read_by_what_the_header_asks() {
    for (header, value, expected) in [
        ("inside_flag", "Y", Some(false)),
        ("inside_flag", "N", Some(true)),
        ("inside_flag", "사내8", Some(false)),
        ("outsourced", "Y", Some(true)),
        ("outsourced", "0", Some(false)),
        ("outsourced", "", None),
    ] {
        assert_eq!(
            operation(&format!("{header},res_cd"), &format!("{value},X")).outsourced,
            expected,
            "{header} {value}"
        );
    }
    assert!(matches!(fault("inside_flag", "maybe").expected, Expected::OneOf { .. }));
}

#[test]
fn an_optional_value_that_cannot_be_read_refuses_the_row_and_is_named() {
    for (header, value) in
        [("setup_time_min", "abc"), ("setup_time_min", "-5"), ("run_time_min", "inf"), ("run_time_min", "1e7")]
    {
        let error = fault(header, value);
        let expected = RowError {
            file: "table.csv".into(),
            row: 2,
            column: Some(header.into()),
            value: value.into(),
            expected: Expected::Minutes { max: 1e6 },
        };
        assert_eq!(error, expected);
    }
    assert_eq!(fault("valid_from", "03/06/2014").expected, Expected::Date);
    assert_eq!(
        fault("setup_time_min", "abc").to_string(),
        "table.csv row 2, column \"setup_time_min\": \"abc\": expected minutes from 0 to 1000000"
    );
    assert_eq!(operation("setup_time_min,run_time_min", "nan,NULL").setup_min, None);
}

#[test]
fn keys_must_be_there() {
    let imported = read(
        "item_cd,routing_id,proc_seq,job_cd\n,R,10,J\nA,NULL,10,J\nA,R,,J\nA,R,x,J\nA,R,10.5,J\nA,R,10,-\nA,R,10,J\n",
    );
    let columns: Vec<&str> = imported.errors.iter().filter_map(|error| error.column.as_deref()).collect();
    assert_eq!(columns, ["item_cd", "routing_id", "proc_seq", "proc_seq", "proc_seq", "job_cd"]);
    assert_eq!(imported.errors.iter().map(|error| error.row).collect::<Vec<_>>(), [2, 3, 4, 5, 6, 7]);
    assert_eq!((imported.report.n_ok, imported.report.n_errors), (1, 6));
}

#[test]
fn work_results_are_whole_orders_in_minutes() {
    let done = result("routing_id,op_seq,qty,good_qty,actual_hrs,ActualEndDate", "R1,10,5,4,4.1,2014-06-03 17:30:00");
    let expected = WorkResult {
        item: "A".into(),
        order: Some("W1".into()),
        routing: Some("R1".into()),
        seq: Some(10),
        job: "J1".into(),
        work_centre: None,
        qty: Some(5.0),
        good_qty: Some(4.0),
        setup_min: None,
        run_min: Some(246.0),
        end: day(2014, 6, 3),
    };
    assert_eq!(done, expected);
    let erp = result("RES_CD,REPORT_DT,MACH_WORKED_HOURS,SETUP_HOURS,ORDER_QTY,BAD_QTY", "CNC-01,20140603,2,0.5,10,3");
    assert_eq!((erp.run_min, erp.setup_min, erp.qty, erp.good_qty), (Some(120.0), Some(30.0), Some(10.0), Some(7.0)));
    assert_eq!((erp.end, erp.work_centre), (day(2014, 6, 3), Some("CNC-01".into())));
    assert_eq!(result("setup_min,run_min", "12,NULL").run_min, None);
    assert_eq!(result("run_min,actual_hrs", ",2").run_min, Some(120.0));
}

#[test]
fn more_bad_pieces_than_pieces_is_an_error() {
    let imported = read("item_cd,job_cd,qty,bad_qty\nA,J,3,4\n");
    assert_eq!(imported.errors[0].expected, Expected::AtMost { max: 3.0 });
}

#[test]
fn repeated_items_are_duplicates_or_clashes() {
    let imported = read("item_cd,item_nm,colour\nA,x,red\n A ,x,red\nA,x,blue\nB,y,\n");
    assert_eq!((imported.report.n_ok, imported.report.n_duplicates, imported.report.n_errors), (2, 1, 1));
    assert_eq!((imported.errors[0].row, &imported.errors[0].expected), (4, &Expected::UniqueKey { first_row: 2 }));
}

#[test]
fn an_operation_number_has_one_job_but_may_have_many_work_centres() {
    let text = "item_cd,routing_id,proc_seq,job_cd,res_cd,run_time_min\n\
                A,R,10,J,M1,5\nA,R,10,J,M2,6\nA,R,10,J,M1,5\nA,R,10,J,M1,9\nA,R,10,K,M1,5\nA,R2,10,K,M1,5\nB,R,10,K,M1,5\n";
    let imported = read(text);
    assert_eq!((imported.report.n_ok, imported.report.n_duplicates, imported.report.n_errors), (4, 1, 2));
    assert_eq!((imported.errors[0].row, &imported.errors[0].expected), (5, &Expected::UniqueKey { first_row: 2 }));
    assert_eq!((imported.errors[1].row, &imported.errors[1].expected), (6, &Expected::OneJobPerSeq { first_row: 2 }));
}

#[test]
fn a_refused_row_does_not_block_a_good_one() {
    let imported = read("item_cd,routing_id,proc_seq,job_cd,run_time_min\nA,R,10,J,bad\nA,R,10,K,5\n");
    assert_eq!((imported.report.n_ok, imported.report.n_errors), (1, 1));
}

#[test]
fn only_reports_with_an_order_number_can_be_duplicates() {
    let imported = read("item_cd,job_cd,order_no,run_min\nA,J,W1,5\nA,J,W1,5\nA,J,,5\nA,J,,5\nA,J,W1,6\n");
    assert_eq!((imported.report.n_ok, imported.report.n_duplicates), (4, 1));
    let by_time = read("item_cd,job_cd,order_no,run_min,end\nA,J,W1,5,2014-06-03 08:00\nA,J,W1,5,2014-06-03 16:00\n");
    assert_eq!(by_time.report.n_ok, 2);
}

#[test]
fn decimal_commas_belong_to_semicolons() {
    let imported = read("item_cd;routing_id;proc_seq;job_cd;run_time_min\nA;R;10;J;12,5\nA;R;20;J;1.200,5\n");
    let minutes: Vec<Option<f64>> = imported
        .records
        .iter()
        .map(|record| if let Record::Operation(operation) = record { operation.run_min_per_piece } else { None })
        .collect();
    assert_eq!(minutes, [Some(12.5), Some(1200.5)]);
    assert_eq!(fault("run_time_min,res_cd", "\"12,5\",X").expected, Expected::Minutes { max: 1e6 });
    assert_eq!(items("item_cd;item_nm;volume\nA;x;12,5\n"), [Item::new("A").named("x").with("volume", "12.5")]);
}

#[test]
fn every_encoding_and_delimiter_gives_the_same_rows() {
    let table = [["품목코드", "품목명", "재질"], ["A-1", "메카니칼 씰", "316"], ["B-2", "글랜드", "SiC"]];
    let text = |delimiter: &str| table.map(|row| row.join(delimiter)).join("\r\n");
    let expected = items(&text(","));
    assert_eq!(expected.len(), 2);
    for delimiter in [",", ";", "\t", "|"] {
        let text = text(delimiter);
        let utf16 = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
        let marked = |text: &str| format!("\u{feff}{text}");
        for (encoding, bytes) in [
            (Encoding::Utf8, text.clone().into_bytes()),
            (Encoding::Utf8Bom, marked(&text).into_bytes()),
            (Encoding::Utf16Le, utf16(u16::to_le_bytes)),
            (Encoding::Utf16Be, utf16(u16::to_be_bytes)),
            (Encoding::Cp949, EUC_KR.encode(&text).0.into_owned()),
        ] {
            let imported = read_bytes("x.csv", &bytes).expect("an items table");
            let rows: Vec<Record> = expected.iter().cloned().map(Record::Item).collect();
            assert_eq!(imported.records, rows, "{encoding:?} {delimiter:?}");
            assert_eq!(
                (imported.report.encoding, imported.report.delimiter.to_string()),
                (encoding, delimiter.to_owned())
            );
        }
    }
}

#[test]
fn damaged_text_costs_its_row_only() {
    let mut bytes = b"item_cd,item_nm\nA,ok\nB,".to_vec();
    bytes.extend_from_slice("씰".repeat(40).as_bytes());
    bytes.extend_from_slice(b"\xff\nC,ok\n");
    let imported = read_bytes("items.csv", &bytes).expect("an items table");
    assert_eq!((imported.report.n_ok, imported.report.n_errors), (2, 1));
    assert_eq!((imported.errors[0].row, &imported.errors[0].expected), (3, &Expected::KnownEncoding));
    assert_eq!(imported.errors[0].column.as_deref(), Some("item_nm"));
}

#[test]
fn broken_rows_are_reported_and_the_rest_goes_in() {
    let imported = read("item_cd,item_nm\nA\nB,x,y\n\"C,x\nD,x\n\nE,x\n");
    let errors: Vec<(u32, Expected)> =
        imported.errors.iter().map(|error| (error.row, error.expected.clone())).collect();
    let expected = [(2, Expected::NFields { n: 2 }), (3, Expected::NFields { n: 2 }), (4, Expected::ClosedQuote)];
    assert_eq!(errors, expected);
    assert_eq!((imported.report.n_ok, imported.report.n_blank), (2, 1));
}

#[test]
fn a_person_is_neither_imported_nor_shown_in_an_error() {
    let header = "item_cd,routing_id,proc_seq,job_cd,NC_WRITER_NM,run_time_min";
    let imported = read(&format!(
        "{header}\nA,R,10,J,KimPlanner,5\nB,R,10,J,KimPlanner,5,6\nC,R,10,J,KimPlanner,x\nD,\"R,KimPlanner\n"
    ));
    assert_eq!((imported.report.n_ok, imported.report.n_errors), (1, 3));
    let all = format!("{:?} {:?} {:?}", imported.records, imported.errors, imported.report);
    assert!(!all.contains("KimPlanner"), "{all}");
    assert_eq!(imported.errors[0].value, "B");
}

#[test]
fn damage_in_a_column_that_is_not_used_does_no_harm() {
    let imported = read("item_cd,item_nm,writer\nA,x,\u{fffd}\n");
    assert_eq!(imported.report.n_ok, 1);
}

#[test]
fn a_list_of_codes_is_an_items_table() {
    assert_eq!(items("item_cd\nA\nB\n"), [Item::new("A"), Item::new("B")]);
    assert_eq!(items("\n품목코드\nA\n"), [Item::new("A")]);
}

#[test]
fn files_that_are_no_tables_are_refused() {
    let error = |file: &str, bytes: &[u8]| read_bytes(file, bytes).err().expect("no table");
    assert!(matches!(error("items.csv", b""), ImportError::Empty { .. }));
    assert!(matches!(error("items.xlsx", b"PK\x03\x04\0\0"), ImportError::Binary { looks_like: Some(_), .. }));
    assert!(matches!(error("items.csv", b"item_cd,l\xe4nge\n"), ImportError::UnknownEncoding { .. }));
    let wrong = error("items.csv", b"item_cd^item_nm\nA^x\n");
    assert!(
        matches!(wrong, ImportError::NoKeyColumn { .. }) && wrong.to_string().contains("item_cd^item_nm"),
        "{wrong}"
    );
    let bom = error("bom.csv", b"item_cd,child_item_cd,qty\nA,B,1\n");
    assert!(bom.is_other_table(), "{bom}");
}

#[test]
fn a_table_of_details_is_not_a_table_of_items() {
    let details = "item_cd,step,minutes\nA,1,5\nA,2,6\nA,3,5\nB,1,5\nB,2,4\n";
    let error = read_bytes("x.csv", details.as_bytes()).err().expect("details");
    assert!(error.is_other_table(), "{error}");
    let master = read("item_cd,item_nm,minutes\nA,x,5\nA,x,6\nA,x,7\nB,y,5\nB,y,4\n");
    assert_eq!((master.report.n_ok, master.report.n_errors), (2, 3));
    let vectors = read("item_cd,mean0\nA,1\nB,2\nB,3\n");
    assert_eq!((vectors.report.n_ok, vectors.report.n_errors), (2, 1));
}

#[test]
fn permuted_columns_and_rows_give_the_same_records() {
    let header = [
        "item_cd",
        "routing_id",
        "proc_seq",
        "job_cd",
        "res_cd",
        "run_time_min",
        "lot_size",
        "inside_flag",
        "valid_to",
    ];
    let row = |at: usize| {
        let values = [
            format!("I{}", at % 7),
            "R1".into(),
            (10 * at).to_string(),
            format!("J{}", at % 3),
            format!("M{}", at % 5),
            format!("{}.5", at),
            (1 + at % 4).to_string(),
            ["사내", "외주"][at % 2].into(),
            "2999-12-31".into(),
        ];
        values.map(String::from)
    };
    let rows: Vec<[String; 9]> = (1..40).map(row).collect();
    let table = |columns: &[usize], order: &[usize]| {
        let line = |cells: &[&str]| columns.iter().map(|at| cells[*at]).collect::<Vec<_>>().join(",");
        let body = order.iter().map(|at| line(&rows[*at].each_ref().map(String::as_str)));
        std::iter::once(line(&header)).chain(body).collect::<Vec<_>>().join("\n")
    };
    let seen = |text: &str| read(text).records.iter().map(|record| format!("{record:?}")).collect::<BTreeSet<String>>();
    let (mut columns, mut order): (Vec<usize>, Vec<usize>) = ((0..9).collect(), (0..rows.len()).collect());
    let first = seen(&table(&columns, &order));
    assert_eq!(first.len(), rows.len());
    let mut random = Xoshiro256PlusPlus::seed_from_u64(3);
    for _ in 0..20 {
        columns.sort_by_cached_key(|_| random.r#gen::<u64>());
        order.sort_by_cached_key(|_| random.r#gen::<u64>());
        assert_eq!(seen(&table(&columns, &order)), first);
    }
}

#[test]
fn junk_never_panics_and_counts_add_up() {
    const PARTS: [&[u8]; 26] = [
        b"item_cd",
        b"routing_id",
        b"proc_seq",
        b"job_cd",
        b"run_time_min",
        b"valid_to",
        b"size_mm",
        b"size_uom",
        b",",
        b",",
        b",",
        b";",
        b"\n",
        b"\n",
        b"\r\n",
        b"\"",
        b"\"\"",
        b"A",
        b"10",
        b"1e5",
        b"2999-12-31",
        b"\xff\xfe",
        b"\0",
        b"\xb0\xa1",
        "가".as_bytes(),
        b"-",
    ];
    let mut random = Xoshiro256PlusPlus::seed_from_u64(5);
    let mut n_tables = 0;
    for round in 0..3000 {
        let mut bytes = Vec::new();
        match round % 3 {
            0 => bytes.extend_from_slice(b"item_cd,routing_id,proc_seq,job_cd,run_time_min,valid_to\n"),
            1 => bytes.extend_from_slice(b"item_cd;item_nm;size;size_uom;OUTDIAMETER\n"),
            _ => {}
        }
        for _ in 0..random.gen_range(0..80) {
            match random.gen_bool(0.97) {
                true => bytes.extend_from_slice(PARTS[random.gen_range(0..PARTS.len())]),
                false => bytes.push(random.r#gen()),
            }
        }
        // The checks of the counts are in `read_bytes`.
        n_tables += u32::from(read_bytes("junk.csv", &bytes).is_ok_and(|imported| imported.report.n_rows > 0));
    }
    assert!(n_tables > 100, "only {n_tables} of the junk files were read at all");
}

#[test]
fn an_input_that_breaks_off_is_an_error_of_its_row() {
    struct Breaks(usize);
    impl Read for Breaks {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            if self.0 > 200_000 {
                return Err(std::io::Error::other("the disk is gone"));
            }
            let row = b"A,x\n";
            let n = buffer.len().min(row.len() - self.0 % row.len());
            buffer[..n].copy_from_slice(&row[self.0 % row.len()..][..n]);
            self.0 += n;
            Ok(n)
        }
    }
    let input = b"item_cd,item_nm\n".chain(Breaks(0));
    let mut reader = TableReader::open("items.csv", input, &Profile::common()).expect("an items table");
    let last = reader.by_ref().last().expect("rows").expect_err("the input breaks off");
    assert!(matches!(last.expected, Expected::ReadableInput { .. }));
    let report = reader.report();
    assert_eq!((report.n_ok, report.n_errors), (1, 1));
    assert_eq!(report.n_rows, report.n_ok + report.n_duplicates + report.n_errors);
}

#[test]
fn errors_and_reports_are_plain_json() {
    let imported = read("item_cd,item_nm\nA,x\nA,y\n");
    let error = serde_json::to_value(&imported.errors[0]).expect("serialisable");
    assert_eq!(error["expected"], serde_json::json!({"code": "unique_key", "first_row": 2}));
    let report = serde_json::to_value(&imported.report).expect("serialisable");
    assert_eq!((&report["kind"], &report["n_rows"]), (&serde_json::json!("items"), &serde_json::json!(2)));
    let refused = serde_json::to_value(read_bytes("a.csv", b"").err()).expect("serialisable");
    assert_eq!(refused, serde_json::json!({"code": "empty", "file": "a.csv"}));
}
