//! Where things are: the data directory, the database, the built assets.

use std::path::{Path, PathBuf};

use leptos::config::LeptosOptions;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};

/// Settings that every command shares.
#[derive(Clone, Debug)]
pub struct Config {
    /// Everything that the product keeps.
    pub data_dir: PathBuf,
    /// `sqlite:…` or `postgres:…`.
    pub database_url: String,
}

impl Config {
    /// With SQLite in the data directory unless another database is named.
    pub fn new(data_dir: impl Into<PathBuf>, database_url: Option<String>) -> Self {
        let data_dir = data_dir.into();
        let database_url = database_url.unwrap_or_else(|| sqlite_url(&data_dir.join("routing-ml.sqlite")));
        Self { data_dir, database_url }
    }

    /// Folder of the model files.
    pub fn models_dir(&self) -> PathBuf {
        self.data_dir.join("models")
    }

    /// Folder of the optional sentence encoder.
    pub fn encoder_dir(&self) -> PathBuf {
        self.data_dir.join("encoder")
    }
}

/// What stands escaped in the URL of a SQLite file.
const UNUSUAL: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.');

/// The URL of a SQLite file, made when it does not exist.
fn sqlite_url(path: &Path) -> String {
    format!("sqlite://{}?mode=rwc", sqlite_path(path))
}

/// A path as it stands in such a URL: everything unusual is escaped.
pub fn sqlite_path(path: &Path) -> String {
    percent_encode(path.as_os_str().as_encoded_bytes(), UNUSUAL).to_string()
}

/// Options of the pages. File names carry hashes exactly when the build left `hash.txt` in the site, because Leptos
/// panics on a page whose hashes it cannot read.
pub fn leptos_options(site_root: &Path) -> LeptosOptions {
    // Leptos looks beside the executable, unless the path is absolute.
    let hashes = std::path::absolute(site_root.join("hash.txt")).ok().filter(|path| path.is_file());
    LeptosOptions::builder()
        .output_name("routing-ml")
        .site_root(site_root.to_string_lossy().into_owned())
        .site_pkg_dir("pkg")
        .hash_files(hashes.is_some())
        .hash_file(hashes.unwrap_or_default().to_string_lossy().as_ref().into())
        .build()
}

/// The built assets: as told, else `site` beside the executable or beside its folder, else `target/site`.
pub fn site_root(told: Option<PathBuf>) -> PathBuf {
    let near = ["site", "../site"].into_iter().filter_map(beside_executable);
    told.or_else(|| near.into_iter().find(|path| path.join("pkg").is_dir()))
        .unwrap_or_else(|| PathBuf::from("target/site"))
}

fn beside_executable(name: &str) -> Option<PathBuf> {
    std::env::current_exe().ok()?.parent().map(|folder| folder.join(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unusual_paths_become_a_sound_url() {
        assert_eq!(sqlite_url(Path::new("/a b/c#?.db")), "sqlite:///a%20b/c%23%3F.db?mode=rwc");
    }

    #[test]
    fn another_database_leaves_the_models_where_they_are() {
        let config = Config::new("/data", Some("postgres://x".into()));
        assert_eq!(config.database_url, "postgres://x");
        assert_eq!(config.models_dir(), PathBuf::from("/data/models"));
    }
}
