//! Bytes, lines and marks: encodings, titles, rulers, totals, quotes, characters that nobody expects.

use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GBK, SHIFT_JIS, WINDOWS_1250, WINDOWS_1252};
use engine::import::{ImportError, Options};

use super::given::{Reading, TODAY, read, read_bytes};

fn read_as(encoding: &'static Encoding, text: &str) -> Reading {
    let (bytes, _, has_errors) = encoding.encode(text);
    assert!(!has_errors, "{} cannot write the test", encoding.name());
    read_bytes(&[("items.csv", bytes.into_owned())], &Options::default(), TODAY)
}

const WESTERN: [&str; 8] = [
    "Ölwanne mit Flansch",
    "Führungsbüchse",
    "Schweißteil groß",
    "Außenring",
    "Käfig",
    "Hülse, 45° gefast",
    "Rändelschraube",
    "Kühlkörper",
];
const CENTRAL: [&str; 6] = [
    "Łożysko stożkowe",
    "Śruba z łbem sześciokątnym",
    "Příruba přivařovací",
    "Těsnění hřídele",
    "Koło zębate duże",
    "Uszczelka mała",
];
const KOREAN: [&str; 8] = [
    "스프링 와셔",
    "메카니칼 씰 하우징",
    "샤프트 슬리브",
    "고정 나사",
    "펌프 케이싱",
    "베어링 커버",
    "임펠러 너트",
    "오일 씰 링",
];
const CHINESE: [&str; 8] =
    ["轴承座", "机械密封压盖", "弹簧垫圈", "主轴套筒", "泵体端盖", "固定螺钉", "叶轮螺母", "联轴器护罩"];
const TRADITIONAL: [&str; 8] =
    ["軸承座", "機械密封壓蓋", "彈簧墊圈", "主軸套筒", "泵體端蓋", "固定螺絲", "葉輪螺帽", "聯軸器護罩"];
const JAPANESE: [&str; 8] = [
    "ベアリングカバー",
    "メカニカルシール押さえ",
    "ばね座金",
    "シャフトスリーブ",
    "ポンプのケーシング",
    "固定ねじ",
    "インペラナット",
    "カップリングの保護カバー",
];

fn table(names: &[&str]) -> String {
    let rows: String = names.iter().cycle().take(40).enumerate().map(|(n, name)| format!("E-{n};{name}\n")).collect();
    format!("item_no;name\n{rows}")
}

#[test]
fn code_pages_are_told_by_the_whole_file() {
    for (encoding, code, names) in [
        (WINDOWS_1252, "windows_1252", &WESTERN[..]),
        (WINDOWS_1250, "windows_1250", &CENTRAL[..]),
        (EUC_KR, "cp949", &KOREAN[..]),
        (GBK, "gbk", &CHINESE[..]),
        (BIG5, "big5", &TRADITIONAL[..]),
        (SHIFT_JIS, "shift_jis", &JAPANESE[..]),
        (EUC_JP, "euc_jp", &JAPANESE[..]),
    ] {
        let text = table(names);
        let read = read_as(encoding, &text).clean();
        for (n, name) in names.iter().enumerate() {
            assert_eq!(read.item(&format!("E-{n}")).name.as_deref(), Some(*name), "{code}");
        }
        assert_eq!(read.tables[0].encoding, code);
    }
}

#[test]
fn a_few_western_letters_never_become_others() {
    for text in ["item_no;name\nA;Hülse\nB;Bolzen\n", "item_no;name\nA;Ra 1,6 µm\nB;80 °C\n", "item_no;Länge\nA;5\n"]
    {
        let read = read_as(WINDOWS_1252, text);
        for table in &read.tables {
            assert_eq!(table.encoding, "windows_1252", "{text}");
        }
        let told = format!("{:?} {:?}", read.items, read.tables);
        if read.failed.is_empty() {
            assert!(told.contains('ü') || told.contains('μ') || told.contains("nge"), "{told}");
        } else {
            assert!(matches!(read.failure(), ImportError::OpenEncoding { .. }), "{}", read.failure());
        }
    }
}

#[test]
fn an_encoding_stated_by_hand_is_taken() {
    let (bytes, ..) = EUC_KR.encode("item_no;name\nA;씰\n");
    let options = Options { encoding: engine::import::Encoding::from_name("cp949"), ..Options::default() };
    let read = read_bytes(&[("items.csv", bytes.into_owned())], &options, TODAY).clean();
    assert_eq!(read.item("A").name.as_deref(), Some("씰"));
}

#[test]
fn lines_before_the_header_are_titles() {
    for title in [
        "Item list of hall 4\n",
        "Item list;;\nPrinted;2021-05-06;\n\n",
        "품목 마스터;;\n작성일: 2021-05-06\n",
        "----------\nArtikelliste;Stand 06.05.2021\n==========\n",
        "sep=;\n",
        "\"sep=;\"\n\n",
        "\n\n\n",
    ] {
        let text = format!("{title}item_no;name;alloy\nA1;hub;316\nA2;cap;304\n");
        let read = read(&[("items.csv", &text)]).clean();
        assert_eq!((read.items.len(), read.item("A2").attributes["alloy"].as_str()), (2, "304"), "{title:?}");
        assert_eq!(read.tables[0].header_row as usize, 1 + title.matches('\n').count(), "{title:?}");
    }
}

#[test]
fn lines_that_are_no_data_are_counted_and_left() {
    for (line, kind) in [
        ("------;------;--;------;---", "ruler"),
        ("item;routing_no;seq;operation;setup_min", "repeated_header"),
        ("Total;;;;30", "total"),
        ("합계;;;;30", "total"),
        ("Summe:;;;;30", "total"),
        ("小计;;;;30", "total"),
        ("小計;;;;30", "total"),
        ("Subtotal IT-1;;;;30", "total"),
        ("(4 rows affected)", "footer"),
        ("*** End of report ***", "footer"),
        ("Seite 2 von 3;;;;", "footer"),
        ("2 / 3 페이지;;;;", "footer"),
    ] {
        let text = format!(
            "item;routing_no;seq;operation;setup_min\nIT-1;1;10;LAP;10\nIT-1;1;20;HONE;20\n{line}\nIT-2;1;10;LAP;10\n"
        );
        let read = read(&[("routings.csv", &text)]).clean();
        assert_eq!((read.operations("IT-1").len(), read.operations("IT-2").len()), (2, 1), "{line}");
        assert_eq!(read.tables[0].no_data.get(kind), Some(&1), "{line} {:?}", read.tables[0].no_data);
    }
}

#[test]
fn items_that_are_called_total_are_items() {
    let text = "item_no,name\nTOTAL-1,flow meter\nSUM-20,adder\nTotal,station\n";
    assert!(read(&[("items.csv", text)]).items.len() >= 2);
    let text = "item,routing_no,seq,operation\nTOTAL,1,10,CUT\nSUMME,1,10,CUT\n합계,1,10,CUT\n";
    assert_eq!(read(&[("routings.csv", text)]).clean().routings.len(), 3);
}

#[test]
fn one_nul_costs_its_cell() {
    let text = "item_no,name,alloy\nA1,hu\0b,316\nA2,cap,1\x00250\nA3,lid,304\n";
    let read = read(&[("items.csv", text)]);
    assert_eq!(read.doubt_rules(), ["2 known_encoding", "3 known_encoding"]);
    assert_eq!((read.items.len(), read.item("A1").name.as_deref()), (3, None));
    assert_eq!(read.item("A2").attributes.get("alloy"), None);
    let plan = "item,routing_no,seq,operation\nA1,1,10,CUT\nA\x001,1,20,CUT\nA2,1,1\x000,CUT\n";
    let plan = super::given::read(&[("routings.csv", plan)]);
    assert_eq!(plan.refused.len(), 2);
    assert!(plan.held_names().contains(&"A2/1") && plan.held_names().contains(&"A1/1"), "{:?}", plan.held_names());
}

#[test]
fn unusual_characters_go_in_as_they_are() {
    for code in ["🔩-1", "A/B\\C", "..", "=1+2", "@SUM", "A\"B", "é", "Ｅ９", "%20", "<b>", "a;b", "+49", "-7"] {
        let quoted = format!("\"{}\"", code.replace('"', "\"\""));
        let read = read(&[("items.csv", &format!("item_no,name\n{quoted},part\nZZ,part\n"))]).clean();
        assert_eq!(read.items.len(), 2, "{code}");
    }
    let long = "x".repeat(20_000);
    let read_long = read(&[("items.csv", &format!("item_no,name\nA1,{long}\n"))]).clean();
    assert_eq!(read_long.item("A1").name.as_ref().map(String::len), Some(20_000));
    let broken = read(&[("items.csv", "item_no,name\nA1,\"two\nlines\"\nA2,x\n")]).clean();
    assert_eq!(broken.item("A1").name.as_deref(), Some("two lines"));
}

#[test]
fn other_kinds_of_file_are_refused_with_what_to_do() {
    let refused = |name: &str, bytes: &[u8]| {
        let read = read_bytes(&[(name, bytes.to_vec())], &Options::default(), TODAY);
        assert!(read.tables.is_empty(), "{name}");
        read.failure().to_string()
    };
    for (name, bytes) in [
        ("items.xls", &b"<html><body><table><tr><td>item</td></tr></table></body></html>"[..]),
        ("items.csv", b"%PDF-1.7\n1 0 obj\n"),
        ("items.csv", b"{\"items\": []}"),
        ("items.csv", b"\x89PNG\r\n\x1a\n\0\0\0"),
    ] {
        let told = refused(name, bytes);
        assert!(told.contains("save") || told.contains("CSV") || told.contains("column"), "{name}: {told}");
    }
}
