//! One file out of a `.tar.gz`. Nothing else of it is unpacked, and nothing of it is run.

use std::io::Read;

use flate2::read::GzDecoder;
use tar::Archive;

use super::{EncoderError, MOST_BYTES};

/// The bytes of `member`.
///
/// # Errors
/// [`EncoderError::Archive`] when it is not there, or the archive ends early.
pub fn member(archive: &[u8], member: &'static str) -> Result<Vec<u8>, EncoderError> {
    find(archive, member).map_err(|reason| EncoderError::Archive { member, reason: reason.to_string() })
}

fn find(archive: &[u8], member: &str) -> std::io::Result<Vec<u8>> {
    for entry in Archive::new(GzDecoder::new(archive)).entries()? {
        let entry = entry?;
        if entry.path_bytes().as_ref() != member.as_bytes() {
            continue;
        }
        let size = entry.size();
        if size > MOST_BYTES {
            return Err(std::io::Error::other(format!("it has {size} bytes, expected at most {MOST_BYTES}")));
        }
        let mut bytes = Vec::new();
        entry.take(MOST_BYTES).read_to_end(&mut bytes)?;
        if bytes.len() as u64 != size {
            return Err(std::io::Error::other(format!("it ends after {} of {size} bytes", bytes.len())));
        }
        return Ok(bytes);
    }
    Err(std::io::Error::other("it is not there"))
}
