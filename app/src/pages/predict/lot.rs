//! The times of a lot as spans on a line: pure arithmetic over the proposed operations. Unknown stays unknown and gets a
//! slot of its own.

use contract::wire::{ProposedOperation, WireForm};
use engine::predict::LotTime;

use crate::components::Span;

/// Share of the known time that an unknown part takes in the drawing, so that it can be seen and tapped.
const UNKNOWN_SLOT: f64 = 0.08;

/// One span per operation: each begins where the one before ends at its P50.
pub fn spans(operations: &[ProposedOperation], lot: u32) -> Vec<Span> {
    let operations: Vec<_> = operations.iter().cloned().map(WireForm::into_domain).collect();
    let total = LotTime::total(&operations, lot);
    let slot = if total.p50 > 0.0 { total.p50 * UNKNOWN_SLOT } else { 1.0 };
    let mut start = 0.0;
    let mut end = 0.0_f64;
    let mut spans = Vec::with_capacity(operations.len());
    for operation in &operations {
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
    use contract::wire::{TimeEstimate, TimeSource};

    use super::*;

    fn operation(setup: Option<(f64, f64)>, run: Option<(f64, f64)>) -> ProposedOperation {
        let time = |(p50, p80)| TimeEstimate { p50, p80, n: 5, source: TimeSource::Actual };
        ProposedOperation {
            setup_min: setup.map(time),
            run_min_per_piece: run.map(time),
            ..ProposedOperation::default()
        }
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
