//! TLS on a socket of this machine: handshakes, HSTS, a certificate that is replaced, the end.

use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::routing::get;
use server::net::peer::Peer;
use server::net::tls::TlsError;
use tests::TestApp;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::oneshot;

use super::wire::{Files, REQUEST, Running, answer, answer_to, limits, made};

/// The same as a proxy would pass it on.
const FORWARDED: &str = "GET /api/v1/health/live HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 192.0.2.7\r\n\
                         X-Forwarded-Proto: https\r\nConnection: close\r\n\r\n";

#[tokio::test]
async fn pages_come_by_tls_with_hsts_and_without_tls_there_is_none() {
    let app = TestApp::on_sqlite().await;
    let files = Files::new();
    let trusted = files.renew("first");
    let certificate = files.open().await.expect("a sound pair");
    let secure = Running::start(app.router(), Some(&certificate)).await;
    let text = answer(secure.connect(&trusted).await.expect("a handshake")).await;
    assert!(text.starts_with("http/1.1 200") && text.contains("strict-transport-security: max-age=31536000"), "{text}");
    secure.finish().await;

    let plain = Running::start(app.router(), None).await;
    let text = answer(TcpStream::connect(plain.addr).await.expect("it listens")).await;
    assert!(text.starts_with("http/1.1 200") && !text.contains("strict-transport-security"), "{text}");
    plain.finish().await;
}

#[tokio::test]
async fn a_proxy_is_believed_when_it_is_trusted_with_and_without_tls() {
    let files = Files::new();
    let trusted = files.renew("first");
    let certificate = files.open().await.expect("a sound pair");
    let handler = get(async |request: Request| Peer::of(request.extensions()).address.to_string());
    let router = Router::new().route("/api/v1/health/live", handler);
    for (proxies, address, is_secure) in [(&["127.0.0.0/8"][..], "192.0.2.7", true), (&[], "127.0.0.1", false)] {
        let plain = Running::with(router.clone(), None, proxies, limits()).await;
        let text = answer_to(FORWARDED, TcpStream::connect(plain.addr).await.expect("it listens")).await;
        assert!(text.ends_with(address), "{text}");
        assert_eq!(text.contains("strict-transport-security"), is_secure, "{text}");
        plain.finish().await;

        let secure = Running::with(router.clone(), Some(&certificate), proxies, limits()).await;
        let text = answer_to(FORWARDED, secure.connect(&trusted).await.expect("a handshake")).await;
        assert!(text.ends_with(address) && text.contains("strict-transport-security"), "{text}");
        secure.finish().await;
    }
}

#[tokio::test]
async fn a_renewed_certificate_is_taken_and_a_broken_one_is_not() {
    let files = Files::new();
    let first = files.renew("first");
    let mut certificate = files.open().await.expect("a sound pair");
    let router = Router::new().route("/api/v1/health/live", get(async || "ok"));
    let server = Running::start(router, Some(&certificate)).await;
    let old_connection = server.connect(&first).await.expect("a handshake");
    assert!(!certificate.reload().await.expect("the files are there"), "nothing has changed");

    let second = files.renew("second");
    assert!(certificate.reload().await.expect("a sound pair"));
    server.connect(&first).await.expect_err("the old certificate is gone");
    assert!(answer(server.connect(&second).await.expect("the new one is there")).await.contains("200 ok"));
    assert!(answer(old_connection).await.contains("200 ok"), "a connection that was there goes on");

    let (_, foreign_key) = made("third");
    for (what, certificate_text, key_text) in [
        ("no certificate", "", None),
        ("half a certificate", "-----BEGIN CERTIFICATE-----\nMIIB", None),
        ("another's key", "", Some(foreign_key.serialize_pem())),
    ] {
        let kept = (std::fs::read(files.certificate()), std::fs::read(files.key()));
        match key_text {
            Some(text) => std::fs::write(files.key(), text),
            None => std::fs::write(files.certificate(), certificate_text),
        }
        .expect("the folder is writable");
        assert!(matches!(certificate.reload().await, Err(TlsError::Refused { .. })), "{what}");
        assert!(!certificate.reload().await.expect("the files are there"), "{what} is told once");
        server.connect(&second).await.unwrap_or_else(|error| panic!("after {what}: {error}"));
        std::fs::write(files.certificate(), kept.0.expect("it was there")).expect("the folder is writable");
        std::fs::write(files.key(), kept.1.expect("it was there")).expect("the folder is writable");
        assert!(certificate.reload().await.expect("sound again"), "{what} is repaired");
    }
    std::fs::remove_file(files.key()).expect("it was there");
    assert!(matches!(certificate.reload().await, Err(TlsError::Read { .. })));
    server.connect(&second).await.expect("the old one stays in use");
    server.finish().await;
}

#[tokio::test]
async fn a_handshake_that_never_ends_holds_nobody_up_and_does_not_keep_the_server_alive() {
    let files = Files::new();
    let trusted = files.renew("first");
    let certificate = files.open().await.expect("a sound pair");
    let router = Router::new().route("/api/v1/health/live", get(async || "ok"));
    let server = Running::start(router, Some(&certificate)).await;
    let mut silent = Vec::new();
    for _ in 0..50 {
        silent.push(TcpStream::connect(server.addr).await.expect("it listens"));
    }
    assert!(answer(server.connect(&trusted).await.expect("a handshake")).await.contains("200 ok"));
    // Plain HTTP on the port of TLS is refused and no more.
    let mut plain = TcpStream::connect(server.addr).await.expect("it listens");
    plain.write_all(REQUEST.as_bytes()).await.expect("it listens");
    let mut bytes = Vec::new();
    let read = plain.read_to_end(&mut bytes).await;
    assert!(read.is_err() || !bytes.starts_with(b"HTTP"), "{bytes:?}");
    server.finish().await;
    drop(silent);
}

#[tokio::test]
async fn requests_under_way_are_finished_when_the_server_stops() {
    let files = Files::new();
    let trusted = files.renew("first");
    let certificate = files.open().await.expect("a sound pair");
    let (started, is_started) = oneshot::channel();
    let (let_go, may_go) = oneshot::channel::<()>();
    let once = Arc::new(std::sync::Mutex::new(Some((started, may_go))));
    let handler = get(move || {
        let (started, may_go) = once.lock().expect("no panic").take().expect("one request comes");
        async move {
            started.send(()).expect("the test waits");
            may_go.await.expect("the test lets it go");
            "finished"
        }
    });
    let server = Running::start(Router::new().route("/api/v1/health/live", handler), Some(&certificate)).await;
    let stream = server.connect(&trusted).await.expect("a handshake");
    let asking = tokio::spawn(answer(stream));
    is_started.await.expect("the request arrives");
    let (stop, served) = server.parts();
    stop.send(()).expect("it runs");
    let_go.send(()).expect("the handler waits");
    assert!(asking.await.expect("no panic").ends_with("finished"));
    served.await.expect("no panic");
}

#[tokio::test]
async fn what_is_no_certificate_is_refused_at_the_start() {
    let files = Files::new();
    assert!(matches!(files.open().await, Err(TlsError::Read { .. })));
    files.renew("first");
    std::fs::write(files.key(), "no key").expect("the folder is writable");
    assert!(matches!(files.open().await, Err(TlsError::Refused { .. })));
}
