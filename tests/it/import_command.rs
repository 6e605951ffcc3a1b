//! The import command: what can be stated, what it reports and writes, and what becomes of earlier imports.

use std::path::PathBuf;

use serde_json::Value;
use tempfile::TempDir;
use tests::cli::{Ran, run};

/// A data directory and a folder of tables.
struct Tables {
    folder: TempDir,
}

impl Tables {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("the temporary folder is writable") }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) -> String {
        let path = self.path(name);
        std::fs::write(&path, text).expect("the temporary folder is writable");
        path.to_string_lossy().into_owned()
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).expect("the file was written")
    }

    fn data(&self) -> PathBuf {
        self.path("data")
    }

    async fn run(&self, args: &[&str]) -> Ran {
        run(&self.data(), args).await
    }

    /// An import that must succeed, as JSON.
    async fn import(&self, args: &[&str]) -> Value {
        let all: Vec<&str> = ["import", "--json"].iter().chain(args).copied().collect();
        serde_json::from_str(&self.run(&all).await.ok()).expect("JSON")
    }

    async fn json(&self, args: &[&str]) -> Value {
        serde_json::from_str(&self.run(args).await.ok()).expect("JSON")
    }
}

/// Columns of a terminal.
fn width(line: &str) -> usize {
    let is_wide = |c: char| matches!(c, '\u{1100}'..='\u{115f}' | '\u{3000}'..='\u{303f}' | '\u{3130}'..='\u{318f}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{ff01}'..='\u{ff60}');
    line.chars().map(|c| if is_wide(c) { 2 } else { 1 }).sum()
}

const FAULTY: &str = "item_cd,routing_id,proc_seq,job_cd,run_time_min,memo hours,valid_from\n\
    K-1,1,10,SAW,4,1.5,2020-01-02\n\
    K-1,1,20,,3,2,2020-01-02\n\
    K-2,1,10,SAW,later,2,2020-01-02\n\
    K-3,1,10,SAW,5,2,2020-01-02\n\
    ,,,,,,\n";

#[tokio::test]
async fn the_report_fits_a_terminal_and_has_all_its_words_in_both_languages() {
    for (lang, words) in [
        ("en", ["Look at these first", "1 routings held back: K-1 / 1", "Refused rows (1)", "nothing was stored"]),
        ("ko", ["먼저 확인하세요", "보류된 라우팅 1건: K-1 / 1", "거부된 행(1)", "저장하지 않았습니다"]),
    ] {
        let bench = Tables::new();
        let routings = bench.write("아주 긴 이름의 라우팅 파일 2026년 11월 최종 수정본 (2) routings.csv", FAULTY);
        let items = bench.write("items.csv", "item_cd,item_nm,\"a heading that is far too long for a terminal\"\nk-3,판,아주 길고 넓은 값이 여기에 있습니다\n");
        let out = bench.run(&["import", &routings, &items, "--dry-run", "--lang", lang]).await.ok();
        for word in words {
            assert!(out.contains(word), "{lang}: {word:?} is missing in:\n{out}");
        }
        assert!(!out.contains("No localization"), "{out}");
        for line in out.lines() {
            assert!(width(line) <= 80, "{lang}: {} columns: {line}", width(line));
        }
        // Every column of the file stands there.
        for column in ["item_cd", "routing_id", "memo hours", "valid_from"] {
            assert!(out.lines().any(|line| line.trim_start().starts_with(column)), "{lang}: {column}:\n{out}");
        }
        assert_eq!(bench.json(&["import", "list", "--json"]).await, Value::Array(Vec::new()), "a dry run is no import");
    }
}

#[tokio::test]
async fn refused_rows_are_corrected_and_imported_alone() {
    let bench = Tables::new();
    let file = bench.write(
        "routings.csv",
        "item_cd;routing_id;proc_seq;job_cd;setup_time_min\n\
         Z-1;1;10;SAW;2,25\nZ-1;1;20;;1,5\n;;30;PACK;0,5\nZ-2;1;10;SAW;3,5\n\
         Z-3;1;10;CUT;2\nZ-3;1;20;SAW;4;5;6\nZ-3;1;30;PACK;1\n",
    );
    let (refused, errors) = (bench.path("again.csv"), bench.path("errors.csv"));
    let (refused, errors) = (refused.to_string_lossy(), errors.to_string_lossy());
    let first = bench.import(&[&file, "--refused", &refused, "--errors", &errors]).await;
    assert_eq!((first["held"]["n"].as_u64(), first["n_routings"].as_u64()), (Some(2), Some(1)), "{first}");
    assert!(bench.read("errors.csv").contains("non_empty,refused"));

    let text = bench.read("again.csv");
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines[0], "refusal_reason;item_cd;routing_id;proc_seq;job_cd;setup_time_min");
    assert_eq!(lines.len(), 7, "all rows of the two routings, the good ones too: {text}");
    assert!(lines[1].starts_with(";Z-1;1;10;SAW;2,25"), "{text}");
    assert!(lines[5].ends_with("Z-3;1;20;SAW;4;5;6"), "as it stands in the file: {text}");

    // As it is, everything is refused again, and nothing is taken for something else.
    let again = bench.import(&[&refused]).await;
    assert_eq!((again["held"]["n"].as_u64(), again["n_routings"].as_u64()), (Some(2), Some(1)), "{again}");
    let corrected = text.replace("Z-1;1;20;;1,5", "Z-1;1;20;TURN;1,5").replace("SAW;4;5;6", "SAW;4");
    let corrected = bench.write("again.csv", &corrected);
    let mended = bench.import(&[&corrected]).await;
    assert_eq!((mended["n_held_routings"].as_u64(), mended["n_routings"].as_u64()), (Some(0), Some(3)), "{mended}");
}

#[tokio::test]
async fn a_saved_profile_reads_the_next_file_of_the_shape() {
    let bench = Tables::new();
    let head = "Ding,Plan,Schritt,Tun,Zeitangabe,Anmerkung\n";
    let first = bench.write("a.csv", &format!("{head}Y-1,A,10,SAW,1.500,x\nY-1,A,20,TURN,2.250,x\n"));
    let stated = [
        "--column",
        "Ding=item_cd",
        "--column",
        "Plan=routing_id",
        "--column",
        "Schritt=proc_seq",
        "--column",
        "Tun=job_cd",
        "--column",
        "Zeitangabe=setup_time_min:h",
        "--column",
        "Anmerkung=-",
        "--decimal",
        "point",
    ];
    let args: Vec<&str> = [first.as_str(), "--save-profile", "halle_2"].into_iter().chain(stated).collect();
    bench.import(&args).await;
    let next = bench.write("b.csv", &format!("{head}Y-2,A,10,SAW,1.750,x\n"));
    let report = bench.import(&[&next]).await;
    let file = &report["files"][0];
    assert_eq!((file["profile"].as_str(), file["kind"].as_str()), (Some("halle_2"), Some("routings")), "{file}");
    let time = file["columns"].as_array().into_iter().flatten().find(|column| column["field"] == "setup_time_min");
    let time = time.expect("the time is known");
    assert_eq!((time["unit"].as_str(), time["format"].as_str()), (Some("h"), Some("1,234.5")));
    assert_eq!(file["ignored"][0]["reason"], "stated");

    std::fs::write(bench.data().join("profiles/broken.json"), "{").expect("the folder is there");
    let error = bench.run(&["import", &next]).await.result.expect_err("a profile is broken");
    assert!(error.contains("broken.json") && error.contains("no profile"), "{error}");
    let unknown =
        bench.run(&["import", &next, "--profile", "halle_9"]).await.result.expect_err("there is no such profile");
    assert!(unknown.contains("broken.json") || unknown.contains("halle_9"), "{unknown}");
}

#[tokio::test]
async fn earlier_imports_are_listed_shown_and_taken_back() {
    let bench = Tables::new();
    let items = bench.write("items.csv", "item_cd,item_nm\nQ-1,plate\n");
    bench.import(&[&items]).await;
    bench.write("items.csv", "item_cd,item_nm\nQ-1,cover\nQ-2,ring\n");
    bench.import(&[&items]).await;
    let list = bench.json(&["import", "list", "--json"]).await;
    assert_eq!((list[0]["no"].as_i64(), list[1]["no"].as_i64()), (Some(2), Some(1)));
    assert_eq!(list[0]["files"][0]["name"], "items.csv");
    let shown = bench.run(&["import", "show", "2", "--lang", "en"]).await.ok();
    assert!(shown.contains("items: 1 new, 1 replaced, 0 removed, 0 unchanged"), "{shown}");

    bench.run(&["import", "undo", "2", "--dry-run"]).await.ok();
    assert_eq!(bench.json(&["status", "--json"]).await["n_items"], 2, "a preview changes nothing");
    let undone = bench.json(&["import", "undo", "2", "--json"]).await;
    assert_eq!(undone["items"]["taken_back"]["n"], 2);
    let status = bench.json(&["status", "--json"]).await;
    assert_eq!((status["n_items"].as_u64(), status["last_import"]["no"].as_i64()), (Some(1), Some(1)));
    assert!(bench.run(&["import", "undo", "2", "--yes"]).await.result.is_err(), "it is taken back already");
    assert!(bench.run(&["import", "show", "9"]).await.result.is_err(), "there is no such import");
}

#[tokio::test]
async fn what_stops_an_import_is_an_exit_code_with_its_reason() {
    let bench = Tables::new();
    let routings = bench.write("routings.csv", FAULTY);
    let strict = bench.run(&["import", &routings, "--strict", "--lang", "en"]).await;
    assert!(strict.result.expect_err("a value is doubtful").contains("--strict: 1 rows"));
    assert_eq!(bench.json(&["status", "--json"]).await["n_routings"], 2, "the rows went in all the same");

    let bom = bench.write("bom.csv", "item_cd,child_item_cd,qty\nA,B,1\n");
    let refused = bench.run(&["import", &bom, "--lang", "en"]).await;
    assert!(refused.err.contains("bill of materials"), "{refused:?}");
    assert!(refused.result.is_err());
    for args in [
        ["--column", "job_cd"],
        ["--column", "x=weight"],
        ["--join", "dots"],
        ["--delimiter", ":"],
        ["--decimal", "dot"],
        ["--encoding", "klingon"],
        ["--kind", "bom"],
        ["--date-order", "dym"],
        ["--lang", "fr"],
        ["--as-of", "soon"],
    ] {
        let ran = bench.run(&["import", &routings, args[0], args[1]]).await;
        assert_eq!(ran.result, Err("arguments".to_owned()), "{args:?}");
    }
    let unknown = bench.run(&["import", &routings, "--column", "nowhere=item_nm", "--lang", "en"]).await;
    assert!(unknown.result.expect_err("no such column").contains("nowhere"));
}

#[tokio::test]
async fn much_is_removed_only_when_somebody_agrees() {
    let bench = Tables::new();
    let rows: String = (0..20).map(|n| format!("R-{n},part\n")).collect();
    let items = bench.write("items.csv", &format!("item_cd,item_nm\n{rows}"));
    bench.import(&[&items]).await;
    let fewer: String = (0..12).map(|n| format!("R-{n},part\n")).collect();
    bench.write("items.csv", &format!("item_cd,item_nm\n{fewer}"));
    let stopped = bench.run(&["import", &items, "--complete", "items", "--lang", "en"]).await;
    assert!(stopped.err.contains("Removes 8 items of 20"), "{stopped:?}");
    assert!(stopped.result.expect_err("nobody agreed").contains("--yes"));
    let done = bench.import(&[&items, "--complete", "items", "--yes"]).await;
    assert_eq!((done["changes"]["items"]["n_removed"].as_u64(), done["n_items"].as_u64()), (Some(8), Some(12)));
}
