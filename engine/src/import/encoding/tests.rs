//! Tests of encodings.

use super::*;

const TEXT: &str = "품목코드,품목명\nA-1,메카니칼 씰\n";

fn decoded(bytes: &[u8]) -> (Encoding, String) {
    let mut decoded = Decoded::open(bytes).expect("text in a supported encoding");
    let mut text = String::new();
    decoded.read_to_string(&mut text).expect("memory can be read");
    (decoded.encoding(), text)
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

#[test]
fn each_encoding_gives_the_same_text() {
    let bom = |text: &str| format!("\u{feff}{text}");
    assert_eq!(decoded(TEXT.as_bytes()), (Encoding::Utf8, TEXT.into()));
    assert_eq!(decoded(bom(TEXT).as_bytes()), (Encoding::Utf8Bom, TEXT.into()));
    assert_eq!(decoded(&utf16(&bom(TEXT), u16::to_le_bytes)), (Encoding::Utf16Le, TEXT.into()));
    assert_eq!(decoded(&utf16(&bom(TEXT), u16::to_be_bytes)), (Encoding::Utf16Be, TEXT.into()));
    assert_eq!(decoded(&utf16(TEXT, u16::to_le_bytes)), (Encoding::Utf16Le, TEXT.into()));
    assert_eq!(decoded(&utf16(TEXT, u16::to_be_bytes)), (Encoding::Utf16Be, TEXT.into()));
    assert_eq!(decoded(&EUC_KR.encode(TEXT).0), (Encoding::Cp949, TEXT.into()));
}

#[test]
fn korean_that_comes_late_is_still_recognised() {
    let text = format!("item_cd,item_nm\n{}B,씰\n", "A-1,pump seal\n".repeat(20_000));
    assert_eq!(decoded(&EUC_KR.encode(&text).0), (Encoding::Cp949, text.clone()));
    assert_eq!(decoded(text.as_bytes()), (Encoding::Utf8, text.clone()));
}

#[test]
fn letters_across_the_edge_of_a_piece_stay_whole() {
    for shift in 0..3 {
        let text = format!("{}{}", "x".repeat(shift), "가".repeat(60_000));
        assert_eq!(decoded(text.as_bytes()).1, text);
        assert_eq!(decoded(&EUC_KR.encode(&text).0).1, text);
    }
}

#[test]
fn what_is_not_text_is_refused() {
    let refusal = |bytes: &[u8]| Decoded::open(bytes).err().expect("not text");
    assert!(matches!(refusal(b""), Refusal::Empty));
    assert!(matches!(refusal(b" \r\n\n"), Refusal::Empty));
    assert!(matches!(refusal(b"PK\x03\x04rest"), Refusal::Binary(Some(_))));
    assert!(matches!(refusal(b"item_cd\0\0\0\x01\x02"), Refusal::Binary(None)));
    assert!(matches!(refusal(&[7, 1, 2, 3, 4, 200, 201]), Refusal::Binary(None)));
    assert!(matches!(refusal(b"Stra\xdfe,Gr\xf6\xdfe\n"), Refusal::Encoding));
}
