//! Tests of headers.

use super::*;

const NAMES: [&str; 14] = [
    "item_cd",
    "item_nm",
    "routing_id",
    "proc_seq",
    "job_cd",
    "run_time_min",
    "품목코드",
    "품목명",
    "공정순서",
    "작업코드",
    "Artikel",
    "Arbeitsgang",
    "物料编码",
    "工序号",
];

fn score(row: &[String]) -> usize {
    row.iter().filter(|cell| NAMES.contains(&cell.trim())).count()
}

fn found(text: &str) -> Option<(usize, Option<usize>)> {
    let rows: Vec<Vec<String>> =
        text.lines().map(|line| line.split(',').map(|cell| cell.trim().to_owned()).collect()).collect();
    let rows: Vec<&[String]> = rows.iter().map(Vec::as_slice).collect();
    find(&rows, &score).map(|found| (found.at, found.second))
}

#[test]
fn titles_dates_and_rulers_before_it_are_passed_over() {
    let body = "item_cd,item_nm,colour\nN-4,nut,red\nN-5,nut,blue\n";
    for (before, at) in [
        ("", 0),
        ("Spare parts of hall 3,,\n", 1),
        ("Spare parts of hall 3\n2023-11-30\n-----,-----,-----\n", 3),
        ("Company: Nowhere Works,,\nUser: 17,Date: 2023-11-30,\n", 2),
        ("Stock list,Stock list,Stock list\n", 1),
        ("부품 목록,,\n출력일 2023. 11. 30.,,\n", 2),
        ("Printed,2023-11-30,07:15\n", 1),
    ] {
        assert_eq!(found(&format!("{before}{body}")), Some((at, None)), "{before}");
    }
}

#[test]
fn a_header_of_two_rows_is_one_header() {
    let data = "V-1,R1,10,CUT\nV-1,R1,20,PACK\n";
    assert_eq!(
        found(&format!("품목코드,라우팅,공정순서,작업코드\nitem_cd,routing_id,proc_seq,job_cd\n{data}")),
        Some((1, Some(0)))
    );
    assert_eq!(
        found(&format!("item_cd,routing_id,proc_seq,job_cd\n품목코드,라우팅,공정순서,작업코드\n{data}")),
        Some((0, Some(1)))
    );
    assert_eq!(found("item_cd,proc_seq,run_time_min\n(text),(number),(min)\nV-1,10,4\nV-2,20,5\n"), Some((0, Some(1))));
    assert_eq!(found("物料编码,工序号,x\n[text],[no],[min]\nV-1,10,4\nV-2,20,5\n"), Some((0, Some(1))));
    // The first row of data is never a second header.
    assert_eq!(found("item_cd,item_nm,run_time_min\nV-1,valve,see drawing\nV-2,valve,5\n"), Some((0, None)));
    assert_eq!(found("item_cd,item_nm,run_time_min\nV-1,item_nm,-\nV-2,valve,5\n"), Some((0, None)));
}

#[test]
fn a_file_without_column_names_has_no_header() {
    for text in
        ["N-4,nut,12\nN-5,bolt,13\nN-6,pin,9\n", "4711,20,0.5\n4712,30,0.7\n", "", "2024-01-01,1\n2024-01-02,2\n"]
    {
        assert_eq!(found(text), None, "{text}");
    }
}

#[test]
fn names_that_nobody_knows_are_seen_by_what_stands_below() {
    assert_eq!(found("Teil,Bez,Gew\nN-4,Mutter,12\nN-5,Bolzen,13\n"), Some((0, None)));
    assert_eq!(found("Liste der Teile,,\nTeil,Bez,Gew\nN-4,Mutter,12\nN-5,Bolzen,13\n"), Some((1, None)));
    assert_eq!(found("零件,名,重\nN-4,螺母,12\nN-5,销,13\n"), Some((0, None)));
}

#[test]
fn a_page_that_repeats_its_header_keeps_the_first() {
    assert_eq!(found("item_cd,item_nm\nN-4,nut\nitem_cd,item_nm\nN-5,bolt\n"), Some((0, None)));
}
