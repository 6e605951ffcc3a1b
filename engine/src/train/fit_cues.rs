//! Fits the cue book: cuts of numbers, terms that occur, pairs of attributes that say most about the route.

use std::collections::BTreeMap;

use crate::domain::Item;
use crate::features::{CueBook, FeatureKind, Number, NumberSource, Schema, Sentences};

use super::fit_sentences::reduce;

/// Most cuts of one number.
const MAX_CUTS: usize = 60;
/// Most terms; the rarest are left out first.
const MAX_PLAIN: usize = 30_000;
const MAX_COMBINED: usize = 20_000;
/// An item in fewer than so many is no ground for a rule.
const LEAST_ITEMS: u32 = 2;
/// Numbers of one unit that are set in relation to each other.
const N_RELATED: usize = 4;
/// Bins by which numbers and their ratios are compared.
const N_COARSE: usize = 8;
/// Slots that are combined with each other.
const N_SLOTS: usize = 4;

/// The cue book of `items`; `routes` holds the route of each as a number, `sentences` the vectors of their texts.
pub fn fit_cues(schema: &Schema, items: &[&Item], routes: &[u32], sentences: Option<&Sentences>) -> CueBook {
    let mut book = CueBook::blank(schema);
    if let Some(block) = sentences.and_then(|sentences| reduce(sentences, items)) {
        let axes = (0..block.n_axes()).map(NumberSource::Sentence);
        book.numbers.extend(axes.map(|source| Number { source, cuts: Vec::new() }));
        book.sentences = Some(block);
    }
    book.numbers.extend(ratios(&book, items));
    let rows: Vec<Vec<f32>> = items.iter().map(|item| book.numbers_of(item)).collect();
    for (at, number) in book.numbers.iter_mut().enumerate() {
        number.cuts = cuts(rows.iter().map(|row| row[at]).filter(|value| !value.is_nan()).collect());
    }
    // A number that never differs says nothing.
    let told: BTreeMap<NumberSource, f64> = book
        .numbers
        .iter()
        .enumerate()
        .map(|(at, number)| (number.source, told_by(number, &rows, at, routes)))
        .collect();
    book.numbers.retain(|number| match number.source {
        _ if number.cuts.is_empty() => false,
        NumberSource::Ratio(above, below) => {
            let of = |feature| told.get(&NumberSource::Value(feature)).copied().unwrap_or(0.0);
            told[&number.source] > of(above).max(of(below))
        }
        _ => true,
    });
    let plain = items.iter().flat_map(|item| {
        let mut terms: Vec<u32> = book.plain_groups(item).into_iter().flatten().collect();
        terms.sort_unstable();
        terms.dedup();
        terms
    });
    book.plain = common_terms(plain, items.len(), MAX_PLAIN);
    let bins: Vec<Vec<u8>> = items.iter().map(|item| book.encode(item).bins).collect();
    book.pairs = pairs(&book, items, &bins, routes);
    let combined = items.iter().zip(&bins).flat_map(|(item, bins)| {
        let mut terms: Vec<u32> = book.combined_terms(item, bins).into_iter().map(|(term, _)| term).collect();
        terms.sort_unstable();
        terms.dedup();
        terms
    });
    book.combined = common_terms(combined, items.len(), MAX_COMBINED);
    book
}

/// How much a number tells about the route, by coarse bins.
fn told_by(number: &Number, rows: &[Vec<f32>], at: usize, routes: &[u32]) -> f64 {
    let bin = |value: f32| usize::from(number.bin(value)) * N_COARSE / (number.cuts.len() + 2);
    let seen = rows.iter().zip(routes).filter(|(row, _)| !row[at].is_nan());
    information(seen.map(|(row, route)| (bin(row[at]) as u32, *route)).collect(), routes.len())
}

/// Ratios of the numbers that most items have, of those in one unit.
fn ratios(book: &CueBook, items: &[&Item]) -> Vec<Number> {
    let rows: Vec<Vec<f32>> = items.iter().map(|item| book.numbers_of(item)).collect();
    // (unit, items that have it, feature) of each number that is never negative.
    let mut kinds: BTreeMap<Option<&str>, Vec<(usize, u16)>> = BTreeMap::new();
    for (at, number) in book.numbers.iter().enumerate() {
        let NumberSource::Value(of) = number.source else { continue };
        let feature = &book.features[usize::from(of)];
        let is_negative = rows.iter().any(|row| row[at] < 0.0);
        let n_positive = rows.iter().filter(|row| row[at] > 0.0).count();
        if feature.kind == FeatureKind::Number && !is_negative && n_positive > 0 {
            kinds.entry(feature.unit.as_deref()).or_default().push((n_positive, of));
        }
    }
    let mut found = Vec::new();
    for mut alike in kinds.into_values() {
        alike.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        alike.truncate(N_RELATED);
        for (at, (_, above)) in alike.iter().enumerate() {
            let sources = alike[at + 1..].iter().map(|(_, below)| NumberSource::Ratio(*above, *below));
            found.extend(sources.map(|source| Number { source, cuts: Vec::new() }));
        }
    }
    found
}

/// Cuts between the values: all where there are few, else at even shares of the items.
fn cuts(mut values: Vec<f32>) -> Vec<f32> {
    values.sort_by(f32::total_cmp);
    let middle = |at: usize| values[at - 1] + (values[at] - values[at - 1]) / 2.0;
    let steps: Vec<usize> = (1..values.len()).filter(|at| values[*at] > values[at - 1]).collect();
    if steps.len() <= MAX_CUTS {
        return steps.into_iter().map(middle).collect();
    }
    let mut chosen: Vec<usize> = (1..=MAX_CUTS)
        .map(|nth| {
            let wanted = nth * values.len() / (MAX_CUTS + 1);
            steps[steps.partition_point(|step| *step < wanted).min(steps.len() - 1)]
        })
        .collect();
    chosen.dedup();
    chosen.into_iter().map(middle).collect()
}

/// Terms of at least two items that not all items have, ascending.
fn common_terms(terms: impl Iterator<Item = u32>, n_items: usize, limit: usize) -> Vec<u32> {
    let mut all: Vec<u32> = terms.collect();
    all.sort_unstable();
    let mut counted: Vec<(u32, u32)> = Vec::new();
    for run in all.chunk_by(|a, b| a == b) {
        let count = run.len() as u32;
        if count >= LEAST_ITEMS && (count as usize) < n_items {
            counted.push((count, run[0]));
        }
    }
    if counted.len() > limit {
        counted.sort_unstable_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        counted.truncate(limit);
    }
    let mut kept: Vec<u32> = counted.into_iter().map(|(_, term)| term).collect();
    kept.sort_unstable();
    kept
}

/// Pairs of the slots whose values tell most about the route.
fn pairs(book: &CueBook, items: &[&Item], bins: &[Vec<u8>], routes: &[u32]) -> Vec<(u32, u32)> {
    let mut seen: BTreeMap<u32, Vec<(u32, u32)>> = BTreeMap::new();
    for ((item, bins), route) in items.iter().zip(bins).zip(routes) {
        for (slot, value) in book.slots(item, bins) {
            seen.entry(slot).or_default().push((value, *route));
        }
    }
    let mut ranked: Vec<(f64, u32)> = seen
        .into_iter()
        .map(|(slot, values)| (information(values, routes.len()), slot))
        .filter(|(information, _)| *information > 0.0)
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    ranked.truncate(N_SLOTS);
    let mut pairs = Vec::new();
    for (at, (_, a)) in ranked.iter().enumerate() {
        pairs.extend(ranked[at + 1..].iter().map(|(_, b)| (*a.min(b), *a.max(b))));
    }
    pairs.sort_unstable();
    pairs
}

/// Share of the route's uncertainty (as the chance that two items differ) that a value takes away, over all items.
/// A value of a single item takes nothing away: it could be chance.
fn information(mut values: Vec<(u32, u32)>, n_items: usize) -> f64 {
    let impurity = |routes: &mut Vec<u32>| {
        routes.sort_unstable();
        let n = routes.len() as f64;
        let pairs: f64 = routes.chunk_by(|a, b| a == b).map(|run| run.len() as f64 * (run.len() as f64 - 1.0)).sum();
        if n < 2.0 { 1.0 } else { 1.0 - pairs / (n * (n - 1.0)) }
    };
    let whole = impurity(&mut values.iter().map(|(_, route)| *route).collect());
    values.sort_unstable();
    let mut taken = 0.0;
    for run in values.chunk_by(|a, b| a.0 == b.0) {
        let inside = impurity(&mut run.iter().map(|(_, route)| *route).collect());
        taken += (whole - inside).max(0.0) * run.len() as f64;
    }
    taken / n_items.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::infer_schema;

    #[test]
    fn a_book_knows_sizes_in_names_and_what_is_missing() {
        let items: Vec<Item> = (0..80)
            .map(|n| {
                let item = Item::new(format!("X{n:03}")).named(format!("ring {}mm", 20 + n));
                if n % 4 == 0 { item } else { item.with("kind", ["a", "b"][n % 2]) }
            })
            .collect();
        let refs: Vec<&Item> = items.iter().collect();
        let routes: Vec<u32> = (0..80).map(|n| u32::from(n >= 40)).collect();
        let book = fit_cues(&infer_schema(&items), &refs, &routes, None);
        assert_eq!(book.n_numbers(), 1, "the size in the name, and nothing else, is a number");
        let (small, large) =
            (book.encode(&Item::new("").named("ring 25mm")), book.encode(&Item::new("").named("ring 90mm")));
        assert!(small.bins[0] < large.bins[0] && small.bins[0] > 0);
        assert_eq!(book.encode(&Item::new("").named("ring")).bins[0], 0);
        assert!(book.encode(&items[0]).terms.iter().all(|(id, _)| (*id as usize) < book.n_terms()));
    }

    #[test]
    fn a_ratio_is_read_where_it_tells_more_than_its_numbers() {
        let item = |n: u32| {
            let (raw, left) = (100 + n * 37 % 900, n * 13 % 90 + 5);
            let volume = f64::from(raw) * f64::from(left) / 100.0;
            let item = Item::new(format!("X{n:03}")).with("raw_mm3", raw.to_string());
            (item.with("volume_mm3", format!("{volume:.2}")).with("mass_kg", (n * 7 % 50 + 1).to_string()), raw, left)
        };
        let made: Vec<_> = (0..300).map(item).collect();
        let items: Vec<Item> = made.iter().map(|(item, ..)| item.clone()).collect();
        let refs: Vec<&Item> = items.iter().collect();
        let ratios = |routes: Vec<u32>| {
            let book = fit_cues(&infer_schema(&items), &refs, &routes, None);
            book.numbers.iter().filter(|number| matches!(number.source, NumberSource::Ratio(..))).count()
        };
        let by_share_cut_away = made.iter().map(|(_, _, left)| u32::from(*left > 50)).collect();
        assert_eq!(ratios(by_share_cut_away), 1, "that of the two volumes, and none across units");
        let by_size = made.iter().map(|(_, raw, _)| u32::from(*raw > 500)).collect();
        assert_eq!(ratios(by_size), 0);
    }

    #[test]
    fn cuts_lie_between_values_and_are_few() {
        assert_eq!(cuts(vec![1.0, 1.0, 2.0, 4.0]), vec![1.5, 3.0]);
        let many = cuts((0..1000).map(|n| n as f32).collect());
        assert!(many.len() <= MAX_CUTS && many.len() > 50, "{}", many.len());
        assert!(cuts(vec![7.0; 9]).is_empty());
    }
}
