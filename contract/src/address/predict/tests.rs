use engine::domain;

use super::*;
use crate::wire::WireForm;

fn parse(href: &str) -> PredictQuery {
    PredictQuery::parse(href.strip_prefix("/predict").expect("a link to the page"))
}

#[test]
fn round_trip() {
    let described = PredictQuery {
        codes: vec!["A,B".into(), "GL/24 #17%".into()],
        pasted: Pasted::parse("code\tmaterial\nP-1\t+ 5%").expect("a table"),
        is_confirmed: true,
        has_new: true,
        part: 2,
        new_code: "N-1".into(),
        name: "Flansch Ø20 & ring".into(),
        attributes: [("Größe (mm)".to_owned(), "148 + 2".to_owned())].into(),
        own: OwnHistory::Beside,
        lot: 25,
        shown: 1,
        candidate: 2,
        operation: Some(20),
        is_explained: true,
        is_edited: true,
    };
    for state in [PredictQuery::default(), described] {
        assert_eq!(parse(&state.href()), state);
    }
}

#[test]
fn an_answer_describes_the_item_with_one_attribute_more() {
    let item = domain::Item::new("GL/1").named("gland").with("material", "316");
    let asked = parse("/predict?code=A&code=GL%2F1&lot=25&own=ignore&s=1&c=2&op=20");
    let told = asked.describe(&Item::of(item.clone())).tell("outer diameter", "148");
    assert_eq!(told.codes, [""; 0]);
    assert_eq!((told.lot, told.own, told.shown), (25, OwnHistory::Ignore, 0));
    let request = parse(&told.href()).request().expect("an item is described");
    assert_eq!(request.items, [Item::of(item.clone().with("outer diameter", "148"))]);
    let renamed =
        asked.describe(&Item::of(item.clone())).tell("item_nm", "sleeve").request().expect("an item is described");
    assert_eq!(renamed.items, [Item::of(item.named("sleeve"))]);
    assert_eq!((PredictQuery::field("item_nm"), PredictQuery::field("a")), ("item_nm".into(), "a.a".into()));
}

#[test]
fn codes_of_links_lists_and_text_areas() {
    assert_eq!(parse("/predict?code=A,B&code=C%2CD&code=A").codes, ["A", "B", "C,D"]);
    assert_eq!(parse("/predict?codes=A%0D%0A+B+%2CC%0A%0A").codes, ["A", "B", "C"]);
}

#[test]
fn a_pasted_table_is_looked_at_first() {
    let seen = parse("/predict?codes=code%09material%0D%0AGL-1%09316%0D%0AGL-2%09");
    assert!(seen.is_preview() && seen.codes.is_empty());
    let asked = parse(&seen.confirm().href());
    assert!(!asked.is_preview());
    let request = asked.request().expect("two items are asked for");
    let items = [domain::Item::new("GL-1").with("material", "316"), domain::Item::new("GL-2")];
    assert_eq!((request.items, request.complete_known), (items.map(Item::of).to_vec(), true));
    assert!(asked.with_new().request().is_some_and(|request| request.allow_unknown));
    let mended = parse(&asked.with_code("GL-2", Some("GL-3")).href());
    assert_eq!(mended.pasted.rows[1][0], "GL-3");
}

#[test]
fn more_than_fifty_are_the_next_part() {
    let codes: Vec<String> = (0..120).map(|at| format!("C{at}")).collect();
    let all = parse(&format!("/predict?codes={}&item_nm=gland", codes.join("%0A")));
    assert_eq!(all.n_asked(), 121);
    let part = |part: usize| {
        let request = parse(&all.turn(part).href()).request().expect("codes are asked for");
        (request.codes.first().map(ToString::to_string), request.codes.len(), request.items.len())
    };
    assert_eq!(part(0), (Some("C0".into()), 50, 0));
    assert_eq!(part(1), (Some("C50".into()), 50, 0));
    assert_eq!(part(2), (Some("C100".into()), 20, 1));
    assert_eq!(part(7), part(2), "there is no such part");
    let fewer = all.with_code("C0", None).with_code("C1", Some("C2"));
    assert_eq!((fewer.codes.len(), fewer.codes[0].as_str()), (118, "C2"));
}

#[test]
fn nonsense_falls_back_to_defaults() {
    assert_eq!(parse("/predict?own=x&lot=-3&s=a&c=&op=z&a.=1&a.x=+&lot=abc"), PredictQuery::default());
    assert_eq!(parse("/predict?lot=0").lot, 1);
    assert_eq!(parse("/predict").request(), None);
}

#[test]
fn a_described_item_is_asked_after_the_codes() {
    let request = parse("/predict?code=A&a.part=GLAND").request().expect("two items are asked for");
    assert_eq!(request.codes, [ItemCode::from("A")]);
    assert_eq!(request.items, [Item::of(domain::Item::default().with("part", "GLAND"))]);
}
