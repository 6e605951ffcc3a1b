//! Who is at the other end: the client's address, and whether the way to it can be overheard.
//!
//! Comes in: the address of the connection and the headers. Goes out: a [`Peer`] among the request's extensions, and
//! HSTS on the response when the way is secure.
//! Never does: believe a header that a stranger could have written.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{Extensions, HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use ipnet::IpNet;

use crate::net::request_id::{self, X_REQUEST_ID};

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const X_FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

/// Browsers that have seen this come by TLS only, for a year, and to hosts below this one too.
const HSTS: HeaderValue = HeaderValue::from_static("max-age=31536000; includeSubDomains");

/// The other end of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer {
    /// Of the client itself, not of a trusted proxy. IPv4 is IPv4 even where it came mapped into IPv6.
    pub address: IpAddr,
    /// Whether TLS protects the way from the client, here or at a trusted proxy.
    pub is_secure: bool,
}

impl Peer {
    /// Of a request without a connection, as in tests in process: this machine, not secure.
    pub const LOCAL: Self = Self { address: IpAddr::V4(Ipv4Addr::LOCALHOST), is_secure: false };

    /// What [`identify`] put into a request.
    pub fn of(extensions: &Extensions) -> Self {
        extensions.get().copied().unwrap_or(Self::LOCAL)
    }
}

/// Which proxies are believed, and whether this server speaks TLS itself. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Peers {
    trusted: Arc<[IpNet]>,
    is_tls: bool,
}

impl Peers {
    pub fn new(trusted: Vec<IpNet>, is_tls: bool) -> Self {
        Self { trusted: trusted.into(), is_tls }
    }

    /// The client behind a connection. `X-Forwarded-For` and `X-Forwarded-Proto` count only from a trusted proxy; of the
    /// addresses it names, the last one that is no trusted proxy is the client, since everything before it may be made up.
    pub fn resolve(&self, connected: SocketAddr, headers: &HeaderMap) -> Peer {
        let mut address = connected.ip().to_canonical();
        let mut is_secure = self.is_tls;
        if self.is_trusted(address) {
            let hops: Vec<&str> = values(headers, &X_FORWARDED_FOR).collect();
            for hop in hops.iter().rev().map_while(|hop| parse_hop(hop)) {
                address = hop;
                if !self.is_trusted(hop) {
                    break;
                }
            }
            let protocol = values(headers, &X_FORWARDED_PROTO).last();
            is_secure |= protocol.is_some_and(|protocol| protocol.eq_ignore_ascii_case("https"));
        }
        Peer { address, is_secure }
    }

    /// Whether an address is one of the proxies that are believed.
    pub fn is_trusted(&self, address: IpAddr) -> bool {
        self.trusted.iter().any(|network| network.contains(&address))
    }
}

/// A network as `10.0.0.0/8`, or one address. For the command line.
///
/// # Errors
/// What was expected, in words.
pub fn parse_network(text: &str) -> Result<IpNet, String> {
    let network = text.parse::<IpNet>().or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
    let network = network.map_err(|_| format!("`{text}` is no network such as 10.0.0.0/8 and no address"))?;
    let is_mapped = matches!(network.addr(), IpAddr::V6(address) if address.to_ipv4_mapped().is_some());
    if is_mapped { Err(format!("write `{text}` as IPv4")) } else { Ok(network) }
}

/// Puts the [`Peer`] into the request and HSTS on the response. A request keeps an id that a trusted proxy gave it.
pub async fn identify(State(peers): State<Peers>, mut request: Request, next: Next) -> Response {
    let connected = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0);
    let peer = connected.map_or(Peer::LOCAL, |connected| peers.resolve(connected, request.headers()));
    let is_of_proxy = connected.is_some_and(|connected| peers.is_trusted(connected.ip().to_canonical()));
    if !is_of_proxy || !request.headers().get(X_REQUEST_ID).is_some_and(request_id::is_sound) {
        request.headers_mut().remove(X_REQUEST_ID);
    }
    request.extensions_mut().insert(peer);
    let mut response = next.run(request).await;
    if peer.is_secure {
        response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, HSTS);
    }
    response
}

/// The values of a list that may be spread over several headers. What is no visible ASCII is an empty value.
fn values<'a>(headers: &'a HeaderMap, name: &HeaderName) -> impl Iterator<Item = &'a str> {
    headers.get_all(name).into_iter().flat_map(|line| line.to_str().unwrap_or_default().split(',')).map(str::trim)
}

/// An address with or without a port; IPv6 also in brackets.
fn parse_hop(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    let address = bare.parse().or_else(|_| text.parse::<SocketAddr>().map(|address| address.ip())).ok()?;
    Some(IpAddr::to_canonical(&address))
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::Body;
    use axum::middleware::from_fn_with_state;
    use axum::routing::get;
    use tower::ServiceExt;

    use super::*;

    fn peers(networks: &[&str]) -> Peers {
        Peers::new(networks.iter().map(|text| parse_network(text).expect("the test's network")).collect(), false)
    }

    fn resolved(peers: &Peers, connected: &str, headers: &[(&str, &str)]) -> (String, bool) {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            let name: HeaderName = name.parse().expect("the test's header");
            map.append(name, HeaderValue::from_str(value).expect("the test's value"));
        }
        let peer = peers.resolve(connected.parse().expect("the test's address"), &map);
        (peer.address.to_string(), peer.is_secure)
    }

    #[test]
    fn a_stranger_is_not_believed() {
        let peers = peers(&["10.0.0.0/8"]);
        let headers = [("x-forwarded-for", "1.2.3.4"), ("x-forwarded-proto", "https")];
        assert_eq!(resolved(&peers, "203.0.113.5:1000", &headers), ("203.0.113.5".into(), false));
        assert_eq!(resolved(&Peers::default(), "127.0.0.1:1000", &headers), ("127.0.0.1".into(), false));
    }

    #[test]
    fn of_the_hops_the_last_untrusted_one_is_the_client() {
        let peers = peers(&["10.0.0.0/8", "2001:db8:1::/48", "192.168.7.7"]);
        for (lines, expected) in [
            (vec!["1.2.3.4"], "1.2.3.4"),
            (vec!["6.6.6.6, 1.2.3.4"], "1.2.3.4"),
            (vec!["6.6.6.6, 1.2.3.4, 10.9.9.9"], "1.2.3.4"),
            (vec!["6.6.6.6", "1.2.3.4,192.168.7.7"], "1.2.3.4"),
            (vec!["1.2.3.4:4711"], "1.2.3.4"),
            (vec!["[2001:db8:2::1]:4711"], "2001:db8:2::1"),
            (vec!["[2001:db8:2::1]"], "2001:db8:2::1"),
            (vec!["2001:db8:2::1, 2001:db8:1::9"], "2001:db8:2::1"),
            (vec!["::ffff:1.2.3.4"], "1.2.3.4"),
            (vec!["10.1.1.1, 10.2.2.2"], "10.1.1.1"),
            // Beyond a hop that cannot be read nothing is believed.
            (vec!["1.2.3.4, unknown"], "10.0.0.1"),
            (vec!["1.2.3.4, unknown, 10.2.2.2"], "10.2.2.2"),
            (vec!["1.2.3.4, "], "10.0.0.1"),
            (vec![""], "10.0.0.1"),
            (vec![], "10.0.0.1"),
        ] {
            let headers: Vec<_> = lines.iter().map(|line| ("x-forwarded-for", *line)).collect();
            assert_eq!(resolved(&peers, "10.0.0.1:1000", &headers).0, expected, "{lines:?}");
        }
    }

    #[test]
    fn a_trusted_proxy_tells_whether_the_way_is_secure() {
        let peers = peers(&["10.0.0.0/8"]);
        for (lines, is_secure) in [
            (vec!["https"], true),
            (vec!["HTTPS"], true),
            (vec!["http"], false),
            (vec!["https, http"], false),
            (vec!["http", "https"], true),
            (vec!["wss"], false),
            (vec![""], false),
            (vec![], false),
        ] {
            let headers: Vec<_> = lines.iter().map(|line| ("x-forwarded-proto", *line)).collect();
            assert_eq!(resolved(&peers, "10.0.0.1:1000", &headers).1, is_secure, "{lines:?}");
        }
        // Our own TLS needs no proxy's word.
        assert!(resolved(&Peers::new(vec![], true), "1.2.3.4:1", &[("x-forwarded-proto", "http")]).1);
    }

    #[test]
    fn ipv4_mapped_into_ipv6_is_ipv4() {
        let peers = peers(&["10.0.0.0/8"]);
        assert_eq!(resolved(&peers, "[::ffff:1.2.3.4]:1", &[]).0, "1.2.3.4");
        assert_eq!(resolved(&peers, "[::ffff:10.0.0.1]:1", &[("x-forwarded-for", "1.2.3.4")]).0, "1.2.3.4");
    }

    #[test]
    fn networks_are_read_and_nonsense_is_refused() {
        for (text, expected) in
            [("10.0.0.0/8", "10.0.0.0/8"), ("10.0.0.1", "10.0.0.1/32"), ("::1", "::1/128"), ("fd00::/8", "fd00::/8")]
        {
            assert_eq!(parse_network(text).map(|network| network.to_string()), Ok(expected.to_owned()));
        }
        for text in ["", "10.0.0.0/33", "localhost", "10.0.0", "*", "::ffff:10.0.0.0/104"] {
            assert!(parse_network(text).is_err(), "{text}");
        }
    }

    #[tokio::test]
    async fn handlers_see_the_peer_and_only_secure_answers_carry_hsts() {
        let router = |peers: Peers| {
            let handler = get(async |request: Request| Peer::of(request.extensions()).address.to_string());
            Router::new().route("/", handler).layer(from_fn_with_state(peers, identify))
        };
        let cases = [
            (Some("10.0.0.1:1"), "https", "1.2.3.4", true),
            (Some("10.0.0.1:1"), "http", "1.2.3.4", false),
            (Some("9.9.9.9:1"), "https", "9.9.9.9", false),
            (None, "https", "127.0.0.1", false),
        ];
        for (connected, protocol, address, is_secure) in cases {
            let mut request = Request::get("/")
                .header("x-forwarded-for", "1.2.3.4")
                .header("x-forwarded-proto", protocol)
                .body(Body::empty())
                .expect("the test's request");
            if let Some(connected) = connected {
                let connected: SocketAddr = connected.parse().expect("the test's address");
                request.extensions_mut().insert(ConnectInfo(connected));
            }
            let Ok(response) = router(peers(&["10.0.0.0/8"])).oneshot(request).await;
            let hsts = response.headers().get(header::STRICT_TRANSPORT_SECURITY).cloned();
            assert_eq!(
                hsts.is_some_and(|value| value == "max-age=31536000; includeSubDomains"),
                is_secure,
                "{connected:?} {protocol}"
            );
            let body = axum::body::to_bytes(response.into_body(), 100).await.expect("a short answer");
            assert_eq!(body, address);
        }
    }
}
