//! Everything a reader reads: codes of the engine and of the contract as words, numbers as texts, answers as rows.
//!
//! Comes in: a code with its data. Goes out: a text from the locale files.
//! Never does: HTML, or the translation of a plant's own codes and attribute names.

pub mod accounts;
pub mod format;
mod i18n;
#[cfg(feature = "ssr")]
pub mod import;
pub mod jobs;
pub mod shown;
pub mod sign_in;

pub use i18n::load;

use contract::error::ApiError;
use contract::wire::{AbstainReason, OwnHistory, TimeSource};
use engine::domain::ModelId;

use crate::browser::KeepFailure;
use crate::components::Tone;
use crate::locale::Locale;
use crate::offline::freshness::Freshness;
use crate::source::Provenance;
use crate::t;

/// What went wrong, as a sentence.
pub fn error(locale: Locale, error: &ApiError) -> String {
    match error {
        ApiError::NotFound { key } => t!(locale, "error-not-found", key = key.as_str()),
        ApiError::UnknownCodes { unknown } => {
            let codes: Vec<&str> = unknown.iter().map(|one| one.code.as_str()).collect();
            t!(locale, "error-unknown-codes", n = codes.len(), codes = codes.join(", "))
        }
        ApiError::Invalid { field, value, expected } => {
            t!(locale, "error-invalid", field = field.as_str(), value = value.as_str(), expected = expected.as_str())
        }
        ApiError::TooMany { limit, got, .. } => {
            t!(locale, "error-too-many", limit = format::count(*limit), got = format::count(*got))
        }
        ApiError::NoModel => t!(locale, "error-no-model"),
        ApiError::KeyReused => t!(locale, "error-key-reused"),
        ApiError::Unavailable => t!(locale, "error-unavailable"),
        ApiError::Network => t!(locale, "error-network"),
        ApiError::NothingKept => t!(locale, "error-nothing-kept"),
        ApiError::SignInNeeded => t!(locale, "error-sign-in-needed"),
        ApiError::PasswordChangeNeeded => t!(locale, "error-password-change-needed"),
        ApiError::Denied => t!(locale, "error-denied"),
        ApiError::TooFast { retry_after_s } => t!(locale, "error-too-fast", n = format::count(*retry_after_s)),
        ApiError::Stale { .. } => t!(locale, "error-stale"),
        ApiError::Internal { ref_id } => t!(locale, "error-internal", ref_id = ref_id.as_str()),
    }
}

/// Why keeping the bundle failed.
pub fn keep_failure(locale: Locale, failure: KeepFailure) -> String {
    match failure {
        KeepFailure::Network => t!(locale, "keep-failure-network"),
        KeepFailure::NoModel => t!(locale, "keep-failure-no-model"),
        KeepFailure::Refused => t!(locale, "keep-failure-refused"),
        KeepFailure::Damaged => t!(locale, "keep-failure-damaged"),
        KeepFailure::Outdated => t!(locale, "keep-failure-outdated"),
        KeepFailure::Storage => t!(locale, "keep-failure-storage"),
    }
}

/// Why there is no proposal.
pub fn abstain_reason(locale: Locale, reason: Option<AbstainReason>) -> String {
    match reason {
        Some(AbstainReason::NoRoutings) => t!(locale, "abstain-no-routings"),
        Some(AbstainReason::NothingKnown) => t!(locale, "abstain-nothing-known"),
        Some(AbstainReason::NothingSimilar) => t!(locale, "abstain-nothing-similar"),
        Some(AbstainReason::NotDetermined) => t!(locale, "abstain-not-determined"),
        Some(AbstainReason::Disagreement) => t!(locale, "abstain-disagreement"),
        None => t!(locale, "abstain-unknown"),
    }
}

/// What a time was estimated from, as one word.
pub fn time_source(locale: Locale, source: TimeSource) -> String {
    match source {
        TimeSource::Actual => t!(locale, "source-actual"),
        TimeSource::Planned => t!(locale, "source-planned"),
        TimeSource::Similar => t!(locale, "source-similar"),
    }
}

/// How the item's own routings are used.
pub fn own_history(locale: Locale, own: OwnHistory) -> String {
    match own {
        OwnHistory::First => t!(locale, "own-first"),
        OwnHistory::Beside => t!(locale, "own-beside"),
        OwnHistory::Ignore => t!(locale, "own-ignore"),
    }
}

/// A feature as a reader knows it: name and code have words, an attribute keeps the plant's own name.
pub fn feature(locale: Locale, name: &str) -> String {
    match name {
        "item_nm" => t!(locale, "feature-name"),
        "item_cd" => t!(locale, "feature-code"),
        attribute => attribute.to_owned(),
    }
}

/// How sure a candidate is, as a word and a colour that agree.
pub fn confidence(locale: Locale, confidence_prob: f64) -> (String, Tone) {
    match confidence_prob {
        prob if prob >= 0.7 => (t!(locale, "confidence-high"), Tone::Good),
        prob if prob >= 0.4 => (t!(locale, "confidence-medium"), Tone::Warn),
        _ => (t!(locale, "confidence-low"), Tone::Bad),
    }
}

/// An age such as "3 hours ago".
pub fn age(locale: Locale, age_min: u64) -> String {
    match Freshness::of_minutes(age_min) {
        Freshness::JustNow => t!(locale, "age-now"),
        Freshness::Minutes(n) => t!(locale, "age-minutes", n = n),
        Freshness::Hours(n) => t!(locale, "age-hours", n = n),
        Freshness::Days(n) => t!(locale, "age-days", n = n),
    }
}

/// The mark of an answer that did not come from the server.
pub fn offline_mark(locale: Locale, provenance: Provenance) -> Option<String> {
    match provenance {
        Provenance::Server => None,
        Provenance::Kept { age_min: Some(age_min) } => Some(t!(locale, "offline-mark", age = age(locale, age_min))),
        Provenance::Kept { age_min: None } => Some(t!(locale, "offline-mark-undated")),
    }
}

/// Which model answered.
pub fn model(locale: Locale, model: &ModelId) -> String {
    t!(locale, "model-line", model = model.short())
}
