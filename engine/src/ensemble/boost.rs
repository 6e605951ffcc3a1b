//! Boosted trees for one of several classes: the forward pass.

use serde::{Deserialize, Serialize};

use super::forest::Binned;
use super::normalised;

/// Small trees that each mend what the ones before them left wrong.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Boost {
    /// What each class stands for.
    pub classes: Vec<u32>,
    /// Score of each class before anything is known.
    pub base: Vec<f32>,
    /// Columns that the trees ask about.
    pub columns: Vec<u32>,
    /// (position of the class whose score it adds to, tree).
    pub trees: Vec<(u16, Vec<Branch>)>,
}

/// A node of a tree; nodes stand in the order of a walk that goes left first.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Branch {
    /// Bins below `cut` go to the next node, the others to `right`.
    Split { column: u16, cut: u8, right: u16 },
    /// Adds this many units of [`LEAF_UNIT`] to the score.
    Leaf(i16),
}

/// Scores are kept as whole numbers of this.
pub const LEAF_UNIT: f32 = 1.0 / 512.0;

impl Boost {
    /// Probability of each class.
    pub fn probabilities(&self, row: &impl Binned) -> Vec<f32> {
        let bins: Vec<u8> = self.columns.iter().map(|column| row.bin(*column)).collect();
        let mut scores = self.base.clone();
        for (class, tree) in &self.trees {
            scores[*class as usize] += f32::from(leaf(tree, |column| bins[column as usize])) * LEAF_UNIT;
        }
        normalised(&scores)
    }
}

/// What a tree adds to its class, in units of [`LEAF_UNIT`]; `bin` gives the bin of a column.
fn leaf(tree: &[Branch], bin: impl Fn(u16) -> u8) -> i16 {
    let mut at = 0usize;
    loop {
        match tree[at] {
            Branch::Split { column, cut, right } => {
                at = if bin(column) < cut { at + 1 } else { right as usize };
            }
            Branch::Leaf(units) => return units,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::Row;

    #[test]
    fn leaves_add_to_the_score_of_their_class() {
        let tree = vec![Branch::Split { column: 0, cut: 2, right: 2 }, Branch::Leaf(0), Branch::Leaf(1024)];
        let boost = Boost { classes: vec![4, 9], base: vec![0.0, 0.0], columns: vec![1], trees: vec![(1, tree)] };
        assert_eq!(boost.probabilities(&Row(&[(0, 9), (1, 1)])), vec![0.5, 0.5]);
        let likely = boost.probabilities(&Row(&[(1, 2)]))[1];
        assert!((likely - 1.0 / (1.0 + libm::expf(-2.0))).abs() < 1e-6, "{likely}");
    }
}
