//! The download of the offline bundle.

/// Header with the size of the bundle before any content encoding, bytes: `content-length` counts compressed ones, which
/// says nothing for a progress display.
pub const BUNDLE_SIZE_HEADER: &str = "x-bundle-size";
