//! The words of an import's report in one language.

use app::locale::Locale;
use app::wording;
use app::wording::format;
use engine::import::{Expected, ImportError};

/// Looks words up in one language.
#[derive(Clone, Copy, Debug)]
pub struct Words(pub Locale);

impl Words {
    /// The message `tables-<key>`.
    pub fn say(self, key: &str, arguments: &[(&'static str, String)]) -> String {
        wording::import::text(self.0, key, arguments)
    }

    /// One without arguments.
    pub fn word(self, key: &str) -> String {
        self.say(key, &[])
    }

    /// What was expected instead.
    pub fn expected(self, expected: &Expected) -> String {
        wording::import::expected(self.0, expected)
    }

    /// Why a file was not taken.
    pub fn error(self, error: &ImportError) -> String {
        wording::import::error(self.0, error)
    }

    /// The first things of a list, and how many more there are.
    pub fn list(self, mut shown: Vec<String>, n_all: usize) -> String {
        if n_all > shown.len() {
            shown.push(self.say("list-more", &[("n", n(n_all - shown.len()))]));
        }
        shown.join(", ")
    }
}

/// A count as it is read.
pub fn n(count: impl TryInto<usize>) -> String {
    format::count(count.try_into().unwrap_or(usize::MAX))
}
