//! Units in cells, and what only looks like one.

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
