//! A tiny weight file with seeded random weights, and its forward pass in plain loops.

use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

pub const HIDDEN: usize = 32;
pub const N_LAYERS: usize = 2;
pub const N_HEADS: usize = 4;
pub const FEED_FORWARD: usize = 64;
pub const N_POSITIONS: usize = 16;
pub const EPSILON: f32 = 1e-5;
pub const PIECES: [(&str, f32); 10] = [
    ("<s>", 0.0),
    ("<pad>", 0.0),
    ("</s>", 0.0),
    ("<unk>", 0.0),
    ("▁", -2.0),
    ("▁query:", -3.0),
    ("▁shaft", -4.0),
    ("▁축", -4.5),
    ("s", -5.0),
    ("▁seal", -4.2),
];

/// A tensor by name, as the numbers that its bytes stand for: row by row, out × in.
pub type Named = (String, Vec<f32>);

/// The bytes of the file and what its tensors hold.
pub fn weight_file(seed: u64) -> (Vec<u8>, Vec<Named>) {
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
    let mut tensors: Vec<(String, u8, Vec<u8>, Vec<f32>)> = Vec::new();
    let mut add = |name: &str, is_packed: bool, count: usize, around: f32| {
        let (bytes, numbers) = if is_packed { packed(count, &mut rng) } else { plain(count, around, &mut rng) };
        tensors.push((name.to_owned(), u8::from(is_packed), bytes, numbers));
    };
    add("emb.word", true, PIECES.len() * HIDDEN, 0.0);
    add("emb.pos", false, N_POSITIONS * HIDDEN, 0.0);
    add("emb.type", false, 2 * HIDDEN, 0.0);
    add("emb.ln.w", false, HIDDEN, 1.0);
    add("emb.ln.b", false, HIDDEN, 0.0);
    for layer in 0..N_LAYERS {
        for (name, n_in, n_out) in [
            ("q", HIDDEN, HIDDEN),
            ("k", HIDDEN, HIDDEN),
            ("v", HIDDEN, HIDDEN),
            ("ao", HIDDEN, HIDDEN),
            ("fi", HIDDEN, FEED_FORWARD),
            ("fo", FEED_FORWARD, HIDDEN),
        ] {
            add(&format!("l{layer}.{name}.w"), true, n_in * n_out, 0.0);
            add(&format!("l{layer}.{name}.b"), false, n_out, 0.0);
        }
        for name in ["aln", "oln"] {
            add(&format!("l{layer}.{name}.w"), false, HIDDEN, 1.0);
            add(&format!("l{layer}.{name}.b"), false, HIDDEN, 0.0);
        }
    }
    let named = tensors.iter().map(|(name, _, _, numbers)| (name.clone(), numbers.clone())).collect();
    (file(&tensors), named)
}

/// Blocks of which every number is known: a scale of 2⁻⁵ or 2⁻⁴, and halves of bytes by chance.
fn packed(count: usize, rng: &mut Xoshiro256PlusPlus) -> (Vec<u8>, Vec<f32>) {
    let (mut bytes, mut numbers) = (Vec::new(), Vec::new());
    for _ in 0..count / 32 {
        let (bits, scale): (u16, f32) = if rng.r#gen() { (0x2800, 0.03125) } else { (0x2c00, 0.0625) };
        let halves: Vec<u8> = (0..32).map(|_| rng.gen_range(0..16)).collect();
        bytes.extend(bits.to_le_bytes());
        bytes.extend((0..16).map(|at| halves[at] | halves[at + 16] << 4));
        numbers.extend(halves.iter().map(|half| (f32::from(*half) - 8.0) * scale));
    }
    (bytes, numbers)
}

fn plain(count: usize, around: f32, rng: &mut Xoshiro256PlusPlus) -> (Vec<u8>, Vec<f32>) {
    let numbers: Vec<f32> = (0..count).map(|_| around + rng.gen_range(-0.2f32..0.2)).collect();
    (numbers.iter().flat_map(|number| number.to_le_bytes()).collect(), numbers)
}

fn file(tensors: &[(String, u8, Vec<u8>, Vec<f32>)]) -> Vec<u8> {
    let mut bytes = b"E5S1".to_vec();
    let whole = |bytes: &mut Vec<u8>, numbers: &[i32]| bytes.extend(numbers.iter().flat_map(|n| n.to_le_bytes()));
    whole(&mut bytes, &[1, HIDDEN as i32, N_LAYERS as i32, N_HEADS as i32, FEED_FORWARD as i32]);
    whole(&mut bytes, &[PIECES.len() as i32, N_POSITIONS as i32, 2]);
    bytes.extend(EPSILON.to_le_bytes());
    whole(&mut bytes, &[32, PIECES.len() as i32, 0, 2, 1, 3]);
    let blob: String = PIECES.iter().map(|(piece, _)| *piece).collect();
    bytes.extend((blob.len() as u64).to_le_bytes());
    let mut at = 0i32;
    whole(&mut bytes, &[at]);
    for (piece, _) in PIECES {
        at += piece.len() as i32;
        whole(&mut bytes, &[at]);
    }
    bytes.extend(PIECES.iter().flat_map(|(_, score)| score.to_le_bytes()));
    bytes.extend(blob.as_bytes());
    // The normaliser: S becomes s.
    whole(&mut bytes, &[1, 9, 'S' as i32]);
    bytes.push(1);
    whole(&mut bytes, &['s' as i32]);
    whole(&mut bytes, &[tensors.len() as i32]);
    let directory: usize = tensors.iter().map(|(name, ..)| name.len() + 23).sum();
    let mut place = bytes.len() + directory;
    for (name, dtype, data, numbers) in tensors {
        bytes.extend((name.len() as u16).to_le_bytes());
        bytes.extend(name.as_bytes());
        bytes.push(*dtype);
        bytes.extend((numbers.len() as u32).to_le_bytes());
        bytes.extend((place as u64).to_le_bytes());
        bytes.extend((data.len() as u64).to_le_bytes());
        place += data.len();
    }
    tensors.iter().for_each(|(_, _, data, _)| bytes.extend(data));
    bytes
}

/// The vector of one text by plain loops in double precision.
pub fn by_hand(tensors: &[Named], ids: &[usize]) -> Vec<f64> {
    let of = |name: &str| -> Vec<f64> {
        let found = tensors.iter().find(|(other, _)| other == name).expect("the toy has it");
        found.1.iter().map(|x| f64::from(*x)).collect()
    };
    let norm = |x: &[f64], name: &str| -> Vec<f64> {
        let (scale, shift) = (of(&format!("{name}.w")), of(&format!("{name}.b")));
        let mean = x.iter().sum::<f64>() / x.len() as f64;
        let variance = x.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / x.len() as f64;
        let by = (variance + f64::from(EPSILON)).sqrt();
        (0..x.len()).map(|at| (x[at] - mean) / by * scale[at] + shift[at]).collect()
    };
    let linear = |x: &[f64], name: &str| -> Vec<f64> {
        let (weight, bias) = (of(&format!("{name}.w")), of(&format!("{name}.b")));
        let row = |out: usize| x.iter().zip(&weight[out * x.len()..]).map(|(x, w)| x * w).sum::<f64>() + bias[out];
        (0..bias.len()).map(row).collect()
    };
    let plus = |a: &[f64], b: &[f64]| -> Vec<f64> { a.iter().zip(b).map(|(a, b)| a + b).collect() };
    let (words, places, types) = (of("emb.word"), of("emb.pos"), of("emb.type"));
    let mut x: Vec<Vec<f64>> = ids
        .iter()
        .enumerate()
        .map(|(at, id)| {
            let sum = |h: usize| words[id * HIDDEN + h] + places[at * HIDDEN + h] + types[h];
            norm(&(0..HIDDEN).map(sum).collect::<Vec<f64>>(), "emb.ln")
        })
        .collect();
    let width = HIDDEN / N_HEADS;
    for layer in 0..N_LAYERS {
        let name = |rest: &str| format!("l{layer}.{rest}");
        let each = |of: &str| -> Vec<Vec<f64>> { x.iter().map(|token| linear(token, &name(of))).collect() };
        let (q, k, v) = (each("q"), each("k"), each("v"));
        let mut seen = vec![vec![0.0; HIDDEN]; x.len()];
        for (token, seen) in seen.iter_mut().enumerate() {
            for head in 0..N_HEADS {
                let span = head * width..(head + 1) * width;
                let dot = |other: usize| span.clone().map(|h| q[token][h] * k[other][h]).sum::<f64>();
                let powers: Vec<f64> =
                    (0..x.len()).map(|other| libm::exp(dot(other) / (width as f64).sqrt())).collect();
                let sum: f64 = powers.iter().sum();
                for h in span {
                    seen[h] = (0..x.len()).map(|other| powers[other] / sum * v[other][h]).sum();
                }
            }
        }
        for (token, seen) in x.iter_mut().zip(&seen) {
            *token = norm(&plus(token, &linear(seen, &name("ao"))), &name("aln"));
            let wide: Vec<f64> = linear(token, &name("fi")).into_iter().map(gelu).collect();
            *token = norm(&plus(token, &linear(&wide, &name("fo"))), &name("oln"));
        }
    }
    let mean: Vec<f64> = (0..HIDDEN).map(|h| x.iter().map(|token| token[h]).sum::<f64>() / x.len() as f64).collect();
    let length = mean.iter().map(|x| x * x).sum::<f64>().sqrt();
    mean.into_iter().map(|x| x / length).collect()
}

fn gelu(x: f64) -> f64 {
    0.5 * x * (1.0 + libm::erf(x / 2f64.sqrt()))
}
