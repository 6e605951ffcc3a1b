//! What a benchmark found, as data: the shape of `--json`.

use serde::Serialize;

#[derive(Serialize)]
pub struct Report {
    pub machine: Machine,
    pub seed: u64,
    /// Of the trained model.
    pub n_items: usize,
    pub n_items_with_routing: usize,
    pub n_routings: usize,
    pub n_results: usize,
    /// Items asked for: all had a routing and were left out of the training.
    pub n_queries: usize,
    pub n_bundle_items: usize,
    /// Whether the opened bundle answers every question as the subset that it was written from.
    pub is_offline_equal: bool,
    pub measures: Vec<Measure>,
}

/// What the numbers were measured on.
#[derive(Serialize)]
pub struct Machine {
    pub os: &'static str,
    pub arch: &'static str,
    pub n_cores: usize,
    /// Whether the program was compiled for speed; a debug build measures nothing.
    pub is_optimised: bool,
}

impl Machine {
    pub fn this() -> Self {
        Self {
            os: std::env::consts::OS,
            arch: std::env::consts::ARCH,
            n_cores: std::thread::available_parallelism().map_or(1, usize::from),
            is_optimised: !cfg!(debug_assertions),
        }
    }
}

/// One number with its unit in its name.
#[derive(Serialize)]
pub struct Measure {
    pub name: &'static str,
    /// `None` where it cannot be known on this machine.
    pub value: Option<f64>,
    pub peer: Peer,
    /// Value over the peer's.
    pub ratio: Option<f64>,
    /// Most that is wanted; `None` where nothing is set, or not for this size.
    pub limit: Option<f64>,
    pub is_within: Option<bool>,
}

/// What it is compared with, measured in the same run and in the same unit.
#[derive(Clone, Serialize)]
pub struct Peer {
    pub name: &'static str,
    pub value: f64,
}

impl Peer {
    pub fn new(name: &'static str, value: f64) -> Self {
        Self { name, value }
    }
}

impl Measure {
    pub fn new(name: &'static str, value: Option<f64>, peer: Peer) -> Self {
        let ratio = value.filter(|_| peer.value > 0.0).map(|value| value / peer.value);
        Self { name, value, peer, ratio, limit: None, is_within: None }
    }

    /// The same with a limit, if there is one.
    pub fn within(self, limit: Option<f64>) -> Self {
        Self { limit, is_within: limit.and_then(|limit| self.value.map(|value| value <= limit)), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_is_neither_within_nor_over() {
        let measured = |value| Measure::new("x_s", value, Peer::new("peer", 4.0)).within(Some(10.0));
        let verdict = |value| (measured(value).ratio, measured(value).is_within);
        assert_eq!(verdict(Some(10.0)), (Some(2.5), Some(true)));
        assert_eq!(verdict(Some(12.0)), (Some(3.0), Some(false)));
        assert_eq!(verdict(None), (None, None));
    }
}
