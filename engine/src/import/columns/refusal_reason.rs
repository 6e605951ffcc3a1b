//! The column by which a file of refused rows says what is wrong with each.

use super::key::key;

/// Its name, the same in every language, so that such a file can be corrected and imported as it is.
pub const REFUSAL_REASON_COLUMN: &str = "refusal_reason";

/// Whether a column has this name.
pub fn is_refusal_reason(header: &str) -> bool {
    key(header) == key(REFUSAL_REASON_COLUMN)
}
