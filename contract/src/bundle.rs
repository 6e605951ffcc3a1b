//! The download of the offline bundle.

use serde::Deserialize;
use utoipa::IntoParams;

/// Header with the size of the bundle before any content encoding, bytes: `content-length` counts compressed ones, which
/// says nothing for a progress display.
pub const BUNDLE_SIZE_HEADER: &str = "x-bundle-size";

/// What to cut.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct BundleQuery {
    /// Most items, 1 to 5,000; 0 is 5,000.
    #[param(maximum = 5000)]
    pub limit: usize,
}
