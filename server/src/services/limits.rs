//! How often, and how much at once, one caller may ask for what costs the server much.

use std::sync::{Mutex, PoisonError};

use contract::access::Action;

use crate::auth::limits::{Guard as Counted, LimitReached, Rate, Rates, UnderWay};

/// One limited thing.
struct Limit {
    code: &'static str,
    rate: Rate,
    /// At the same time.
    most: u32,
}

/// What is limited, by the code of its action; everything else is not.
const LIMITS: [Limit; 8] = [
    // A planner who clicks through candidates asks once in a few seconds; other systems ask for 50 items at a time.
    Limit { code: Action::Predict.code(), rate: Rate { burst: 120, per_minute: 120 }, most: 4 },
    Limit { code: Action::Explain.code(), rate: Rate { burst: 120, per_minute: 120 }, most: 4 },
    // Some megabytes each.
    Limit { code: Action::KeepOffline.code(), rate: Rate { burst: 20, per_minute: 10 }, most: 2 },
    Limit { code: Action::ReadAudit.code(), rate: Rate { burst: 60, per_minute: 60 }, most: 2 },
    // An outbox that was offline for days may send all it has at once.
    Limit { code: Action::GiveFeedback.code(), rate: Rate { burst: 1000, per_minute: 120 }, most: 8 },
    // Each new person's password is hashed.
    Limit { code: "import_people", rate: Rate { burst: 20, per_minute: 10 }, most: 1 },
    Limit { code: "sign_up", rate: Rate { burst: 10, per_minute: 1 }, most: 2 },
    Limit { code: "note_refusal", rate: Rate { burst: 10, per_minute: 10 }, most: 100 },
];

/// Whether somebody may do this only so often.
pub fn is_limited(action: Action) -> bool {
    LIMITS.iter().any(|limit| limit.code == action.code())
}

/// The counters of all callers.
#[derive(Default)]
pub(super) struct Limits {
    rates: Mutex<Rates<&'static str>>,
    under_way: UnderWay<&'static str>,
}

/// One request under way; it is over when this is dropped.
#[must_use = "the request is over when this is dropped"]
pub(super) struct Guard(#[expect(dead_code, reason = "it counts until it is dropped")] Option<Counted<&'static str>>);

impl Limits {
    /// Counts a request of the caller `key`.
    ///
    /// # Errors
    /// [`LimitReached`] when there were too many, or are too many under way.
    pub(super) fn enter(&self, code: &str, key: &str, now_ms: u64) -> Result<Guard, LimitReached> {
        let Some(limit) = LIMITS.iter().find(|limit| limit.code == code) else { return Ok(Guard(None)) };
        let guard = self.under_way.begin(key, limit.code, limit.most)?;
        let mut rates = self.rates.lock().unwrap_or_else(PoisonError::into_inner);
        rates.take(key, limit.code, limit.rate, now_ms)?;
        Ok(Guard(Some(guard)))
    }
}
