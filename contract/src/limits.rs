//! What several areas refuse alike.

use crate::error::ApiError;

/// Longest search, name or code that a request may carry, in characters.
pub const MAX_CHARS: usize = 200;

/// Whether a text may be so long.
///
/// # Errors
/// [`ApiError::Invalid`] for more than [`MAX_CHARS`].
pub fn check_length(field: &str, text: &str) -> Result<(), ApiError> {
    if text.chars().count() > MAX_CHARS {
        return Err(ApiError::invalid(field, text, format!("at_most_{MAX_CHARS}_chars")));
    }
    Ok(())
}

/// Whether a number may be so large.
///
/// # Errors
/// [`ApiError::TooMany`] above `limit`.
pub fn check_most(field: &str, got: usize, limit: usize) -> Result<(), ApiError> {
    if got > limit {
        return Err(ApiError::TooMany { field: field.into(), limit, got });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_may_be_reached_and_not_passed() {
        assert_eq!(check_length("q", &"é".repeat(MAX_CHARS)), Ok(()));
        let long = "x".repeat(MAX_CHARS + 1);
        let expected =
            ApiError::Invalid { field: "q".into(), value: long.clone(), expected: "at_most_200_chars".into() };
        assert_eq!(check_length("q", &long), Err(expected));
        assert_eq!(check_most("items", 50, 50), Ok(()));
        let expected = ApiError::TooMany { field: "items".into(), limit: 50, got: 51 };
        assert_eq!(check_most("items", 51, 50), Err(expected));
    }
}
