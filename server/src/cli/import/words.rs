//! The language of a report: as told, else of the machine.

use app::locale::Locale;

pub use crate::services::import::{Words, n};

/// As told, else by the variables of the machine.
pub fn words_of(told: Option<Locale>) -> Words {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    Words(told.unwrap_or_else(|| of_machine(["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| set(name)))))
}

/// Korean where the machine speaks it; `C`, `POSIX` and every other language give English.
fn of_machine(variable: Option<String>) -> Locale {
    let language = variable.unwrap_or_default();
    let language = language.split(['_', '.', '-', '@']).next().unwrap_or_default();
    if language.eq_ignore_ascii_case("ko") { Locale::Ko } else { Locale::En }
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
