//! Any `Cookie` headers: what is read was sent, a second value is never overlooked, and what we write we read.

#![no_main]

use axum::http::{HeaderMap, HeaderValue, Method, Uri, header};
use fuzz::auth::cookie::Cookie;
use fuzz::origin;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let mut headers = HeaderMap::new();
    for line in data.split(|byte| *byte == b'\n') {
        if let Ok(line) = HeaderValue::from_bytes(line) {
            headers.append(header::COOKIE, line);
        }
    }
    for cookie in [Cookie::Session, Cookie::Device] {
        for is_secure in [true, false] {
            let name = cookie.name(is_secure);
            let sent: Vec<&str> = headers
                .get_all(header::COOKIE)
                .into_iter()
                .filter_map(|line| line.to_str().ok())
                .flat_map(|line| line.split(';'))
                .filter_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
                .collect();
            match cookie.read(&headers, is_secure) {
                Some(value) => {
                    assert!(!value.contains(';') && sent.iter().all(|other| *other == value) && !sent.is_empty());
                    written_is_read(cookie, value, is_secure);
                }
                None => assert!(sent.is_empty() || sent.iter().any(|value| *value != sent[0])),
            }
        }
    }
    without_a_browsers_word_no_session_goes_on(&mut headers);
});

fn written_is_read(cookie: Cookie, value: &str, is_secure: bool) {
    let Some(written) = cookie.set(value, is_secure, 60) else { return };
    let written = written.to_str().expect("we write visible ASCII");
    let attributes: Vec<&str> = written.split("; ").collect();
    assert_eq!(attributes.len(), if is_secure { 6 } else { 5 }, "{written}");
    let back = HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_str(attributes[0]).expect("we wrote it"))]);
    assert_eq!(cookie.read(&back, is_secure), Some(value));
}

fn without_a_browsers_word_no_session_goes_on(headers: &mut HeaderMap) {
    let uri = Uri::from_static("/");
    let has_session = [true, false].iter().any(|is_secure| Cookie::Session.read(headers, *is_secure).is_some());
    if origin::verdict(&Method::POST, headers, &uri).is_ok() {
        assert!(!has_session);
    }
    headers.insert("sec-fetch-site", HeaderValue::from_static("cross-site"));
    assert!(origin::verdict(&Method::POST, headers, &uri).is_err());
}
