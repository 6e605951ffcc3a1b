//! One connection: handshake, requests, and an end in time.

use std::io::{self, IoSlice};
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use axum::http::Version;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tower::ServiceExt;

use super::bodies::{Arriving, Leaving, UnderWay};
use super::limits::Limits;
use super::table::{Seat, Spot};
use crate::clock::steady;

/// Requests at a time on one connection of HTTP/2.
const MOST_STREAMS: u32 = 64;

/// What every connection is served with.
#[derive(Clone)]
pub(super) struct Serving {
    pub(super) router: Router,
    pub(super) limits: Limits,
    /// True from the sign to stop on.
    pub(super) stopping: watch::Receiver<bool>,
}

/// Serves a connection until either side ends it.
pub(super) async fn serve(
    stream: TcpStream,
    addr: SocketAddr,
    seat: Seat,
    tls: Option<Arc<ServerConfig>>,
    serving: Serving,
) {
    let spot = seat.spot();
    let stream = Watched { stream, spot: spot.clone() };
    let served = async {
        let Some(tls) = tls else { return http(stream, addr, spot, serving).await };
        match TlsAcceptor::from(tls).accept(stream).await {
            Ok(stream) => {
                spot.note(steady(), |line| line.opened());
                http(stream, addr, spot, serving).await;
            }
            Err(error) => tracing::debug!(error = %error, "a handshake came to nothing: {error}"),
        }
    };
    tokio::select! {
        () = served => {}
        () = seat.over(steady) => tracing::debug!("a connection that kept the server waiting was closed"),
    }
}

async fn http(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    addr: SocketAddr,
    spot: Spot,
    serving: Serving,
) {
    let Serving { router, limits, mut stopping } = serving;
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let asked = UnderWay::new(spot.clone(), request.version() == Version::HTTP_2);
        let mut request: Request = request.map(|body| Body::new(Arriving::new(Body::new(body), asked.clone(), limits)));
        request.extensions_mut().insert(ConnectInfo(addr));
        let answering = router.clone().oneshot(request);
        async move {
            let answer = answering.await;
            answer.map(|answer| answer.map(|body| Leaving::new(body, asked)))
        }
    });
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http2().max_concurrent_streams(MOST_STREAMS);
    let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), service));
    let stopped = async { drop(stopping.wait_for(|is_stopping| *is_stopping).await) };
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = stopped => {
            // What is under way is answered; what comes after it is not.
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(error = %error, "a connection came to nothing: {error}");
    }
}

/// A socket of which the table learns what goes in and out.
struct Watched {
    stream: TcpStream,
    spot: Spot,
}

impl Watched {
    fn written(&self, written: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        let now = steady();
        match &written {
            Poll::Pending => self.spot.note(now, |line| line.blocked(now)),
            Poll::Ready(_) => self.spot.note(now, |line| line.took(now)),
        }
        written
    }
}

impl AsyncRead for Watched {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(cx, buffer);
        let now = steady();
        if buffer.filled().len() > before {
            self.spot.note(now, |line| line.heard(now));
        } else if read.is_pending() {
            self.spot.note(now, |line| line.heard_out());
        }
        read
    }
}

impl AsyncWrite for Watched {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.written(written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, slices);
        self.written(written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
