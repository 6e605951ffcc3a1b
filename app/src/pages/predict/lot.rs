//! Times of a lot: pure arithmetic over the proposed operations.
//!
//! # Units
//! Minutes. One order of `lot` pieces takes setup + lot × run; a batch operation's run does not grow with the lot. Unknown stays unknown: it is counted, never taken as zero.

use engine::predict::{ProposedOperation, TimeEstimate};

use crate::components::Span;

/// What is known of the time of one operation, or of a whole candidate, for one lot.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LotTime {
    /// Sum of the known parts.
    pub p50: f64,
    /// Sum of the known parts; an upper estimate, because not every operation is late at once.
    pub p80: f64,
    /// Operations with a part that is not known.
    pub n_unknown: usize,
    /// Whether any part is known at all.
    pub is_any_known: bool,
}

impl LotTime {
    /// Of one operation.
    pub fn of(operation: &ProposedOperation, lot: u32) -> Self {
        let pieces = f64::from(lot);
        let run = match operation.run_min_per_lot {
            Some(run) => (Some(run), 1.0),
            None => (operation.run_min_per_piece, pieces),
        };
        let parts = [(operation.setup_min, 1.0), run];
        let mut time = Self::default();
        for (estimate, times) in parts {
            match estimate {
                Some(TimeEstimate { p50, p80, .. }) => {
                    time.p50 += p50 * times;
                    time.p80 += p80 * times;
                    time.is_any_known = true;
                }
                None => time.n_unknown = 1,
            }
        }
        time
    }

    /// Of all operations together.
    pub fn total(operations: &[ProposedOperation], lot: u32) -> Self {
        operations.iter().map(|operation| Self::of(operation, lot)).fold(Self::default(), |sum, time| Self {
            p50: sum.p50 + time.p50,
            p80: sum.p80 + time.p80,
            n_unknown: sum.n_unknown + time.n_unknown,
            is_any_known: sum.is_any_known || time.is_any_known,
        })
    }
}

/// Share of the known time that an unknown part takes in the drawing, so that it can be seen and tapped.
const UNKNOWN_SLOT: f64 = 0.08;

/// One span per operation: each begins where the one before ends at its P50.
pub fn spans(operations: &[ProposedOperation], lot: u32) -> Vec<Span> {
    let total = LotTime::total(operations, lot);
    let slot = if total.p50 > 0.0 { total.p50 * UNKNOWN_SLOT } else { 1.0 };
    let mut start = 0.0;
    let mut end = 0.0_f64;
    let mut spans = Vec::with_capacity(operations.len());
    for operation in operations {
        let time = LotTime::of(operation, lot);
        let unknown = if time.n_unknown > 0 { slot } else { 0.0 };
        spans.push(Span { start, p50: time.p50, p80: time.p80, unknown });
        end = end.max(start + time.p80.max(time.p50 + unknown));
        start += time.p50 + unknown;
    }
    if end > 0.0 {
        for span in &mut spans {
            span.start /= end;
            span.p50 /= end;
            span.p80 /= end;
            span.unknown /= end;
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use engine::domain::JobCode;
    use engine::predict::TimeSource;

    use super::*;

    fn operation(setup: Option<(f64, f64)>, run: Option<(f64, f64)>) -> ProposedOperation {
        let time = |(p50, p80)| TimeEstimate { p50, p80, n: 5, source: TimeSource::Actual };
        ProposedOperation {
            seq: 10,
            job: JobCode::from("A"),
            job_name: None,
            work_centre: None,
            work_centre_name: None,
            alternatives: Vec::new(),
            outsourced: None,
            setup_min: setup.map(time),
            run_min_per_piece: run.map(time),
            run_min_per_lot: None,
            queue_min: None,
            wait_min: None,
            move_min: None,
            evidence: Vec::new(),
        }
    }

    #[test]
    fn a_lot_takes_setup_once_and_run_per_piece() {
        let operations =
            [operation(Some((6.0, 8.0)), Some((1.5, 2.0))), operation(Some((30.0, 40.0)), Some((2.0, 3.0)))];
        let total = LotTime::total(&operations, 10);
        assert_eq!(total, LotTime { p50: 71.0, p80: 98.0, n_unknown: 0, is_any_known: true });
        assert!(LotTime::total(&operations, 11).p50 > total.p50);
    }

    #[test]
    fn a_batch_operation_takes_as_long_for_any_lot() {
        let mut batch = operation(Some((6.0, 8.0)), None);
        batch.run_min_per_lot = Some(TimeEstimate { p50: 240.0, p80: 300.0, n: 5, source: TimeSource::Actual });
        let of = |lot| LotTime::of(&batch, lot);
        assert_eq!(of(1), LotTime { p50: 246.0, p80: 308.0, n_unknown: 0, is_any_known: true });
        assert_eq!(of(50), of(1));
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

    #[test]
    fn spans_follow_each_other_inside_the_line() {
        let operations = [
            operation(Some((6.0, 8.0)), Some((1.0, 1.5))),
            operation(None, None),
            operation(Some((4.0, 9.0)), Some((0.0, 0.0))),
        ];
        let spans = spans(&operations, 10);
        assert_eq!(spans[0].start, 0.0);
        assert!((spans[1].start - spans[0].p50).abs() < 1e-12);
        assert!(spans[1].unknown > 0.0 && spans[1].p80 == 0.0);
        assert!((spans[2].start - spans[1].start - spans[1].unknown).abs() < 1e-12);
        assert!(spans.iter().all(|span| span.start + span.p80.max(span.p50 + span.unknown) <= 1.0 + 1e-12));
        assert!(spans.iter().any(|span| (span.start + span.p80.max(span.p50 + span.unknown) - 1.0).abs() < 1e-12));
    }
}
