//! Codes: words that are codes, what a person sees as one code, and codes that look alike.

use super::given::{read, read_with};
use engine::import::{CodeOf, Join, Options};

#[test]
fn words_for_nothing_are_codes_where_codes_stand() {
    for word in ["NA", "NONE", "NIL", "N/A", "NAN", "KEINE", "OPEN"] {
        let items = format!("item_no,name\n{word},bracket\nB2,cover\n");
        let plan = format!("item,routing_no,seq,operation,machine\n{word},1,10,{word},{word}\n");
        let read = read(&[("items.csv", &items), ("routings.csv", &plan)]).clean();
        assert_eq!(read.steps(word), [format!("10 {word} {word}")]);
        assert_eq!(read.item(word).name.as_deref(), Some("bracket"));
    }
}

#[test]
fn a_word_that_a_category_has_often_is_a_value() {
    let rows = |n_na: usize| -> String {
        (0..100).map(|n| format!("C{n},part,{}\n", if n < n_na { "NA" } else { "SEAL" })).collect()
    };
    let often = read(&[("items.csv", &format!("item_no,name,group\n{}", rows(20)))]).clean();
    assert_eq!(often.item("C0").attributes.get("group").map(String::as_str), Some("NA"));
    let seldom = read(&[("items.csv", &format!("item_no,name,group\n{}", rows(1)))]).clean();
    assert_eq!(seldom.item("C0").attributes.get("group"), None);
    assert_eq!(seldom.tables[0].missing["NA"], 1);
}

#[test]
fn what_a_person_sees_as_one_code_is_one_code() {
    let spellings = [
        "BZ-70-K",
        "BZ‐70‐K",
        "BZ‑70‑K",
        "BZ–70–K",
        "BZ−70−K",
        "ＢＺ－７０－Ｋ",
        "\u{200b}BZ-70-K",
        "BZ-70-K\u{feff}",
        "\u{a0}BZ-70-K\u{3000}",
        "BZ\u{ad}-70-K",
        "'BZ-70-K",
        "=\"BZ-70-K\"",
    ];
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let plan: String =
        spellings.iter().enumerate().map(|(n, code)| format!("{},1,{},OP{n},M\n", quoted(code), n + 1)).collect();
    let files = [
        ("items.csv", "item_no,name\nBZ-70-K,clip\n".to_owned()),
        ("routings.csv", format!("item,routing_no,seq,operation,machine\n{plan}")),
    ];
    let read = read(&files.each_ref().map(|(name, text)| (*name, text.as_str()))).clean();
    assert_eq!(read.items.len(), 1);
    assert_eq!(read.operations("BZ-70-K").len(), spellings.len());
    assert!(read.like.is_empty());
}

#[test]
fn zeros_that_a_spreadsheet_keeps_stay() {
    let text = "item_no,name\n=\"00730\",pin\n'00731,pin\n00732,pin\n";
    let read = read(&[("items.csv", text)]).clean();
    let codes: Vec<&str> = read.items.iter().map(|item| item.code.as_str()).collect();
    assert_eq!(codes, ["00730", "00731", "00732"]);
}

#[test]
fn codes_that_look_alike_are_named_and_joined_only_when_the_plant_says_so() {
    let items = "item_no,name\nQv-11,a\n00415,b\n730.,c\n512000034000,d\nHH-9,e\n";
    let plan = "item,routing_no,seq,operation,machine\nqv-11,1,10,CUT,M1\n415,1,10,Cut,M1\n415.0,1,20,CUT,m1\n\
                5.12E+11,1,10,CUT,M1\nHH-9,1,10,CUT,M1\n";
    let files = [("items.csv", items), ("routings.csv", plan)];
    let named = read(&files).clean();
    let seen: Vec<(&str, &str, &str)> = named
        .like
        .iter()
        .filter(|one| one.of == CodeOf::Item)
        .map(|one| (one.code.as_str(), one.like.as_str(), one.how.as_str()))
        .collect();
    let expected = [
        ("415", "00415", "zeros"),
        ("415.0", "00415", "zeros"),
        ("5.12E+11", "512000034000", "scientific"),
        ("qv-11", "Qv-11", "case"),
    ];
    assert_eq!(seen, expected);
    let others: Vec<&str> =
        named.like.iter().filter(|one| one.of != CodeOf::Item).map(|one| one.code.as_str()).collect();
    assert_eq!(others, ["Cut", "m1"]);
    assert!(named.like.iter().all(|one| !one.is_joined));
    assert_eq!(named.routings.len(), 5);

    let by_case = Options { joins: [Join::Case].into(), ..Options::default() };
    let joined = read_with(&files, &by_case);
    assert_eq!(joined.steps("Qv-11"), ["10 CUT M1"]);
    assert_eq!(joined.steps("415"), ["10 CUT M1"]);
    assert_eq!(joined.steps("415.0"), ["20 CUT M1"]);

    let by_zeros = Options { joins: [Join::Zeros].into(), ..Options::default() };
    let joined = read_with(&files, &by_zeros);
    assert_eq!(joined.steps("00415"), ["10 Cut M1", "20 CUT m1"]);
    assert_eq!(joined.steps("qv-11"), ["10 CUT M1"]);
    assert!(joined.like.iter().any(|one| one.how == "scientific" && !one.is_joined), "lost digits are never guessed");
}

#[test]
fn a_code_that_looks_like_two_items_is_left_alone() {
    let items = "item_no,name\nab-1,x\nAB-1,y\n";
    let plan = "item,routing_no,seq,operation,machine\nAb-1,1,10,CUT,M1\n";
    let all = Options { joins: [Join::Case, Join::Zeros].into(), ..Options::default() };
    let read = read_with(&[("items.csv", items), ("routings.csv", plan)], &all);
    assert_eq!(read.steps("Ab-1"), ["10 CUT M1"]);
}
