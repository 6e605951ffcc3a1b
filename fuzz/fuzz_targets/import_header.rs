//! Any lines as the headings of a table: each is a field, an attribute, a part of one, or left out with a reason.

#![no_main]

use std::sync::Arc;

use engine::import::{Options, Profile, SetFile, TableKind, look, looks_like, recognise};
use fuzz::import::check_report;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let header: Vec<&str> = text.split('\n').take(40).collect();
    for name in &header {
        let _ = looks_like(name);
        for profile in Profile::NAMES.iter().filter_map(|name| Profile::by_name(name)) {
            for kind in TableKind::ALL {
                if let Some(found) = recognise(&profile, kind, name) {
                    assert!(found.unit.is_none() || found.field.is_time(), "{name:?} is {found:?}");
                }
            }
        }
    }
    // The headings beside those of a table that is understood.
    let quoted: Vec<String> = header.iter().map(|name| format!("\"{}\"", name.replace('"', "\"\""))).collect();
    for (keys, row) in
        [("item_cd", "A"), ("item_cd,routing_id,proc_seq,job_cd", "A,1,10,J"), ("item_cd,order_no,job_cd", "A,W,J")]
    {
        let cells = vec!["7"; header.len()].join(",");
        let table = format!("{keys},{}\n{row},{cells}\n", quoted.join(","));
        let files = [SetFile::named("table.csv", Arc::<[u8]>::from(table.as_bytes()))];
        let look = look(&files, &Options::default(), &|_| {});
        let (_, reports) = look.read(&files, &mut |_| {});
        for (open, report) in look.tables.iter().zip(&reports) {
            check_report(&open.table.header, report);
        }
        assert!(!look.tables.is_empty() || !look.failed.is_empty());
    }
});
