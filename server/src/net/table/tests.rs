use std::net::Ipv4Addr;
use std::time::Duration;

use super::*;

const PLANT: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));
const ELSEWHERE: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 2));

/// A table with a clock that is set by hand.
struct Scene {
    table: Arc<Table>,
    begin: Instant,
}

impl Scene {
    fn new(most: usize, share: usize) -> Self {
        Self { table: Table::new(Limits { most, share, ..Limits::for_files(1024) }), begin: crate::clock::steady() }
    }

    fn at(&self, seconds: u64) -> Instant {
        self.begin + Duration::from_secs(seconds)
    }

    fn enter(&self, network: Option<IpAddr>, seconds: u64) -> Seat {
        let seat = self.table.enter(network, true, self.at(seconds));
        seat.0.note(self.at(seconds), Line::heard_out);
        seat
    }

    /// Headers and body of a request come.
    fn ask(&self, seat: &Seat, seconds: u64) {
        seat.0.note(self.at(seconds), |line| line.asked(false));
        seat.0.note(self.at(seconds), Line::arrived);
    }

    fn answer(&self, seat: &Seat, seconds: u64) {
        let now = self.at(seconds);
        seat.0.note(now, |line| line.answered(true, false, now));
    }

    /// Whether one more would be taken in now.
    fn has_room(&self) -> bool {
        self.table.lock().by_id.len() <= self.table.limits.most
    }

    fn settle(&self, seconds: u64) {
        self.table.lock().settle(&self.table.limits, self.at(seconds));
    }

    fn is_given_up(&self, seat: &Seat) -> bool {
        self.table.lock().by_id[&seat.0.id].is_given_up
    }

    /// After how many seconds the connection has kept the server waiting for too long.
    fn due(&self, seat: &Seat) -> Option<u64> {
        let due = self.table.lock().by_id[&seat.0.id].due(&self.table.limits)?;
        Some((due - self.begin).as_secs())
    }
}

#[test]
fn the_new_one_is_taken_in_and_the_longest_wait_ends() {
    let scene = Scene::new(3, 100);
    let answered = scene.enter(Some(PLANT), 0);
    scene.ask(&answered, 0);
    let idle = scene.enter(Some(PLANT), 1);
    scene.ask(&idle, 1);
    scene.answer(&idle, 5);
    let silent = scene.enter(Some(PLANT), 3);
    let new = scene.enter(Some(PLANT), 6);
    let over = |seats: &[&Seat]| seats.iter().map(|seat| scene.is_given_up(seat)).collect::<Vec<_>>();
    assert_eq!(over(&[&answered, &idle, &silent, &new]), [false, false, true, false]);
    assert!(!scene.has_room(), "what is given up still has its socket");
    drop(silent);
    assert!(scene.has_room());
    let newer = scene.enter(Some(ELSEWHERE), 7);
    assert_eq!(over(&[&answered, &idle, &new, &newer]), [false, true, false, false]);
}

#[test]
fn where_all_are_answered_none_ends_until_one_waits() {
    let scene = Scene::new(2, 100);
    let seats: Vec<Seat> = (0..3).map(|at| scene.enter(Some(PLANT), at)).collect();
    // The third came when the first two had not asked yet.
    assert!(scene.is_given_up(&seats[0]));
    let [_, second, third] = &seats[..] else { panic!("there are three") };
    scene.ask(second, 3);
    scene.ask(third, 3);
    drop(scene.enter(None, 4));
    let fourth = scene.enter(None, 5);
    scene.ask(&fourth, 5);
    assert!(![second, third].iter().any(|seat| scene.is_given_up(seat)));
    scene.answer(third, 6);
    scene.settle(6);
    assert!(!scene.is_given_up(third), "its next request may be on the way");
    scene.settle(7);
    assert!(scene.is_given_up(third), "three stay, and two may");
    scene.answer(second, 8);
    scene.settle(9);
    assert!(!scene.is_given_up(second), "two stay");
}

#[test]
fn what_has_come_and_was_not_read_may_be_a_request() {
    let scene = Scene::new(1, 100);
    let unread = scene.table.enter(Some(PLANT), true, scene.at(0));
    let lately = scene.enter(Some(PLANT), 10);
    scene.settle(10);
    assert!(!scene.is_given_up(&unread) && !scene.is_given_up(&lately));
    scene.settle(11);
    assert!(!scene.is_given_up(&unread) && scene.is_given_up(&lately));
    let newest = scene.enter(Some(PLANT), 12);
    unread.0.note(scene.at(12), Line::heard_out);
    scene.settle(12);
    assert!(scene.is_given_up(&unread) && !scene.is_given_up(&newest));
}

#[test]
fn a_network_has_a_share_of_what_is_incomplete_and_nothing_else_counts() {
    let scene = Scene::new(100, 2);
    let busy: Vec<Seat> = (0..10)
        .map(|at| {
            let seat = scene.enter(Some(PLANT), at);
            scene.ask(&seat, at);
            if at % 2 == 0 {
                scene.answer(&seat, at);
            }
            seat
        })
        .collect();
    let begun: Vec<Seat> = (10..13).map(|at| scene.enter(Some(PLANT), at)).collect();
    let proxy: Vec<Seat> = (10..20).map(|at| scene.enter(None, at)).collect();
    let other = scene.enter(Some(ELSEWHERE), 13);
    let n_given_up = |seats: &[Seat]| seats.iter().filter(|seat| scene.is_given_up(seat)).count();
    assert_eq!((n_given_up(&busy), n_given_up(&begun), n_given_up(&proxy)), (0, 1, 0));
    assert!(scene.is_given_up(&begun[0]) && !scene.is_given_up(&other));
    // One that was answered before and begins again counts again.
    busy[0].0.note(scene.at(20), |line| line.heard(scene.at(20)));
    assert_eq!(n_given_up(&busy) + n_given_up(&begun), 2);
}

#[test]
fn every_wait_has_its_limit_and_work_has_none() {
    let scene = Scene::new(10, 10);
    let seat = scene.enter(Some(PLANT), 0);
    assert_eq!(scene.due(&seat), Some(20));
    seat.0.note(scene.at(15), |line| line.heard(scene.at(15)));
    assert_eq!(scene.due(&seat), Some(20), "a drip does not move it");
    seat.0.note(scene.at(16), |line| line.asked(false));
    assert_eq!(scene.due(&seat), None, "a body has limits of its own");
    seat.0.note(scene.at(17), Line::arrived);
    assert_eq!(scene.due(&seat), None);
    seat.0.note(scene.at(20), |line| line.handed(scene.at(20)));
    assert_eq!(scene.due(&seat), Some(80), "the client takes nothing");
    seat.0.note(scene.at(70), |line| line.wanted(scene.at(70)));
    assert_eq!(scene.due(&seat), None, "the client took it");
    scene.answer(&seat, 71);
    assert_eq!(scene.due(&seat), Some(71 + 75), "idle");
    seat.0.note(scene.at(80), |line| line.took(scene.at(80)));
    assert_eq!(scene.due(&seat), Some(80 + 75), "the end of the answer was taken only now");
    seat.0.note(scene.at(90), |line| line.heard(scene.at(90)));
    seat.0.note(scene.at(100), |line| line.heard(scene.at(100)));
    assert_eq!(scene.due(&seat), Some(90 + 20), "the next request began");
}

#[test]
fn an_answer_that_is_not_taken_makes_room_when_the_server_is_full() {
    let scene = Scene::new(1, 10);
    let stuck = scene.enter(Some(PLANT), 0);
    scene.ask(&stuck, 0);
    stuck.0.note(scene.at(1), |line| line.blocked(scene.at(1)));
    let soon = scene.enter(Some(ELSEWHERE), 5);
    scene.ask(&soon, 5);
    assert!(!scene.is_given_up(&stuck), "four seconds are a slow network");
    drop(soon);
    drop(scene.enter(Some(ELSEWHERE), 6));
    assert!(scene.is_given_up(&stuck));
}

#[test]
fn frames_that_are_no_request_do_not_begin_one() {
    let scene = Scene::new(10, 10);
    let seat = scene.enter(Some(PLANT), 0);
    seat.0.note(scene.at(1), |line| line.asked(true));
    seat.0.note(scene.at(1), Line::arrived);
    scene.answer(&seat, 2);
    seat.0.note(scene.at(3), |line| line.heard(scene.at(3)));
    assert_eq!(scene.due(&seat), Some(2 + 75));
}

#[test]
fn at_the_end_only_what_has_begun_is_waited_for() {
    let scene = Scene::new(10, 10);
    let [silent, begun, answered] = [0, 0, 0].map(|at| scene.enter(Some(PLANT), at));
    let handshake = scene.table.enter(Some(PLANT), false, scene.at(0));
    for seat in [&begun, &handshake] {
        seat.0.note(scene.at(1), |line| line.heard(scene.at(1)));
    }
    scene.ask(&answered, 1);
    scene.table.give_up_silent();
    let over = [&silent, &begun, &answered, &handshake].map(|seat| scene.is_given_up(seat));
    assert_eq!(over, [true, false, false, true]);
}
