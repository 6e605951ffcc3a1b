//! Two operation lists side by side: which steps are the same, and how far apart the lists are.

/// Pairs of positions that a longest common subsequence of `a` and `b` matches, ascending in both.
///
/// Of several longest ones, the one that matches earliest in `a` is taken, so the result depends on the input only.
///
/// # Cost
/// Time and memory grow with `a.len() · b.len()`.
pub fn matched_steps<T: PartialEq>(a: &[T], b: &[T]) -> Vec<(usize, usize)> {
    let columns = b.len() + 1;
    // lengths[i][j]: common steps of a[i..] and b[j..].
    let mut lengths = vec![0u32; (a.len() + 1) * columns];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            lengths[i * columns + j] = if a[i] == b[j] {
                lengths[(i + 1) * columns + j + 1] + 1
            } else {
                lengths[(i + 1) * columns + j].max(lengths[i * columns + j + 1])
            };
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            pairs.push((i, j));
            i += 1;
            j += 1;
        } else if lengths[i * columns + j + 1] >= lengths[(i + 1) * columns + j] {
            j += 1;
        } else {
            i += 1;
        }
    }
    pairs
}

/// Two lists as one: each step in `a`, in `b` or in both, in an order that keeps both lists.
///
/// Steps of `a` stand before those of `b` where the lists part.
pub fn merged_steps(a: &[u32], b: &[u32]) -> Vec<(Option<usize>, Option<usize>)> {
    let (mut i, mut j, mut merged) = (0, 0, Vec::new());
    let ends = std::iter::once((a.len(), b.len()));
    for (at, other) in matched_steps(a, b).into_iter().chain(ends) {
        merged.extend((i..at).map(|place| (Some(place), None)));
        merged.extend((j..other).map(|place| (None, Some(place))));
        if at < a.len() {
            merged.push((Some(at), Some(other)));
        }
        (i, j) = (at + 1, other + 1);
    }
    merged
}

/// One minus the edit distance (insert, delete and replace cost 1) over the longer length; two empty lists are equal.
pub fn edit_similarity(a: &[u32], b: &[u32]) -> f64 {
    let longer = a.len().max(b.len());
    if longer == 0 {
        return 1.0;
    }
    let mut above: Vec<u32> = (0..=b.len() as u32).collect();
    let mut row = above.clone();
    for (i, x) in a.iter().enumerate() {
        row[0] = i as u32 + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = above[j] + u32::from(x != y);
            row[j + 1] = replaced.min(above[j + 1] + 1).min(row[j] + 1);
        }
        std::mem::swap(&mut above, &mut row);
    }
    1.0 - f64::from(above[b.len()]) / longer as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matched_steps_are_common_and_ascending() {
        let (a, b) = ([1, 2, 3, 4, 5], [2, 9, 3, 5, 1]);
        let pairs = matched_steps(&a, &b);
        assert_eq!(pairs, vec![(1, 0), (2, 2), (4, 3)]);
    }

    #[test]
    fn merged_steps_keep_both_lists() {
        let (a, b) = ([1, 2, 3, 4, 5], [2, 9, 3, 5, 1]);
        let merged = merged_steps(&a, &b);
        let of_a: Vec<u32> = merged.iter().filter_map(|(at, _)| at.map(|at| a[at])).collect();
        let of_b: Vec<u32> = merged.iter().filter_map(|(_, at)| at.map(|at| b[at])).collect();
        assert_eq!((of_a.as_slice(), of_b.as_slice()), (&a[..], &b[..]));
        assert_eq!(merged.iter().filter(|(a, b)| a.is_some() && b.is_some()).count(), 3);
        assert_eq!(merged_steps(&[], &[7]), [(None, Some(0))]);
    }

    #[test]
    fn similarity_is_one_for_equal_zero_for_nothing_shared_and_symmetric() {
        assert_eq!(edit_similarity(&[1, 2], &[1, 2]), 1.0);
        assert_eq!(edit_similarity(&[], &[]), 1.0);
        assert_eq!(edit_similarity(&[1, 2], &[3, 4]), 0.0);
        assert_eq!(edit_similarity(&[1, 2, 3, 4], &[1, 3, 4]), edit_similarity(&[1, 3, 4], &[1, 2, 3, 4]));
        assert_eq!(edit_similarity(&[1, 2, 3, 4], &[1, 3, 4]), 0.75);
    }
}
