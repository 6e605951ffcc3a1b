//! Tables as tests read them: rows, refusals and the report of a text or of bytes.

mod doubtful;
mod understood;

use std::collections::BTreeSet;

use encoding_rs::EUC_KR;
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

use super::*;
use crate::domain::Date;
use crate::import::Encoding;

struct Imported {
    records: Vec<Record>,
    errors: Vec<Flaw>,
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
fn fault(header: &str, row: &str) -> Flaw {
    let imported = read(&format!("item_cd,routing_id,proc_seq,job_cd,{header}\nA,R1,10,J1,{row}\n"));
    assert!(imported.records.is_empty(), "{:?}", imported.records);
    imported.errors.into_iter().next().expect("one error")
}

fn day(year: i32, month: u32, day: u32) -> Option<Date> {
    Date::from_ymd_opt(year, month, day)
}
