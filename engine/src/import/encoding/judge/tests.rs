//! Whole files in each encoding, and files that cannot be told.

use std::io;

use super::super::{Decoded, settle};
use super::*;

fn in_encoding(encoding: Encoding, text: &str) -> Vec<u8> {
    match encoding {
        Encoding::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        Encoding::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        _ => {
            let (bytes, _, has_gap) = encoding.table().encode(text);
            assert!(!has_gap, "{text:?} cannot be written in {encoding}");
            bytes.into_owned()
        }
    }
}

fn verdict(bytes: &[u8]) -> Verdict {
    judge(bytes, None).unwrap_or_else(|refusal| panic!("{refusal:?} for {:?}", String::from_utf8_lossy(bytes)))
}

/// `cells` as a column of a table that is ASCII otherwise.
fn table(cells: &str) -> String {
    let rows = cells.split(' ').enumerate().map(|(at, cell)| format!("Q-{at},{},9.5\n", cell.replace('_', " ")));
    format!("item_cd,item_nm,weight_kg\n{}", rows.collect::<String>())
}

/// Never another text than the one that was written; `None` is too close to call.
#[track_caller]
fn judged(encoding: Encoding, cells: &str) -> Option<Encoding> {
    let bytes = in_encoding(encoding, &table(cells));
    let verdict = verdict(&bytes);
    if let Some(found) = verdict.encoding {
        let mut text = String::new();
        Decoded::open_as(&bytes[..], found).expect("text").read_to_string(&mut text).expect("memory can be read");
        assert_eq!(text, table(cells), "{cells} in {encoding} was taken for {found}");
    }
    verdict.encoding
}

const KOREAN: [&str; 12] = [
    "브라켓 실린더_헤드 플랜지",
    "축",
    "핀 볼트",
    "SUS강 A급 6각너트 M8x25볼트",
    "열처리(고주파) 도금",
    "편심캠 쐐기 굄목",
    "Ø45_축 550℃_템퍼링 Ra_0.8㎛",
    "5mm홀 10kg용 3mm이하",
    "베어링하우징조립체 유압프레스금형 스프로킷휠",
    // Chinese characters among Korean ones, and days that are written with them.
    "밸브 2019年11月23日 2020年01月05日 2020年02月17日 2021年08月30日",
    "外注_연마 檢査 몸체(左) 덮개(右)_2個",
    "9時30分 10時05分 11時40分 세척",
];
const WESTERN: [&str; 26] = [
    "Ra_1.2_µm Ra_2.4_µm",
    "480_°C",
    "Kühlkörper",
    "Größe",
    "Ø_38 Ø_42",
    "Ø38",
    "25°",
    "±0.02",
    "42_m²",
    "Gehäuse Dübel Öse Außenring Führung",
    "pièce_forgée arbre_cannelé clé bague_fendue",
    "tornillo_métrico cañón engranaje_cónico",
    "peça_de_união fixação eixo_de_transmissão",
    "hållare fäste_höger låsbricka kåpa",
    "créée",
    "BRÜCKE ÄUSSERE_HÜLSE",
    "50_µm_±_2_µm",
    "Nº_4 3ª_serie",
    "l’axe_coudé d’écrou",
    "120_mm³ 8_m³/h",
    "Schlüssel Größe_M Maß",
    "DÉCOLLETAGE PIÈCE",
    "Ø12±0.05",
    "muelle_pequeño año",
    "lâmina_de_aço ligação",
    "65°C",
];
const CENTRAL: [&str; 3] = [
    "wałek łożysko koło_zębate śruba_mocująca",
    "hřídel ložisko převodovka šroub těsnění",
    "tengelykötő fogaskerék rögzítőcsavar működtető",
];
const SIMPLIFIED: [&str; 3] = ["轴承座 齿轮箱体 螺栓", "不锈钢法兰盘 密封圈 热处理工序", "传动轴 车削加工 表面淬火"];
const TRADITIONAL: [&str; 3] = ["軸承座 齒輪箱體 螺絲", "不鏽鋼法蘭盤 密封圈 熱處理工序", "傳動軸 車削加工 表面淬火"];
const JAPANESE: [&str; 4] = [
    "シャフト 歯車ケース ボルト",
    "軸受ハウジング 旋盤加工 焼入れ",
    "ピストンロッド 取付け板",
    "六角ナット 締め付け用",
];

#[test]
fn korean_is_never_taken_for_anything_else() {
    for cells in KOREAN {
        let bytes = in_encoding(Encoding::Cp949, &table(cells));
        let mut verdicts = [verdict(&bytes)];
        settle(&mut verdicts, None);
        assert_eq!(verdicts[0].encoding, Some(Encoding::Cp949), "{cells}: {:?}", verdicts[0].candidates);
    }
}

#[test]
fn western_text_never_becomes_hangul() {
    for cells in WESTERN {
        assert_eq!(judged(Encoding::Windows1252, cells), Some(Encoding::Windows1252), "{cells}");
    }
    for cells in CENTRAL {
        assert_eq!(judged(Encoding::Windows1250, cells), Some(Encoding::Windows1250), "{cells}");
    }
}

#[test]
fn chinese_and_japanese_are_told_apart() {
    let sets: [(Encoding, &[&str]); 4] = [
        (Encoding::Gbk, &SIMPLIFIED),
        (Encoding::Big5, &TRADITIONAL),
        (Encoding::ShiftJis, &JAPANESE),
        (Encoding::EucJp, &JAPANESE),
    ];
    for (encoding, texts) in sets {
        for cells in texts {
            assert_eq!(judged(encoding, cells), Some(encoding), "{cells} in {encoding}");
        }
    }
    assert_eq!(judged(Encoding::ShiftJis, "ｼｬﾌﾄ ﾍﾞｱﾘﾝｸﾞ ﾊｳｼﾞﾝｸﾞ ﾎﾞﾙﾄ"), Some(Encoding::ShiftJis));
}

#[test]
fn each_unicode_form_is_found_and_read() {
    for text in [table("부싱 레버"), table("Bügel Träger"), table("轴套 垫片")] {
        let marked = format!("\u{feff}{text}");
        for (encoding, written) in [
            (Encoding::Utf8, &text),
            (Encoding::Utf8Bom, &marked),
            (Encoding::Utf16Le, &marked),
            (Encoding::Utf16Be, &marked),
            (Encoding::Utf16Le, &text),
            (Encoding::Utf16Be, &text),
        ] {
            let bytes = match encoding {
                Encoding::Utf8 | Encoding::Utf8Bom => written.as_bytes().to_vec(),
                _ => in_encoding(encoding, written),
            };
            assert_eq!(verdict(&bytes).encoding, Some(encoding));
            let mut read = String::new();
            Decoded::open_as(&bytes[..], encoding).expect("text").read_to_string(&mut read).expect("memory");
            assert_eq!(read, text);
        }
    }
    let ascii = verdict(b"item_cd,item_nm\nA-7,lever\n");
    assert_eq!((ascii.encoding, ascii.is_ascii), (Some(Encoding::Utf8), true));
}

#[test]
fn what_comes_late_in_a_file_counts() {
    let filler = "P-1,lever arm,1.5\n".repeat(30_000);
    for (encoding, cells) in [
        (Encoding::Cp949, "조립 검사"),
        (Encoding::Windows1252, "Rändelschraube Ø12"),
        (Encoding::ShiftJis, "シャフト"),
        (Encoding::Utf8, "가공 세척"),
    ] {
        let bytes = in_encoding(encoding, &format!("{filler}{}", table(cells)));
        assert_eq!(verdict(&bytes).encoding, Some(encoding), "{cells}");
    }
}

#[test]
fn a_word_across_the_edge_of_a_piece_stays_whole() {
    for shift in 0..4 {
        let text = format!("{}{}", "x".repeat(shift), "부품,".repeat(PIECE_BYTES / 2));
        assert_eq!(verdict(text.as_bytes()).n_bad, 0);
        let bytes = in_encoding(Encoding::Cp949, &text);
        let mut verdicts = [verdict(&bytes)];
        settle(&mut verdicts, None);
        assert_eq!((verdicts[0].encoding, verdicts[0].n_bad), (Some(Encoding::Cp949), 0));
    }
}

#[test]
fn one_bad_byte_or_nul_costs_its_cell_and_not_the_file() {
    let mut bytes = table("고정대 받침판 누름쇠 손잡이 덮개 지지대").into_bytes();
    bytes.extend(b"Q-90,ab\xffc,1\nQ-91,a\0b,1\n");
    let damaged = verdict(&bytes);
    assert_eq!((damaged.encoding, damaged.n_bad), (Some(Encoding::Utf8), 1));
    let mut bytes = in_encoding(Encoding::Cp949, &table("고정대 받침판 누름쇠 손잡이 덮개 지지대"));
    bytes.extend(b"Q-90,ab\xffc,1\nQ-91,a\0b,1\n");
    assert_eq!(verdict(&bytes).encoding, Some(Encoding::Cp949));
    let mut bytes = in_encoding(Encoding::Windows1252, &table("Bügel Träger Hülse Spülung"));
    bytes.extend(b"Q-90,ab\x81c,1\nQ-91,a\0b,1\n");
    assert_eq!(verdict(&bytes).encoding, Some(Encoding::Windows1252));
    assert_eq!(verdict(b"item_cd,item_nm\nA-1,a\0b\n").encoding, Some(Encoding::Utf8));
    let decoded = Decoded::open_as(&bytes[..], Encoding::Windows1252).expect("text");
    let text = io::read_to_string(decoded).expect("memory can be read");
    assert!(text.contains("ab\u{fffd}c") && text.contains("Spülung"));
}

#[test]
fn what_is_too_close_is_shown_in_each_reading_and_settled_by_the_rest() {
    // Both "°¼" and a syllable.
    let open = verdict(b"item_cd,mark\nW-1,\xb0\xbc\n");
    assert_eq!(open.encoding, None, "{open:?}");
    let korean = verdict(&in_encoding(Encoding::Cp949, &table("조립대 회전판")));
    let western = verdict(&in_encoding(Encoding::Windows1252, &table("Hülse Träger")));
    let unclear = Verdict {
        encoding: None,
        candidates: [Encoding::Cp949, Encoding::Windows1252]
            .map(|encoding| Reading { encoding, sample: String::new() })
            .to_vec(),
        is_ascii: false,
        n_bad: 0,
        is_standard_hangul: false,
    };
    let settled = |beside: &[&Verdict], remembered| {
        let mut verdicts = vec![unclear.clone()];
        verdicts.extend(beside.iter().map(|verdict| (*verdict).clone()));
        settle(&mut verdicts, remembered);
        verdicts[0].encoding
    };
    assert_eq!(settled(&[], None), None);
    assert_eq!(settled(&[&korean], None), Some(Encoding::Cp949));
    assert_eq!(settled(&[&western, &western], None), Some(Encoding::Windows1252));
    assert_eq!(settled(&[&western, &korean], None), None);
    assert_eq!(settled(&[&western, &korean], Some(Encoding::Cp949)), Some(Encoding::Cp949));
    assert_eq!(settled(&[], Some(Encoding::Gbk)), None);
}

#[test]
fn encodings_that_are_not_supported_are_refused() {
    // Russian, DOS and Mac files, and alphabets that are switched by escape sequences.
    let russian =
        encoding_rs::WINDOWS_1251.encode("код,имя\nА-1,Вал приводной\nА-2,Шестерня\nА-3,Корпус подшипника\n").0;
    let greek = encoding_rs::WINDOWS_1253.encode("A-1,άξονας κίνησης\nA-2,γρανάζι μειωτήρα\n").0;
    let turkish = encoding_rs::WINDOWS_1254.encode("A-1,dişli çarkı\nA-2,yağ keçesi\nA-3,sıkma bileziği\n").0;
    let dos = b"item_cd,item_nm\nD-1,B\x81gel\nD-2,Gr\x94\xe1e\nD-3,Tr\x84ger\n";
    let mac = b"item_cd,item_nm\nM-1,B\x9fgel\nM-2,Gr\x9a\xa7e\nM-3,Tr\x8ager\n";
    let shifted = b"item_cd,item_nm\nJ-1,\x1b$B%7%c%U%H\x1b(B\n";
    for bytes in [&russian[..], &greek[..], &turkish[..], dos, mac, shifted, b"\xff\xfe\0\0A\0\0\0"] {
        let refusal = judge(bytes, None);
        assert!(matches!(refusal, Err(Refusal::Encoding)), "{:?}", refusal);
    }
}

#[test]
fn what_is_no_text_is_refused() {
    let noise: Vec<u8> = (0..9000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    for bytes in [&b"\x1f\x8b\x08rest"[..], b"%PDF-1.4 text", b"item_cd\0\0\0\x01\x02", &noise] {
        assert!(matches!(judge(bytes, None), Err(Refusal::Binary(_))), "{:?}", judge(bytes, None));
    }
    for bytes in [&b""[..], b"\n \r\n", b"\xef\xbb\xbf\r\n", b"\xff\xfe"] {
        assert!(matches!(judge(bytes, None), Err(Refusal::Empty)), "{bytes:?}");
    }
}

#[test]
fn a_stated_encoding_is_taken() {
    let bytes = in_encoding(Encoding::Windows1252, &table("Träger"));
    for encoding in [Encoding::Windows1250, Encoding::Cp949, Encoding::Utf8] {
        assert_eq!(judge(&bytes[..], Some(encoding)).expect("text").encoding, Some(encoding));
    }
    for encoding in Encoding::ALL {
        assert_eq!(Encoding::from_name(encoding.name()).map(Encoding::name), Some(encoding.name()));
    }
    for (name, encoding) in [("EUC-KR", Encoding::Cp949), ("latin1", Encoding::Windows1252), ("gb18030", Encoding::Gbk)]
    {
        assert_eq!(Encoding::from_name(name), Some(encoding));
    }
    assert_eq!(Encoding::from_name("koi8-r"), None);
}
