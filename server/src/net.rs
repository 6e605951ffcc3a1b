//! The wire: sockets, certificates, who is at the other end, and how long he may keep the server waiting.
//!
//! Comes in: addresses, files of a certificate, connections. Goes out: requests that know their [`peer::Peer`].
//! Never does: decide what is answered.

mod bodies;
mod connection;
pub mod limits;
pub mod listen;
pub mod peer;
mod table;
pub mod tls;

pub use bodies::Late;
