//! One table by itself: what its columns, units, flags and days mean.

mod doubtful;

use engine::clean::CleanCounts;
use engine::domain::{Date, Item, OperationRow, WorkResult};
use engine::import::{Expected, Flaw, IgnoredReason, ImportError, ImportReport, Profile, Record, TableReader};
struct Imported {
    records: Vec<Record>,
    errors: Vec<Flaw>,
    doubts: Vec<Flaw>,
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
    Ok(Imported { records, errors, doubts: reader.doubts().to_vec(), report })
}

fn read(text: &str) -> Imported {
    read_bytes("table.csv", text.as_bytes()).expect("one of the three tables")
}

fn items(text: &str) -> Vec<Item> {
    let records = read(text).records.into_iter();
    records.map(|record| if let Record::Item(item) = record { item } else { panic!("{record:?}") }).collect()
}

fn row(header: &str, row: &str) -> Imported {
    read(&format!("item_cd,routing_id,proc_seq,job_cd,{header}\nA,R1,10,J1,{row}\n"))
}

fn operation(header: &str, cells: &str) -> OperationRow {
    let imported = row(header, cells);
    match &imported.records[..] {
        [Record::Operation(operation)] => operation.clone(),
        _ => panic!("{:?}", imported.errors),
    }
}

fn result(header: &str, row: &str) -> WorkResult {
    let imported = read(&format!("item_cd,job_cd,order_no,{header}\nA,J1,W1,{row}\n"));
    match &imported.records[..] {
        [Record::WorkResult(report)] => report.result.clone(),
        _ => panic!("{:?}", imported.errors),
    }
}

/// The only doubt of a routing table with one row, which goes in.
fn doubt(header: &str, cells: &str) -> Flaw {
    let imported = row(header, cells);
    assert_eq!((imported.records.len(), imported.errors.len()), (1, 0), "{:?}", imported.errors);
    imported.doubts.into_iter().next().expect("one doubt")
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
fn a_declared_length_that_is_no_number_is_unknown() {
    let imported = read("ITEM_CD,OUTDIAMETER,OUTDIAMETER_UNIT\nA,see drawing,MM\nB,50,MM\n");
    let expected = [Item::new("A"), Item::new("B").with("outdiameter_mm", "50")];
    assert_eq!(imported.records, expected.map(Record::Item));
    assert_eq!(imported.doubts[0].expected, Expected::Length);
    assert_eq!(imported.doubts[0].column.as_deref(), Some("OUTDIAMETER"));
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
        seq: 10.into(),
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
        ..OperationRow::default()
    };
    assert_eq!(imported.records, [Record::Operation(expected)]);
    assert_eq!(imported.report.clean.n_sentinel_dates, 1);
    let personal = &imported.report.ignored[0];
    assert_eq!((personal.column.as_str(), personal.reason), ("NC_PROGRAM_WRITER", IgnoredReason::PersonalData));
}

#[test]
fn korean_headers_mean_the_same() {
    let text = "품목코드,라우팅번호,공정순서,작업코드,작업명,자원코드,준비시간(분),가공시간(분),사내/외주,주라우팅,유효기간\n\
                A,R1,10.0,A01,CNC 황삭,CNC-01,30,\"1,200.5\",외주02,부,2999-12-31\n";
    let imported = read(text);
    let [Record::Operation(operation)] = &imported.records[..] else { panic!("{:?}", imported.errors) };
    assert_eq!(
        (operation.seq, operation.setup_min, operation.run_min_per_piece),
        (10.into(), Some(30.0), Some(1200.5))
    );
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
    assert_eq!(operation("run_time,time_unit", "2,H").run_min_per_piece, Some(120.0));
    assert_eq!(operation("run_time_min,time_unit", "2,MIN").run_min_per_piece, Some(2.0));
    // Two minutes or two hours: the heading says one and the row the other.
    assert_eq!(doubt("run_time_min,time_unit", "2,H").rule, "one_reading");
    assert_eq!(operation("setup_hrs,run_time,time_unit", "0.5,6,MIN").setup_min, Some(30.0));
    assert_eq!(doubt("run_time_min,time_unit", "2,fortnight").expected, Expected::TimeUnit);
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
    assert!(matches!(doubt("inside_flag", "maybe").expected, Expected::OneOf { .. }));
}

#[test]
fn an_optional_value_that_cannot_be_read_is_unknown_and_named() {
    for (header, value) in
        [("setup_time_min", "abc"), ("setup_time_min", "-5"), ("run_time_min", "inf"), ("run_time_min", "1e7")]
    {
        let flaw = doubt(header, value);
        let seen = (flaw.row, flaw.column.as_deref(), flaw.value.as_str(), flaw.rule.as_str());
        assert_eq!(seen, (2, Some(header), value, "minutes"));
        let read = operation(header, value);
        assert_eq!((read.setup_min, read.run_min_per_piece), (None, None));
    }
    assert_eq!(doubt("valid_from", "03/06/2014").rule, "one_reading");
    assert_eq!(doubt("valid_from", "spring").expected, Expected::Date);
    assert_eq!(
        doubt("setup_time_min", "abc").to_string(),
        "table.csv row 2, column \"setup_time_min\": \"abc\": expected minutes from 0 to 1000000"
    );
    assert_eq!(operation("setup_time_min,run_time_min", "nan,NULL").setup_min, None);
}

#[test]
fn keys_must_be_there() {
    let imported = read(
        "item_cd,routing_id,proc_seq,job_cd\n,R,10,J\nA,NULL,10,J\nA,R,,J\nA,R,x,J\nA,R,10.5,J\nA,R,20,-\nA,R,10,J\n",
    );
    let columns: Vec<&str> = imported.errors.iter().filter_map(|error| error.column.as_deref()).collect();
    assert_eq!(columns, ["item_cd", "routing_id", "proc_seq", "proc_seq", "job_cd"]);
    assert_eq!(imported.errors.iter().map(|error| error.row).collect::<Vec<_>>(), [2, 3, 4, 5, 7]);
    assert_eq!((imported.report.n_ok, imported.report.n_errors), (2, 5));
}

#[test]
fn work_results_are_whole_orders_in_minutes() {
    let done = result("routing_id,op_seq,qty,good_qty,actual_hrs,ActualEndDate", "R1,10,5,4,4.1,2014-06-03 17:30:00");
    let expected = WorkResult {
        item: "A".into(),
        order: Some("W1".into()),
        routing: Some("R1".into()),
        seq: Some(10.into()),
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
fn of_more_bad_pieces_than_pieces_the_good_ones_are_unknown() {
    let imported = read("item_cd,job_cd,order_no,qty,bad_qty\nA,J,W,3,4\n");
    assert_eq!(imported.doubts[0].expected, Expected::AtMost { max: 3.0 });
    let [Record::WorkResult(report)] = &imported.records[..] else { panic!("{:?}", imported.errors) };
    assert_eq!((report.result.qty, report.result.good_qty), (Some(3.0), None));
}
