//! What a table should not hold: repeats, damage, persons, other tables, junk.

use std::collections::BTreeSet;
use std::io::Read;

use encoding_rs::EUC_KR;
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

use super::*;

#[test]
fn a_repeated_item_adds_nothing_and_a_contradiction_is_named() {
    let imported = read("item_cd,item_nm,colour\nA,x,red\n A ,x,red\nA,x,blue\nB,y,\n");
    assert_eq!((imported.report.n_ok, imported.report.n_duplicates, imported.report.n_doubtful), (3, 1, 1));
    assert_eq!((imported.doubts[0].row, &imported.doubts[0].expected), (4, &Expected::UniqueKey { first_row: 2 }));
}

#[test]
fn an_operation_number_may_have_many_jobs_and_work_centres_but_one_time_on_each() {
    let text = "item_cd,routing_id,proc_seq,job_cd,res_cd,run_time_min\n\
                A,R,10,J,M1,5\nA,R,10,J,M2,6\nA,R,10,J,M1,5\nA,R,10,J,M1,9\nA,R,10,K,M1,5\nA,R2,10,K,M1,5\nB,R,10,K,M1,5\n";
    let imported = read(text);
    assert_eq!((imported.report.n_ok, imported.report.n_duplicates, imported.report.n_errors), (5, 1, 1));
    assert_eq!((imported.errors[0].row, &imported.errors[0].expected), (5, &Expected::UniqueKey { first_row: 2 }));
}

#[test]
fn a_row_with_an_unreadable_value_contradicts_no_other() {
    let text = "item_cd,routing_id,proc_seq,job_cd,res_cd,run_time_min\n\
                A,R,10,J,M1,5\nA,R,10,J,M1,ask\nB,R,10,J,M1,later\nB,R,10,J,M1,5\nB,R,10,J,M1,6\n";
    let imported = read(text);
    assert_eq!((imported.report.n_ok, imported.report.n_doubtful, imported.report.n_errors), (4, 2, 1));
    assert_eq!(imported.errors[0].expected, Expected::UniqueKey { first_row: 5 });
}

#[test]
fn a_refused_row_does_not_block_a_good_one() {
    let imported = read("item_cd,routing_id,proc_seq,job_cd,run_time_min\nA,R,first,K,5\nA,R,10,K,5\n");
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
fn decimal_commas_go_with_any_delimiter() {
    for delimiter in [";", "\t", "|", ","] {
        let quoted = |number: &str| if delimiter == "," { format!("\"{number}\"") } else { number.to_owned() };
        let rows = [
            ["item_cd", "routing_id", "proc_seq", "job_cd", "run_time_min"].map(str::to_owned),
            ["A", "R", "10", "J", &quoted("12,5")].map(str::to_owned),
            ["A", "R", "20", "J", &quoted("1.200,5")].map(str::to_owned),
        ];
        let imported = read(&rows.map(|row| row.join(delimiter)).join("\n"));
        let minutes: Vec<Option<f64>> = imported
            .records
            .iter()
            .map(|record| if let Record::Operation(operation) = record { operation.run_min_per_piece } else { None })
            .collect();
        assert_eq!(minutes, [Some(12.5), Some(1200.5)], "{delimiter:?}");
    }
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
            ("utf8", text.clone().into_bytes()),
            ("utf8_bom", marked(&text).into_bytes()),
            ("utf16_le", utf16(u16::to_le_bytes)),
            ("utf16_be", utf16(u16::to_be_bytes)),
            ("cp949", EUC_KR.encode(&text).0.into_owned()),
        ] {
            let imported = read_bytes("x.csv", &bytes).expect("an items table");
            let rows: Vec<Record> = expected.iter().cloned().map(Record::Item).collect();
            assert_eq!(imported.records, rows, "{encoding:?} {delimiter:?}");
            assert_eq!(
                (imported.report.encoding.as_str(), imported.report.delimiter),
                (encoding, delimiter.chars().next())
            );
        }
    }
}

#[test]
fn damaged_text_costs_its_cell_only() {
    let mut bytes = b"item_cd,item_nm,colour\nA,ok,red\nB,".to_vec();
    bytes.extend_from_slice("씰".repeat(40).as_bytes());
    bytes.extend_from_slice(b"\xff,blue\nC,ok,\0\n");
    let imported = read_bytes("items.csv", &bytes).expect("an items table");
    assert_eq!((imported.report.n_ok, imported.report.n_errors, imported.doubts.len()), (3, 0, 2));
    let seen: Vec<_> = imported.doubts.iter().map(|flaw| (flaw.row, flaw.column.as_deref().unwrap_or(""))).collect();
    assert_eq!(seen, [(3, "item_nm"), (4, "colour")]);
    assert!(imported.records.contains(&Record::Item(Item::new("B").with("colour", "blue"))));
}

#[test]
fn broken_rows_are_reported_and_the_rest_goes_in() {
    let imported = read("item_cd,item_nm\nA\nB,x,y\n\"C,x\nD,x\n\nE,x\n");
    let errors: Vec<(u32, Expected)> =
        imported.errors.iter().map(|error| (error.row, error.expected.clone())).collect();
    let expected = [(3, Expected::NFields { n: 2 }), (4, Expected::ClosedQuote)];
    assert_eq!(errors, expected);
    assert_eq!((imported.report.n_ok, imported.report.n_blank), (3, 1));
}

#[test]
fn a_person_is_neither_imported_nor_shown_in_an_error() {
    let header = "item_cd,routing_id,proc_seq,job_cd,NC_WRITER_NM,run_time_min";
    let imported = read(&format!(
        "{header}\nA,R,10,J,KimPlanner,5\nB,R,10,J,KimPlanner,5,6\nC,R,10,J,KimPlanner,x\nD,\"R,KimPlanner\n"
    ));
    assert_eq!((imported.report.n_ok, imported.report.n_errors), (2, 2));
    let all = format!("{:?} {:?} {:?} {:?}", imported.records, imported.errors, imported.doubts, imported.report);
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
    let zip = error("items.xlsx", b"PK\x03\x04\0\0");
    assert!(matches!(zip, ImportError::Workbook { .. } | ImportError::OtherForm { .. }), "{zip:?}");
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
    let details = "item_cd,surface,roughness\nA,1,5\nA,2,6\nA,3,5\nB,1,5\nB,2,4\n";
    let error = read_bytes("x.csv", details.as_bytes()).err().expect("details");
    assert!(error.is_other_table(), "{error}");
    let master = read("item_cd,item_nm,roughness\nA,x,5\nA,x,6\nA,x,7\nB,y,5\nB,y,4\n");
    assert_eq!((master.report.n_ok, master.report.n_doubtful), (5, 3));
    let vectors = read("item_cd,mean0\nA,1\nB,2\nB,3\n");
    assert_eq!((vectors.report.n_ok, vectors.report.n_doubtful), (3, 1));
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
    for round in 0..600 {
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
    assert!(n_tables > 20, "only {n_tables} of the junk files were read at all");
}

#[test]
fn an_input_that_breaks_off_is_an_error_of_the_file() {
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
    let error = TableReader::open("items.csv", input, &Profile::common()).err().expect("the input breaks off");
    assert!(matches!(&error, ImportError::Read { message, .. } if message.contains("the disk is gone")), "{error}");
}

#[test]
fn flaws_and_reports_are_plain_json() {
    let imported = read("item_cd,item_nm\nA,x\nA,y\n");
    let flaw = serde_json::to_value(&imported.doubts[0]).expect("serialisable");
    assert_eq!(flaw["expected"], serde_json::json!({"code": "unique_key", "first_row": 2}));
    assert_eq!((&flaw["rule"], &flaw["grade"]), (&serde_json::json!("unique_key"), &serde_json::json!("doubtful")));
    let report = serde_json::to_value(&imported.report).expect("serialisable");
    assert_eq!((&report["kind"], &report["n_rows"]), (&serde_json::json!("items"), &serde_json::json!(2)));
    let refused = serde_json::to_value(read_bytes("a.csv", b"").err()).expect("serialisable");
    assert_eq!(refused, serde_json::json!({"code": "empty", "file": "a.csv"}));
}
