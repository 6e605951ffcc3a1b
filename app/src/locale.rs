//! Which language a page is written in.

use contract::every::every;
use leptos::prelude::use_context;
use strum::{EnumCount, IntoStaticStr, VariantArray};

/// A language of the product. Korean is the home language and the fallback.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumCount, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Locale {
    #[default]
    Ko,
    En,
}

impl Locale {
    /// Every language, in the order of the switch.
    pub const ALL: [Self; Self::COUNT] = every(Self::VARIANTS);

    /// As in `<html lang>`, the cookie and the folder of the locale file.
    pub fn code(self) -> &'static str {
        self.into()
    }

    /// The language of a tag such as `en-GB`; `None` when we do not speak it.
    pub fn from_code(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|locale| primary.eq_ignore_ascii_case(locale.code()))
    }

    /// The choice in the cookie, else the best of `Accept-Language` that we speak, else Korean.
    pub fn decide(cookie: Option<&str>, accept_language: Option<&str>) -> Self {
        cookie
            .and_then(Self::from_code)
            .or_else(|| accept_language.and_then(Self::from_accept_language))
            .unwrap_or_default()
    }

    /// The other language, for the switch.
    pub fn other(self) -> Self {
        match self {
            Self::Ko => Self::En,
            Self::En => Self::Ko,
        }
    }

    fn from_accept_language(header: &str) -> Option<Self> {
        let mut best: Option<(f32, Self)> = None;
        for range in header.split(',') {
            let mut parts = range.split(';');
            let Some(locale) = parts.next().and_then(Self::from_code) else { continue };
            let quality = parts
                .find_map(|part| part.trim().strip_prefix("q=").map(|q| q.trim().parse().unwrap_or(0.0)))
                .unwrap_or(1.0_f32);
            // The earlier of two equal wishes wins; a quality of zero means "not this one".
            if quality > best.map_or(0.0, |(highest, _)| highest) {
                best = Some((quality, locale));
            }
        }
        best.map(|(_, locale)| locale)
    }
}

/// The language of this page, decided by the server; the browser reads it from `<html lang>`.
pub fn use_locale() -> Locale {
    use_context::<Locale>().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookie_leads_then_header_then_korean() {
        assert_eq!(Locale::decide(Some("en"), Some("ko")), Locale::En);
        assert_eq!(Locale::decide(None, Some("en-GB,en;q=0.9")), Locale::En);
        assert_eq!(Locale::decide(None, None), Locale::Ko);
        assert_eq!(Locale::decide(Some("xx"), Some("en")), Locale::En);
        assert_eq!(Locale::decide(Some(""), Some("fr,de;q=0.8")), Locale::Ko);
    }

    #[test]
    fn qualities_order_the_header() {
        assert_eq!(Locale::decide(None, Some("fr, en;q=0.3, ko-KR;q=0.7")), Locale::Ko);
        assert_eq!(Locale::decide(None, Some("ko;q=0.2,en;q=0.9")), Locale::En);
        assert_eq!(Locale::decide(None, Some("en;q=0,ko;q=0.1")), Locale::Ko);
        assert_eq!(Locale::decide(None, Some("en;q=x,;;,=")), Locale::Ko);
        assert_eq!(Locale::decide(None, Some("en,ko")), Locale::En);
    }

    #[test]
    fn tags_are_compared_by_their_primary_part() {
        assert_eq!(Locale::from_code("KO-kr"), Some(Locale::Ko));
        assert_eq!(Locale::from_code("en_US"), Some(Locale::En));
        assert_eq!(Locale::from_code("english"), None);
    }
}
