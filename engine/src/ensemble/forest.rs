//! Extremely randomised trees for one of several classes: the forward pass.

use serde::{Deserialize, Serialize};

/// A row of binned columns, as trees read it: numbers first, then plain terms, then the history of a route.
pub trait Binned {
    /// Bin of a column; of a term, 1 where it is there, else 0.
    fn bin(&self, column: u32) -> u8;
}

/// Columns with their bins, all others in bin 0: what tests ask trees about.
#[cfg(test)]
pub struct Row<'a>(pub &'a [(u32, u8)]);

#[cfg(test)]
impl Binned for Row<'_> {
    fn bin(&self, column: u32) -> u8 {
        self.0.iter().find(|(found, _)| *found == column).map_or(0, |(_, bin)| *bin)
    }
}

/// Many trees that vote.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Forest {
    /// What each class stands for.
    pub classes: Vec<u32>,
    /// Columns that the trees ask about.
    pub columns: Vec<u32>,
    pub trees: Vec<Tree>,
}

/// One tree; its nodes in the order of a walk that goes left first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Tree {
    pub nodes: Vec<Node>,
    /// (class, count) lists of the mixed leaves, one after another.
    pub mixed: Vec<(u16, u16)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Node {
    /// Bins below `cut` go to the next node, the others to `right`.
    Split { column: u16, cut: u8, right: u32 },
    /// All of one class.
    Pure(u16),
    /// A list in `mixed`: from, length.
    Mixed(u32, u16),
}

impl Forest {
    /// Share of each class over the trees that `is_out_of_bag` lets through; `None` when there is none.
    pub fn shares(&self, row: &impl Binned, is_out_of_bag: impl Fn(usize) -> bool) -> Option<Vec<f32>> {
        let mut shares = vec![0.0f32; self.classes.len()];
        let mut n_trees = 0.0f32;
        for (_, tree) in self.trees.iter().enumerate().filter(|(at, tree)| !tree.nodes.is_empty() && is_out_of_bag(*at))
        {
            n_trees += 1.0;
            match tree.leaf(|column| row.bin(self.columns[column as usize])) {
                Node::Pure(class) => shares[class as usize] += 1.0,
                Node::Mixed(from, length) => {
                    let list = &tree.mixed[from as usize..from as usize + length as usize];
                    let total: f32 = list.iter().map(|(_, count)| f32::from(*count)).sum();
                    list.iter().for_each(|(class, count)| shares[*class as usize] += f32::from(*count) / total);
                }
                Node::Split { .. } => {}
            }
        }
        if n_trees == 0.0 {
            return None;
        }
        shares.iter_mut().for_each(|share| *share /= n_trees);
        Some(shares)
    }
}

impl Tree {
    fn leaf(&self, bin: impl Fn(u16) -> u8) -> Node {
        let mut at = 0usize;
        while let Node::Split { column, cut, right } = self.nodes[at] {
            at = if bin(column) < cut { at + 1 } else { right as usize };
        }
        self.nodes[at]
    }
}

/// Whether a tree grew without the item of this key: then what it says of it is out-of-bag, as of a new one.
///
/// `bag_share` of 256 items are in each tree's bag.
pub fn is_in_bag(item_key: u64, tree: usize, bag_share: u16) -> bool {
    let mut state = item_key ^ (tree as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((state >> 40) & 0xff) < u64::from(bag_share)
}

/// A number for an item code, for [`is_in_bag`].
pub fn item_key(code: &str) -> u64 {
    code.bytes().fold(0xcbf2_9ce4_8422_2325, |state, byte| (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_is_walked_to_its_leaf() {
        let tree = Tree {
            nodes: vec![Node::Split { column: 0, cut: 3, right: 2 }, Node::Pure(1), Node::Mixed(0, 2)],
            mixed: vec![(0, 3), (1, 1)],
        };
        let forest = Forest { classes: vec![10, 20], columns: vec![5], trees: vec![tree] };
        assert_eq!(forest.shares(&Row(&[]), |_| true), Some(vec![0.0, 1.0]));
        let third = Row(&[(5, 3)]);
        assert_eq!(forest.shares(&third, |_| true), Some(vec![0.75, 0.25]));
        assert_eq!(forest.shares(&third, |_| false), None);
    }

    #[test]
    fn bags_hold_their_share() {
        let n = (0..1000).filter(|n| is_in_bag(item_key(&format!("A{n}")), 3, 192)).count();
        assert!((650..850).contains(&n), "{n}");
    }
}
