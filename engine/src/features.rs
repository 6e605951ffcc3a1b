//! What a model looks at in an item: which attributes, of which kind, with which weight.
//!
//! Comes in: items. Goes out: a [`Schema`] and feature values.
//! Never does: distances (that is `index`), file columns (that is `import`).

mod schema;

pub use schema::{Feature, FeatureKind, Schema};
