//! Any bytes as a file of an import: nothing panics, counts add up, and no column disappears.

#![no_main]

use std::sync::Arc;

use engine::import::{Options, ReadEvent, SetFile, look};
use fuzz::import::{check_report, check_sum};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let files = [SetFile::named("table.csv", Arc::<[u8]>::from(data))];
    let look = look(&files, &Options::default(), &|_| {});
    if look.tables.is_empty() {
        assert!(!look.failed.is_empty(), "a named file is a table or says why it is none");
        return;
    }
    let (mut n_refused, mut n_doubtful) = (0_u64, 0_u64);
    let (gathered, reports) = look.read(&files, &mut |event| {
        if let ReadEvent::Row(_, outcome) = event {
            n_refused += u64::from(outcome.record.is_err());
            n_doubtful += u64::from(outcome.record.is_ok() && !outcome.doubts.is_empty());
            assert!(outcome.doubts.iter().all(|flaw| !flaw.to_string().is_empty()));
        }
    });
    for (open, report) in look.tables.iter().zip(&reports) {
        check_report(&open.table.header, report);
        assert_eq!((report.n_refused, report.n_doubtful), (n_refused, n_doubtful));
    }
    check_sum(&gathered, &reports);
});
