//! State of the search on the home page.

use super::page::Page;
use super::percent::{decode_value, encode, raw_pairs};

/// `/?q=…&offset=…`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchQuery {
    /// `None` before anything was searched; empty lists every item.
    pub q: Option<String>,
    /// Matches to skip.
    pub offset: usize,
}

impl SearchQuery {
    /// Reads the query part of an address.
    pub fn parse(query: &str) -> Self {
        let mut state = Self::default();
        for (name, value) in raw_pairs(query) {
            match name {
                "q" => state.q = Some(decode_value(value).trim().to_owned()),
                "offset" => state.offset = value.parse().unwrap_or(0),
                _ => {}
            }
        }
        state
    }

    /// The address of this state.
    pub fn href(&self) -> String {
        let path = Page::Home.path();
        match (&self.q, self.offset) {
            (None, _) => path.to_owned(),
            (Some(q), 0) => format!("{path}?q={}", encode(q)),
            (Some(q), offset) => format!("{path}?q={}&offset={offset}", encode(q)),
        }
    }

    /// The same search at another place.
    pub fn at(&self, offset: usize) -> Self {
        Self { q: self.q.clone(), offset }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trip() {
        for (q, offset) in [(None, 0), (Some(""), 0), (Some("316 Größe & co #1"), 40)] {
            let state = SearchQuery { q: q.map(str::to_owned), offset };
            assert_eq!(SearchQuery::parse(state.href().trim_start_matches('/')), state);
        }
    }

    #[test]
    fn forms_send_blanks_as_plus() {
        let state = SearchQuery::parse("q=+a+b%2B+&offset=x&other=1");
        assert_eq!(state, SearchQuery { q: Some("a b+".into()), offset: 0 });
    }
}
