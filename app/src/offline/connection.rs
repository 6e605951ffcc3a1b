//! Whether the server can be reached, from what the browser says and from what requests showed.

/// What is known of the way to the server.
///
/// The browser knows when there is no network at all; only an answer proves that the server is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Connection {
    has_network: bool,
    server_answers: bool,
    n_failed: u32,
}

impl Connection {
    /// The page was loaded a moment ago, so the server answers unless the browser says that there is no network.
    pub fn new(has_network: bool) -> Self {
        Self { has_network, server_answers: has_network, n_failed: 0 }
    }

    /// Whether a page may count on the server.
    pub fn is_online(&self) -> bool {
        self.has_network && self.server_answers
    }

    /// The browser says that there is a network, or none. A network that came back must be proved by an answer.
    pub fn network_changed(&mut self, has_network: bool) {
        self.has_network = has_network;
        self.n_failed = 0;
        if !has_network {
            self.server_answers = false;
        }
    }

    /// A question to the server was answered, or not.
    pub fn probed(&mut self, answered: bool) {
        self.server_answers = answered;
        self.n_failed = if answered { 0 } else { self.n_failed.saturating_add(1) };
    }

    /// Whether asking the server makes sense: without a network the answer is known.
    pub fn should_probe(&self) -> bool {
        self.has_network
    }

    /// Seconds until the server is asked again: 5, 10, 20, 40, then every minute. `None` when nothing is to be found out.
    pub fn next_probe_s(&self) -> Option<u32> {
        let doubled = 5_u32 << self.n_failed.saturating_sub(1).min(4);
        (self.has_network && !self.server_answers).then_some(doubled.min(60))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_is_not_yet_a_server() {
        let mut connection = Connection::new(true);
        assert!(connection.is_online());
        connection.network_changed(false);
        assert!(!connection.is_online());
        assert!(!connection.should_probe());
        connection.network_changed(true);
        assert!(!connection.is_online(), "a captive portal looks like this");
        assert!(connection.should_probe());
        connection.probed(true);
        assert!(connection.is_online());
    }

    #[test]
    fn a_silent_server_is_asked_less_and_less() {
        let mut connection = Connection::new(true);
        let mut waits = Vec::new();
        for _ in 0..6 {
            connection.probed(false);
            waits.extend(connection.next_probe_s());
        }
        assert_eq!(waits, [5, 10, 20, 40, 60, 60]);
        connection.probed(true);
        assert_eq!(connection.next_probe_s(), None);
    }

    #[test]
    fn nothing_is_asked_without_a_network() {
        let mut connection = Connection::new(false);
        assert!(!connection.is_online());
        assert_eq!(connection.next_probe_s(), None);
        connection.network_changed(true);
        assert_eq!(connection.next_probe_s(), Some(5));
    }
}
