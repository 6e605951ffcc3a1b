//! Times of one order of a lot: of an operation, and of a whole routing.
//!
//! Comes in: proposed operations and a number of pieces. Goes out: P50 and P80 of setup and run together.
//! Never does: queues, waits and moves, which are planned and not estimated; a missing time taken for zero.

use super::answer::{ProposedOperation, TimeEstimate};

/// How much of the distance from P50 to P80 the parts of one order have in common, 0 (each is late by itself) to 1 (all
/// are late at once).
///
/// # Source
/// This one and the next were chosen so that P50 and P80 of whole orders hold on held-out items of demo seeds 1 and 2
/// (docs/MODEL.md).
const TOGETHER: f64 = 0.25;
/// Times are skewed: what is late is later than what is early is early, so that a sum's median lies above the sum of the
/// medians. By so much of the distances that the parts do not cancel out among each other.
const SKEW: f64 = 0.3;

/// What is known of the time of one order.
///
/// # Units
/// Minutes. An order of `lot` pieces takes setup + lot × run; a batch operation's run does not grow with the lot.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LotTime {
    /// Half of the orders take at most this long, as far as their parts are known. It grows with the lot, or stays.
    pub p50: f64,
    /// Four of five orders do.
    pub p80: f64,
    /// Operations with a part that is not known.
    pub n_unknown: usize,
    /// Whether any part is known at all.
    pub is_any_known: bool,
}

impl LotTime {
    /// Of one operation.
    pub fn of(operation: &ProposedOperation, lot: u32) -> Self {
        Self::total(std::slice::from_ref(operation), lot)
    }

    /// Of all operations together.
    ///
    /// P80 lies beyond P50 by the root of the squares of the parts' distances, and by their sum as far as they are late
    /// together. A part alone keeps its P50 and P80.
    pub fn total<'a>(operations: impl IntoIterator<Item = &'a ProposedOperation>, lot: u32) -> Self {
        let mut time = Self::default();
        let (mut sum, mut squares) = (0.0, 0.0);
        for operation in operations {
            let parts = parts(operation, lot);
            time.n_unknown += usize::from(parts.iter().any(Option::is_none));
            for (p50, p80) in parts.into_iter().flatten() {
                time.is_any_known = true;
                time.p50 += p50;
                sum += p80 - p50;
                squares += (p80 - p50) * (p80 - p50);
            }
        }
        time.p50 += SKEW * (sum - libm::sqrt(squares));
        time.p80 = time.p50 + libm::sqrt((1.0 - TOGETHER) * squares + TOGETHER * sum * sum);
        time
    }
}

/// P50 and P80 of setup and of run; `None` is unknown.
fn parts(operation: &ProposedOperation, lot: u32) -> [Option<(f64, f64)>; 2] {
    let times = |n: f64| move |time: TimeEstimate| (time.p50 * n, time.p80 * n);
    let of_lot = operation.run_min_per_lot.map(times(f64::from(lot.min(1))));
    [operation.setup_min.map(times(1.0)), of_lot.or_else(|| operation.run_min_per_piece.map(times(f64::from(lot))))]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::predict::TimeSource;

    fn operation(setup: Option<(f64, f64)>, run: Option<(f64, f64)>) -> ProposedOperation {
        let time = |(p50, p80)| TimeEstimate { p50, p80, n: 5, source: TimeSource::Actual };
        ProposedOperation {
            setup_min: setup.map(time),
            run_min_per_piece: run.map(time),
            ..ProposedOperation::default()
        }
    }

    #[test]
    fn a_lot_takes_setup_once_and_run_per_piece() {
        let operations =
            [operation(Some((6.0, 8.0)), Some((1.5, 2.0))), operation(Some((30.0, 40.0)), Some((2.0, 3.0)))];
        let total = LotTime::total(&operations, 10);
        assert_eq!((total.n_unknown, total.is_any_known), (0, true));
        let (together, apart) = (27.0, libm::sqrt(4.0 + 25.0 + 100.0 + 100.0));
        assert!(total.p50 > 71.0 && total.p50 < 75.0, "{total:?}");
        assert!(total.p80 > total.p50 + apart && total.p80 < 71.0 + together, "{total:?}");
        let alone = operation(Some((0.0, 0.0)), Some((2.0, 3.0)));
        assert_eq!(LotTime::of(&alone, 10).p80, 30.0, "one part alone is late by itself");
    }

    #[test]
    fn more_pieces_never_take_less() {
        let operations = [operation(Some((20.0, 90.0)), Some((0.1, 5.0))), operation(Some((0.0, 3.0)), None)];
        let times: Vec<LotTime> = (0..300).map(|lot| LotTime::total(&operations, lot)).collect();
        assert!(times.windows(2).all(|pair| pair[0].p50 <= pair[1].p50 && pair[0].p80 <= pair[1].p80));
        assert!(times.iter().all(|time| time.p80 >= time.p50 && time.n_unknown == 1));
    }

    #[test]
    fn a_batch_operation_takes_as_long_for_any_lot() {
        let mut batch = operation(Some((6.0, 6.0)), None);
        batch.run_min_per_lot = Some(TimeEstimate { p50: 240.0, p80: 300.0, n: 5, source: TimeSource::Actual });
        let of = |lot| LotTime::of(&batch, lot);
        assert_eq!((of(1).p50, of(1).p80, of(1).n_unknown), (246.0, 306.0, 0), "one part that is not sure");
        assert_eq!(of(50), of(1));
        assert_eq!(of(0).p50, 6.0, "nothing is run for no pieces");
    }

    #[test]
    fn unknown_is_counted_and_not_taken_as_zero() {
        let operations =
            [operation(Some((6.0, 8.0)), None), operation(None, None), operation(Some((0.0, 0.0)), Some((1.0, 1.0)))];
        let total = LotTime::total(&operations, 4);
        assert_eq!(total, LotTime { p50: 10.0, p80: 12.0, n_unknown: 2, is_any_known: true });
        let nothing = LotTime::total(&operations[1..2], 4);
        assert!(!nothing.is_any_known && nothing.n_unknown == 1);
        assert!(LotTime::total(&operations[2..], 4).is_any_known, "a measured zero is known");
    }
}
