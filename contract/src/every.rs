//! Every value of an enum, in its order.

/// What strum lists, as an array: it is taken by value and its length is part of its type.
///
/// # Panics
/// When compiled, if `N` is not the number of `variants`.
pub const fn every<T: Copy, const N: usize>(variants: &[T]) -> [T; N] {
    assert!(variants.len() == N);
    let mut all = [variants[0]; N];
    let mut at = 1;
    while at < N {
        all[at] = variants[at];
        at += 1;
    }
    all
}
