//! The product on a socket, with or without TLS, until it is told to stop.
//!
//! Comes in: a bound listener, the router, whom to believe. Goes out: answers.
//! Never does: decide what is answered.

use std::future::Future;
use std::io;
use std::net::SocketAddr;

use axum::Router;
use axum::middleware::from_fn_with_state;
use ipnet::IpNet;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::connection::{self, Serving};
use super::limits::Limits;
use super::peer::{self, Peers};
use super::table::Table;
use super::tls::Tls;
use crate::auth::throttle::network_of;
use crate::clock::steady;

/// How a server listens.
#[derive(Clone, Debug)]
pub struct Listening {
    pub trusted_proxies: Vec<IpNet>,
    pub tls: Option<Tls>,
    pub limits: Limits,
}

/// Answers on `listener` until `stop` ends; requests under way are then finished, as far as the limit for that allows.
///
/// No client is refused because there are many, and none keeps a place by saying nothing: where there is no place left,
/// the connection ends that has waited longest without a complete request.
pub async fn serve(listener: TcpListener, router: Router, listening: Listening, stop: impl Future<Output = ()> + Send) {
    let Listening { trusted_proxies, tls, limits } = listening;
    let peers = Peers::new(trusted_proxies, tls.is_some());
    let table = Table::new(limits);
    let (stopper, stopping) = watch::channel(false);
    let router = router.layer(from_fn_with_state(peers.clone(), peer::identify));
    let serving = Serving { router, limits, stopping };
    let mut connections = JoinSet::new();
    let mut stop = std::pin::pin!(stop);
    let mut is_out_of_files = false;
    loop {
        let accepted = tokio::select! {
            biased;
            () = &mut stop => break,
            Some(ended) = connections.join_next(), if !connections.is_empty() => {
                if let Err(error) = ended {
                    tracing::error!(error = %error, "a connection's task failed: {error}");
                }
                continue;
            }
            accepted = accept(&listener, &table) => accepted,
        };
        match accepted {
            Ok((stream, addr)) => {
                is_out_of_files = false;
                // Answers are written whole: waiting for more to send would only delay them.
                let _ = stream.set_nodelay(true);
                let address = addr.ip().to_canonical();
                let network = (!peers.is_trusted(address)).then(|| network_of(address));
                let seat = table.enter(network, tls.is_none(), steady());
                let tls = tls.as_ref().map(Tls::current);
                connections.spawn(connection::serve(stream, addr, seat, tls, serving.clone()));
            }
            // The client changed its mind.
            Err(error) if is_of_one_connection(&error) => {}
            Err(error) => {
                if !is_out_of_files {
                    tracing::warn!(error = %error, "no connection can be taken in: {error}");
                }
                is_out_of_files = true;
                table.give_up_longest(steady());
                tokio::select! {
                    () = &mut stop => break,
                    () = tokio::time::sleep(limits.accept_pause) => {}
                }
            }
        }
    }
    drop(listener);
    stopper.send_replace(true);
    table.give_up_silent();
    let ending = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(limits.stop, ending).await.is_err() {
        let n_left = connections.len();
        tracing::warn!(n_left, "{n_left} connections did not end in time and are closed");
        connections.shutdown().await;
    }
}

async fn accept(listener: &TcpListener, table: &Table) -> io::Result<(TcpStream, SocketAddr)> {
    table.room(steady).await;
    listener.accept().await
}

fn is_of_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, Interrupted};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset | Interrupted)
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
