//! Reports of work: taken back, cancelled, interrupted, replaced.

use super::given::{Reading, read};

fn runs(read: &Reading) -> Vec<Option<f64>> {
    read.results.iter().map(|result| result.run_min).collect()
}

#[test]
fn a_reversal_takes_its_report_back() {
    for header in [
        "item,order_no,operation,qty,run_min",
        "품번,작업지시번호,공정코드,수량,작업시간(분)",
        "Artikelnummer,Fertigungsauftrag,Arbeitsgang,Menge,Bearbeitungszeit (min)",
        "物料编码,工单号,工序编码,数量,加工时间(分钟)",
    ] {
        let text = format!("{header}\nG,W1,MILL,20,8000\nG,W1,MILL,-20,-8000\nG,W1,MILL,20,80\nG,W2,MILL,5,21\n");
        let read = read(&[("work_results.csv", &text)]).clean();
        assert_eq!(runs(&read), [Some(80.0), Some(21.0)], "{header}");
    }
}

#[test]
fn a_reversal_without_its_report_counts_for_nothing() {
    let text = "item,order_no,operation,qty,run_min\nG,W1,MILL,-3,-9\nG,W2,MILL,4,12\n";
    assert_eq!(runs(&read(&[("work_results.csv", text)]).clean()), [Some(12.0)]);
}

#[test]
fn a_reversal_takes_back_the_latest_report_that_it_names() {
    let text = "item,order_no,operation,qty,run_min\n\
                G,W1,MILL,5,50\nG,W1,TURN,5,50\nG,W1,MILL,5,55\nG,W1,MILL,-5,-50\n";
    assert_eq!(runs(&read(&[("work_results.csv", text)]).clean()), [Some(55.0), Some(50.0)]);
}

#[test]
fn cancelled_reports_do_not_count() {
    for (heading, yes, no) in [
        ("cancelled", "Y", "N"),
        ("취소여부", "예", "아니오"),
        ("storniert", "X", ""),
        ("status", "cancelled", "posted"),
        ("status", "VOID", "closed"),
        ("상태", "취소", "완료"),
        ("anulado", "sí", "no"),
        ("状态", "作废", "正常"),
    ] {
        let text =
            format!("item,order_no,operation,qty,run_min,{heading}\nG,W1,MILL,5,50,{yes}\nG,W2,MILL,5,51,{no}\n");
        assert_eq!(runs(&read(&[("work_results.csv", &text)])), [Some(51.0)], "{heading}");
    }
}

#[test]
fn a_status_that_says_nothing_of_cancelling_changes_nothing() {
    for status in ["posted", "in progress", "확정", "freigegeben", "not cancelled", "7"] {
        let text = format!("item,order_no,operation,qty,run_min,status\nG,W1,MILL,5,50,{status}\n");
        assert_eq!(runs(&read(&[("work_results.csv", &text)])), [Some(50.0)], "{status}");
    }
}

#[test]
fn hold_time_is_taken_off() {
    for heading in
        ["hold_min", "보류시간(분)", "Unterbrechung (min)", "tiempo de parada (min)", "停机时间(分钟)", "中断時間(分)"]
    {
        let text = format!(
            "item,order_no,operation,qty,run_min,{heading}\nG,W1,MILL,5,50,20\nG,W2,MILL,5,50,\nG,W3,MILL,5,50,60\n"
        );
        let read = read(&[("work_results.csv", &text)]);
        assert_eq!(runs(&read), [Some(30.0), Some(50.0), None], "{heading}");
        assert_eq!(read.doubt_rules(), ["4 at_most"], "{heading}");
    }
}

#[test]
fn a_later_file_replaces_a_report_of_the_same_work_and_day() {
    let header = "item,order_no,operation,machine,qty,run_min,end_date\n";
    let first =
        format!("{header}G,W1,MILL,M1,5,50,2023-02-03\nG,W1,MILL,M1,5,40,2023-02-04\nG,W1,MILL,M2,5,44,2023-02-03\n");
    let second = format!("{header}G,W1,MILL,M1,5,52,2023-02-03\n");
    let read_both = read(&[("results_a.csv", &first), ("results_b.csv", &second)]).clean();
    let mut minutes = runs(&read_both);
    minutes.sort_by(|a, b| a.partial_cmp(b).expect("numbers"));
    assert_eq!(minutes, [Some(40.0), Some(44.0), Some(52.0)]);
    let header = "item,order_no,report_no,operation,qty,run_min\n";
    let first = format!("{header}G,W1,R-1,MILL,5,50\nG,W1,R-2,MILL,5,51\n");
    let second = format!("{header}G,W1,R-1,TURN,6,60\n");
    let by_number = read(&[("results_a.csv", &first), ("results_b.csv", &second)]).clean();
    let mut minutes = runs(&by_number);
    minutes.sort_by(|a, b| a.partial_cmp(b).expect("numbers"));
    assert_eq!(minutes, [Some(51.0), Some(60.0)]);
}

#[test]
fn equal_work_done_twice_without_numbers_counts_twice() {
    let text = "item,operation,qty,run_min,end_date\nG,MILL,5,50,2023-02-03\nG,MILL,5,50,2023-02-03\n";
    assert_eq!(runs(&read(&[("work_results.csv", text)]).clean()), [Some(50.0), Some(50.0)]);
}

#[test]
fn times_of_reports_in_hours_by_their_heading() {
    for heading in [
        "actual_hrs",
        "Machine Hours",
        "실적시간(시간)",
        "Iststunden",
        "horas reales",
        "实际工时(小时)",
        "実績時間(時間)",
    ] {
        let text = format!("item,order_no,operation,qty,{heading}\nG,W1,MILL,5,1.5\nG,W2,MILL,5,0.25\n");
        let read = read(&[("work_results.csv", &text)]).clean();
        assert_eq!(runs(&read), [Some(90.0), Some(15.0)], "{heading} {:?}", read.tables[0].ignored);
    }
}
