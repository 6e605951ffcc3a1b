//! Grows extremely randomised trees.

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use rayon::prelude::*;

use crate::ensemble::{Forest, Node, Tree, is_in_bag};
use crate::watch::Check;

use super::predictors::{Checked, ForestParams};

/// One example: columns that are not in bin 0, and the key of its item. What it is an example of is told apart from it, so
/// that many questions can be learned from the same examples.
pub struct Example {
    pub columns: Vec<(u32, u8)>,
    pub item_key: u64,
}

/// Examples by column.
pub struct Columns {
    /// Ids of the columns, ascending.
    ids: Vec<u32>,
    /// (bin, example) of each column where the bin is not 0, the highest bins first.
    entries: Vec<Vec<(u8, u32)>>,
    /// Key of the item of each example.
    item_keys: Vec<u64>,
}

impl Columns {
    pub fn of(examples: &[Example]) -> Self {
        let mut all: Vec<(u32, u8, u32)> = examples
            .iter()
            .zip(0..)
            .flat_map(|(example, row)| example.columns.iter().map(move |(column, bin)| (*column, *bin, row)))
            .collect();
        all.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.cmp(&a.1)).then_with(|| a.2.cmp(&b.2)));
        let mut columns = Self {
            ids: Vec::new(),
            entries: Vec::new(),
            item_keys: examples.iter().map(|example| example.item_key).collect(),
        };
        for run in all.chunk_by(|a, b| a.0 == b.0) {
            columns.ids.push(run[0].0);
            columns.entries.push(run.iter().map(|(_, bin, row)| (*bin, *row)).collect());
        }
        columns
    }

    fn n_examples(&self) -> usize {
        self.item_keys.len()
    }
}

/// Columns that are taken over from each level of the search for good ones.
const N_CHOSEN: [usize; 4] = [192, 64, 32, 24];
/// A search node with fewer examples says nothing about columns.
const LEAST_SEARCHED: usize = 24;
/// Share of the chosen columns that each split tries.
const TRIED_SHARE: f64 = 0.35;
const LEAST_TRIED: usize = 10;

/// Grows a forest over `classes`; `labels` holds the position of the class of each example.
///
/// # Source
/// Geurts, Ernst, Wehenkel, "Extremely randomized trees", 2006, over columns that a short greedy search has found to
/// say something, and with a bag by item, so that a tree can be asked about an item that it has not seen.
pub fn fit_forest(
    classes: &[u32],
    columns: &Columns,
    labels: &[u16],
    params: &Checked<ForestParams>,
    seed: u64,
    check: Check,
) -> Forest {
    let useful = useful_columns(columns, labels, classes.len());
    let bins: Vec<Vec<u8>> = useful.iter().map(|at| bins_of(columns, *at)).collect();
    let grower = Grower { item_keys: &columns.item_keys, labels, bins: &bins, n_classes: classes.len(), params, seed };
    let tree = |at| {
        check();
        grower.tree(at)
    };
    let trees = (0..params.n_trees).into_par_iter().map(tree).collect();
    Forest { classes: classes.to_vec(), columns: useful.into_iter().map(|at| columns.ids[at]).collect(), trees }
}

/// Bin of each example in one column.
fn bins_of(columns: &Columns, at: usize) -> Vec<u8> {
    let mut bins = vec![0u8; columns.n_examples()];
    columns.entries[at].iter().for_each(|(bin, row)| bins[*row as usize] = *bin);
    bins
}

/// A cut of the examples of one search node.
struct Cut {
    score: f64,
    column: usize,
    bin: u8,
    n_right: usize,
}

/// Columns whose best cut separates classes well, ascending: over all examples, and again in the halves of the best cuts.
fn useful_columns(columns: &Columns, labels: &[u16], n_classes: usize) -> Vec<usize> {
    let n_all = labels.len();
    let mut chosen: Vec<usize> = Vec::new();
    let mut level: Vec<Vec<usize>> = vec![(0..n_all).collect()];
    for n_chosen in N_CHOSEN {
        let mut below = Vec::new();
        for rows in level {
            if rows.len() < LEAST_SEARCHED && rows.len() < n_all {
                continue;
            }
            let mut cuts = cuts(columns, labels, &rows, n_classes);
            cuts.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.column.cmp(&b.column)));
            // Columns that cut alike, as the n-grams of one word do, are one.
            let mut kept: Vec<&Cut> = Vec::new();
            for cut in &cuts {
                if kept.len() == n_chosen {
                    break;
                }
                if !kept.iter().any(|other| other.n_right == cut.n_right && other.score == cut.score) {
                    kept.push(cut);
                }
            }
            chosen.extend(kept.iter().map(|cut| cut.column));
            if let Some(best) = kept.first() {
                let bins = bins_of(columns, best.column);
                let (right, left) = rows.into_iter().partition(|row| bins[*row] >= best.bin);
                below.push(left);
                below.push(right);
            }
        }
        level = below;
    }
    chosen.sort_unstable();
    chosen.dedup();
    chosen
}

/// The best cut of every column that improves on no cut.
fn cuts(columns: &Columns, labels: &[u16], rows: &[usize], n_classes: usize) -> Vec<Cut> {
    let mut is_here = vec![false; labels.len()];
    let mut total = vec![0i64; n_classes];
    for row in rows {
        is_here[*row] = true;
        total[labels[*row] as usize] += 1;
    }
    let n = rows.len() as i64;
    let whole: i64 = total.iter().map(|count| count * count).sum();
    let before = whole as f64 / n as f64;
    let mut right = vec![0i64; n_classes];
    let mut found = Vec::new();
    for (column, entries) in columns.entries.iter().enumerate() {
        let (mut n_right, mut right_squares, mut left_squares) = (0i64, 0i64, whole);
        let mut best: Option<Cut> = None;
        for bin in entries.chunk_by(|a, b| a.0 == b.0) {
            let n_before = n_right;
            for (_, row) in bin.iter().filter(|(_, row)| is_here[*row as usize]) {
                let class = labels[*row as usize] as usize;
                let (in_right, in_left) = (&mut right[class], total[class]);
                right_squares += 2 * *in_right + 1;
                left_squares -= 2 * (in_left - *in_right) - 1;
                *in_right += 1;
                n_right += 1;
            }
            if n_right == n {
                break;
            }
            if n_right == n_before {
                continue;
            }
            let score = right_squares as f64 / n_right as f64 + left_squares as f64 / (n - n_right) as f64;
            if score > before + 1e-9 && best.as_ref().is_none_or(|best| score > best.score) {
                best = Some(Cut { score, column, bin: bin[0].0, n_right: n_right as usize });
            }
        }
        found.extend(best);
        entries.iter().for_each(|(_, row)| right[labels[*row as usize] as usize] = 0);
    }
    found
}

struct Grower<'a> {
    item_keys: &'a [u64],
    labels: &'a [u16],
    bins: &'a [Vec<u8>],
    n_classes: usize,
    params: &'a ForestParams,
    seed: u64,
}

impl Grower<'_> {
    fn tree(&self, at: usize) -> Tree {
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(self.seed ^ (at as u64).wrapping_mul(0x2545_f491_4f6c_dd1d));
        let rows: Vec<u32> = (0..self.labels.len() as u32)
            .filter(|row| is_in_bag(self.item_keys[*row as usize], at, self.params.bag_share))
            .collect();
        let mut tree = Tree::default();
        if rows.is_empty() {
            return tree;
        }
        let mut counts = vec![0u32; self.n_classes];
        // Rows that still wait for their node, with the split whose right side they are.
        let mut waiting: Vec<(Vec<u32>, Option<usize>)> = vec![(rows, None)];
        while let Some((rows, parent)) = waiting.pop() {
            let here = tree.nodes.len();
            if let Some(parent) = parent
                && let Node::Split { right, .. } = &mut tree.nodes[parent]
            {
                *right = here as u32;
            }
            match self.split(&rows, &mut counts, &mut rng) {
                Some((column, cut)) => {
                    tree.nodes.push(Node::Split { column: column as u16, cut, right: 0 });
                    let (right, left): (Vec<u32>, Vec<u32>) =
                        rows.into_iter().partition(|row| self.bins[column][*row as usize] >= cut);
                    waiting.push((right, Some(here)));
                    waiting.push((left, None));
                }
                None => self.add_leaf(&mut tree, &rows),
            }
        }
        tree
    }

    fn add_leaf(&self, tree: &mut Tree, rows: &[u32]) {
        let mut classes: Vec<u16> = rows.iter().map(|row| self.labels[*row as usize]).collect();
        classes.sort_unstable();
        let runs: Vec<(u16, u16)> =
            classes.chunk_by(|a, b| a == b).map(|run| (run[0], run.len().min(usize::from(u16::MAX)) as u16)).collect();
        if let [(class, _)] = runs[..] {
            tree.nodes.push(Node::Pure(class));
        } else {
            tree.nodes.push(Node::Mixed(tree.mixed.len() as u32, runs.len() as u16));
            tree.mixed.extend(runs);
        }
    }

    /// The best of some random cuts; `None` where the rows are alike or too few.
    fn split(&self, rows: &[u32], counts: &mut [u32], rng: &mut Xoshiro256PlusPlus) -> Option<(usize, u8)> {
        let least = self.params.least_leaf;
        let first = self.labels[rows[0] as usize];
        if rows.len() < 2 * least || rows.iter().all(|row| self.labels[*row as usize] == first) {
            return None;
        }
        let mut present: Vec<u16> = rows.iter().map(|row| self.labels[*row as usize]).collect();
        present.sort_unstable();
        let total: Vec<(u16, u32)> = present.chunk_by(|a, b| a == b).map(|run| (run[0], run.len() as u32)).collect();
        let n_tried = ((self.bins.len() as f64 * TRIED_SHARE) as usize).max(LEAST_TRIED);
        let mut order: Vec<usize> = (0..self.bins.len()).collect();
        let (mut n_seen, mut best): (usize, Option<(f64, usize, u8)>) = (0, None);
        for at in 0..order.len() {
            if n_seen == n_tried {
                break;
            }
            order.swap(at, rng.gen_range(at..self.bins.len()));
            let column = order[at];
            let bins = &self.bins[column];
            let (low, high) = rows.iter().fold((u8::MAX, 0), |(low, high), row| {
                let bin = bins[*row as usize];
                (low.min(bin), high.max(bin))
            });
            if low == high {
                continue;
            }
            n_seen += 1;
            let cut = rng.gen_range(low + 1..=high);
            let mut n_right = 0u32;
            for row in rows.iter().filter(|row| bins[**row as usize] >= cut) {
                counts[self.labels[*row as usize] as usize] += 1;
                n_right += 1;
            }
            let n_left = rows.len() as u32 - n_right;
            let (mut right, mut left) = (0.0f64, 0.0f64);
            for (class, count) in &total {
                let in_right = std::mem::take(&mut counts[*class as usize]);
                right += f64::from(in_right) * f64::from(in_right);
                left += f64::from(count - in_right) * f64::from(count - in_right);
            }
            if (n_right as usize) < least || (n_left as usize) < least {
                continue;
            }
            let score = right / f64::from(n_right) + left / f64::from(n_left);
            if best.is_none_or(|(least, _, _)| score > least) {
                best = Some((score, column, cut));
            }
        }
        best.map(|(_, column, cut)| (column, cut))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::Row;
    use crate::train::predictors::Params;

    #[test]
    fn trees_find_an_interplay_that_no_sum_can_express() {
        // The class is whether exactly one of two marks is there; a hundred other columns say nothing.
        let marks = |n: u32| (u32::from(n.is_multiple_of(4)), u32::from((n / 4).is_multiple_of(4)));
        let examples: Vec<Example> = (0..400u32)
            .map(|n| {
                let (a, b) = marks(n);
                let mut columns: Vec<(u32, u8)> = vec![(0, a as u8), (1, b as u8), (2 + n * 7 % 100, 1)];
                columns.retain(|(_, bin)| *bin > 0);
                Example { columns, item_key: u64::from(n) * 77 }
            })
            .collect();
        let labels: Vec<u16> = (0..400).map(|n| u16::from(marks(n).0 != marks(n).1 || n % 50 == 0)).collect();
        let columns = Columns::of(&examples);
        let params = ForestParams { n_trees: 20, bag_share: 205, least_leaf: 2 }.check().expect("within bounds");
        let forest = fit_forest(&[0, 1], &columns, &labels, &params, 3, &|| ());
        let share = |columns: &[(u32, u8)]| forest.shares(&Row(columns), |_| true).expect("there are trees")[1];
        assert!(share(&[(0, 1)]) > 0.7 && share(&[(1, 1)]) > 0.7);
        assert!(share(&[(0, 1), (1, 1)]) < 0.3);
        assert_eq!(forest, fit_forest(&[0, 1], &columns, &labels, &params, 3, &|| ()));
    }
}
