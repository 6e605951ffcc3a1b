//! Jobs whose run time is of the whole lot: a batch oven takes as long for one piece as for twenty.

use crate::snapshot::book::Book;

use crate::snapshot::observed::{Observed, ReportedOrder};

/// Pairs of orders from which on reports decide, whatever the plant's flag says.
const LEAST_PAIRS: f64 = 30.0;
/// Below this power of the quantity, time belongs to the lot. A time per piece has power 1, one per lot 0.
const PER_LOT_BELOW: f64 = 0.4;

/// For each job, whether its run time is per lot: how order minutes grow with quantity between orders of the same step,
/// where enough orders tell, else what most of its steps are marked as.
pub fn per_lot(book: &Book, observed: &Observed) -> Vec<bool> {
    let mut slopes: Vec<Slope> = book.jobs.iter().map(|_| Slope::default()).collect();
    for ((routing, step), reports) in observed.iter() {
        slopes[book.routings[routing as usize].steps[step as usize].job as usize].add(reports);
    }
    let mut marks = vec![0i64; book.jobs.len()];
    for step in book.routings.iter().flat_map(|routing| &routing.steps) {
        marks[step.job as usize] += step.is_batch.map_or(0, |is_batch| if is_batch { 1 } else { -1 });
    }
    slopes.iter().zip(marks).map(|(slope, marks)| slope.is_per_lot().unwrap_or(marks > 0)).collect()
}

/// A robust slope: each pair of neighbouring quantities of one step votes, weighed by how far they lie apart.
#[derive(Default)]
struct Slope {
    pairs: Vec<(f64, f64)>,
}

impl Slope {
    fn add(&mut self, reports: &[ReportedOrder]) {
        let mut points: Vec<(f64, f64)> =
            reports.iter().map(|report| (libm::log(report.qty), libm::log(report.run_min))).collect();
        points.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.total_cmp(&b.1)));
        // The lower half of the quantities against the upper half: few pairs, far apart.
        let half = points.len() / 2;
        for at in 0..half {
            let (low, high) = (points[at], points[points.len() - half + at]);
            let apart = high.0 - low.0;
            if apart > 0.1 {
                self.pairs.push(((high.1 - low.1) / apart, apart));
            }
        }
    }

    fn is_per_lot(&self) -> Option<bool> {
        let weight: f64 = self.pairs.iter().map(|(_, apart)| apart).sum();
        if weight < LEAST_PAIRS {
            return None;
        }
        super::robust::median(self.pairs.clone()).map(|slope| slope < PER_LOT_BELOW)
    }
}
