//! What a part family is called: the category values and name words that distinguish it, in the plant's own spelling.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::Item;
use crate::features::{Feature, FeatureKind, Schema};

/// Words of a label.
const MAX_WORDS: usize = 2;
/// Share of a family's items that bear a word of its label, at least.
const LEAST_SHARE: f64 = 0.3;
/// A word with a digit is a code: it counts so much less than one that can be read.
const CODE_WORTH: f64 = 0.7;
/// Longer values are no label, characters.
const MAX_CHARACTERS: usize = 24;
/// Shorter ones say nothing.
const LEAST_CHARACTERS: usize = 2;

/// How many items bear each word.
#[derive(Default)]
struct Tally {
    n_items: usize,
    /// Items that bear a word, in lower case.
    n_bearing: BTreeMap<String, usize>,
}

/// The label of each family; empty where nothing distinguishes it.
///
/// A word says the more the more items of the family bear it and the fewer of all do: its share in the family times the
/// logarithm of (share in the family / share in all), its part of the information by which the two differ.
///
/// # Source
/// Kullback, Leibler, "On information and sufficiency", 1951.
pub fn family_labels(items: &[Item], families: &[u16], schema: &Schema) -> BTreeMap<u16, Vec<String>> {
    let categories: Vec<&Feature> =
        schema.features.iter().filter(|feature| feature.kind == FeatureKind::Category).collect();
    let mut all = Tally::default();
    let mut of_family: BTreeMap<u16, Tally> = BTreeMap::new();
    let mut spelled: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for (item, family) in items.iter().zip(families) {
        let words = words(item, &categories);
        let borne: BTreeSet<String> = words.iter().map(|word| word.to_lowercase()).collect();
        for word in words {
            *spelled.entry(word.to_lowercase()).or_default().entry(word).or_default() += 1;
        }
        for tally in [&mut all, of_family.entry(*family).or_default()] {
            tally.n_items += 1;
            for word in &borne {
                *tally.n_bearing.entry(word.clone()).or_default() += 1;
            }
        }
    }
    let label = |tally: &Tally| chosen(tally, &all).into_iter().map(|word| spelling(&spelled[word])).collect();
    of_family.iter().map(|(family, tally)| (*family, label(tally))).collect()
}

/// The words that tell most, none within another.
fn chosen<'a>(family: &'a Tally, all: &Tally) -> Vec<&'a str> {
    let mut weighed: Vec<(f64, &str)> = family
        .n_bearing
        .iter()
        .filter_map(|(word, n)| {
            let share = *n as f64 / family.n_items as f64;
            let among_all = all.n_bearing[word] as f64 / all.n_items as f64;
            (share >= LEAST_SHARE && share > among_all)
                .then(|| (readable(word) * share * libm::log(share / among_all), word.as_str()))
        })
        .collect();
    weighed.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    let mut label: Vec<&str> = Vec::new();
    for (_, word) in weighed {
        if label.len() < MAX_WORDS && !label.iter().any(|known| known.contains(word) || word.contains(known)) {
            label.push(word);
        }
    }
    label
}

fn readable(word: &str) -> f64 {
    if word.chars().any(char::is_numeric) { CODE_WORTH } else { 1.0 }
}

/// The commonest spelling; of equally common ones the first by letters.
pub fn spelling(spelled: &BTreeMap<String, usize>) -> String {
    let commonest = spelled.iter().max_by(|a, b| a.1.cmp(b.1).then_with(|| b.0.cmp(a.0)));
    commonest.map(|(word, _)| word.clone()).unwrap_or_default()
}

/// Values of the categories, and the words of the name that have no digit.
fn words(item: &Item, categories: &[&Feature]) -> Vec<String> {
    let values = categories.iter().filter_map(|feature| feature.value(item)).map(|value| value.trim().to_owned());
    let split = |c: char| c.is_whitespace() || ",;/()[]".contains(c);
    let of_name = item.name.iter().flat_map(|name| name.split(split)).map(str::to_owned);
    let is_word = |word: &String| {
        let n = word.chars().count();
        (LEAST_CHARACTERS..=MAX_CHARACTERS).contains(&n) && word.chars().any(char::is_alphabetic)
    };
    let plain = of_name.filter(|word| !word.chars().any(char::is_numeric));
    values.chain(plain).filter(is_word).collect()
}
