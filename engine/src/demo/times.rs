//! True and planned times of one operation on one item, in minutes.
//!
//! The true times belong to item and job, so that every routing of an item agrees on them. What planners wrote
//! differs: a habit per job of up to ±20 % and rounding.

use super::catalogue::{Job, MATERIALS, RunLaw};
use super::design::Design;
use super::sampling::Dice;

const TIMES: u64 = 5;

/// Minutes of setup per order and of run per piece.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Minutes {
    pub setup_min: f64,
    pub run_min_per_piece: f64,
}

/// What the operation really takes, before learning and daily scatter (σ of the part-to-part scatter: 0.25).
pub fn true_minutes(seed: u64, design: &Design, job: Job) -> Minutes {
    let facts = job.facts();
    let mut dice = Dice::new(seed, &[TIMES, design.stream[0], design.stream[1], job as u64]);
    let sizes = design.sizes;
    let (od, id) = (sizes.outer_diameter_mm, sizes.inner_diameter_mm);
    let ring_mm2 = std::f64::consts::FRAC_PI_4 * (od * od - id * id).max(1.0);
    let factor = MATERIALS[design.material].factor;
    let median = match facts.run {
        RunLaw::Cut(a) => {
            let removed_cm3 = 0.4 * ring_mm2 * sizes.thickness_mm / 1000.0;
            a * libm::pow(removed_cm3.max(1.0), 0.7) * factor
        }
        RunLaw::Area(a) => a * libm::sqrt(ring_mm2 / 100.0) * factor,
        RunLaw::Bench(a) => a * libm::pow(od / 100.0, 0.3),
    };
    Minutes {
        setup_min: dice.lognormal(facts.setup_median_min, 0.3),
        run_min_per_piece: dice.lognormal(median, 0.25).max(0.2),
    }
}

/// What the planner wrote: setup to full minutes, run to tenths.
pub fn planned_minutes(job: Job, true_minutes: Minutes, dice: &mut Dice) -> Minutes {
    let bias = job.facts().planned_bias;
    Minutes {
        setup_min: libm::round(dice.lognormal(true_minutes.setup_min, 0.15)).max(1.0),
        run_min_per_piece: (libm::round(dice.lognormal(true_minutes.run_min_per_piece * bias, 0.08) * 10.0) / 10.0)
            .max(0.1),
    }
}
