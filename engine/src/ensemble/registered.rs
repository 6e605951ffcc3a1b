//! The list of base predictors. The pool of the stacker, the model card, an evaluation's methods and an explanation's parts
//! follow from it.

use super::base_predictor::{Column, Registration};
use super::{jobs, routes, steps, vote};

/// All base predictors. Their order is the order of the columns, and so part of the bundle format.
pub const REGISTERED: [Registration; 4] =
    [vote::REGISTRATION, routes::REGISTRATION, steps::REGISTRATION, jobs::REGISTRATION];

/// Columns of base predictions.
pub const N_COLUMNS: usize = {
    let (mut n, mut at) = (0, 0);
    while at < REGISTERED.len() {
        n += REGISTERED[at].columns.len();
        at += 1;
    }
    n
};

/// All columns, in the order of [`super::BasePrediction::shares`].
pub const COLUMNS: [Column; N_COLUMNS] = {
    let mut columns = [REGISTERED[0].columns[0]; N_COLUMNS];
    let (mut n, mut at) = (0, 0);
    while at < REGISTERED.len() {
        let own = REGISTERED[at].columns;
        let mut nth = 0;
        while nth < own.len() {
            columns[n] = own[nth];
            (n, nth) = (n + 1, nth + 1);
        }
        at += 1;
    }
    columns
};

/// Position of a column.
///
/// # Panics
/// When no predictor has it; in a constant, that does not compile.
pub const fn column(code: &str) -> usize {
    let mut at = 0;
    while at < N_COLUMNS {
        if is_same(COLUMNS[at].code, code) {
            return at;
        }
        at += 1;
    }
    panic!("no base predictor has a column of this code")
}

const fn is_same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn codes_differ_and_untried_weights_add_up_to_one() {
        let codes: BTreeSet<&str> = COLUMNS.iter().map(|column| column.code).collect();
        assert_eq!(codes.len(), N_COLUMNS);
        assert!((COLUMNS.iter().map(|column| column.untried_weight).sum::<f64>() - 1.0).abs() < 1e-12);
        assert!(COLUMNS.iter().enumerate().all(|(at, found)| column(found.code) == at));
    }
}
