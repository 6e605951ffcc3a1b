//! What a model looks at in an item: which attributes, of which kind, with which weight, and how values are read.
//!
//! Comes in: cleaned items. Goes out: a [`Schema`], an [`Encoder`] and [`Value`]s.
//! Never does: distances between items (that is `index`), file columns (that is `import`).

mod code_grammar;
mod cues;
mod encoder;
mod grammar;
mod infer;
mod ngrams;
mod schema;
mod sentences;
mod sizes;

pub use code_grammar::{CodeAlternative, CodeGrammar, CodeSegment};
pub use cues::{CueBook, Cues, Number, NumberSource};
pub use encoder::{Encoder, Value};
pub use infer::infer_schema;
pub use schema::{Feature, FeatureKind, ITEM_CODE_FEATURE, ITEM_NAME_FEATURE, Schema};
pub use sentences::{SentenceBlock, Sentences};
