//! Requests that change something come from our own pages, or from a program with a token; never from another site that
//! makes a user's browser send them.

use axum::http::{HeaderMap, HeaderName, Method, Uri, header};

use crate::auth::cookie::Cookie;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The request was made by another site, or nobody can tell that it was not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the request does not come from our own pages")]
pub struct CrossOrigin;

/// Whether a request may go on.
///
/// Methods that change nothing may. Otherwise the browser's own word decides: `Sec-Fetch-Site`, which no page can
/// forge, must be `same-origin`; a browser too old for it sends `Origin`, which must name the host that was asked.
/// Without both, only a request without our cookies may go on: a program with a token.
///
/// # Errors
/// [`CrossOrigin`].
///
/// # Source
/// OWASP Cross-Site Request Forgery Prevention Cheat Sheet, Fetch Metadata and origin verification.
pub fn verdict(method: &Method, headers: &HeaderMap, uri: &Uri) -> Result<(), CrossOrigin> {
    if [Method::GET, Method::HEAD, Method::OPTIONS].contains(method) {
        return Ok(());
    }
    let is_ours = match (only(headers, &SEC_FETCH_SITE)?, only(headers, &header::ORIGIN)?) {
        (Some(site), _) => site == "same-origin",
        (None, Some(origin)) => is_asked_host(origin, headers, uri)?,
        (None, None) => !has_session(headers),
    };
    if is_ours { Ok(()) } else { Err(CrossOrigin) }
}

/// Whether an origin is the host that was asked, whatever the scheme: behind a proxy the server does not see TLS.
fn is_asked_host(origin: &str, headers: &HeaderMap, uri: &Uri) -> Result<bool, CrossOrigin> {
    let Some((scheme, asking)) = origin.split_once("://") else { return Ok(false) };
    let default_port = match scheme {
        "https" => ":443",
        "http" => ":80",
        _ => return Ok(false),
    };
    // HTTP/2 has the host in the address of the request.
    let host = match uri.authority() {
        Some(authority) => authority.as_str(),
        None => only(headers, &header::HOST)?.ok_or(CrossOrigin)?,
    };
    let plain = |host: &str| host.strip_suffix(default_port).unwrap_or(host).to_ascii_lowercase();
    Ok(!asking.is_empty() && plain(asking) == plain(host))
}

/// The one value of a header. Two, or one that is no visible ASCII, is none that a browser sent.
fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<Option<&'a str>, CrossOrigin> {
    let mut values = headers.get_all(name).into_iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => value.to_str().map(Some).map_err(|_| CrossOrigin),
        (Some(_), Some(_)) => Err(CrossOrigin),
    }
}

/// Whether any session came along, valid or not, also one that the reader would refuse because it stands there twice.
fn has_session(headers: &HeaderMap) -> bool {
    let names = [true, false].map(|is_secure| Cookie::Session.name(is_secure).as_bytes());
    headers.get_all(header::COOKIE).into_iter().any(|line| {
        let pairs = line.as_bytes().split(|byte| *byte == b';');
        pairs
            .map(|pair| pair.trim_ascii().split(|byte| *byte == b'=').next())
            .any(|name| name.is_some_and(|name| names.contains(&name.trim_ascii())))
    })
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn judged(method: Method, uri: &str, headers: &[(&str, &str)]) -> bool {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(
                HeaderName::from_bytes(name.as_bytes()).expect("a header's name"),
                HeaderValue::from_bytes(value.as_bytes()).expect("a header's value"),
            );
        }
        verdict(&method, &map, &uri.parse().expect("an address")).is_ok()
    }

    const HOST: (&str, &str) = ("host", "plant.example:3000");
    const COOKIE: (&str, &str) = ("cookie", "lang=ko; session=abc");

    #[test]
    fn what_changes_nothing_is_free() {
        for method in [Method::GET, Method::HEAD, Method::OPTIONS] {
            let evil = [HOST, COOKIE, ("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")];
            assert!(judged(method, "/", &evil));
        }
    }

    #[test]
    fn the_table_of_requests_that_change_something() {
        let table: &[(bool, &[(&str, &str)])] = &[
            // The browser says where it comes from.
            (true, &[("sec-fetch-site", "same-origin")]),
            (false, &[("sec-fetch-site", "same-site")]),
            (false, &[("sec-fetch-site", "cross-site")]),
            (false, &[("sec-fetch-site", "none")]),
            (false, &[("sec-fetch-site", "")]),
            (false, &[("sec-fetch-site", "Same-Origin")]),
            (false, &[("sec-fetch-site", "same-origin"), ("sec-fetch-site", "cross-site")]),
            (false, &[("sec-fetch-site", "cross-site"), ("origin", "http://plant.example:3000")]),
            (true, &[("sec-fetch-site", "same-origin"), ("origin", "null")]),
            // An older browser names the origin.
            (true, &[("origin", "http://plant.example:3000")]),
            (true, &[("origin", "https://plant.example:3000")]),
            (true, &[("origin", "https://PLANT.example:3000")]),
            (false, &[("origin", "http://plant.example")]),
            (false, &[("origin", "http://plant.example:3001")]),
            (false, &[("origin", "http://plant.example:3000.evil.example")]),
            (false, &[("origin", "http://evil.example")]),
            (false, &[("origin", "http://evil.example:3000")]),
            (false, &[("origin", "null")]),
            (false, &[("origin", "")]),
            (false, &[("origin", "plant.example:3000")]),
            (false, &[("origin", "file://plant.example:3000")]),
            (false, &[("origin", "http://")]),
            (false, &[("origin", "http://plant.example:3000\u{e9}")]),
            (false, &[("origin", "http://plant.example:3000"), ("origin", "http://evil.example")]),
        ];
        for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
            for (is_allowed, headers) in table {
                for cookies in [&[][..], &[COOKIE][..]] {
                    let all: Vec<_> = headers.iter().chain(cookies).chain(&[HOST]).copied().collect();
                    assert_eq!(judged(method.clone(), "/api/v1/x", &all), *is_allowed, "{method} {all:?}");
                }
            }
        }
    }

    #[test]
    fn without_a_word_from_a_browser_only_a_program_without_a_session_goes_on() {
        assert!(judged(Method::POST, "/", &[HOST]));
        assert!(judged(Method::POST, "/", &[HOST, ("authorization", "Bearer rml_x")]));
        assert!(judged(Method::POST, "/", &[HOST, ("cookie", "lang=ko; xsession=abc")]));
        for cookie in [
            "session=abc",
            "lang=ko; __Host-session=abc",
            "session=a; session=b",
            "session",
            "session =x",
            "x=\u{e9}; session=a",
        ] {
            assert!(!judged(Method::POST, "/", &[HOST, ("cookie", cookie)]), "{cookie}");
        }
    }

    #[test]
    fn the_usual_port_may_be_left_out_and_http_2_names_the_host_in_the_address() {
        let cases = [
            ("/", "plant.example", "https://plant.example", true),
            ("/", "plant.example:443", "https://plant.example", true),
            ("/", "plant.example", "http://plant.example:80", true),
            ("/", "plant.example:80", "https://plant.example", false),
            ("/", "[2001:db8::1]:3000", "http://[2001:db8::1]:3000", true),
            ("/", "[2001:db8::1]:3000", "http://[2001:db8::2]:3000", false),
            ("https://plant.example/x", "evil.example", "https://plant.example", true),
            ("https://plant.example/x", "evil.example", "https://evil.example", false),
        ];
        for (uri, host, origin, is_allowed) in cases {
            let headers = [("host", host), ("origin", origin)];
            assert_eq!(judged(Method::POST, uri, &headers), is_allowed, "{uri} {host} {origin}");
        }
        assert!(!judged(Method::POST, "/", &[("origin", "https://plant.example")]), "no host at all");
        assert!(!judged(Method::POST, "/", &[HOST, ("host", "evil.example"), ("origin", "https://evil.example")]));
    }
}
