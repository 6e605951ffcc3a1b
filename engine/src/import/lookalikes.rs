//! Codes that a person would take for one: they differ in case, in leading zeros, by `.0`, or one is the other in
//! scientific notation.
//!
//! They are named, and joined only when the plant says so.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::gathered::Gathered;
use super::options::Join;
use crate::clean::codes::{self, Lookalike};
use crate::domain::ItemCode;

/// What a code names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeOf {
    Item,
    Job,
    WorkCentre,
}

/// A code that looks like another one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LikeCode {
    pub of: CodeOf,
    pub code: String,
    /// The one that is probably meant: an item of the items table, or the spelling that most rows have.
    pub like: String,
    /// `case`, `zeros`, `point_zero`, `scientific`
    pub how: String,
    /// Whether the two were joined.
    pub is_joined: bool,
}

/// Finds such codes and joins those that the plant wants joined. `listed` are the items that the plant knows.
pub fn join(gathered: &mut Gathered, listed: &[ItemCode], joins: &BTreeSet<Join>) -> Vec<LikeCode> {
    let mut found = Vec::new();
    let mut renamed: HashMap<ItemCode, ItemCode> = HashMap::new();
    for (code, like, how) in items(gathered, listed) {
        let is_joined = is_wanted(how, joins);
        if is_joined {
            renamed.insert(ItemCode::new(code.clone()), ItemCode::new(like.clone()));
        }
        found.push(LikeCode { of: CodeOf::Item, code, like, how: name(how).to_owned(), is_joined });
    }
    gathered.rename_items(&renamed);
    for of in [CodeOf::Job, CodeOf::WorkCentre] {
        for (code, like) in spellings(gathered.codes(of)) {
            let is_joined = joins.contains(&Join::Case);
            if is_joined {
                gathered.rename_code(of, code.clone(), like.clone());
            }
            found.push(LikeCode { of, code, like, how: name(Lookalike::Case).to_owned(), is_joined });
        }
    }
    found
}

fn is_wanted(how: Lookalike, joins: &BTreeSet<Join>) -> bool {
    match how {
        Lookalike::Case => joins.contains(&Join::Case),
        Lookalike::Zeros | Lookalike::PointZero => joins.contains(&Join::Zeros),
        // The digits that scientific notation has lost may have been others.
        Lookalike::Scientific => false,
    }
}

fn name(how: Lookalike) -> &'static str {
    match how {
        Lookalike::Case => "case",
        Lookalike::Zeros => "zeros",
        Lookalike::PointZero => "point_zero",
        Lookalike::Scientific => "scientific",
    }
}

/// Items of the import that the plant does not have and that look like exactly one known item: one that the plant has,
/// or, for an item that only routings and reports name, one of the import's own tables.
fn items(gathered: &Gathered, listed: &[ItemCode]) -> Vec<(String, String, Lookalike)> {
    let own: HashSet<&str> = gathered.item_codes().map(ItemCode::as_str).collect();
    let had: HashSet<&str> = listed.iter().map(ItemCode::as_str).collect();
    let mut by_key: HashMap<String, Vec<&str>> = HashMap::new();
    let mut by_number: BTreeMap<u128, Vec<&str>> = BTreeMap::new();
    for code in own.union(&had) {
        by_key.entry(key(code)).or_default().push(code);
        if let Some(number) = codes::digits(code) {
            by_number.entry(number).or_default().push(code);
        }
    }
    let mut asked: BTreeSet<&str> = gathered.named_items().into_iter().map(ItemCode::as_str).collect();
    asked.extend(own.iter().copied());
    let mut found = Vec::new();
    for code in asked.into_iter().filter(|code| !had.contains(code)) {
        let is_own = own.contains(code);
        let mut like: Vec<&str> = by_key.get(&key(code)).cloned().unwrap_or_default();
        if let Some(range) = codes::scientific_range(code) {
            like.extend(by_number.range(range).flat_map(|(_, codes)| codes.iter().copied()));
        }
        // What a table of items lists is an item; only one that the plant had before may be meant instead.
        like.retain(|other| *other != code && (!is_own || had.contains(other)));
        like.sort_unstable();
        like.dedup();
        if let [only] = like[..]
            && let Some(how) = codes::lookalike(code, only)
        {
            found.push((code.to_owned(), only.to_owned(), how));
        }
    }
    found
}

/// One key for codes that differ in case, leading zeros or `.0`.
fn key(code: &str) -> String {
    let plain = code.strip_suffix(".0").unwrap_or(code);
    codes::zeros_key(&codes::case_key(plain)).to_owned()
}

/// Of codes that differ in case only, the rarer spellings with the commonest.
fn spellings(counts: &HashMap<String, u64>) -> Vec<(String, String)> {
    let mut by_key: BTreeMap<String, Vec<(&String, u64)>> = BTreeMap::new();
    for (code, n) in counts {
        by_key.entry(codes::case_key(code).into_owned()).or_default().push((code, *n));
    }
    let mut found = Vec::new();
    for mut group in by_key.into_values().filter(|group| group.len() > 1) {
        group.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        let first = group[0].0;
        found.extend(group[1..].iter().map(|(code, _)| ((*code).clone(), first.clone())));
    }
    found
}
