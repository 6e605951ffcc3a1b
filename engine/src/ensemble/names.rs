//! Which names a training knows: a new member of a known name family is easier than a truly new item.

use crate::domain::Item;

use super::item_key;

/// Name families of some items.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Hashes of the families, one for each item, ascending.
    hashes: Vec<u64>,
}

impl Names {
    pub fn of<'a>(items: impl IntoIterator<Item = &'a Item>) -> Self {
        let mut hashes: Vec<u64> = items.into_iter().map(hash).collect();
        hashes.sort_unstable();
        Self { hashes }
    }

    /// Whether one of the items is of the family of `item`; another one, where it is among them itself.
    pub fn know(&self, item: &Item, is_among_them: bool) -> bool {
        let hash = hash(item);
        let from = self.hashes.partition_point(|known| *known < hash);
        self.hashes.get(from + usize::from(is_among_them)) == Some(&hash)
    }
}

fn hash(item: &Item) -> u64 {
    item_key(&item.name_family())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_is_not_familiar_for_its_own_sake() {
        let items = [Item::new("1").named("ring 40"), Item::new("2").named("ring 50"), Item::new("3").named("disc 7")];
        let names = Names::of(&items);
        assert!(names.know(&Item::new("4").named("RING 99"), false) && names.know(&items[0], true));
        assert!(names.know(&Item::new("5").named("disc 8"), false) && !names.know(&items[2], true));
        assert!(!names.know(&Item::new("6").named("plate"), false));
    }
}
