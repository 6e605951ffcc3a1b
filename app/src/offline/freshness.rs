//! How old kept data is, in the coarsest unit that still says something.

/// An age as a unit and a count; the wording is in the locales.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// Less than a minute.
    JustNow,
    Minutes(u64),
    Hours(u64),
    Days(u64),
}

impl Freshness {
    /// Whole units only: 119 minutes are one hour.
    pub fn of_minutes(age_min: u64) -> Self {
        match age_min {
            0 => Self::JustNow,
            1..60 => Self::Minutes(age_min),
            60..1440 => Self::Hours(age_min / 60),
            _ => Self::Days(age_min / 1440),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unit_changes_at_full_hours_and_days() {
        let ages = [0, 1, 59, 60, 119, 120, 1439, 1440, 2879, u64::MAX].map(Freshness::of_minutes);
        use Freshness::{Days, Hours, JustNow, Minutes};
        assert_eq!(
            ages,
            [
                JustNow,
                Minutes(1),
                Minutes(59),
                Hours(1),
                Hours(1),
                Hours(2),
                Hours(23),
                Days(1),
                Days(1),
                Days(u64::MAX / 1440)
            ]
        );
    }
}
