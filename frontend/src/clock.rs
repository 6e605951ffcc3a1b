//! The only place of the browser side that reads the wall clock: how old the kept data is depends on it, nothing else.

/// Milliseconds since 1970, UTC, as the device believes. A device set to before 1970 gives 0, and the age rule copes.
#[expect(clippy::disallowed_methods, reason = "this is the one place")]
pub fn now_ms() -> u64 {
    js_sys::Date::now() as u64
}
