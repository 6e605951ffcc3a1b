//! The whole encoder on a tiny file.

use std::ops::ControlFlow;

use super::toy::{HIDDEN, N_POSITIONS, by_hand, weight_file};
use super::{SentenceEncoder, WeightsError};

fn encode(encoder: &SentenceEncoder, texts: &[&str]) -> Vec<Vec<f32>> {
    encoder.encode(texts, &mut |_| ControlFlow::Continue(())).expect("the toy computes")
}

#[test]
fn vectors_are_those_of_plain_loops() {
    let (bytes, tensors) = weight_file(1);
    let encoder = SentenceEncoder::from_bytes(&bytes).expect("the toy is sound");
    let texts = ["shaft", "Seal 축 shaft", "축", "seal x"];
    // begin, ▁query:, …, end; S is normalised to s, and ▁ + an unknown character are two.
    let ids: [&[usize]; 4] = [&[0, 5, 6, 2], &[0, 5, 9, 7, 6, 2], &[0, 5, 7, 2], &[0, 5, 9, 4, 3, 2]];
    let vectors = encode(&encoder, &texts);
    assert_eq!(encoder.n_dimensions(), HIDDEN);
    for ((vector, ids), text) in vectors.iter().zip(ids).zip(texts) {
        let expected = by_hand(&tensors, ids);
        let furthest = vector.iter().zip(&expected).map(|(a, b)| (f64::from(*a) - b).abs()).fold(0.0, f64::max);
        assert!(furthest < 1e-5, "{text}: {furthest}");
    }
    let apart = vectors[0].iter().zip(&vectors[2]).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
    assert!(apart > 1e-3, "different texts have different vectors: {apart}");
}

#[test]
fn a_text_does_not_depend_on_its_company_and_order_is_kept() {
    let encoder = SentenceEncoder::from_bytes(&weight_file(2).0).expect("the toy is sound");
    let texts = ["shaft", "seal seal seal", "축", "shaft seal", "seal 축"];
    let together = encode(&encoder, &texts);
    for (text, vector) in texts.iter().zip(&together) {
        let alone = &encode(&encoder, &[text])[0];
        let furthest = vector.iter().zip(alone).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        assert!(furthest < 1e-6, "{text}: {furthest}");
    }
    assert_eq!(encode(&encoder, &[]), Vec::<Vec<f32>>::new());
}

#[test]
fn a_text_longer_than_the_positions_is_cut_off_and_an_empty_one_has_a_vector() {
    let encoder = SentenceEncoder::from_bytes(&weight_file(3).0).expect("the toy is sound");
    let vectors = encode(&encoder, &[&"shaft ".repeat(N_POSITIONS * 2), ""]);
    for vector in &vectors {
        let length: f32 = vector.iter().map(|x| x * x).sum();
        assert!((length - 1.0).abs() < 1e-5, "{length}");
    }
}

#[test]
fn a_file_cut_off_anywhere_is_refused() {
    let (bytes, _) = weight_file(4);
    for length in (0..2_000).chain((2_000..bytes.len()).step_by(97)) {
        assert!(SentenceEncoder::from_bytes(&bytes[..length]).is_err(), "{length} of {} bytes", bytes.len());
    }
}

#[test]
fn a_damaged_file_is_refused_or_read_but_never_a_panic() {
    let (bytes, _) = weight_file(5);
    let mut n_refused = 0;
    for at in 0..2_500 {
        for flip in [0x80, 0xff] {
            let mut damaged = bytes.clone();
            damaged[at] ^= flip;
            match SentenceEncoder::from_bytes(&damaged) {
                Err(_) => n_refused += 1,
                Ok(encoder) => assert_eq!(encode(&encoder, &["shaft seal"])[0].len(), HIDDEN),
            }
        }
    }
    assert!(n_refused > 1_000, "{n_refused}");
}

#[test]
fn errors_say_what_is_wrong() {
    let refused = |bytes: &[u8]| SentenceEncoder::from_bytes(bytes).err().expect("it is no weight file");
    let (bytes, _) = weight_file(6);
    assert_eq!(refused(b"PK\x03\x04"), WeightsError::NotWeights);
    let mut newer = bytes.clone();
    newer[4] = 9;
    assert_eq!(refused(&newer), WeightsError::Version { got: 9, expected: 1 });
    let mut negative = bytes.clone();
    negative[8..12].copy_from_slice(&(-1i32).to_le_bytes());
    assert!(refused(&negative).to_string().contains("-1 for the hidden size"));
    let at = bytes.windows(6).position(|window| window == b"l1.q.w").expect("the directory names it");
    let mut renamed = bytes.clone();
    renamed[at..at + 6].copy_from_slice(b"l9.q.w");
    assert!(refused(&renamed).to_string().contains("no tensor l1.q.w"));
}
