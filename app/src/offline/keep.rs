//! What a download of the bundle means: its size, its failure, the age of what is kept.

use contract::error::ApiError;

use crate::browser::KeepFailure;

/// How many bytes the download will have, where the server said so.
///
/// `content_length` counts encoded bytes, so it is only of use when nothing was encoded.
pub fn total_bytes(
    bundle_size: Option<&str>,
    content_length: Option<&str>,
    content_encoding: Option<&str>,
) -> Option<usize> {
    let plain = content_encoding.is_none_or(|encoding| encoding.is_empty() || encoding == "identity");
    let size = bundle_size.or(content_length.filter(|_| plain))?;
    size.trim().parse().ok().filter(|bytes| *bytes > 0)
}

/// Why the server's refusal ended the download.
pub fn refusal(body: &str) -> KeepFailure {
    match serde_json::from_str(body) {
        Ok(ApiError::NoModel) => KeepFailure::NoModel,
        Ok(ApiError::SignInNeeded | ApiError::PasswordChangeNeeded | ApiError::Denied | ApiError::TooFast { .. }) => {
            KeepFailure::Refused
        }
        _ => KeepFailure::Network,
    }
}

/// Whether the stream ended before all announced bytes came.
pub fn is_cut_off(received_bytes: usize, total_bytes: Option<usize>) -> bool {
    total_bytes.is_some_and(|total| received_bytes < total)
}

/// Whole minutes from `stored_at_ms` to `now_ms`; a clock that was set back makes it new, not old.
pub fn age_min(stored_at_ms: u64, now_ms: u64) -> u64 {
    now_ms.saturating_sub(stored_at_ms) / 60_000
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_total_is_the_plain_size() {
        assert_eq!(total_bytes(Some("1000"), Some("300"), Some("br")), Some(1000));
        assert_eq!(total_bytes(None, Some("300"), None), Some(300));
        assert_eq!(total_bytes(None, Some("300"), Some("br")), None, "300 encoded bytes say nothing about the rest");
        assert_eq!(total_bytes(Some("many"), None, None), None);
        assert_eq!(total_bytes(Some("0"), None, None), None, "a progress bar cannot divide by zero");
        assert_eq!(total_bytes(None, None, None), None);
    }

    #[test]
    fn a_refusal_without_a_model_is_told_apart() {
        assert_eq!(refusal(r#"{"code":"no_model"}"#), KeepFailure::NoModel);
        assert_eq!(refusal(r#"{"code":"sign_in_needed"}"#), KeepFailure::Refused);
        assert_eq!(refusal(r#"{"code":"too_fast","retry_after_s":6}"#), KeepFailure::Refused);
        assert_eq!(refusal(r#"{"code":"unavailable"}"#), KeepFailure::Network);
        assert_eq!(refusal("<html>proxy</html>"), KeepFailure::Network);
    }

    #[test]
    fn a_short_stream_is_cut_off() {
        assert!(is_cut_off(999, Some(1000)));
        assert!(!is_cut_off(1000, Some(1000)));
        assert!(!is_cut_off(10, None));
    }

    #[test]
    fn age_counts_whole_minutes() {
        assert_eq!(age_min(1_000, 60_999), 0);
        assert_eq!(age_min(1_000, 61_000), 1);
        assert_eq!(age_min(500_000, 1_000), 0, "the clock was set back");
    }
}
