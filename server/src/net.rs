//! The wire: sockets, certificates, who is at the other end, and how long they may keep the server waiting.
//!
//! Comes in: addresses, files of a certificate, connections. Goes out: requests that know their [`peer::Peer`].
//! Never does: decide what is answered.

mod bodies;
mod connection;
pub mod limits;
pub mod listen;
pub mod peer;
pub mod request_id;
mod table;
pub mod tls;

pub use bodies::Late;
