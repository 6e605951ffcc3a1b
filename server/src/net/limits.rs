//! How long a connection may keep the server waiting, and how many of them there may be.

use std::time::Duration;

/// File handles that are not for connections: the database (nine connections to SQLite with three files each, or twelve
/// to PostgreSQL), the model's file, the log, certificates and the runtime's own.
const RESERVED_FILES: u64 = 64;
/// Handles of a connection: its socket, and the file that it is sent.
const FILES_PER_CONNECTION: u64 = 2;
/// Fewest and most connections, whatever the process may open.
const CONNECTIONS: (u64, u64) = (8, 20_000);
/// Where the machine does not say how many files a process may open.
const USUAL_FILES: u64 = 1024;

/// What a connection may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// From the first byte of a request to the end of its headers; of a new connection from its beginning, handshake and all.
    pub head: Duration,
    /// From one request to the next on the same connection.
    pub idle: Duration,
    /// From one piece of a body to the next.
    pub body_pause: Duration,
    /// All of a body.
    pub body: Duration,
    /// How long a client may take nothing of its answer.
    pub taking: Duration,
    /// After that, when the server is full, it counts as one that waits.
    pub taking_when_full: Duration,
    /// A connection that came or was answered so lately has not waited: its request may be on the way.
    pub newcomer: Duration,
    /// From the sign to stop until the connections that are left are closed.
    pub stop: Duration,
    /// How long no connection is taken in after the machine had no room for one.
    pub accept_pause: Duration,
    /// Connections in all.
    pub most: usize,
    /// Of them, connections of one network that have begun a request and not finished it. Trusted proxies are exempt.
    pub share: usize,
}

impl Limits {
    /// For the number of files that this process may open.
    pub fn of_this_process() -> Self {
        Self::for_files(rlimit::getrlimit(rlimit::Resource::NOFILE).map_or(USUAL_FILES, |(soft, _)| soft))
    }

    /// For a process that may open `n_files` files.
    pub fn for_files(n_files: u64) -> Self {
        let (fewest, most) = CONNECTIONS;
        let n = (n_files.saturating_sub(RESERVED_FILES) / FILES_PER_CONNECTION).clamp(fewest, most);
        let most = usize::try_from(n).unwrap_or(usize::MAX);
        Self {
            head: Duration::from_secs(20),
            idle: Duration::from_secs(75),
            body_pause: Duration::from_secs(20),
            body: Duration::from_secs(60),
            taking: Duration::from_secs(60),
            taking_when_full: Duration::from_secs(5),
            newcomer: Duration::from_millis(200),
            stop: Duration::from_secs(10),
            accept_pause: Duration::from_millis(250),
            most,
            share: (most / 4).max(4),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_leave_files_for_the_rest() {
        for (n_files, most, share) in
            [(0, 8, 4), (100, 18, 4), (256, 96, 24), (1024, 480, 120), (1_048_576, 20_000, 5000)]
        {
            let limits = Limits::for_files(n_files);
            assert_eq!((limits.most, limits.share), (most, share), "{n_files}");
        }
        assert!(Limits::of_this_process().most >= 8);
    }
}
