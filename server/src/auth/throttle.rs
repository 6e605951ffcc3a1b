//! How often somebody may try to sign in. Guessing is slowed down, and nobody can lock others out.
//!
//! Comes in: attempts, how they ended, and the time in milliseconds. Goes out: yes, or how long to wait.
//! Never does: read a clock, know whether a user exists, remember anything after a restart.
//!
//! # Rules
//! - *One account from one address*: after 5 failures each further one costs a wait of 1, 2, 4 … seconds, at most 15
//!   minutes. A success forgets them.
//! - *One address over all accounts*: 30 failures in 10 minutes, then it waits until the window has moved on.
//! - *One account over all addresses*: 100 failures in an hour, then only addresses from which it signed in before may
//!   try until the window has moved on.
//! - *A known device of an account* has counters of its own and is held by none of the three: a stranger cannot make
//!   its owner wait, from however many addresses.
//!
//! An IPv6 address stands for its /64, which is what one customer gets.

mod counters;

use std::collections::{HashMap, VecDeque};
use std::net::{IpAddr, Ipv6Addr};

use counters::{Backoff, Bounded, Window};

/// Failures of one address in [`ADDRESS_WINDOW_MS`] after which it waits.
const ADDRESS_FAILURES: usize = 30;
const ADDRESS_WINDOW_MS: u64 = 10 * 60 * 1000;
/// Failures of one account from unknown devices in [`ACCOUNT_WINDOW_MS`] after which only known ones may try.
const ACCOUNT_FAILURES: usize = 100;
const ACCOUNT_WINDOW_MS: u64 = 60 * 60 * 1000;

/// Most entries of each table: some megabytes in all.
const MOST_ENTRIES: usize = 10_000;
/// Addresses that are remembered for each account.
const MOST_HOMES: usize = 8;
/// Longer names than this are no users' names; they share a counter when they begin alike.
const MOST_NAME_CHARACTERS: usize = 64;

/// Who tries.
#[derive(Clone, Copy, Debug)]
pub struct Attempt<'a> {
    /// The name in its one form (`UserName::key`), of a user or not.
    pub account: &'a str,
    pub address: IpAddr,
    /// Whether the request carries the cookie of a device on which this account has signed in before.
    pub is_known_device: bool,
}

/// Not now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too many attempts; wait {seconds} s")]
pub struct Wait {
    /// From now, at least 1.
    pub seconds: u64,
}

/// The counters of all accounts and addresses.
#[derive(Debug, Default)]
pub struct Throttle {
    pairs: Bounded<(String, IpAddr), Backoff>,
    devices: Bounded<String, Backoff>,
    addresses: Bounded<IpAddr, Window<ADDRESS_FAILURES, ADDRESS_WINDOW_MS>>,
    accounts: Bounded<String, Window<ACCOUNT_FAILURES, ACCOUNT_WINDOW_MS>>,
    /// From where each account signed in last.
    homes: HashMap<String, VecDeque<IpAddr>>,
    /// Milliseconds that have passed, by a clock that never goes back.
    passed_ms: u64,
    clock_ms: Option<u64>,
}

impl Throttle {
    /// Whether this attempt may go on to the password. If so, [`failed`](Self::failed) or
    /// [`succeeded`](Self::succeeded) must follow, or [`withdrawn`](Self::withdrawn) when the password was never looked at.
    ///
    /// # Errors
    /// [`Wait`], the longest that any rule asks for.
    pub fn may_try(&mut self, attempt: &Attempt, now_ms: u64) -> Result<(), Wait> {
        let now = self.advance(now_ms);
        let (account, address) = keys(attempt);
        let wait_ms = if attempt.is_known_device {
            self.devices.get(&account).map_or(0, |backoff| backoff.wait_ms(now))
        } else {
            let is_home = self.homes.get(&account).is_some_and(|homes| homes.contains(&address));
            let pair = self.pairs.get(&(account.clone(), address)).map_or(0, |backoff| backoff.wait_ms(now));
            let everyone = self.accounts.get(&account).filter(|_| !is_home).map_or(0, |window| window.wait_ms(now));
            pair.max(everyone).max(self.addresses.get(&address).map_or(0, |window| window.wait_ms(now)))
        };
        if wait_ms > 0 {
            return Err(Wait { seconds: wait_ms.div_ceil(1000) });
        }
        self.backoff(attempt, now).begin(now);
        Ok(())
    }

    /// The password was wrong, or there is no such user.
    pub fn failed(&mut self, attempt: &Attempt, now_ms: u64) {
        let now = self.advance(now_ms);
        self.backoff(attempt, now).fail(now);
        if !attempt.is_known_device {
            let (account, address) = keys(attempt);
            self.addresses.entry(address, now).add(now);
            self.accounts.entry(account, now).add(now);
        }
    }

    /// The password was right. Failures of others are not forgotten by it.
    pub fn succeeded(&mut self, attempt: &Attempt, now_ms: u64) {
        self.advance(now_ms);
        let (account, address) = keys(attempt);
        if attempt.is_known_device {
            self.devices.remove(&account);
        } else {
            self.pairs.remove(&(account.clone(), address));
        }
        if self.homes.len() >= MOST_ENTRIES && !self.homes.contains_key(&account) {
            return;
        }
        let homes = self.homes.entry(account).or_default();
        homes.retain(|home| *home != address);
        homes.push_back(address);
        if homes.len() > MOST_HOMES {
            homes.pop_front();
        }
    }

    /// Nothing came of it, because the server was too busy or the request ended: no failure.
    pub fn withdrawn(&mut self, attempt: &Attempt, now_ms: u64) {
        let now = self.advance(now_ms);
        self.backoff(attempt, now).withdraw();
    }

    /// The counter that alone slows this attempt down.
    fn backoff(&mut self, attempt: &Attempt, now: u64) -> &mut Backoff {
        let (account, address) = keys(attempt);
        match attempt.is_known_device {
            true => self.devices.entry(account, now),
            false => self.pairs.entry((account, address), now),
        }
    }

    /// Time of our own: what the clock went forward is added up, and a jump back counts as no time at all. So it neither
    /// prolongs a wait nor ends one.
    fn advance(&mut self, now_ms: u64) -> u64 {
        self.passed_ms += now_ms.saturating_sub(self.clock_ms.unwrap_or(now_ms));
        self.clock_ms = Some(now_ms);
        self.passed_ms
    }
}

fn keys(attempt: &Attempt) -> (String, IpAddr) {
    (attempt.account.chars().take(MOST_NAME_CHARACTERS).collect(), network_of(attempt.address))
}

/// What one customer gets: an IPv4 address, or the /64 of an IPv6 one.
pub fn network_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        address => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: u64 = 1000;
    const MINUTE: u64 = 60 * SECOND;

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("the test's address is sound")
    }

    fn from<'a>(account: &'a str, address: &str) -> Attempt<'a> {
        Attempt { account, address: ip(address), is_known_device: false }
    }

    fn at_home(account: &str) -> Attempt<'_> {
        Attempt { account, address: ip("10.0.0.9"), is_known_device: true }
    }

    /// The `n`th of as many addresses as an attacker likes.
    fn stranger(account: &str, n: usize) -> Attempt<'_> {
        let [_, a, b, c] = u32::try_from(n).expect("a small number").to_be_bytes();
        Attempt { account, address: IpAddr::from([100, a, b, c]), is_known_device: false }
    }

    /// Tries with a wrong password; what `may_try` said.
    fn wrong(throttle: &mut Throttle, attempt: &Attempt, now: u64) -> Result<(), Wait> {
        throttle.may_try(attempt, now)?;
        throttle.failed(attempt, now);
        Ok(())
    }

    #[test]
    fn after_five_failures_each_further_one_doubles_the_wait_up_to_fifteen_minutes() {
        let (mut throttle, mut now) = (Throttle::default(), 1_000_000);
        let kim = from("kim", "10.0.0.1");
        for _ in 0..5 {
            assert_eq!(wrong(&mut throttle, &kim, now), Ok(()));
        }
        for seconds in [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900] {
            assert_eq!(throttle.may_try(&kim, now), Err(Wait { seconds }));
            assert_eq!(throttle.may_try(&kim, now + seconds * SECOND - 1), Err(Wait { seconds: 1 }));
            now += seconds * SECOND;
            assert_eq!(wrong(&mut throttle, &kim, now), Ok(()), "after {seconds} s");
        }
    }

    #[test]
    fn one_pair_is_no_matter_of_another() {
        let mut throttle = Throttle::default();
        for _ in 0..5 {
            assert_eq!(wrong(&mut throttle, &from("kim", "10.0.0.1"), 0), Ok(()));
        }
        assert!(throttle.may_try(&from("kim", "10.0.0.1"), 0).is_err());
        assert_eq!(throttle.may_try(&from("kim", "10.0.0.2"), 0), Ok(()));
        assert_eq!(throttle.may_try(&from("lee", "10.0.0.1"), 0), Ok(()));
    }

    #[test]
    fn a_success_forgets_the_failures_of_its_pair() {
        let mut throttle = Throttle::default();
        let kim = from("kim", "10.0.0.1");
        for round in 0..3 {
            for _ in 0..4 {
                assert_eq!(wrong(&mut throttle, &kim, 0), Ok(()), "round {round}");
            }
            assert_eq!(throttle.may_try(&kim, 0), Ok(()));
            throttle.succeeded(&kim, 0);
        }
    }

    #[test]
    fn a_pair_is_forgotten_after_a_quiet_hour() {
        let mut throttle = Throttle::default();
        let kim = from("kim", "10.0.0.1");
        for _ in 0..5 {
            assert_eq!(wrong(&mut throttle, &kim, 0), Ok(()));
        }
        for _ in 0..5 {
            assert_eq!(wrong(&mut throttle, &kim, 61 * MINUTE), Ok(()));
        }
    }

    #[test]
    fn attempts_at_the_same_time_are_no_way_around_the_five() {
        let mut throttle = Throttle::default();
        let kim = from("kim", "10.0.0.1");
        for _ in 0..5 {
            assert_eq!(throttle.may_try(&kim, 0), Ok(()));
        }
        assert_eq!(throttle.may_try(&kim, 0), Err(Wait { seconds: 1 }), "five are under way");
        for _ in 0..5 {
            throttle.failed(&kim, 0);
        }
        assert_eq!(throttle.may_try(&kim, SECOND), Ok(()));
        assert_eq!(throttle.may_try(&kim, SECOND), Err(Wait { seconds: 1 }), "one at a time from here on");
        throttle.withdrawn(&kim, SECOND);
        assert_eq!(throttle.may_try(&kim, SECOND), Ok(()), "a withdrawn attempt is no failure");
        // The request was cut off and neither failed nor succeeded.
        assert!(throttle.may_try(&kim, 30 * SECOND).is_err());
        assert_eq!(throttle.may_try(&kim, 2 * MINUTE), Ok(()));
    }

    #[test]
    fn an_address_that_fails_thirty_times_over_accounts_waits_for_its_window() {
        let mut throttle = Throttle::default();
        let names: Vec<String> = (0..31).map(|n| format!("user{n}")).collect();
        for (n, name) in names[..30].iter().enumerate() {
            assert_eq!(wrong(&mut throttle, &from(name, "10.0.0.1"), n as u64 * SECOND), Ok(()));
        }
        let next = from(&names[30], "10.0.0.1");
        assert_eq!(throttle.may_try(&next, 30 * SECOND), Err(Wait { seconds: 570 }));
        assert_eq!(throttle.may_try(&from(&names[30], "10.0.0.2"), 30 * SECOND), Ok(()));
        assert_eq!(throttle.may_try(&next, 10 * MINUTE), Ok(()), "the first failure is ten minutes old");
    }

    #[test]
    fn an_address_of_a_whole_factory_does_not_hold_known_devices() {
        let mut throttle = Throttle::default();
        let names: Vec<String> = (0..30).map(|n| format!("user{n}")).collect();
        for name in &names {
            assert_eq!(wrong(&mut throttle, &from(name, "10.0.0.9"), 0), Ok(()));
        }
        assert!(throttle.may_try(&from("kim", "10.0.0.9"), 0).is_err());
        assert_eq!(throttle.may_try(&at_home("kim"), 0), Ok(()));
    }

    #[test]
    fn an_attacked_account_takes_known_devices_and_places_only_until_the_window_has_passed() {
        let mut throttle = Throttle::default();
        let home = from("kim", "10.0.0.1");
        assert_eq!(throttle.may_try(&home, 0), Ok(()));
        throttle.succeeded(&home, 0);
        for n in 0..100 {
            assert_eq!(wrong(&mut throttle, &stranger("kim", n), n as u64 * SECOND), Ok(()), "{n}");
        }
        let now = 100 * SECOND;
        assert_eq!(throttle.may_try(&stranger("kim", 1000), now), Err(Wait { seconds: 3500 }));
        assert_eq!(throttle.may_try(&home, now), Ok(()), "it signed in from there before");
        assert_eq!(throttle.may_try(&at_home("kim"), now), Ok(()));
        assert_eq!(throttle.may_try(&stranger("lee", 1000), now), Ok(()), "another account");
        assert_eq!(throttle.may_try(&stranger("kim", 1000), 60 * MINUTE), Ok(()));
    }

    #[test]
    fn an_attacker_with_many_addresses_cannot_lock_the_owner_out() {
        let mut throttle = Throttle::default();
        let owner = at_home("kim");
        let mut n_refused = 0;
        // Two days of attempts, ten a second, each from an address of its own; every minute the owner wants in.
        for n in 0..2 * 24 * 60 * 600_usize {
            let now = n as u64 * 100;
            n_refused += usize::from(wrong(&mut throttle, &stranger("kim", n), now).is_err());
            if n % 600 == 0 {
                assert_eq!(throttle.may_try(&owner, now), Ok(()), "at {now} ms");
                throttle.succeeded(&owner, now);
            }
        }
        assert!(n_refused > 1_700_000, "the attacker got through too often: {n_refused} were refused");
    }

    #[test]
    fn a_known_device_is_slowed_down_by_its_own_failures_only() {
        let mut throttle = Throttle::default();
        for _ in 0..5 {
            assert_eq!(wrong(&mut throttle, &at_home("kim"), 0), Ok(()));
        }
        assert_eq!(throttle.may_try(&at_home("kim"), 0), Err(Wait { seconds: 1 }));
        assert_eq!(throttle.may_try(&at_home("lee"), 0), Ok(()), "the same device, another account");
        assert_eq!(throttle.may_try(&from("kim", "10.0.0.9"), 0), Ok(()), "counted apart from unknown devices");
    }

    #[test]
    fn a_clock_that_jumps_back_neither_locks_out_nor_frees() {
        let day = 24 * 60 * MINUTE;
        let mut throttle = Throttle::default();
        let kim = from("kim", "10.0.0.1");
        for _ in 0..10 {
            throttle.failed(&kim, 10 * day);
        }
        assert_eq!(throttle.may_try(&kim, 10 * day), Err(Wait { seconds: 32 }));
        assert_eq!(throttle.may_try(&kim, day), Err(Wait { seconds: 32 }), "not freed");
        assert_eq!(throttle.may_try(&kim, day + 31 * SECOND), Err(Wait { seconds: 1 }), "time goes on from there");
        assert_eq!(throttle.may_try(&kim, day + 32 * SECOND), Ok(()), "not locked out");
    }

    #[test]
    fn one_network_of_ipv6_counts_as_one_address_and_mapped_ipv4_as_ipv4() {
        let mut throttle = Throttle::default();
        for n in 0..5 {
            assert_eq!(wrong(&mut throttle, &from("kim", &format!("2001:db8::{n}")), 0), Ok(()));
        }
        assert!(throttle.may_try(&from("kim", "2001:db8::ffff:1"), 0).is_err());
        assert_eq!(throttle.may_try(&from("kim", "2001:db8:0:1::1"), 0), Ok(()), "another network");
        for _ in 0..5 {
            assert_eq!(wrong(&mut throttle, &from("lee", "::ffff:10.0.0.1"), 0), Ok(()));
        }
        assert!(throttle.may_try(&from("lee", "10.0.0.1"), 0).is_err());
    }

    #[test]
    fn memory_is_bounded_and_flooding_does_not_wash_away_what_is_slowed_down() {
        let mut throttle = Throttle::default();
        let kim = from("kim", "10.0.0.1");
        for _ in 0..8 {
            throttle.failed(&kim, 0);
        }
        for n in 0..MOST_ENTRIES + 500 {
            let (name, address) = (format!("{}{n}", "x".repeat(50)), stranger("", n).address);
            throttle.failed(&Attempt { account: &name, address, is_known_device: false }, 0);
        }
        for n_entries in [throttle.pairs.len(), throttle.addresses.len(), throttle.accounts.len()] {
            assert_eq!(n_entries, MOST_ENTRIES);
        }
        assert_eq!(throttle.may_try(&kim, 0), Err(Wait { seconds: 8 }));
        // Once everything is old, the tables shrink again.
        throttle.failed(&from("lee", "10.0.0.1"), 3 * 60 * MINUTE);
        assert!(throttle.pairs.len() < 10 && throttle.accounts.len() < 10, "{}", throttle.pairs.len());
    }
}
