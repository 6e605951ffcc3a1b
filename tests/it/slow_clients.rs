//! Clients that say nothing, or half of it, on sockets of this machine, plain and by TLS: none keeps a place for ever, none
//! keeps others out, none keeps the server from ending.

use std::future::Future;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::routing::{get, post};
use server::net::limits::Limits;
use server::net::listen::{self, Listening};
use server::net::tls::Certificate;
use tests::TestApp;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadHalf, WriteHalf, split};
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, mpsc};
use tokio_rustls::rustls::pki_types::CertificateDer;

use super::wire::{Files, REQUEST, Running, answer, limits};

trait Both: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Both for T {}
type Stream = Box<dyn Both>;

/// Plain or by TLS.
struct Way {
    tls: Option<(Files, Certificate, CertificateDer<'static>)>,
}

impl Way {
    async fn both() -> [Self; 2] {
        let files = Files::new();
        let trusted = files.renew("first");
        let certificate = files.open().await.expect("a sound pair");
        [Self { tls: None }, Self { tls: Some((files, certificate, trusted)) }]
    }

    async fn serve(&self, router: Router, proxies: &[&str], limits: Limits) -> Running {
        Running::with(router, self.tls.as_ref().map(|(_, certificate, _)| certificate), proxies, limits).await
    }

    async fn connect(&self, server: &Running) -> Stream {
        match &self.tls {
            None => Box::new(server.plain().await),
            Some((_, _, trusted)) => Box::new(server.connect(trusted).await.expect("a handshake")),
        }
    }
}

/// Longer than any test takes.
const LONG: Duration = Duration::from_secs(600);

/// Fails instead of hanging. What is tested is that something ends, not when.
async fn ends<T>(what: &str, future: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(60), future).await.unwrap_or_else(|_| panic!("{what} did not end"))
}

/// Short ones for what is tested, the usual ones for the rest.
fn short() -> Limits {
    let short = Duration::from_millis(300);
    Limits { head: short, idle: short, body_pause: short, body: short, taking: short, stop: short, ..limits() }
}

fn router() -> Router {
    Router::new()
        .route("/api/v1/health/live", get(async || "well"))
        .route("/large", get(async || Bytes::from(vec![b'x'; 64 << 20])))
        .route("/echo", post(async |body: Result<Bytes, _>| if body.is_ok() { "whole" } else { "cut" }))
}

/// Sends one byte after the other without an end.
async fn drip(mut to: WriteHalf<Stream>) {
    while to.write_all(b"a").await.is_ok() && to.flush().await.is_ok() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    std::future::pending::<()>().await;
}

/// What comes until the server closes, cleanly or not.
async fn rest(mut from: ReadHalf<Stream>) -> Vec<u8> {
    let mut bytes = Vec::new();
    // A connection may also end by a reset.
    let _ = from.read_to_end(&mut bytes).await;
    bytes
}

const KEPT: &str = "GET /api/v1/health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";
const HALF: &str = "GET /api/v1/health/live HTTP/1.1\r\nHost: local";
const HALF_BODY: &str = "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\nhalf";

#[tokio::test]
async fn whoever_keeps_the_server_waiting_is_ended() {
    for way in Way::both().await {
        let server = way.serve(router(), &[], short()).await;
        for (what, sent, is_dripped) in [
            ("nothing", String::new(), false),
            ("half of the headers", HALF.to_owned(), false),
            ("dripping headers", HALF.to_owned(), true),
            ("half a body", HALF_BODY.to_owned(), false),
            ("a dripping body", HALF_BODY.to_owned(), true),
            ("nothing after a request", KEPT.to_owned(), false),
            ("half of the headers after a request", format!("{KEPT}{HALF}"), false),
            ("dripping headers after a request", format!("{KEPT}{HALF}"), true),
            ("half a body after a request", format!("{KEPT}{HALF_BODY}"), false),
            ("HTTP/2 without a request", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0".to_owned(), false),
        ] {
            let (from, mut to) = split(way.connect(&server).await);
            to.write_all(sent.as_bytes()).await.expect("the server listens");
            to.flush().await.expect("the server listens");
            let dripping = async move {
                if is_dripped {
                    drip(to).await
                } else {
                    std::future::pending::<()>().await;
                    drop(to)
                }
            };
            let bytes = ends(what, async {
                tokio::select! { bytes = rest(from) => bytes, () = dripping => Vec::new() }
            })
            .await;
            let text = String::from_utf8_lossy(&bytes);
            let n_answers = text.matches("HTTP/1.1 ").count();
            let n_expected = usize::from(sent.starts_with(KEPT)) + usize::from(sent.contains("/echo"));
            assert_eq!(n_answers, n_expected, "{what}: {text}");
            assert!(!text.contains("whole"), "{what}: {text}");
        }
        assert!(ends("a sound request", answer(way.connect(&server).await)).await.ends_with("well"));
        ends("the server", server.finish()).await;
    }
}

#[tokio::test]
async fn an_answer_that_nobody_takes_is_given_up() {
    for way in Way::both().await {
        let server = way.serve(router(), &[], short()).await;
        let (from, mut to) = split(way.connect(&server).await);
        to.write_all(b"GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n").await.expect("the server listens");
        to.flush().await.expect("the server listens");
        // The other end closes while nothing is read here: then nothing more can be sent to it either.
        ends("an answer that is not taken", async {
            while to.write_all(b"x").await.is_ok() {
                tokio::task::yield_now().await
            }
        })
        .await;
        assert!(ends("the rest", rest(from)).await.len() < 64 << 20);
        ends("the server", server.finish()).await;
    }
}

#[tokio::test]
async fn the_server_ends_whoever_hangs() {
    for way in Way::both().await {
        // Only the limit of the end is short.
        let server = way.serve(router(), &[], Limits { stop: short().stop, ..limits() }).await;
        let mut hanging = Vec::new();
        for sent in ["", HALF, HALF_BODY, KEPT, &format!("{KEPT}{HALF}"), &format!("{KEPT}{HALF_BODY}")] {
            let mut stream = way.connect(&server).await;
            stream.write_all(sent.as_bytes()).await.expect("the server listens");
            stream.flush().await.expect("the server listens");
            if sent.starts_with(KEPT) {
                let mut first = [0; 12];
                stream.read_exact(&mut first).await.expect("the first request is answered");
            }
            hanging.push(stream);
        }
        ends("the server", server.finish()).await;
        for stream in hanging {
            ends("its connections", rest(split(stream).0)).await;
        }
    }
}

/// Answers when it is let go, and says that it has begun.
fn waiting(began: mpsc::UnboundedSender<()>, go: &'static Semaphore) -> Router {
    let handler = get(move || async move {
        began.send(()).expect("the test waits");
        go.acquire().await.expect("it is never closed").forget();
        "finished"
    });
    router().route("/slow", handler)
}

#[tokio::test]
async fn half_open_connections_keep_nobody_out_and_end_no_answer() {
    static GO: Semaphore = Semaphore::const_new(0);
    for way in Way::both().await {
        let (began, mut has_begun) = mpsc::unbounded_channel();
        let server = way
            .serve(
                waiting(began, &GO),
                &[],
                Limits { most: 8, share: 1000, newcomer: Duration::ZERO, stop: short().stop, ..limits() },
            )
            .await;
        let slow = "GET /slow HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        let asking = tokio::spawn({
            let mut stream = way.connect(&server).await;
            async move {
                stream.write_all(slow.as_bytes()).await.expect("the server listens");
                stream.flush().await.expect("the server listens");
                rest(split(stream).0).await
            }
        });
        ends("the slow request", has_begun.recv()).await.expect("it arrives");
        let mut half = Vec::new();
        for _ in 0..40 {
            let mut stream = way.connect(&server).await;
            stream.write_all(HALF.as_bytes()).await.expect("the server listens");
            stream.flush().await.expect("the server listens");
            half.push(stream);
        }
        assert!(ends("another request", answer(way.connect(&server).await)).await.ends_with("well"));
        GO.add_permits(1);
        let text = ends("the slow request", asking).await.expect("no panic");
        assert!(text.ends_with(b"finished"), "{}", String::from_utf8_lossy(&text));
        // Those that waited longest were ended for the others.
        for stream in half.drain(..30) {
            ends("the oldest", rest(split(stream).0)).await;
        }
        ends("the server", server.finish()).await;
    }
}

#[tokio::test]
async fn where_all_are_answered_the_next_one_waits_for_its_turn() {
    static GO: Semaphore = Semaphore::const_new(0);
    let (began, mut has_begun) = mpsc::unbounded_channel();
    let [way, _] = Way::both().await;
    let server = way.serve(waiting(began, &GO), &[], Limits { most: 3, newcomer: LONG, ..limits() }).await;
    let slow = "GET /slow HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    let send = |mut stream: Stream, text: &'static str| {
        tokio::spawn(async move {
            stream.write_all(text.as_bytes()).await.expect("the server listens");
            rest(split(stream).0).await
        })
    };
    let mut asking = Vec::new();
    for _ in 0..4 {
        asking.push(send(way.connect(&server).await, slow));
        ends("a slow request", has_begun.recv()).await.expect("it arrives");
    }
    asking.push(send(way.connect(&server).await, REQUEST));
    GO.add_permits(4);
    for one in asking {
        let text = ends("each request", one).await.expect("no panic");
        assert!(text.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&text));
    }
    ends("the server", server.finish()).await;
}

#[tokio::test]
async fn whoever_asks_at_once_is_answered_however_many_there_are() {
    for way in Way::both().await {
        // Fewer places and a smaller share than there are clients.
        let server = way.serve(router(), &[], Limits { most: 4, share: 2, newcomer: LONG, ..limits() }).await;
        let asking = (0..60).map(|_| async { answer(way.connect(&server).await).await });
        let answers = ends("every request", futures::future::join_all(asking)).await;
        assert_eq!(answers.iter().filter(|text| text.ends_with("well")).count(), 60);
        ends("the server", server.finish()).await;
    }
}

#[tokio::test]
async fn one_network_has_a_share_of_what_is_incomplete_unless_it_is_a_proxy() {
    for way in Way::both().await {
        for (proxies, n_ended) in [(&[][..], 26), (&["127.0.0.0/8"], 0)] {
            let server = way
                .serve(router(), proxies, Limits { most: 100, share: 4, newcomer: Duration::ZERO, ..limits() })
                .await;
            let mut half = Vec::new();
            for _ in 0..30 {
                let mut stream = way.connect(&server).await;
                stream.write_all(HALF.as_bytes()).await.expect("the server listens");
                stream.flush().await.expect("the server listens");
                half.push(stream);
            }
            let ended: Vec<Stream> = half.drain(..n_ended).collect();
            for stream in ended {
                assert!(ends("what is over the share", rest(split(stream).0)).await.is_empty());
            }
            for mut stream in half {
                stream.write_all(b"host\r\nConnection: close\r\n\r\n").await.expect("it is still there");
                stream.flush().await.expect("it is still there");
                assert!(ends("the rest", rest(split(stream).0)).await.ends_with(b"well"));
            }
            ends("the server", server.finish()).await;
        }
    }
}

/// Tells the child of the next test that it is one.
const FEW_FILES: &str = "SERVE_WITH_FEW_FILES";

/// A server in a process of its own, which says its port and serves until it is killed. Alone it answers once.
#[tokio::test]
async fn a_server_in_a_process_of_its_own() {
    let app = TestApp::on_sqlite().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
    let addr = listener.local_addr().expect("it is bound");
    let listening = Listening { trusted_proxies: Vec::new(), tls: None, limits: Limits::of_this_process() };
    let mut serving = std::pin::pin!(listen::serve(listener, app.router(), listening, std::future::pending()));
    if std::env::var_os(FEW_FILES).is_some() {
        writeln!(std::io::stdout(), "port {}", addr.port()).expect("the parent reads");
        serving.as_mut().await;
    }
    let asking = async { answer(tokio::net::TcpStream::connect(addr).await.expect("it listens")).await };
    let text = tokio::select! { text = asking => text, () = serving.as_mut() => panic!("it never ends by itself") };
    assert!(text.starts_with("http/1.1 200"), "{text}");
}

#[tokio::test]
async fn a_hundred_files_are_enough_for_any_number_of_half_open_connections() {
    let mut child = Command::new("sh")
        .args(["-c", "ulimit -n 100; exec \"$0\" \"$@\""])
        .arg(std::env::current_exe().expect("the test runs"))
        .args(["--exact", "slow_clients::a_server_in_a_process_of_its_own", "--nocapture"])
        .env(FEW_FILES, "yes")
        .stdout(Stdio::piped())
        .spawn()
        .expect("it starts");
    let lines = BufReader::new(child.stdout.take().expect("it is piped")).lines();
    let port = lines.map_while(Result::ok).find_map(|line| line.split("port ").nth(1)?.parse::<u16>().ok());
    let addr = (std::net::Ipv4Addr::LOCALHOST, port.expect("it says its port"));
    let mut half = Vec::new();
    for _ in 0..3 {
        for _ in 0..95 {
            let mut stream = tokio::net::TcpStream::connect(addr).await.expect("it listens");
            stream.write_all(HALF.as_bytes()).await.ok();
            half.push(stream);
        }
        let ready = "GET /api/v1/health/ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        let stream = tokio::net::TcpStream::connect(addr).await.expect("it listens");
        let text = ends("a sound request", super::wire::answer_to(ready, stream)).await;
        assert!(text.starts_with("http/1.1 200"), "{text}");
    }
    child.kill().expect("it is ours");
    child.wait().expect("it is ours");
}
