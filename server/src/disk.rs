//! What the disk below a folder can take.
//!
//! Comes in: a path. Goes out: free bytes, whether something may be written.
//! Never does: write, delete, or open a file: a handle of the database file that is closed takes SQLite's locks with it.

use std::path::Path;

use rustix::fs::{Access, access, statvfs};

/// Bytes that this process may still write below a path; `None` where the system does not say.
pub fn free_bytes(path: &Path) -> Option<u64> {
    let there = path.ancestors().find(|path| path.exists())?;
    let room = statvfs(there).ok()?;
    Some(room.f_bavail.saturating_mul(room.f_frsize))
}

/// Whether a file or folder that exists may be written; also not on a disk that is mounted read-only.
pub fn may_write(path: &Path) -> bool {
    access(path, Access::WRITE_OK).is_ok()
}

/// A number of bytes for people, in MB.
pub fn megabytes(bytes: u64) -> u64 {
    bytes.div_ceil(1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_is_not_there_yet_has_the_room_of_the_one_above() {
        let folder = tempfile::tempdir().expect("the temporary folder is writable");
        let above = free_bytes(folder.path()).expect("the system says");
        assert!(above > 0 && free_bytes(&folder.path().join("not/yet")).is_some());
        assert!(may_write(folder.path()) && !may_write(&folder.path().join("not/yet")));
        assert_eq!((megabytes(0), megabytes(1), megabytes(2_000_000)), (0, 1, 2));
    }
}
