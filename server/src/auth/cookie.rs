//! The cookies that say who somebody is and what they chose: read strictly, written with every protection that browsers have.
//!
//! Behind TLS their names begin with `__Host-`, which makes the browser refuse them from another host, another path or a
//! connection that can be overheard. Without TLS that prefix is impossible; then the plain name is used, and it is
//! never accepted where there is TLS.

use axum::http::{HeaderMap, HeaderValue, header};

/// A cookie of ours. The value of the first two is a [`Secret`](super::secret::Secret).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cookie {
    /// Who is signed in.
    Session,
    /// On which device an account has signed in before.
    Device,
    /// The language that was chosen in the header.
    Language,
    /// The theme that was chosen in the header.
    Theme,
}

impl Cookie {
    /// Its name with or without TLS.
    pub fn name(self, is_secure: bool) -> &'static str {
        match (self, is_secure) {
            (Self::Session, true) => "__Host-session",
            (Self::Session, false) => "session",
            (Self::Device, true) => "__Host-device",
            (Self::Device, false) => "device",
            (Self::Language, true) => "__Host-lang",
            (Self::Language, false) => "lang",
            (Self::Theme, true) => "__Host-theme",
            (Self::Theme, false) => "theme",
        }
    }

    /// Its value in a request; the plain name counts only without TLS. `None` also when the request carries two
    /// different values: somebody put one there who should not.
    pub fn read(self, headers: &HeaderMap, is_secure: bool) -> Option<&str> {
        read(headers, self.name(is_secure))
    }

    /// The `Set-Cookie` that puts it in place for `max_age_s` seconds. `None` for a value that no cookie can carry.
    pub fn set(self, value: &str, is_secure: bool, max_age_s: u64) -> Option<HeaderValue> {
        let is_plain = !value.is_empty() && value.bytes().all(is_cookie_octet);
        is_plain.then(|| self.header(value, is_secure, max_age_s))?
    }

    /// The `Set-Cookie` that removes it.
    pub fn expire(self, is_secure: bool) -> Option<HeaderValue> {
        self.header("", is_secure, 0)
    }

    fn header(self, value: &str, is_secure: bool, max_age_s: u64) -> Option<HeaderValue> {
        let name = self.name(is_secure);
        let secure = if is_secure { "; Secure" } else { "" };
        let text = format!("{name}={value}; Max-Age={max_age_s}; Path=/; HttpOnly; SameSite=Lax{secure}");
        HeaderValue::from_str(&text).ok()
    }
}

/// The value of the cookie with exactly this name, among all `Cookie` headers. `None` when it is missing, occurs with two
/// different values, or stands in a header that is no visible ASCII.
pub fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).into_iter().filter_map(|line| line.to_str().ok());
    let mut values = lines.flat_map(|line| line.split(';')).filter_map(|pair| {
        let (key, value) = pair.trim_matches([' ', '\t']).split_once('=')?;
        (key == name).then_some(value)
    });
    let first = values.next()?;
    values.all(|value| value == first).then_some(first)
}

/// # Source
/// RFC 6265, 4.1.1, `cookie-octet`.
fn is_cookie_octet(byte: u8) -> bool {
    matches!(byte, 0x21 | 0x23..=0x2b | 0x2d..=0x3a | 0x3c..=0x5b | 0x5d..=0x7e)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(lines: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(header::COOKIE, HeaderValue::from_str(line).expect("the test's header is sound"));
        }
        headers
    }

    #[test]
    fn exactly_the_named_cookie_is_read() {
        for (lines, expected) in [
            (vec!["session=abc"], Some("abc")),
            (vec!["lang=ko; session=abc; theme=dark"], Some("abc")),
            (vec!["lang=ko;session=abc;theme=dark"], Some("abc")),
            (vec!["lang=ko", "session=abc"], Some("abc")),
            (vec!["session=a=b="], Some("a=b=")),
            (vec!["session="], Some("")),
            (vec!["session=abc; session=abc"], Some("abc")),
            (vec!["session=abc; session=abd"], None),
            (vec!["session=abc", "session=abd"], None),
            (vec!["session=abc; session="], None),
            (vec!["xsession=abc; session2=abc; Session=abc"], None),
            (vec!["session"], None),
            (vec!["session =abc"], None),
            (vec!["lang=session=abc"], None),
            (vec![""], None),
            (vec![], None),
        ] {
            assert_eq!(Cookie::Session.read(&with(&lines), false), expected, "{lines:?}");
        }
    }

    #[test]
    fn a_plain_session_is_never_accepted_over_tls() {
        let headers = with(&["session=planted; __Host-session=ours; device=planted"]);
        assert_eq!(Cookie::Session.read(&headers, true), Some("ours"));
        assert_eq!(Cookie::Device.read(&headers, true), None);
        assert_eq!(Cookie::Session.read(&headers, false), Some("planted"));
        assert_eq!(Cookie::Session.read(&with(&["session=planted"]), true), None);
    }

    #[test]
    fn every_protection_is_written() {
        let text =
            |header: Option<HeaderValue>| header.expect("a sound value").to_str().expect("visible ASCII").to_owned();
        assert_eq!(
            text(Cookie::Session.set("abc-_1", true, 3600)),
            "__Host-session=abc-_1; Max-Age=3600; Path=/; HttpOnly; SameSite=Lax; Secure"
        );
        assert_eq!(
            text(Cookie::Session.set("abc", false, 3600)),
            "session=abc; Max-Age=3600; Path=/; HttpOnly; SameSite=Lax"
        );
        assert_eq!(
            text(Cookie::Device.set("d", true, 60)),
            "__Host-device=d; Max-Age=60; Path=/; HttpOnly; SameSite=Lax; Secure"
        );
        assert_eq!(
            text(Cookie::Session.expire(true)),
            "__Host-session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax; Secure"
        );
        assert_eq!(text(Cookie::Device.expire(false)), "device=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax");
    }

    #[test]
    fn a_value_cannot_carry_attributes_or_headers() {
        for value in ["", "a; Domain=evil.example", "a,b", "a b", "a\r\nSet-Cookie: x=y", "a\"b", "가", "a\\b"] {
            assert_eq!(Cookie::Session.set(value, true, 1), None, "{value:?}");
        }
    }
}
