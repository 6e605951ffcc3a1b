//! A folder for one run of a task.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::process::StopOnSignal;

/// A new folder, deleted with all it holds when this is dropped or the task is interrupted.
pub struct TemporaryFolder {
    path: PathBuf,
    _stop: StopOnSignal,
}

impl TemporaryFolder {
    /// Below the system's folder for such things, where other users can reach it too.
    pub fn new(name: &str) -> Result<Self> {
        let path = std::env::temp_dir().join(format!("routing-ml-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).with_context(|| format!("cannot create {}", path.display()))?;
        let stop = StopOnSignal::new(["rm", "-rf", "--", &path.to_string_lossy()].map(str::to_owned).to_vec());
        Ok(Self { path, _stop: stop })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for TemporaryFolder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_gone_with_what_it_held() {
        let folder = TemporaryFolder::new("unit-test").expect("the system's folder can be written");
        let path = folder.path().to_owned();
        std::fs::write(path.join("file"), "x").expect("it can be written");
        drop(folder);
        assert!(!path.exists());
    }
}
