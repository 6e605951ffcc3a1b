//! Exact search over a whole catalogue by inverted lists: the truth that any other index is measured against.

use crate::features::{Encoder, Value};

/// A near item. `parts` holds what each feature of the schema adds to `score`.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Position in the catalogue.
    pub item_idx: usize,
    /// Similarity, 0 to 1.
    pub score: f64,
    /// One part per feature; they add up to `score`.
    pub parts: Vec<f64>,
}

/// One feature of all items, by column.
#[derive(Clone, Debug)]
enum Column {
    Ignored,
    /// Position of each item, NaN where missing; the width of the similarity.
    Number {
        positions: Vec<f32>,
        width: f32,
    },
    /// Id of each item (`u32::MAX` where missing or never seen) and the items of each id.
    Category {
        ids: Vec<u32>,
        items: Lists<u32>,
    },
    /// Terms of each item, and items of each term, with weights.
    Terms {
        forward: Lists<(u32, f32)>,
        inverted: Lists<(u32, f32)>,
    },
}

/// Many short lists in two allocations.
#[derive(Clone, Debug)]
struct Lists<T> {
    starts: Vec<u32>,
    entries: Vec<T>,
}

impl<T> Lists<T> {
    fn get(&self, at: usize) -> &[T] {
        &self.entries[self.starts[at] as usize..self.starts[at + 1] as usize]
    }
}

/// Encoded items that a query is compared with. Items are addressed by position.
///
/// # Cost
/// A search reads the lists of the query's terms and one number per item and numeric feature.
#[derive(Clone, Debug)]
pub struct Catalogue {
    n_items: usize,
    columns: Vec<Column>,
    weights: Vec<f64>,
}

/// How many items beyond the asked ones are scored again in double precision, so that rounding in the scan cannot
/// push one out.
const MARGIN: usize = 16;
/// A category is common when more than one item in so many has it.
const COMMON_SHARE: usize = 8;

impl Catalogue {
    /// Lays encoded items out by feature.
    ///
    /// # Shapes
    /// `encoded` holds one row per item, each with one value per feature of `encoder`'s schema.
    pub fn new(encoder: &Encoder, encoded: &[Vec<Value>]) -> Self {
        Self::of(encoder, encoded)
    }

    /// The same for rows that come one by one.
    pub fn of(encoder: &Encoder, rows: impl IntoIterator<Item = impl AsRef<[Value]>>) -> Self {
        let features = &encoder.schema().features;
        let mut columns: Vec<ColumnBuilder> = (0..features.len()).map(|at| ColumnBuilder::new(encoder, at)).collect();
        let mut n_items = 0;
        for row in rows {
            columns.iter_mut().zip(row.as_ref()).for_each(|(column, value)| column.push(n_items, value));
            n_items += 1;
        }
        let columns = columns.into_iter().enumerate();
        let columns = columns.map(|(at, column)| column.finish(n_items, encoder.n_ids(at))).collect();
        Self { n_items, columns, weights: features.iter().map(|feature| feature.weight).collect() }
    }

    /// Number of items.
    pub fn len(&self) -> usize {
        self.n_items
    }

    /// Whether there are no items.
    pub fn is_empty(&self) -> bool {
        self.n_items == 0
    }

    /// Sum of the weights of all features.
    pub fn total_weight(&self) -> f64 {
        self.weights.iter().sum::<f64>().max(f64::MIN_POSITIVE)
    }

    /// Compares with other weights from now on, one per feature.
    pub fn set_weights(&mut self, weights: &[f64]) {
        self.weights = weights.to_vec();
    }

    /// The `k` nearest items that `is_allowed` lets through and that share anything with the query, nearest first.
    ///
    /// Equal scores stand in the order of the catalogue, which is the order of codes.
    pub fn nearest(&self, query: &[Value], k: usize, is_allowed: impl Fn(usize) -> bool) -> Vec<Hit> {
        let best = best_of(&self.scan(query), k + MARGIN, is_allowed);
        self.rank(query, best.into_iter().map(|at| at as usize), k)
    }

    /// Scores the given items in double precision and returns the best `k`.
    pub fn rank(&self, query: &[Value], items: impl IntoIterator<Item = usize>, k: usize) -> Vec<Hit> {
        let mut hits: Vec<Hit> = items.into_iter().map(|at| self.compare(query, at)).collect();
        hits.retain(|hit| hit.score > 0.0);
        hits.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.item_idx.cmp(&b.item_idx)));
        hits.truncate(k);
        hits
    }

    /// Similarity of the query and one item, with its parts.
    pub fn compare(&self, query: &[Value], item_idx: usize) -> Hit {
        let (weights, total) = self.query_weights(query);
        let parts: Vec<f64> = if total > 0.0 {
            (0..query.len()).map(|at| weights[at] * self.agreement(at, &query[at], item_idx) / total).collect()
        } else {
            vec![0.0; query.len()]
        };
        Hit { item_idx, score: parts.iter().sum::<f64>().min(1.0), parts }
    }

    /// Agreement of the query and one item in one feature, 0 to 1, before any weight.
    pub fn agreement(&self, feature_idx: usize, value: &Value, item_idx: usize) -> f64 {
        match (&self.columns[feature_idx], value) {
            (Column::Number { positions, width }, Value::Number(position)) => {
                let other = positions[item_idx];
                if other.is_nan() { 0.0 } else { f64::from(closeness(*position, other, *width)) }
            }
            (Column::Category { ids, .. }, Value::Category { id: Some(id), .. }) => {
                f64::from(u8::from(ids[item_idx] == *id))
            }
            (Column::Terms { forward, .. }, Value::Terms(terms)) => dot(terms, forward.get(item_idx)).clamp(0.0, 1.0),
            _ => 0.0,
        }
    }

    /// Weight of each feature for this query and their sum: a feature that the query lacks does not count at all,
    /// and a rare category counts more than a common one.
    pub fn query_weights(&self, query: &[Value]) -> (Vec<f64>, f64) {
        let weights: Vec<f64> = query
            .iter()
            .zip(&self.weights)
            .zip(&self.columns)
            .map(|((value, weight), column)| match (column, value) {
                (Column::Ignored, _) | (_, Value::Missing) => 0.0,
                (_, Value::Category { rarity, .. }) => weight * f64::from(*rarity),
                _ => *weight,
            })
            .collect();
        let total = weights.iter().sum();
        (weights, total)
    }

    fn scan(&self, query: &[Value]) -> Vec<f32> {
        let mut scores = vec![0.0f32; self.n_items];
        let (weights, total) = self.query_weights(query);
        if total <= 0.0 {
            return scores;
        }
        for ((column, value), weight) in self.columns.iter().zip(query).zip(&weights) {
            let weight = (weight / total) as f32;
            if weight <= 0.0 {
                continue;
            }
            match (column, value) {
                (Column::Number { positions, width }, Value::Number(position)) => {
                    for (score, other) in scores.iter_mut().zip(positions) {
                        let closeness = closeness(*position, *other, *width);
                        // NaN, a missing value, compares as false and adds nothing.
                        *score += if closeness > 0.0 { weight * closeness } else { 0.0 };
                    }
                }
                (Column::Category { ids, items }, Value::Category { id: Some(id), .. }) => {
                    let of_id = items.get(*id as usize);
                    // A value that many items have is found sooner by looking at all of them in a row.
                    if of_id.len() > self.n_items / COMMON_SHARE {
                        let added = |other: &u32| if other == id { weight } else { 0.0 };
                        scores.iter_mut().zip(ids).for_each(|(score, other)| *score += added(other));
                    } else {
                        of_id.iter().for_each(|at| scores[*at as usize] += weight);
                    }
                }
                (Column::Terms { inverted, .. }, Value::Terms(terms)) => {
                    for (term, query_weight) in terms {
                        let factor = weight * query_weight;
                        inverted.get(*term as usize).iter().for_each(|(at, w)| scores[*at as usize] += factor * w);
                    }
                }
                _ => {}
            }
        }
        scores
    }
}

/// Positions of the `n` best scores above 0 that `is_allowed` lets through, in no order; of equal scores the first count.
fn best_of(scores: &[f32], n: usize, is_allowed: impl Fn(usize) -> bool) -> Vec<u32> {
    let by_score = |a: &u32, b: &u32| scores[*b as usize].total_cmp(&scores[*a as usize]).then_with(|| a.cmp(b));
    let most = n * 4;
    let mut best: Vec<u32> = Vec::with_capacity(most);
    // What a score has to exceed: most items are passed over by one comparison.
    let mut least = 0.0;
    for (at, score) in scores.iter().enumerate() {
        if *score > least && is_allowed(at) {
            best.push(at as u32);
            if best.len() == most {
                let (_, nth, _) = best.select_nth_unstable_by(n - 1, by_score);
                least = scores[*nth as usize];
                best.truncate(n);
            }
        }
    }
    if best.len() > n {
        best.select_nth_unstable_by(n - 1, by_score);
        best.truncate(n);
    }
    best
}

/// One at equal positions, one half at a distance of `width`, falling with the square.
fn closeness(a: f32, b: f32, width: f32) -> f32 {
    let distance = (a - b) / width;
    1.0 / (1.0 + distance * distance)
}

fn dot(a: &[(u32, f32)], b: &[(u32, f32)]) -> f64 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0f64);
    while i < a.len() && j < b.len() {
        match a[i].0.cmp(&b[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += f64::from(a[i].1) * f64::from(b[j].1);
                i += 1;
                j += 1;
            }
        }
    }
    sum
}

/// A column of which some items have come.
enum ColumnBuilder {
    /// Nothing that could be compared has come yet.
    Nothing,
    Number {
        positions: Vec<f32>,
        width: f32,
    },
    Category {
        ids: Vec<u32>,
    },
    Terms(Lists<(u32, f32)>),
}

impl ColumnBuilder {
    fn new(encoder: &Encoder, at: usize) -> Self {
        match encoder.number_width(at) {
            Some(width) => Self::Number { positions: Vec::new(), width },
            None => Self::Nothing,
        }
    }

    /// Adds the value of the next item, before which there were `n_items`.
    fn push(&mut self, n_items: usize, value: &Value) {
        if matches!(self, Self::Nothing) {
            match value {
                Value::Category { .. } => *self = Self::Category { ids: vec![u32::MAX; n_items] },
                Value::Terms(_) => *self = Self::Terms(Lists { starts: vec![0; n_items + 1], entries: Vec::new() }),
                Value::Missing | Value::Number(_) => {}
            }
        }
        match self {
            Self::Nothing => {}
            Self::Number { positions, .. } => positions.push(match value {
                Value::Number(position) => *position,
                _ => f32::NAN,
            }),
            Self::Category { ids } => ids.push(match value {
                Value::Category { id: Some(id), .. } => *id,
                _ => u32::MAX,
            }),
            Self::Terms(forward) => {
                if let Value::Terms(terms) = value {
                    forward.entries.extend_from_slice(terms);
                }
                forward.starts.push(forward.entries.len() as u32);
            }
        }
    }

    fn finish(self, n_items: usize, n_ids: usize) -> Column {
        match self {
            Self::Nothing => Column::Ignored,
            Self::Number { positions, width } => Column::Number { positions, width },
            Self::Category { ids } => {
                let seen = ids.iter().enumerate().filter(|(_, id)| **id != u32::MAX);
                let items = invert(n_ids, seen.map(|(item, id)| (*id, item as u32)));
                Column::Category { ids, items }
            }
            Self::Terms(mut forward) => {
                forward.entries.shrink_to_fit();
                let terms = (0..n_items).flat_map(|item| {
                    forward.get(item).iter().map(move |(term, weight)| (*term, (item as u32, *weight)))
                });
                let inverted = invert(n_ids, terms);
                Column::Terms { forward, inverted }
            }
        }
    }
}

/// Lists by id; the entries of an id keep the order in which they come.
fn invert<T: Copy + Default>(n_ids: usize, entries: impl Iterator<Item = (u32, T)> + Clone) -> Lists<T> {
    let mut starts = vec![0u32; n_ids + 1];
    entries.clone().for_each(|(id, _)| starts[id as usize + 1] += 1);
    for at in 0..n_ids {
        starts[at + 1] += starts[at];
    }
    let mut next = starts.clone();
    let mut sorted = vec![T::default(); starts[n_ids] as usize];
    for (id, entry) in entries {
        sorted[next[id as usize] as usize] = entry;
        next[id as usize] += 1;
    }
    Lists { starts, entries: sorted }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_scores_are_those_that_sorting_finds() {
        // Many equal ones, in an order that jumps about.
        let scores: Vec<f32> = (0u32..5_000).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as f32 / 16.0).collect();
        let is_allowed = |at: usize| !at.is_multiple_of(7);
        let mut order: Vec<u32> = (0..5_000u32).filter(|at| is_allowed(*at as usize)).collect();
        order.retain(|at| scores[*at as usize] > 0.0);
        order.sort_by(|a, b| scores[*b as usize].total_cmp(&scores[*a as usize]).then_with(|| a.cmp(b)));
        for n in [1, 16, 300, 10_000] {
            let mut best = best_of(&scores, n, is_allowed);
            best.sort_by(|a, b| scores[*b as usize].total_cmp(&scores[*a as usize]).then_with(|| a.cmp(b)));
            assert_eq!(best, order[..n.min(order.len())], "{n}");
        }
    }
}
