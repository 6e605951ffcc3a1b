//! Finds items by words.

use crate::clean::text::clean;

use super::codes::Codes;
use super::haystack::{At, Haystack, Word};
use super::items::{Items, NAME};
use super::texts::Lists;

/// A part of what a search found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Positions of items.
    pub items: Vec<usize>,
    /// Matches in all.
    pub total: usize,
}

/// Where a word was found, the best first; as numbers, because there is one for each item.
mod place {
    pub const IS_CODE: u8 = 0;
    pub const CODE_START: u8 = 1;
    pub const CODE: u8 = 2;
    pub const NAME: u8 = 3;
    pub const ATTRIBUTE: u8 = 4;
    pub const NOWHERE: u8 = 5;
}

/// What is searched, and what leads back to the items.
pub struct Index {
    n_items: usize,
    pub codes: Codes,
    terms: Haystack,
    /// Terms below this are names.
    first_attribute: usize,
    /// Items of each term.
    items_of: Lists,
}

impl Index {
    pub fn of(items: &Items) -> Self {
        Self {
            n_items: items.len(),
            codes: Codes::of(items.codes.iter()),
            terms: Haystack::of(items.terms.iter()),
            first_attribute: items.column_starts.get(NAME + 1).map_or(0, |end| *end as usize),
            items_of: items.rows.inverted(items.terms.len()),
        }
    }

    pub fn search(&self, text: &str, offset: usize, limit: usize) -> Found {
        let text = clean(text);
        let words: Vec<Word> = text.split_whitespace().filter_map(Word::of).collect();
        let Some((first, more)) = words.split_first() else {
            let items = (offset.min(self.n_items)..self.n_items).take(limit).collect();
            return Found { items, total: self.n_items };
        };
        let mut worst = self.places(first);
        for word in more {
            let of_word = self.places(word);
            worst.iter_mut().zip(of_word).for_each(|(worst, place)| *worst = place.max(*worst));
        }
        if !more.is_empty()
            && let Some(whole) = Word::of(&text)
        {
            // Words that are one code, written with blanks.
            self.codes.texts.find(&whole, |at, found| {
                if found != At::Inside {
                    worst[at] = worst[at].min(of_code(found));
                }
            });
        }
        page(&worst, offset, limit)
    }

    /// The best place of a word in each item.
    fn places(&self, word: &Word) -> Vec<u8> {
        let mut places = vec![place::NOWHERE; self.n_items];
        self.terms.find(word, |term, _| {
            let place = if term < self.first_attribute { place::NAME } else { place::ATTRIBUTE };
            for item in self.items_of.get(term) {
                let best = &mut places[*item as usize];
                *best = place.min(*best);
            }
        });
        self.codes.texts.find(word, |item, found| places[item] = of_code(found));
        places
    }
}

fn of_code(found: At) -> u8 {
    match found {
        At::Whole => place::IS_CODE,
        At::Start => place::CODE_START,
        At::Inside => place::CODE,
    }
}

/// The items of a page, by place and then by position.
fn page(places: &[u8], offset: usize, limit: usize) -> Found {
    let (mut items, mut before) = (Vec::with_capacity(limit.min(places.len())), 0);
    for wanted in place::IS_CODE..place::NOWHERE {
        let n = places.iter().filter(|place| **place == wanted).count();
        if items.len() < limit && before + n > offset {
            let skipped = offset.saturating_sub(before);
            let all = places.iter().enumerate().filter(|(_, place)| **place == wanted).map(|(at, _)| at);
            items.extend(all.skip(skipped).take(limit - items.len()));
        }
        before += n;
    }
    Found { items, total: before }
}
