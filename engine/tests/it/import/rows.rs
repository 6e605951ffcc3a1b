//! Rows of a routing: blank keys below filled ones, short rows, equal numbers, and what holds a routing back.

use super::given::{read, read_bytes};
use engine::import::Options;

#[test]
fn blank_keys_continue_the_row_above_in_every_language() {
    for (item, routing, seq, job, centre) in [
        ("part_no", "route_no", "op_no", "operation", "work_center"),
        ("품번", "라우팅번호", "공정순서", "공정코드", "설비코드"),
        ("Artikelnummer", "Arbeitsplan", "Vorgangsnummer", "Arbeitsgang", "Maschine"),
        ("物料编码", "工艺路线", "工序号", "工序编码", "设备"),
    ] {
        let text = format!(
            "{item},{routing},{seq},{job},{centre}\n\
             VN-7,A,10,FORGE,H1\n,,20,TRIM,T1\n,,30,BLAST,B1\nVN-8,A,10,FORGE,H2\n,B,10,CAST,C1\n,,20,TRIM,T1\n"
        );
        let read = read(&[("plan.csv", &text)]).clean();
        assert_eq!(read.steps("VN-7"), ["10 FORGE H1", "20 TRIM T1", "30 BLAST B1"], "{item}");
        let of_8: Vec<(&str, usize)> = read.routings[1..].iter().map(|r| (r.id.as_str(), r.operations.len())).collect();
        assert_eq!(of_8, [("A", 1), ("B", 2)], "{item}");
        assert_eq!(read.tables[0].n_continued, 4, "{item}");
    }
}

#[test]
fn a_blank_routing_never_continues_another_item() {
    let text = "item,routing_no,seq,operation,machine\nQ1,R1,10,BEND,M1\nQ2,,10,BEND,M1\nQ2,R1,20,WELD,M2\n";
    let read = read(&[("routings.csv", text)]);
    assert_eq!(read.refused.len(), 1);
    assert_eq!(read.held_names(), ["Q2/R1"], "its missing row may belong there");
    assert_eq!(read.steps("Q1"), ["10 BEND M1"]);
}

#[test]
fn blank_rows_and_grouped_work_centres_do_not_break_a_group() {
    let text = "item,routing_no,seq,operation,machine,setup_min\n\
                HX-1,1,10,STAMP,P1,15\n,,,,P2,\n,,,,P3,\n\n,,20,COIN,P9,5\n";
    let read = read(&[("routings.csv", text)]).clean();
    assert_eq!(read.steps("HX-1"), ["10 STAMP P1/P2/P3", "20 COIN P9"]);
    assert_eq!(read.minutes("HX-1")[0].0, Some(15.0));
}

#[test]
fn rows_without_their_last_optional_cells_are_padded() {
    for (delimiter, rows) in [
        (",", "NR-1,R,10,BROACH,BR-1,12\nNR-1,R,20,HONE,HO-1\nNR-1,R,30,GAUGE\n"),
        (";", "NR-1;R;10;BROACH;BR-1;12\nNR-1;R;20;HONE;HO-1\nNR-1;R;30;GAUGE\n"),
        ("\t", "NR-1\tR\t10\tBROACH\tBR-1\t12\nNR-1\tR\t20\tHONE\tHO-1\nNR-1\tR\t30\tGAUGE\n"),
    ] {
        let header = ["item_cd", "routing_id", "proc_seq", "job_cd", "res_cd", "setup_min"].join(delimiter);
        let read = read(&[("x.csv", &format!("{header}\n{rows}"))]).clean();
        assert_eq!(read.steps("NR-1"), ["10 BROACH BR-1", "20 HONE HO-1", "30 GAUGE"]);
    }
    let items = read(&[("items.csv", "item_no,name,alloy,hardness\nU1,ring,C45,58\nU2,bush\nU3\n")]).clean();
    assert_eq!(items.items.len(), 3);
}

#[test]
fn a_row_without_a_key_and_one_with_too_much_hold_their_routing_back() {
    let text = "setup_min,item_cd,routing_id,proc_seq,job_cd\n\
                5,NS-1,R,10,CUT\n6,NS-1,R,20\n7,NS-2,R,10,CUT\n8,NS-3,R,10,CUT,x,y\n9,NS-4,R,10,CUT\n";
    let read = read(&[("routings.csv", text)]);
    assert_eq!(read.refused.iter().map(|flaw| flaw.row).collect::<Vec<_>>(), [3, 5]);
    let held = read.held_names();
    assert!(held.contains(&"NS-1/R"), "{held:?}");
    // Of the row that is too long nobody knows where its cells belong: its neighbours wait.
    assert!(held.contains(&"NS-2/R") && held.contains(&"NS-4/R"), "{held:?}");
    assert!(read.routings.iter().all(|routing| !held.contains(&format!("{}/{}", routing.item, routing.id).as_str())));
}

#[test]
fn operations_with_one_number_stand_side_by_side_in_the_order_of_the_file() {
    let text = "item,routing_no,seq,operation,machine\n\
                YK-1,1,20,PAINT,SP-1\nYK-1,1,10,SAW,S-9\nYK-1,1,10,DRILL,D-1\nYK-1,1,10,SAW,S-1\nYK-1,1,20,DRY,OV-1\n";
    let read = read(&[("routings.csv", text)]).clean();
    assert_eq!(read.steps("YK-1"), ["10 SAW S-9/S-1", "10 DRILL D-1", "20 PAINT SP-1", "20 DRY OV-1"]);
}

#[test]
fn numbers_of_every_kind_sort_and_lose_nothing() {
    let numbers = ["3", "1.5", "1.10", "2", "0001", "20B", "20A", "20", "30/2", "30/1", "N40"];
    let rows: String = numbers.iter().enumerate().map(|(n, seq)| format!("LQ,1,{seq},JOB{n},M\n")).collect();
    let read = read(&[("routings.csv", &format!("item,routing_no,seq,operation,machine\n{rows}"))]).clean();
    let seqs: Vec<String> = read.operations("LQ").iter().map(|one| one.seq.to_string()).collect();
    assert_eq!(seqs, ["1", "1.10", "1.5", "2", "3", "20", "20A", "20B", "30/1", "30/2", "N40"]);
}

#[test]
fn an_unreadable_optional_cell_costs_no_operation() {
    for (column, cell) in [
        ("setup_min", "see card"),
        ("run_time_min", "1h??"),
        ("valid_from", "soon"),
        ("valid_to", "31.02.2020"),
        ("created", "Kalenderwoche 7"),
        ("is_main", "perhaps"),
        ("lot_size", "many"),
        ("queue_min", "−−5"),
        ("outsourced", "ask Kim"),
        ("batch_oper", "??x"),
        ("priority", "first"),
    ] {
        let text = format!("item,routing_no,seq,operation,{column}\nWD,1,10,A,{cell}\nWD,1,20,B,\n");
        let read = read(&[("routings.csv", &text)]);
        assert_eq!(read.steps("WD").len(), 2, "{column}");
        assert_eq!((read.refused.len(), read.doubts.len()), (0, 1), "{column}: {:?}", read.doubts);
        let flaw = &read.doubts[0];
        assert_eq!((flaw.row, flaw.column.as_deref()), (2, Some(column)));
        assert_eq!(read.tables[0].n_doubtful, 1);
    }
}

#[test]
fn a_routing_with_a_refused_row_is_held_back_and_no_other() {
    let header = "item,routing_no,seq,operation,machine\n";
    for (broken, held) in [
        ("EP-2,R,,WELD,W1\n", vec!["EP-2/R"]),
        ("EP-2,R,abc,WELD,W1\n", vec!["EP-2/R"]),
        ("EP-2,R,20,,W1\n", vec!["EP-2/R"]),
        ("EP-2,R,20,#REF!,W1\n", vec!["EP-2/R"]),
        ("EP-2,#NAME?,20,WELD,W1\n", vec!["EP-2/R"]),
        ("#N/A,R,20,WELD,W1\n", vec!["EP-2/R", "EP-3/R"]),
    ] {
        let rows = format!("EP-1,R,10,CUT,C1\nEP-2,R,10,CUT,C1\n{broken}EP-3,R,10,CUT,C1\nEP-4,R,10,CUT,C1\n");
        let read = read(&[("routings.csv", &format!("{header}{rows}"))]);
        assert_eq!(read.held_names(), held, "{broken}");
        assert_eq!(read.routings.len() + held.len(), 4, "{broken}");
        assert!(read.held.iter().all(|(_, flaws)| flaws[0].row == 4), "{broken}");
    }
}

#[test]
fn a_routing_in_two_files_counts_together_and_is_held_by_either() {
    let one = "item,routing_no,seq,operation,machine\nFT,R,10,CUT,C1\nFU,R,10,CUT,C1\n";
    let other = "item,routing_no,seq,operation,machine\nFT,R,20,WELD,W1\nFU,R,x,WELD,W1\n";
    let files = [("a_routings.csv", one.as_bytes().to_vec()), ("b_routings.csv", other.as_bytes().to_vec())];
    let read = read_bytes(&files, &Options::default(), "2024-06-01");
    assert_eq!(read.steps("FT"), ["10 CUT C1", "20 WELD W1"]);
    assert_eq!(read.held_names(), ["FU/R"]);
    assert_eq!(read.held[0].1[0].file, "b_routings.csv");
}
