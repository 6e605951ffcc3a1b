//! What a caller chooses about the demo plant.

/// Size and seed of a demo plant. Every combination is allowed; the same one gives the same bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DemoSettings {
    /// Distinct item codes in `items.csv`. Sizes in use: 5,000 (tests), 50,000 (demo), 325,000 (bench).
    pub items: usize,
    /// Seed of everything that is drawn.
    pub seed: u64,
    /// Items on top of these: codes of standard gland routings, at most 300, drawn apart from everything else.
    pub standard_codes: usize,
}
