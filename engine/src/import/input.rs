//! A file that is read more than once: first to understand it, then to take its rows.

use std::io::{self, Cursor, Read};
use std::sync::Arc;

/// Something that can be read from its start as often as needed, and says the same each time.
pub trait Input: Send + Sync {
    /// A reader at the start.
    fn open(&self) -> io::Result<Box<dyn Read + Send>>;
}

/// A file in memory.
impl Input for Arc<[u8]> {
    fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        Ok(Box::new(Cursor::new(Arc::clone(self))))
    }
}

impl Input for &'static str {
    fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        Ok(Box::new(self.as_bytes()))
    }
}

/// One file of an import.
pub struct SetFile {
    /// Its name without folders, as reports and errors say it.
    pub name: String,
    /// Named by the caller, not found in a folder: then it must be a table.
    pub is_named: bool,
    pub input: Box<dyn Input>,
}

impl SetFile {
    /// A named file.
    pub fn named(name: impl Into<String>, input: impl Input + 'static) -> Self {
        Self { name: name.into(), is_named: true, input: Box::new(input) }
    }
}
