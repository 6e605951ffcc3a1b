//! The network: BERT's forward pass over texts of equal length, mean of the tokens, length 1.
//!
//! # Source
//! Devlin et al., "BERT: Pre-training of Deep Bidirectional Transformers", 2019; GELU by the error function.

use candle_core::{D, Device, Result, Tensor};

use super::EncodeError;
use super::blocks::{self, BLOCK, BLOCK_BYTES};
use super::weights::{Sizes, WeightFile, WeightsError};

/// Why a network cannot be put together.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    #[error(transparent)]
    Weights(#[from] WeightsError),
    #[error(transparent)]
    Tensor(#[from] candle_core::Error),
}

/// The network. Word vectors stay packed, since a text needs few of them; all other weights are unpacked: candle's product
/// with packed ones took five to eight times as long in a build for any processor.
pub struct Bert {
    sizes: Sizes,
    words: Vec<u8>,
    /// Position and type of each place, added already.
    places: Vec<f32>,
    entry: Norm,
    layers: Vec<Layer>,
}

struct Layer {
    /// Query, key and value in one.
    attend: Linear,
    attended: Linear,
    attended_norm: Norm,
    widen: Linear,
    narrow: Linear,
    out_norm: Norm,
}

/// `x · weightᵀ + bias`.
struct Linear {
    /// in × out
    weight: Tensor,
    bias: Tensor,
}

/// Mean 0 and variance 1 for each token, then a scale and a shift.
struct Norm {
    scale: Tensor,
    shift: Tensor,
    epsilon: f64,
}

impl Bert {
    /// Unpacks the weights.
    pub fn new(file: &WeightFile) -> std::result::Result<Self, BuildError> {
        let sizes = file.sizes;
        let Sizes { hidden, feed_forward, n_positions, n_words, n_types, .. } = sizes;
        let types = file.numbers("emb.type", n_types * hidden)?;
        let mut places = file.numbers("emb.pos", n_positions * hidden)?;
        for place in places.chunks_mut(hidden) {
            place.iter_mut().zip(&types).for_each(|(place, of_type)| *place += of_type);
        }
        let layers = (0..sizes.n_layers).map(|at| {
            let name = |rest: &str| format!("l{at}.{rest}");
            Ok(Layer {
                attend: Linear::new(file, &[name("q"), name("k"), name("v")], hidden, hidden)?,
                attended: Linear::new(file, &[name("ao")], hidden, hidden)?,
                attended_norm: Norm::new(file, &name("aln"), &sizes)?,
                widen: Linear::new(file, &[name("fi")], hidden, feed_forward)?,
                narrow: Linear::new(file, &[name("fo")], feed_forward, hidden)?,
                out_norm: Norm::new(file, &name("oln"), &sizes)?,
            })
        });
        Ok(Self {
            words: file.blocks("emb.word", n_words * hidden)?.to_vec(),
            places,
            entry: Norm::new(file, "emb.ln", &sizes)?,
            layers: layers.collect::<std::result::Result<_, BuildError>>()?,
            sizes,
        })
    }

    /// Components of a vector.
    pub fn n_dimensions(&self) -> usize {
        self.sizes.hidden
    }

    /// Most tokens of a text.
    pub fn n_positions(&self) -> usize {
        self.sizes.n_positions
    }

    /// One vector of length 1 for each text. All have the same number of tokens, at most [`Self::n_positions`].
    pub fn forward(&self, texts: &[&[u32]]) -> std::result::Result<Vec<Vec<f32>>, EncodeError> {
        let n_tokens = texts.first().map_or(0, |text| text.len());
        if n_tokens == 0 {
            return Ok(vec![vec![0.0; self.sizes.hidden]; texts.len()]);
        }
        let mut x = self.entry.forward(&self.embed(texts, n_tokens)?)?;
        for layer in &self.layers {
            let attended = layer.attended.forward(&self.attention(layer, &x, texts.len(), n_tokens)?)?;
            x = layer.attended_norm.forward(&(x + attended)?)?;
            let wide = layer.widen.forward(&x)?.gelu_erf()?;
            x = layer.out_norm.forward(&(x + layer.narrow.forward(&wide)?)?)?;
        }
        let mean = x.reshape((texts.len(), n_tokens, self.sizes.hidden))?.mean(1)?;
        let mut vectors = mean.to_vec2::<f32>()?;
        for vector in &mut vectors {
            let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
            if length > 0.0 {
                vector.iter_mut().for_each(|x| *x /= length);
            }
        }
        Ok(vectors)
    }

    /// Word, place and type of each token, added: (texts · tokens) × hidden.
    fn embed(&self, texts: &[&[u32]], n_tokens: usize) -> Result<Tensor> {
        let hidden = self.sizes.hidden;
        let row = hidden / BLOCK * BLOCK_BYTES;
        let mut x = Vec::with_capacity(texts.len() * n_tokens * hidden);
        for text in texts {
            for id in *text {
                blocks::unpack(&self.words[*id as usize * row..(*id as usize + 1) * row], &mut x);
            }
        }
        for text in x.chunks_mut(n_tokens * hidden) {
            text.iter_mut().zip(&self.places).for_each(|(x, place)| *x += place);
        }
        Tensor::from_vec(x, (texts.len() * n_tokens, hidden), &Device::Cpu)
    }

    /// Every token looks at every token of its own text.
    fn attention(&self, layer: &Layer, x: &Tensor, n_texts: usize, n_tokens: usize) -> Result<Tensor> {
        let Sizes { hidden, n_heads, .. } = self.sizes;
        let width = hidden / n_heads;
        let all = layer.attend.forward(x)?.reshape((n_texts, n_tokens, 3, n_heads, width))?;
        let part = |at: usize| all.narrow(2, at, 1)?.squeeze(2)?.transpose(1, 2)?.contiguous();
        let (query, key, value) = (part(0)?, part(1)?, part(2)?);
        let scale = 1.0 / (width as f64).sqrt();
        let shares = softmax(&(query.matmul(&key.transpose(2, 3)?)? * scale)?)?;
        shares.matmul(&value)?.transpose(1, 2)?.reshape((n_texts * n_tokens, hidden))
    }
}

impl Linear {
    /// The named weights one below the other, each out × in in the file.
    fn new(file: &WeightFile, names: &[String], n_in: usize, n_out: usize) -> std::result::Result<Self, BuildError> {
        let (mut weight, mut bias) = (Vec::new(), Vec::new());
        for name in names {
            weight.extend(file.numbers(&format!("{name}.w"), n_out * n_in)?);
            bias.extend(file.numbers(&format!("{name}.b"), n_out)?);
        }
        let n_out = bias.len();
        Ok(Self {
            weight: Tensor::from_vec(weight, (n_out, n_in), &Device::Cpu)?.t()?.contiguous()?,
            bias: Tensor::from_vec(bias, n_out, &Device::Cpu)?,
        })
    }

    fn forward(&self, x: &Tensor) -> Result<Tensor> {
        x.matmul(&self.weight)?.broadcast_add(&self.bias)
    }
}

impl Norm {
    fn new(file: &WeightFile, name: &str, sizes: &Sizes) -> std::result::Result<Self, BuildError> {
        let numbers = |of: &str| file.numbers(&format!("{name}.{of}"), sizes.hidden);
        Ok(Self {
            scale: Tensor::from_vec(numbers("w")?, sizes.hidden, &Device::Cpu)?,
            shift: Tensor::from_vec(numbers("b")?, sizes.hidden, &Device::Cpu)?,
            epsilon: f64::from(sizes.epsilon),
        })
    }

    fn forward(&self, x: &Tensor) -> Result<Tensor> {
        let centred = x.broadcast_sub(&x.mean_keepdim(D::Minus1)?)?;
        let deviation = (centred.sqr()?.mean_keepdim(D::Minus1)? + self.epsilon)?.sqrt()?;
        centred.broadcast_div(&deviation)?.broadcast_mul(&self.scale)?.broadcast_add(&self.shift)
    }
}

fn softmax(x: &Tensor) -> Result<Tensor> {
    let powers = x.broadcast_sub(&x.max_keepdim(D::Minus1)?)?.exp()?;
    powers.broadcast_div(&powers.sum_keepdim(D::Minus1)?)
}
