//! A cursor over bytes that answers with an error where they end.

use super::WeightsError;

/// Reads little-endian values one after the other.
pub struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// The next `n` bytes.
    pub fn take(&mut self, n: usize, what: &'static str) -> Result<&'a [u8], WeightsError> {
        let taken = slice(self.bytes, self.at as u64, n as u64, what)?;
        self.at += n;
        Ok(taken)
    }

    pub fn u8(&mut self, what: &'static str) -> Result<u8, WeightsError> {
        Ok(self.array::<1>(what)?[0])
    }

    pub fn u16(&mut self, what: &'static str) -> Result<u16, WeightsError> {
        Ok(u16::from_le_bytes(self.array(what)?))
    }

    pub fn u32(&mut self, what: &'static str) -> Result<u32, WeightsError> {
        Ok(u32::from_le_bytes(self.array(what)?))
    }

    pub fn u64(&mut self, what: &'static str) -> Result<u64, WeightsError> {
        Ok(u64::from_le_bytes(self.array(what)?))
    }

    pub fn f32(&mut self, what: &'static str) -> Result<f32, WeightsError> {
        Ok(f32::from_le_bytes(self.array(what)?))
    }

    /// A count that the format holds as a signed number: not negative, at most `most`.
    pub fn count(&mut self, what: &'static str, most: usize) -> Result<usize, WeightsError> {
        let got = i32::from_le_bytes(self.array(what)?);
        match usize::try_from(got) {
            Ok(count) if count <= most => Ok(count),
            _ => Err(WeightsError::OutOfRange { what, got: i64::from(got), most }),
        }
    }

    fn array<const N: usize>(&mut self, what: &'static str) -> Result<[u8; N], WeightsError> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N, what)?);
        Ok(array)
    }
}

/// `n` bytes from `at` on.
pub fn slice<'a>(bytes: &'a [u8], at: u64, n: u64, what: &str) -> Result<&'a [u8], WeightsError> {
    let end = at.checked_add(n).filter(|end| *end <= bytes.len() as u64);
    let Some(end) = end else {
        return Err(WeightsError::CutOff { what: what.to_owned(), at, needed: n, got: bytes.len() as u64 });
    };
    Ok(&bytes[at as usize..end as usize])
}

/// Four bytes each as numbers; a rest of fewer is left out.
pub fn f32s(bytes: &[u8]) -> Vec<f32> {
    bytes.chunks_exact(4).map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]])).collect()
}

/// Four bytes each as whole numbers; a rest of fewer is left out.
pub fn u32s(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]])).collect()
}
