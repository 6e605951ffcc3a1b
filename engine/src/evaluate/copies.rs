//! Exact copies: items that differ in their code only. Whoever has the copy has the answer.
//!
//! Comes in: a plant and held-out items. Goes out: which items have to leave the training as well, and which item of a
//! training would still give an answer away.
//! Never does: any guess about near-copies outside the family split; they are what a plant really has.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{Item, ItemCode, Plant};

use super::Split;

/// An unnamed item with fewer attributes than this cannot be told to be a copy of another: it is one of a kind of items.
const LEAST_ATTRIBUTES: usize = 4;

/// What two copies have in common; `None` when too little is known of the item.
fn content(item: &Item) -> Option<(String, &BTreeMap<String, String>)> {
    let name: String = item.name.as_deref().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    let is_known = !name.is_empty() || item.attributes.len() >= LEAST_ATTRIBUTES;
    is_known.then(|| (name.to_lowercase(), &item.attributes))
}

/// Codes of all other items that would give the answer to a held-out one away: its exact copies, and for a family split
/// all of its name family, with a routing or without.
pub(super) fn accomplices(plant: &Plant, held_out: &BTreeSet<ItemCode>, split: Split) -> BTreeSet<ItemCode> {
    let is_held = |item: &&Item| held_out.contains(&item.code);
    let contents: BTreeSet<_> = plant.items.iter().filter(is_held).filter_map(content).collect();
    let families: BTreeSet<String> = match split {
        Split::Family => plant.items.iter().filter(is_held).map(Item::name_family).collect(),
        Split::Random | Split::Time => BTreeSet::new(),
    };
    let gives_away = |item: &&Item| {
        content(item).is_some_and(|content| contents.contains(&content))
            || (split == Split::Family && families.contains(&item.name_family()))
    };
    plant.items.iter().filter(|item| !is_held(item)).filter(gives_away).map(|item| item.code.clone()).collect()
}

/// The first item of a training by which a held-out item is known: itself, an exact copy, or for a family split one of
/// its name family; looked for item by item, without the sets by which the training was made.
pub(super) fn find_leak(rest: &Plant, held_out: &[&Item], split: Split) -> Option<(ItemCode, ItemCode)> {
    let mut known: BTreeMap<_, &ItemCode> = BTreeMap::new();
    let mut families: BTreeMap<String, &ItemCode> = BTreeMap::new();
    let mut codes: BTreeSet<&ItemCode> = rest.routings.iter().map(|routing| &routing.item).collect();
    codes.extend(rest.results.iter().map(|result| &result.item));
    for item in &rest.items {
        codes.insert(&item.code);
        if let Some(content) = content(item) {
            known.insert(content, &item.code);
        }
        families.insert(item.name_family(), &item.code);
    }
    held_out.iter().find_map(|item| {
        let itself = codes.get(&item.code).copied();
        let copy = content(item).and_then(|content| known.get(&content).copied());
        let relative = families.get(&item.name_family()).copied().filter(|_| split == Split::Family);
        itself.or(copy).or(relative).map(|by| (item.code.clone(), by.clone()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(code: &str, name: &str, material: &str) -> Item {
        Item::new(code).named(name).with("material", material)
    }

    fn plant() -> Plant {
        let items = vec![
            item("A-1", "ring 10", "316"),
            item("A-2", "Ring  10", "316"),
            item("A-3", "ring 20", "316"),
            item("A-4", "ring 10", "304"),
            Item::new("B-1"),
            Item::new("B-2"),
        ];
        Plant { items, ..Plant::default() }
    }

    fn codes(split: Split, held: &str) -> Vec<String> {
        let held = BTreeSet::from([ItemCode::from(held)]);
        accomplices(&plant(), &held, split).into_iter().map(|code| code.to_string()).collect()
    }

    #[test]
    fn copies_and_families_leave_with_the_held_out_item() {
        assert_eq!(codes(Split::Random, "A-1"), ["A-2"]);
        assert_eq!(codes(Split::Time, "A-2"), ["A-1"]);
        assert_eq!(codes(Split::Family, "A-1"), ["A-2", "A-3", "A-4"]);
        assert!(codes(Split::Random, "B-1").is_empty(), "two items of which nothing is known are no copies");
    }

    #[test]
    fn a_planted_leak_is_found() {
        let held = item("A-1", "ring 10", "316");
        let mut rest = Plant { items: vec![item("A-4", "ring 10", "304")], ..Plant::default() };
        assert_eq!(find_leak(&rest, &[&held], Split::Random), None);
        let by = |found: Option<(ItemCode, ItemCode)>| found.map(|(_, by)| by.to_string());
        assert_eq!(by(find_leak(&rest, &[&held], Split::Family)).as_deref(), Some("A-4"));
        rest.items.push(item("A-2", "ring 10", "316"));
        assert_eq!(by(find_leak(&rest, &[&held], Split::Time)).as_deref(), Some("A-2"));
        let routing = crate::domain::Routing { item: "A-1".into(), ..Default::default() };
        let own = Plant { routings: vec![routing], ..Plant::default() };
        assert_eq!(by(find_leak(&own, &[&held], Split::Random)).as_deref(), Some("A-1"));
    }
}
