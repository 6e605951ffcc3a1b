//! A tiny plant of our own: two kinds of turned parts that are made alike, and a few awkward codes.

use std::fmt::Write;
use std::path::PathBuf;

use crate::TestApp;

/// Items of the plant.
pub const N_ITEMS: usize = 42;
/// Rows of the routing table.
pub const N_OPERATIONS: usize = 92;
/// Items with a routing.
pub const N_ROUTED: usize = 40;
/// Reports of work.
pub const N_RESULTS: usize = 40;

/// `items.csv`: twenty sleeves, twenty glands, one code with everything awkward, one new sleeve.
pub fn items() -> String {
    let mut csv = String::from("item_cd,item_nm,part_type,material,outer_diameter_mm\n");
    for at in 0..20 {
        let size = 40 + at * 5;
        let material = if at % 2 == 0 { "316" } else { "304" };
        writeln!(csv, "SL-{at:02},SLEEVE {size},SLEEVE,{material},{size}").expect("a String takes all");
        writeln!(csv, "GL-{at:02},GLAND {size},GLAND,{material},{}", size * 2).expect("a String takes all");
    }
    csv.push_str("A/1#2_%-가,특수 글랜드 100%,GLAND,316,120\n");
    csv.push_str("SL-NEW,SLEEVE 77,SLEEVE,316,77\n");
    csv
}

/// `routings.csv`: sleeves are turned and inspected, glands are sawn, turned and milled; one gland has two routings.
pub fn routings() -> String {
    let mut csv =
        String::from("item_cd,routing_id,proc_seq,job_cd,job_nm,res_cd,setup_time_min,run_time_min,is_main,created\n");
    for at in 0..20 {
        let (run, day) = (5.0 + f64::from(at) * 0.5, 1 + at);
        for (seq, job, name, centre) in [(10, "T10", "turning", "LATHE-1"), (20, "Q10", "inspection", "QC-1")] {
            writeln!(csv, "SL-{at:02},R1,{seq},{job},{name},{centre},20,{run},Y,2024-03-{day:02}")
                .expect("a String takes all");
        }
        let steps =
            [(10, "S10", "sawing", "SAW-1"), (20, "T10", "turning", "LATHE-2"), (30, "M10", "milling", "MILL-1")];
        for (seq, job, name, centre) in steps.into_iter().take(if at == 0 { 3 } else { 2 + usize::from(at % 2 == 1) }) {
            writeln!(csv, "GL-{at:02},R1,{seq},{job},{name},{centre},30,{run},Y,2024-04-{day:02}")
                .expect("a String takes all");
        }
    }
    csv.push_str("GL-00,R0,10,M10,milling,MILL-1,30,9,N,2023-01-01\n");
    csv
}

/// `work_results.csv`: two orders for each sleeve's turning.
pub fn results() -> String {
    let mut csv = String::from("item_cd,job_cd,order_no,routing_id,proc_seq,res_cd,qty,setup_min,run_min,end\n");
    for at in 0..20 {
        for order in 0..2 {
            let run = (6.0 + f64::from(at) * 0.5) * 10.0 + f64::from(order);
            writeln!(csv, "SL-{at:02},T10,W{at:02}{order},R1,10,LATHE-1,10,25,{run},2025-01-{:02}", 1 + at)
                .expect("a String takes all");
        }
    }
    csv
}

/// Writes the three tables and returns their folder.
pub fn write(app: &TestApp) -> PathBuf {
    app.write("plant/items.csv", items());
    app.write("plant/routings.csv", routings());
    app.write("plant/work_results.csv", results());
    app.folder().join("plant")
}
