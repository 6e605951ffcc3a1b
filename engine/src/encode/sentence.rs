//! The optional sentence encoder: a short text in any language as one vector, by multilingual-e5-small.
//!
//! Comes in: the bytes of a weight file, texts. Goes out: vectors of length 1 whose dot product says how alike two
//! texts are. Cosines of this model lie in 0.75 to 1.0: only their order means something.
//! Never does: a file, a network, anything in the browser. No answer needs it.
//!
//! # Source
//! Wang et al., "Multilingual E5 Text Embeddings: A Technical Report", 2024.

mod bert;
mod blocks;
mod reader;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod toy;
mod vocabulary;
mod weights;

use std::ops::ControlFlow;

use sha2::{Digest, Sha256};

use bert::Bert;
use vocabulary::Vocabulary;
pub use weights::WeightsError;

/// What the model was trained to see before a text that is compared with its like.
const PREFIX: &str = "query: ";
/// Tokens that are computed at once. The matrix product keeps all cores busy by itself: batches beside each other were
/// three times slower.
const BATCH_TOKENS: usize = 1024;

/// Hears the share of the texts that is done, 0 to 1.
pub type Tell<'h> = dyn FnMut(f64) -> ControlFlow<()> + 'h;

/// Why texts could not be encoded.
#[derive(Debug, thiserror::Error)]
pub enum EncodeError {
    /// The arithmetic was refused.
    #[error("the sentence encoder failed: {0}")]
    Arithmetic(String),
    /// Whoever watched ended it.
    #[error("reading the texts was ended")]
    Stopped,
}

impl From<candle_core::Error> for EncodeError {
    fn from(error: candle_core::Error) -> Self {
        Self::Arithmetic(error.to_string())
    }
}

/// A sentence encoder, ready to run.
pub struct SentenceEncoder {
    vocabulary: Vocabulary,
    bert: Bert,
    id: String,
}

impl SentenceEncoder {
    /// Reads a weight file.
    ///
    /// # Errors
    /// [`WeightsError`] says where the file is cut off or wrong.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, WeightsError> {
        let file = weights::read(bytes)?;
        let id = hex::encode(Sha256::digest(bytes));
        let bert = Bert::new(&file).map_err(|error| WeightsError::Damaged { what: error.to_string() })?;
        Ok(Self { vocabulary: file.vocabulary, bert, id })
    }

    /// SHA-256 of the weight file in hexadecimal: vectors of different encoders must not be mixed.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Components of a vector.
    pub fn n_dimensions(&self) -> usize {
        self.bert.n_dimensions()
    }

    /// One vector of length 1 for each text, in the order of the texts; `hear` is told 0 to 1, and asked whether to go on.
    ///
    /// Texts of equal length in tokens are computed together, short ones first. So nothing is padded and nothing has
    /// to be masked. A text with more tokens than the model has positions is cut off there.
    ///
    /// # Shapes
    /// `texts.len()` × [`Self::n_dimensions`].
    ///
    /// # Errors
    /// [`EncodeError::Arithmetic`], which a sound weight file does not cause, and [`EncodeError::Stopped`].
    ///
    /// # Cost
    /// Some 40 million multiplications for each token.
    pub fn encode(&self, texts: &[&str], hear: &mut Tell<'_>) -> Result<Vec<Vec<f32>>, EncodeError> {
        let longest = self.bert.n_positions();
        let ids: Vec<Vec<u32>> =
            texts.iter().map(|text| self.vocabulary.ids(&format!("{PREFIX}{text}"), longest)).collect();
        let mut order: Vec<usize> = (0..texts.len()).collect();
        order.sort_by_key(|at| (ids[*at].len(), *at));
        let mut vectors = vec![Vec::new(); texts.len()];
        let mut n_done = 0;
        for alike in order.chunk_by(|a, b| ids[*a].len() == ids[*b].len()) {
            for batch in alike.chunks((BATCH_TOKENS / ids[alike[0]].len()).max(1)) {
                if hear(n_done as f64 / texts.len() as f64).is_break() {
                    return Err(EncodeError::Stopped);
                }
                let rows: Vec<&[u32]> = batch.iter().map(|at| ids[*at].as_slice()).collect();
                for (at, vector) in batch.iter().zip(self.bert.forward(&rows)?) {
                    vectors[*at] = vector;
                }
                n_done += batch.len();
            }
        }
        Ok(vectors)
    }
}
