//! Units in cells and headers, and what only looks like one.

use super::*;

#[test]
fn units_in_six_languages() {
    for (unit, words) in [
        (TimeUnit::Minute, "M MIN min. Minuten minutos 분 分钟 分 mins 분(Min.) Ｍ ( 분 )"),
        (TimeUnit::Hour, "H HUR STD Std. hrs Stunden horas 시간 小时 時間 小時"),
        (TimeUnit::Second, "S SEC Sek. seg segundos 초 秒 seconds"),
        (TimeUnit::Day, "D TAG Tage días DÍAS 일 天 日 days"),
        (TimeUnit::HourMinute, "h:mm HH:MM [h]:mm 시:분"),
        (TimeUnit::MinuteSecond, "mm:ss 분:초 min:sec"),
        (TimeUnit::HourMinuteSecond, "hh:mm:ss 시:분:초"),
    ] {
        let words = words.replace("( 분 )", "(분)");
        for word in words.split(' ') {
            assert_eq!(unit_of(word), Some(unit), "{word}");
        }
    }
    for word in ["", "EA", "mm", "TMU", "ms", "month", "분(h)", "()", "NA", "week", "개", "min/pc"] {
        assert_eq!(unit_of(word), None, "{word}");
    }
}

#[test]
fn headers_are_split() {
    use Per::{Lot, Order, Piece, Pieces};
    use TimeUnit::{Day, Hour, HourMinute, Minute, MinuteSecond, Second};
    for (header, base, unit, per) in [
        ("셋업시간(분)", "셋업시간", Some(Minute), None),
        ("셋업시간 （초）", "셋업시간", Some(Second), None),
        ("후대기시간(시간)", "후대기시간", Some(Hour), None),
        ("작업시간(단위: 분)", "작업시간", Some(Minute), None),
        ("작업시간_시간", "작업시간", Some(Hour), None),
        ("Cycle [s]", "Cycle", Some(Second), None),
        ("teardown_hrs", "teardown", Some(Hour), None),
        ("wait_min", "wait", Some(Minute), None),
        ("move_h", "move", Some(Hour), None),
        ("Queue Days", "Queue", Some(Day), None),
        ("lead_time_days", "lead_time", Some(Day), None),
        ("setupMin", "setup", Some(Minute), None),
        ("runTimeSec", "runTime", Some(Second), None),
        ("Move Hours", "Move", Some(Hour), None),
        ("Machine Hours per Piece", "Machine", Some(Hour), Some(Piece)),
        ("cycle_sec_per_1000", "cycle", Some(Second), Some(Pieces(1000.0))),
        ("cycle_min_per100", "cycle", Some(Minute), Some(Pieces(100.0))),
        ("Labor time per 100 (h)", "Labor time", Some(Hour), Some(Pieces(100.0))),
        ("Setup Time per Lot [min]", "Setup Time", Some(Minute), Some(Lot)),
        ("Setup per order", "Setup", None, Some(Order)),
        ("Std/Stk", "", Some(Hour), Some(Piece)),
        ("Bearbeitung Min/Stk.", "Bearbeitung", Some(Minute), Some(Piece)),
        ("Bearbeitungszeit [min/100 Stk]", "Bearbeitungszeit", Some(Minute), Some(Pieces(100.0))),
        ("Bearbeitungszeit pro Stück", "Bearbeitungszeit", None, Some(Piece)),
        ("Rüstzeit je Los (Std.)", "Rüstzeit", Some(Hour), Some(Lot)),
        ("Liegezeit Std", "Liegezeit", Some(Hour), None),
        ("Liegezeit in Std.", "Liegezeit", Some(Hour), None),
        ("Maschinenstunden", "Maschinen", Some(Hour), None),
        ("Tiempo de ciclo (seg/pza)", "Tiempo de ciclo", Some(Second), Some(Piece)),
        ("Tiempo de espera en horas", "Tiempo de espera", Some(Hour), None),
        ("Tiempo por unidad, min", "Tiempo", Some(Minute), Some(Piece)),
        ("작업시간(초/개)", "작업시간", Some(Second), Some(Piece)),
        ("개당 작업시간(초)", "작업시간", Some(Second), Some(Piece)),
        ("100개당작업시간(분)", "작업시간", Some(Minute), Some(Pieces(100.0))),
        ("로트당 준비시간", "준비시간", None, Some(Lot)),
        ("单件加工时间(秒)", "加工时间", Some(Second), Some(Piece)),
        ("加工时间（分钟/件）", "加工时间", Some(Minute), Some(Piece)),
        ("1個あたり加工時間(秒)", "加工時間", Some(Second), Some(Piece)),
        ("段取時間[h:mm]", "段取時間", Some(HourMinute), None),
        ("Cycle (mm:ss)", "Cycle", Some(MinuteSecond), None),
        ("Takt time, sec", "Takt time", Some(Second), None),
        ("WAIT_TIME_IN_HOUR", "WAIT_TIME", Some(Hour), None),
        ("가공시간(RUN)(min)", "가공시간(RUN)", Some(Minute), None),
    ] {
        let found = in_header(header);
        let plain = |name: &str| name.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        assert_eq!((plain(&found.base), found.unit, found.per), (plain(base), unit, per), "{header}");
    }
}

#[test]
fn what_only_looks_like_a_unit_stays() {
    for header in [
        "셋업시간",
        "대기 시간",
        "run_time",
        "RUN_TIME_UNIT",
        "time_unit",
        "lot_size_min",
        "order qty min",
        "min_lot",
        "Part M",
        "length_m",
        "작성일",
        "작성 일",
        "유효기간(종료)",
        "pcs/h",
        "Output (pcs/h)",
        "pieces per hour",
        "Output per 100 min",
        "개/시간",
        "Setup Time (Std)",
        "Setup Std",
        "Cycle (TMU)",
        "Wait [weeks]",
        "구분",
        "part_s",
        "unit",
        "",
        "()",
        "(",
        "valid_from",
        "Hours per day",
        "加工時間",
        "tag",
        "days",
    ] {
        assert_eq!(in_header(header), HeaderUnit { base: header.into(), unit: None, per: None }, "{header}");
    }
}

#[test]
fn quantities() {
    assert_eq!(per_of("1,000 pcs"), Some(Per::Pieces(1000.0)));
    assert_eq!(per_of("1"), Some(Per::Piece));
    assert_eq!(per_of("hundred"), Some(Per::Pieces(100.0)));
    assert_eq!(per_of("批"), Some(Per::Lot));
    for text in ["", "0", "1.5", "hour", "100 kg", "x", "99999999999"] {
        assert_eq!(per_of(text), None, "{text:?}");
    }
}
