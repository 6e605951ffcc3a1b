use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

use super::haystack::Word;
use super::*;
use crate::clean::text::clean;

fn built<'i>(items: impl IntoIterator<Item = &'i Item>) -> Snapshot {
    let mut builder = Builder::new();
    items.into_iter().enumerate().for_each(|(at, item)| builder.push(item, at % 3));
    builder.finish()
}

fn codes(snapshot: &Snapshot, text: &str) -> Vec<String> {
    let found = snapshot.search(text, 0, usize::MAX);
    assert_eq!(found.items.len(), found.total, "{text}");
    found.items.iter().map(|at| snapshot.item(*at).code.to_string()).collect()
}

fn few() -> Vec<Item> {
    vec![
        Item::new("2G-10265").named("육각 볼트").with("material", "SUS304").with("drawing", "D-77 A"),
        Item::new("2G10265-PC").named("Hex bolt").with("material", "S45C"),
        Item::new("B2G-10265").named("평와셔").with("finish", "흑색 도금"),
        Item::new("WX 100").named("2G-10265 holder"),
        Item::new("Z-9").with("fits", "2g10265"),
    ]
}

#[test]
fn an_item_comes_back_as_it_was_and_the_order_of_coming_does_not_matter() {
    let items = few();
    let snapshot = built(&items);
    assert_eq!((snapshot.len(), snapshot.is_empty()), (5, false));
    for item in &items {
        let at = snapshot.position(&item.code).expect("it is there");
        assert_eq!(&snapshot.item(at), item);
    }
    assert_eq!(snapshot.position(&"2G".into()), None);
    let mut builder = Builder::new();
    items.iter().enumerate().rev().for_each(|(at, item)| builder.push(item, at % 3));
    // A second item of the same code does not count.
    builder.push(&Item::new("Z-9").named("other"), 7);
    assert_eq!(builder.finish().id(), snapshot.id());
    assert_ne!(built(&items[..4]).id(), snapshot.id());
    let n_routings = items.iter().map(|item| snapshot.n_routings(snapshot.position(&item.code).expect("there")));
    assert_eq!(n_routings.collect::<Vec<_>>(), [0, 1, 2, 0, 1]);
}

#[test]
fn the_code_itself_leads_then_its_beginning_then_names_then_attributes() {
    let snapshot = built(&few());
    assert_eq!(codes(&snapshot, "2g-10265"), ["2G-10265", "2G10265-PC", "B2G-10265", "WX 100", "Z-9"]);
    assert_eq!(codes(&snapshot, "２Ｇ１０２６５"), codes(&snapshot, "2g-10265"));
    assert_eq!(codes(&snapshot, "2g 10265 pc"), ["2G10265-PC"]);
    assert_eq!(codes(&snapshot, "wx100"), ["WX 100"]);
    assert_eq!(codes(&snapshot, "bolt HEX"), ["2G10265-PC"]);
    assert_eq!(codes(&snapshot, "볼트 sus"), ["2G-10265"]);
    assert_eq!(codes(&snapshot, "ㄷㄱ"), ["B2G-10265"]);
    assert_eq!(codes(&snapshot, "흑색도금"), ["B2G-10265"]);
    assert_eq!(codes(&snapshot, "d77a"), ["2G-10265"]);
    assert_eq!(codes(&snapshot, "bolt wrench"), [""; 0]);
    assert_eq!(codes(&snapshot, " - ").len(), 5);
    assert_eq!(built(&[]).search("x", 0, 10), Found::default());
}

#[test]
fn every_page_is_a_part_of_the_whole() {
    let snapshot = built(&few());
    for text in ["", "2g", "ㅂ", "nothing"] {
        let whole = snapshot.search(text, 0, 100);
        for offset in 0..7 {
            let page = snapshot.search(text, offset, 2);
            let expected: Vec<usize> = whole.items.iter().copied().skip(offset).take(2).collect();
            assert_eq!((page.items, page.total), (expected, whole.total), "{text:?} from {offset}");
        }
    }
}

/// Where a word is, as the documentation says it, without any index.
fn place(item: &Item, word: &str) -> Option<usize> {
    let plain = |text: &str| -> Vec<char> {
        let kept = text.chars().filter(|character| !character.is_whitespace() && !"-_".contains(*character));
        kept.flat_map(char::to_lowercase).collect()
    };
    let word = plain(word);
    let alike = |(wanted, found): (&char, &char)| wanted == found || squeeze::initial(*found) == *wanted;
    let starts = |text: &[char]| text.len() >= word.len() && word.iter().zip(text).all(alike);
    let holds = |text: &str| plain(text).windows(word.len()).any(starts);
    let code = plain(item.code.as_str());
    let places = [
        starts(&code) && code.len() == word.len(),
        starts(&code),
        holds(item.code.as_str()),
        item.name.as_deref().is_some_and(holds),
        item.attributes.values().any(|value| holds(value)),
    ];
    places.iter().position(|is_there| *is_there)
}

#[test]
fn a_search_finds_what_reading_every_item_finds() {
    const PIECES: [&str; 12] = ["ab", "B", "-", "1", "12", "볼트", "볼", "밸브", " ", "ｘ", "é", "_"];
    let mut random = Xoshiro256PlusPlus::seed_from_u64(3);
    for _ in 0..60 {
        let mut text = |most: usize| -> String {
            let n = random.gen_range(1..=most);
            let pieces: Vec<&str> = (0..n).map(|_| *PIECES.choose(&mut random).expect("some")).collect();
            clean(&pieces.concat())
        };
        let items: Vec<Item> = (0..40)
            .map(|at| {
                let item = Item::new(format!("{}x{at}", text(3))).with("a", text(3));
                match at % 3 {
                    0 => item.named(text(4)),
                    1 => item.named(text(2)).with("b", text(5)),
                    _ => item,
                }
            })
            .filter(|item| item.attributes.values().all(|value| !value.is_empty()))
            .collect();
        let words: Vec<String> = (0..20).map(|_| text(2)).chain(["ㅂ", "볼ㅌ", "ㅂㅂ"].map(clean)).collect();
        let snapshot = built(&items);
        for pair in words.windows(2) {
            let words: Vec<&str> = pair.iter().filter(|word| Word::of(word).is_some()).map(String::as_str).collect();
            // A code that is written with blanks is another test's.
            if words.len() > 1 || words.iter().any(|word| word.contains(' ')) {
                let found = snapshot.search(&pair.join(" "), 0, usize::MAX);
                let mut found: Vec<ItemCode> = found.items.iter().map(|at| snapshot.item(*at).code).collect();
                found.sort();
                let split: Vec<&str> = words.iter().flat_map(|word| word.split_whitespace()).collect();
                let counting = split.iter().filter(|word| Word::of(word).is_some());
                let all: Vec<&&str> = counting.collect();
                let mut expected: Vec<ItemCode> = items
                    .iter()
                    .filter(|item| all.iter().all(|word| place(item, word).is_some()))
                    .map(|item| item.code.clone())
                    .collect();
                expected.sort();
                assert_eq!(found, expected, "{pair:?}");
            }
            if let [word] = words[..]
                && !word.contains(' ')
            {
                let found = snapshot.search(word, 0, usize::MAX);
                let found: Vec<String> = found.items.iter().map(|at| snapshot.item(*at).code.to_string()).collect();
                let mut expected: Vec<(usize, String)> =
                    items.iter().filter_map(|item| Some((place(item, word)?, item.code.to_string()))).collect();
                expected.sort();
                assert_eq!(found, expected.into_iter().map(|(_, code)| code).collect::<Vec<_>>(), "{word:?}");
            }
        }
    }
}

#[test]
fn sections_give_the_same_snapshot_and_damage_is_told() {
    let mut items = few();
    items.shuffle(&mut Xoshiro256PlusPlus::seed_from_u64(1));
    let snapshot = built(&items);
    let (manifest, sections) = snapshot.to_sections();
    assert_eq!(&manifest.id(), snapshot.id());
    assert_eq!(manifest.n_bytes(), sections.iter().map(|section| section.bytes.len()).sum::<usize>());
    let again = Snapshot::from_sections(&manifest, &sections).expect("whole");
    assert_eq!((again.id(), again.content == snapshot.content), (snapshot.id(), true));

    assert_eq!(Snapshot::from_sections(&manifest, &[]).err(), Some(SnapshotError::Missing("items".into())));
    let old = Manifest { format: 0, ..manifest.clone() };
    assert_eq!(Snapshot::from_sections(&old, &sections).err(), Some(SnapshotError::Version { got: 0 }));
    for at in (0..sections[0].bytes.len()).step_by(7) {
        let mut damaged = sections.clone();
        damaged[0].bytes[at] ^= 1;
        let refused = Snapshot::from_sections(&manifest, &damaged).err();
        assert!(matches!(refused, Some(SnapshotError::Checksum { .. })), "{at}: {refused:?}");
        // The same by somebody who also writes the checksum: refused or read, never a panic.
        damaged[0] = bytes::section_of("items", damaged[0].bytes.clone());
        let parts = damaged.iter().map(|section| section.part.clone()).collect();
        let listed = Manifest { sections: parts, ..manifest.clone() };
        if let Ok(read) = Snapshot::from_sections(&listed, &damaged) {
            read.search("2g", 0, 10).items.iter().for_each(|at| drop(read.item(*at)));
        }
    }
}
