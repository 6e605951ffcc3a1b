//! The wire: sockets, certificates, and who is at the other end.
//!
//! Comes in: addresses, files of a certificate, connections. Goes out: requests that know their [`peer::Peer`].
//! Never does: decide what is answered.

pub mod listen;
pub mod peer;
pub mod tls;
