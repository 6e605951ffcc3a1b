//! Weights of four bits: blocks of 32 with one scale, as ggml's `Q4_0`.
//!
//! # Source
//! ggml, `dequantize_row_q4_0`: scale as half precision, then 16 bytes; the low halves are weights 0 to 15, the high
//! halves weights 16 to 31; a weight is (half − 8) · scale.

/// Weights of a block.
pub const BLOCK: usize = 32;
/// Bytes of a block.
pub const BLOCK_BYTES: usize = 18;

/// Appends the weights of whole blocks.
pub fn unpack(bytes: &[u8], into: &mut Vec<f32>) {
    for block in bytes.chunks_exact(BLOCK_BYTES) {
        let scale = half(u16::from_le_bytes([block[0], block[1]]));
        into.extend(block[2..].iter().map(|byte| (f32::from(byte & 0x0f) - 8.0) * scale));
        into.extend(block[2..].iter().map(|byte| (f32::from(byte >> 4) - 8.0) * scale));
    }
}

/// A number of half precision (IEEE 754 binary16).
fn half(bits: u16) -> f32 {
    let (sign, exponent, fraction) = (u32::from(bits >> 15), u32::from(bits >> 10 & 0x1f), u32::from(bits & 0x3ff));
    let size = match exponent {
        // Fractions of 2⁻²⁴.
        0 => fraction as f32 / 16_777_216.0,
        31 => f32::from_bits(0xff << 23 | fraction << 13),
        _ => f32::from_bits((exponent + 112) << 23 | fraction << 13),
    };
    if sign == 0 { size } else { -size }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_precision_is_read_exactly() {
        for (bits, value) in [
            (0x0000, 0.0),
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x3555, 0.333_251_95),
            (0x7bff, 65504.0),
            (0x0001, 5.960_464_5e-8),
            (0x0400, 6.103_515_6e-5),
            (0x7c00, f32::INFINITY),
        ] {
            assert_eq!(half(bits), value, "{bits:#06x}");
        }
        assert!(half(0x7e00).is_nan());
    }

    #[test]
    fn a_block_worked_out_by_hand() {
        // Scale 0.5; byte 0 holds 9 below and 7 above, byte 1 holds 0 below and 15 above, the rest 8: nought.
        let mut block = vec![0x00, 0x38, 0x79, 0xf0];
        block.extend([0x88; 14]);
        let mut weights = Vec::new();
        unpack(&block, &mut weights);
        let mut expected = vec![0.0; BLOCK];
        expected[0] = 0.5;
        expected[1] = -4.0;
        expected[16] = -0.5;
        expected[17] = 3.5;
        assert_eq!(weights, expected);
    }
}
