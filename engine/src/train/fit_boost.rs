//! Grows boosted trees.

mod table;

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

use crate::ensemble::{Boost, Branch, LEAF_UNIT, normalise};
use crate::watch::Check;

use super::predictors::{BoostParams, Checked};

use table::RoundColumns;

pub use table::Table;

/// Examples in a leaf, at least.
const LEAST_LEAF: u32 = 3;
/// Pull of a leaf's score to zero.
const RIDGE: f32 = 1.0;
/// Sum of second derivatives in a leaf, at least.
const LEAST_CURVATURE: f32 = 1e-3;
/// An example that is wrong by less than this about a class teaches nothing about it.
const LEAST_ERROR: f32 = 1e-3;

/// Boosts trees over `classes`; `labels` holds the position of the class of each example.
///
/// # Source
/// Friedman, "Greedy function approximation: a gradient boosting machine", 2001, with second-order leaves and rows of
/// histograms as in Chen, Guestrin, "XGBoost", 2016, and leaf-wise growth as in Ke et al., "LightGBM", 2017.
pub fn fit_boost(
    classes: &[u32],
    table: &Table,
    labels: &[u16],
    params: &Checked<BoostParams>,
    seed: u64,
    check: Check,
) -> Boost {
    let n_classes = classes.len();
    let mut counts = vec![0usize; n_classes];
    labels.iter().for_each(|label| counts[usize::from(*label)] += 1);
    let base: Vec<f32> = counts.iter().map(|count| libm::logf(*count as f32 / labels.len().max(1) as f32)).collect();
    let mut scores: Vec<f32> = base.repeat(labels.len());
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed ^ 0xb005);
    let mut trees: Vec<(u16, Vec<Branch>)> = Vec::new();
    // Of two classes one score says everything.
    let scored: Vec<usize> = if n_classes == 2 { vec![1] } else { (0..n_classes).collect() };
    let factor = if n_classes == 2 { 1.0 } else { n_classes as f32 / (n_classes as f32 - 1.0) };
    let mut is_right = vec![false; labels.len()];
    for _ in 0..params.n_rounds {
        let is_seen: Vec<bool> =
            labels.iter().map(|_| rng.r#gen::<f64>() < params.example_share || labels.len() < 20).collect();
        let drawn = RoundColumns::draw(table, &is_seen, &mut rng);
        let mut now = scores.clone();
        now.chunks_mut(n_classes).for_each(normalise);
        for class in &scored {
            check();
            let wrong: Vec<(f32, f32)> = now
                .chunks(n_classes)
                .zip(labels)
                .map(|(shares, label)| {
                    let share = shares[*class];
                    let error = share - f32::from(u8::from(usize::from(*label) == *class));
                    (error, factor * share * (1.0 - share))
                })
                .collect();
            let (rows, others) = (0..labels.len() as u32)
                .partition(|row| is_seen[*row as usize] && wrong[*row as usize].0.abs() > LEAST_ERROR);
            let growing = Growing { table, wrong: &wrong, drawn: &drawn, params };
            let Some((mut tree, leaves)) = growing.tree(rows, others, &mut is_right) else { continue };
            for leaf in leaves {
                let more = f32::from(leaf.total.score(params.rate)) * LEAF_UNIT;
                for row in leaf.rows.iter().chain(&leaf.others) {
                    scores[*row as usize * n_classes + class] += more;
                }
            }
            for branch in &mut tree {
                if let Branch::Split { column, .. } = branch {
                    let alike = &table.alike[usize::from(*column)];
                    *column = alike[rng.gen_range(0..alike.len())];
                }
            }
            trees.push((*class as u16, tree));
        }
    }
    compact(classes, base, &table.all_ids, trees)
}

/// Keeps the columns that are asked about.
fn compact(classes: &[u32], base: Vec<f32>, ids: &[u32], mut trees: Vec<(u16, Vec<Branch>)>) -> Boost {
    let mut used: Vec<u16> = Vec::new();
    for branch in trees.iter().flat_map(|(_, tree)| tree) {
        if let Branch::Split { column, .. } = branch {
            used.push(*column);
        }
    }
    used.sort_unstable();
    used.dedup();
    for branch in trees.iter_mut().flat_map(|(_, tree)| tree) {
        if let Branch::Split { column, .. } = branch {
            *column = used.partition_point(|other| other < column) as u16;
        }
    }
    let columns = used.iter().map(|at| ids[usize::from(*at)]).collect();
    Boost { classes: classes.to_vec(), base, columns, trees }
}

/// Sums over some examples.
#[derive(Clone, Copy, Default)]
struct Sum {
    error: f32,
    curvature: f32,
    n: u32,
}

impl Sum {
    fn add(&mut self, (error, curvature): (f32, f32)) {
        self.error += error;
        self.curvature += curvature;
        self.n += 1;
    }

    fn plus(self, other: Self) -> Self {
        Self { error: self.error + other.error, curvature: self.curvature + other.curvature, n: self.n + other.n }
    }

    fn minus(self, other: Self) -> Self {
        Self { error: self.error - other.error, curvature: self.curvature - other.curvature, n: self.n - other.n }
    }

    /// What the best score of these examples gains.
    fn worth(self) -> f32 {
        self.error * self.error / (self.curvature + RIDGE)
    }

    /// Part of the best score that a leaf adds, in units.
    fn score(self, rate: f32) -> i16 {
        let units = -self.error / (self.curvature + RIDGE) * rate / LEAF_UNIT;
        libm::roundf(units).clamp(-f32::from(i16::MAX), f32::from(i16::MAX)) as i16
    }

    fn is_enough(self) -> bool {
        self.n >= LEAST_LEAF && self.curvature >= LEAST_CURVATURE
    }
}

/// The best cut of a leaf.
#[derive(Clone, Copy)]
struct Cut {
    gain: f32,
    column: u16,
    bin: u8,
}

struct Leaf {
    /// Rows that teach, ascending.
    rows: Vec<u32>,
    /// Rows that do not.
    others: Vec<u32>,
    histogram: Vec<Sum>,
    total: Sum,
    cut: Option<Cut>,
    place: usize,
}

/// A node while the tree grows: children are places in the list.
enum Knot {
    Split { cut: Cut, left: usize, right: usize },
    Leaf(i16),
}

struct Growing<'a> {
    table: &'a Table,
    /// First and second derivative of the loss of each row.
    wrong: &'a [(f32, f32)],
    drawn: &'a RoundColumns,
    params: &'a BoostParams,
}

impl Growing<'_> {
    /// One tree, leaf by leaf, with its leaves; `None` where no cut gains anything. `is_right` has a place for each row,
    /// false before and after.
    fn tree(&self, rows: Vec<u32>, others: Vec<u32>, is_right: &mut [bool]) -> Option<(Vec<Branch>, Vec<Leaf>)> {
        let mut knots = vec![Knot::Leaf(0)];
        let histogram = self.histogram(&rows);
        let mut leaves = vec![self.leaf(rows, others, histogram, 0)];
        leaves[0].cut?;
        while leaves.len() < self.params.max_leaves {
            let best = leaves
                .iter()
                .enumerate()
                .filter_map(|(at, leaf)| leaf.cut.map(|cut| (at, cut)))
                .max_by(|a, b| a.1.gain.total_cmp(&b.1.gain).then_with(|| b.0.cmp(&a.0)));
            let Some((at, cut)) = best else { break };
            let leaf = leaves.swap_remove(at);
            let entries = &self.table.columns[usize::from(cut.column)];
            entries.iter().for_each(|(row, bin)| is_right[*row as usize] = *bin >= cut.bin);
            let divide = |rows: Vec<u32>| rows.into_iter().partition(|row| is_right[*row as usize]);
            let (right, left): (Vec<u32>, Vec<u32>) = divide(leaf.rows);
            let (other_right, other_left) = divide(leaf.others);
            entries.iter().for_each(|(row, _)| is_right[*row as usize] = false);
            let is_left_smaller = left.len() <= right.len();
            let smaller = self.histogram(if is_left_smaller { &left } else { &right });
            let mut larger = leaf.histogram;
            larger.iter_mut().zip(&smaller).for_each(|(all, part)| *all = all.minus(*part));
            let (of_left, of_right) = if is_left_smaller { (smaller, larger) } else { (larger, smaller) };
            let (left_place, right_place) = (knots.len(), knots.len() + 1);
            knots[leaf.place] = Knot::Split { cut, left: left_place, right: right_place };
            knots.push(Knot::Leaf(0));
            knots.push(Knot::Leaf(0));
            leaves.push(self.leaf(left, other_left, of_left, left_place));
            leaves.push(self.leaf(right, other_right, of_right, right_place));
        }
        for leaf in &leaves {
            knots[leaf.place] = Knot::Leaf(leaf.total.score(self.params.rate));
        }
        let mut tree = Vec::with_capacity(knots.len());
        write(&knots, 0, &mut tree);
        Some((tree, leaves))
    }

    fn leaf(&self, rows: Vec<u32>, others: Vec<u32>, histogram: Vec<Sum>, place: usize) -> Leaf {
        let mut total = Sum::default();
        rows.iter().for_each(|row| total.add(self.wrong[*row as usize]));
        let cut = self.cut(&histogram, total);
        Leaf { rows, others, histogram, total, cut, place }
    }

    /// Sums by column and bin; bin 0 is what is left of the whole.
    fn histogram(&self, rows: &[u32]) -> Vec<Sum> {
        let mut sums = vec![Sum::default(); self.drawn.n_cells];
        for row in rows {
            let wrong = self.wrong[*row as usize];
            self.drawn.cells(*row).iter().for_each(|cell| sums[*cell as usize].add(wrong));
        }
        sums
    }

    fn cut(&self, histogram: &[Sum], total: Sum) -> Option<Cut> {
        let mut best: Option<Cut> = None;
        if total.n < 2 * LEAST_LEAF {
            return None;
        }
        let mut least = total.worth() + 1e-6;
        for (column, start) in &self.drawn.columns {
            let highest = usize::from(self.table.highest[usize::from(*column)]);
            let bins = &histogram[*start as usize..*start as usize + highest + 1];
            let mut right = Sum::default();
            for bin in (1..bins.len()).rev() {
                if bins[bin].n == 0 {
                    continue;
                }
                right = right.plus(bins[bin]);
                let left = total.minus(right);
                if !right.is_enough() || !left.is_enough() {
                    continue;
                }
                let worth = right.worth() + left.worth();
                if worth > least {
                    least = worth;
                    best = Some(Cut { gain: worth - total.worth(), column: *column, bin: bin as u8 });
                }
            }
        }
        best
    }
}

/// Writes a node and what is below it, left first.
fn write(knots: &[Knot], at: usize, tree: &mut Vec<Branch>) {
    match &knots[at] {
        Knot::Leaf(units) => tree.push(Branch::Leaf(*units)),
        Knot::Split { cut, left, right } => {
            let here = tree.len();
            tree.push(Branch::Split { column: cut.column, cut: cut.bin, right: 0 });
            write(knots, *left, tree);
            tree[here] = Branch::Split { column: cut.column, cut: cut.bin, right: tree.len() as u16 };
            write(knots, *right, tree);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::Row;
    use crate::train::fit_forest::Example;
    use crate::train::predictors::Params;

    fn params() -> Checked<BoostParams> {
        BoostParams::default().check().expect("the defaults are within bounds")
    }

    /// A size that decides, a mark that decides among the large ones, and names that say nothing.
    fn examples() -> (Table, Vec<u16>) {
        let (examples, labels): (Vec<Example>, Vec<u16>) = (0..300u32)
            .map(|n| {
                let (size, mark) = ((n * 7 % 50 + 1) as u8, n % 3 == 0);
                let mut columns = vec![(0, size), (10 + n * 13 % 60, 1)];
                if mark {
                    columns.push((1, 1));
                }
                columns.sort_unstable();
                let class = if size < 25 { 0 } else { 1 + u16::from(mark) };
                (Example { columns, item_key: u64::from(n) }, class)
            })
            .unzip();
        (Table::of(&examples), labels)
    }

    #[test]
    fn it_finds_what_decides_and_not_what_only_names() {
        let (table, labels) = examples();
        let boost = fit_boost(&[5, 6, 7], &table, &labels, &params(), 1, &|| ());
        let of = |columns: &[(u32, u8)]| boost.probabilities(&Row(columns));
        assert!(of(&[(0, 5), (1, 1)])[0] > 0.9 && of(&[(0, 5)])[0] > 0.9);
        assert!(of(&[(0, 40)])[1] > 0.7 && of(&[(0, 40), (1, 1)])[2] > 0.7);
        assert!((of(&[(0, 40), (33, 1)])[1] - of(&[(0, 40)])[1]).abs() < 0.1);
        assert_eq!(boost, fit_boost(&[5, 6, 7], &table, &labels, &params(), 1, &|| ()));
    }

    #[test]
    fn two_classes_need_one_score() {
        let (table, labels) = examples();
        let both: Vec<u16> = labels.into_iter().map(|label| label.min(1)).collect();
        let boost = fit_boost(&[3, 4], &table, &both, &params(), 2, &|| ());
        assert!(boost.trees.iter().all(|(class, _)| *class == 1));
        let shares = boost.probabilities(&Row(&[(0, 40)]));
        assert!(shares[1] > 0.9 && (shares[0] + shares[1] - 1.0).abs() < 1e-6, "{shares:?}");
    }
}
