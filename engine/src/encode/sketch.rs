//! Count sketch of the weighted features, in bytes.

use serde::{Deserialize, Serialize};

use crate::features::{Encoder, Value};

/// Length of an embedding.
pub const DIMENSIONS: usize = 128;

/// An embedding in whole numbers: distances between points are exact, hence the same on every machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point(Vec<i8>);

impl Point {
    /// Components, −127 to 127.
    pub fn components(&self) -> &[i8] {
        &self.0
    }
}

impl instant_distance::Point for Point {
    /// Squared Euclidean distance; a whole number below 2²⁴ for all but opposite points.
    fn distance(&self, other: &Self) -> f32 {
        let square = |(a, b): (&i8, &i8)| {
            let difference = i32::from(*a) - i32::from(*b);
            difference * difference
        };
        self.0.iter().zip(&other.0).map(square).sum::<i32>() as f32
    }
}

/// The embedding of an item.
///
/// Each feature is a vector of length √weight; its components are added into [`DIMENSIONS`] buckets with a sign, both
/// by hash. Dot products of the sketch are then unbiased estimates of the weighted sum of agreements.
///
/// # Source
/// Charikar, Chen, Farach-Colton, "Finding frequent items in data streams", 2002; for vectors: Weinberger et al.,
/// "Feature hashing for large scale multitask learning", 2009.
pub fn sketch(encoder: &Encoder, values: &[Value]) -> Point {
    let mut sums = vec![0.0f32; DIMENSIONS];
    for (at, (feature, value)) in encoder.schema().features.iter().zip(values).enumerate() {
        let length = libm::sqrtf(feature.weight as f32);
        if length <= 0.0 {
            continue;
        }
        let mut add = |component: i64, size: f32| {
            let hash = mix(at as u64, component as u64);
            let signed = if hash >> 63 == 0 { size } else { -size };
            sums[(hash % DIMENSIONS as u64) as usize] += signed * length;
        };
        match value {
            Value::Missing | Value::Category { id: None, .. } => {}
            Value::Category { id: Some(id), rarity } => add(i64::from(*id), libm::sqrtf(*rarity)),
            Value::Terms(terms) => terms.iter().for_each(|(term, size)| add(i64::from(*term), *size)),
            Value::Number(position) => {
                // Two neighbouring cells share a number, so that close numbers share most of their length.
                let cell = 4.0 * encoder.number_width(at).unwrap_or(1.0);
                let place = position / cell;
                let low = libm::floorf(place);
                add(low as i64, libm::sqrtf(1.0 - (place - low)));
                add(low as i64 + 1, libm::sqrtf(place - low));
            }
        }
    }
    let length = libm::sqrtf(sums.iter().map(|sum| sum * sum).sum::<f32>());
    let scale = if length > 0.0 { 300.0 / length } else { 0.0 };
    Point(sums.iter().map(|sum| libm::roundf(sum * scale).clamp(-127.0, 127.0) as i8).collect())
}

/// SplitMix64 over feature and component.
fn mix(feature: u64, component: u64) -> u64 {
    let mut state = feature.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ component.wrapping_add(0x2545_f491_4f6c_dd1d);
    state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    state ^ (state >> 31)
}
