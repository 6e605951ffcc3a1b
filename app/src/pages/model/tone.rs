//! Which colour a share of right answers has; the number always stands beside it.

use crate::components::Tone;

/// The same bounds as those of a candidate's confidence.
pub fn tone(right_share: f64) -> Tone {
    match right_share {
        share if share >= 0.7 => Tone::Good,
        share if share >= 0.4 => Tone::Warn,
        _ => Tone::Bad,
    }
}
