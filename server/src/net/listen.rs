//! The product on a socket, with or without TLS, until it is told to stop.
//!
//! Comes in: a bound listener, the router, whom to believe. Goes out: answers.
//! Never does: decide what is answered.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use ipnet::IpNet;
use tokio::net::TcpListener;

use crate::net::peer::{self, Peers};

/// A connection over TLS that has not sent its first request by then is closed. The handshake before it has ten seconds.
const FIRST_REQUEST_WITHIN: Duration = Duration::from_secs(30);

/// Answers on `listener` until `stop` ends; requests under way are finished first. Handshakes run beside each other, so
/// that one that never ends holds nobody up.
///
/// # Errors
/// When the listener fails for good.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    trusted_proxies: Vec<IpNet>,
    tls: Option<RustlsConfig>,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let peers = Peers::new(trusted_proxies, tls.is_some());
    let service =
        router.layer(from_fn_with_state(peers, peer::identify)).into_make_service_with_connect_info::<SocketAddr>();
    let Some(tls) = tls else {
        return axum::serve(listener, service).with_graceful_shutdown(stop).await;
    };
    let handle = Handle::new();
    let stopper = tokio::spawn({
        let handle = handle.clone();
        async move {
            stop.await;
            handle.graceful_shutdown(None);
        }
    });
    let served = axum_server::from_tcp_rustls(listener.into_std()?, tls)?
        .first_request_timeout(FIRST_REQUEST_WITHIN)
        .accept_error_handler(|_, error| tracing::debug!(error = %error, "a connection came to nothing: {error}"))
        .handle(handle)
        .serve(service)
        .await;
    stopper.abort();
    served
}

/// Whether what is sent may be overheard by others and nothing says that a proxy prevents it.
pub fn is_exposed(addr: SocketAddr, trusted_proxies: &[IpNet], is_tls: bool) -> bool {
    !is_tls && trusted_proxies.is_empty() && !addr.ip().to_canonical().is_loopback()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_server_beyond_this_machine_without_tls_and_proxy_is_exposed() {
        let proxy = ["10.0.0.0/8".parse().expect("the test's network")];
        for (addr, proxies, is_tls, expected) in [
            ("0.0.0.0:80", &[][..], false, true),
            ("[::]:80", &[], false, true),
            ("192.168.0.5:80", &[], false, true),
            ("127.0.0.1:80", &[], false, false),
            ("[::1]:80", &[], false, false),
            ("[::ffff:127.0.0.1]:80", &[], false, false),
            ("0.0.0.0:80", &proxy, false, false),
            ("0.0.0.0:443", &[], true, false),
        ] {
            let addr = addr.parse().expect("the test's address");
            assert_eq!(is_exposed(addr, proxies, is_tls), expected, "{addr} {proxies:?} {is_tls}");
        }
    }
}
