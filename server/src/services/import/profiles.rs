//! Profiles that imports have saved: one JSON file each, with an entry for each table.

use std::io;
use std::path::{Path, PathBuf};

use engine::import::StoredProfile;

/// Longest name of a profile.
const MAX_NAME_CHARS: usize = 64;

/// Why a profile cannot be used or kept.
#[derive(Debug, thiserror::Error)]
pub enum ProfileError {
    #[error("{path}: {reason}")]
    File { path: PathBuf, reason: io::Error },
    #[error("{path}: this is no profile of an import ({reason}); correct the file or remove it")]
    Broken { path: PathBuf, reason: serde_json::Error },
    #[error("{path}: this profile was written by a newer version of the program")]
    Newer { path: PathBuf },
    #[error("a profile's name has letters, digits, - and _ only, at most {MAX_NAME_CHARS}: {0:?}")]
    Name(String),
}

/// The folder of saved profiles.
#[derive(Clone, Debug)]
pub struct Profiles(PathBuf);

impl Profiles {
    /// Below the data directory.
    pub fn of_data_dir(data_dir: &Path) -> Self {
        Self(data_dir.join("profiles"))
    }

    /// The file of a profile.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(format!("{name}.json"))
    }

    /// All profiles, by name.
    ///
    /// # Errors
    /// [`ProfileError`] for a file that cannot be read: leaving it out would read the next files otherwise.
    pub fn load(&self) -> Result<Vec<StoredProfile>, ProfileError> {
        let unreadable = |reason| ProfileError::File { path: self.0.clone(), reason };
        let entries = match std::fs::read_dir(&self.0) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(unreadable(error)),
        };
        let mut paths = Vec::new();
        for entry in entries {
            let path = entry.map_err(unreadable)?.path();
            if path.extension().is_some_and(|ending| ending == "json") {
                paths.push(path);
            }
        }
        paths.sort();
        let mut all = Vec::new();
        for path in paths {
            let bytes = std::fs::read(&path).map_err(|reason| ProfileError::File { path: path.clone(), reason })?;
            let mut tables: Vec<StoredProfile> =
                serde_json::from_slice(&bytes).map_err(|reason| ProfileError::Broken { path: path.clone(), reason })?;
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            for table in &mut tables {
                if !table.is_known_form() {
                    return Err(ProfileError::Newer { path });
                }
                table.name.clone_from(&name);
            }
            all.extend(tables);
        }
        Ok(all)
    }

    /// Whether `name` may be one.
    ///
    /// # Errors
    /// [`ProfileError::Name`].
    pub fn check_name(name: &str) -> Result<(), ProfileError> {
        let is_plain = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
        let is_fine = !name.is_empty() && name.chars().count() <= MAX_NAME_CHARS && name.chars().all(is_plain);
        if is_fine { Ok(()) } else { Err(ProfileError::Name(name.to_owned())) }
    }

    /// Writes a profile, in place of one of the same name, and gives its path.
    ///
    /// # Errors
    /// [`ProfileError`].
    pub fn save(&self, name: &str, tables: &[StoredProfile]) -> Result<PathBuf, ProfileError> {
        Self::check_name(name)?;
        let path = self.path(name);
        let failed = |reason| ProfileError::File { path: path.clone(), reason };
        std::fs::create_dir_all(&self.0).map_err(failed)?;
        let text = serde_json::to_string_pretty(tables).map_err(|reason| failed(io::Error::other(reason)))?;
        // A reader sees the old file or the new one, never half of one.
        let fresh = path.with_extension("json.new");
        std::fs::write(&fresh, text + "\n").map_err(failed)?;
        std::fs::rename(&fresh, &path).map_err(failed)?;
        Ok(path)
    }
}
