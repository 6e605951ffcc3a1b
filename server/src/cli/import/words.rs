//! The language of a report: as told, else of the machine.

use app::locale::Locale;
use app::wording;
use app::wording::format;
use engine::import::{Expected, ImportError};

/// Looks words up in one language.
#[derive(Clone, Copy, Debug)]
pub struct Words(Locale);

impl Words {
    /// As told, else by the variables of the machine.
    pub fn of(told: Option<Locale>) -> Self {
        let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        Self(told.unwrap_or_else(|| of_machine(["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| set(name)))))
    }

    /// The message `tables-<key>`.
    pub fn say(self, key: &str, arguments: &[(&'static str, String)]) -> String {
        wording::import::text(self.0, key, arguments)
    }

    /// One without arguments.
    pub fn word(self, key: &str) -> String {
        self.say(key, &[])
    }

    pub fn expected(self, expected: &Expected) -> String {
        wording::import::expected(self.0, expected)
    }

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

/// Korean where the machine speaks it; `C`, `POSIX` and every other language give English.
fn of_machine(variable: Option<String>) -> Locale {
    let language = variable.unwrap_or_default();
    let language = language.split(['_', '.', '-', '@']).next().unwrap_or_default();
    if language.eq_ignore_ascii_case("ko") { Locale::Ko } else { Locale::En }
}

/// A count as it is read.
pub fn n(count: impl TryInto<usize>) -> String {
    format::count(count.try_into().unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_korean_machine_reads_korean() {
        let of = |name: &str| of_machine(Some(name.to_owned()));
        assert_eq!([of("ko_KR.UTF-8"), of("ko"), of("KO-kr")], [Locale::Ko; 3]);
        assert_eq!([of("C"), of("POSIX"), of("C.UTF-8"), of("de_DE"), of("kok_IN"), of("")], [Locale::En; 6]);
        assert_eq!(of_machine(None), Locale::En);
    }
}
