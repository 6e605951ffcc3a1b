//! Clients that ask one after the other request, each in a thread.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use contract::address::encode;
use serde_json::json;
use ureq::Agent;

use super::people::Person;

/// Between two requests of a client.
const PAUSE_MS: u64 = 300;
/// A client gives an answer up after so long, and counts it as failed.
const GIVE_UP: Duration = Duration::from_secs(60);

/// Who asks for what.
pub struct Load {
    addr: SocketAddr,
    people: Vec<Person>,
    codes: Vec<String>,
    /// The model that verdicts name.
    model: String,
}

/// How long answers took, in milliseconds, by kind.
#[derive(Default)]
pub struct Told {
    pub pages: Vec<f64>,
    pub rest: Vec<f64>,
    pub writes: Vec<f64>,
    pub n_failed: usize,
}

/// What the clients have seen while something ran.
pub struct During<R> {
    pub told: Told,
    pub seconds: f64,
    pub result: R,
}

enum Kind {
    Page,
    Rest,
    Write,
}

impl Load {
    /// Of `people`, who ask for items with `codes` and judge answers of `model`.
    pub fn new(addr: SocketAddr, people: Vec<Person>, codes: Vec<String>, model: String) -> Self {
        Self { addr, people, codes, model }
    }

    /// All clients ask while `work` runs.
    pub fn during<R>(&self, work: impl FnOnce() -> R) -> During<R> {
        let is_over = AtomicBool::new(false);
        let told = Mutex::new(Told::default());
        let began = Instant::now();
        let (result, seconds) = thread::scope(|scope| {
            for (at, person) in self.people.iter().enumerate() {
                let (is_over, told) = (&is_over, &told);
                scope.spawn(move || {
                    let own = self.ask(at, person, is_over);
                    told.lock().unwrap_or_else(PoisonError::into_inner).add(own);
                });
            }
            let result = work();
            let seconds = began.elapsed().as_secs_f64();
            is_over.store(true, Ordering::Relaxed);
            (result, seconds)
        });
        During { told: told.into_inner().unwrap_or_else(PoisonError::into_inner), seconds, result }
    }

    fn ask(&self, at: usize, person: &Person, is_over: &AtomicBool) -> Told {
        let config = Agent::config_builder().timeout_global(Some(GIVE_UP)).http_status_as_error(false).build();
        let agent = Agent::new_with_config(config);
        let mut told = Told::default();
        let mut n = at as u64;
        // Not all at the same moment.
        thread::sleep(Duration::from_millis(PAUSE_MS * (at as u64 % 16) / 16));
        while !is_over.load(Ordering::Relaxed) {
            n = n.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let drawn = (n >> 33) as usize;
            let code = &self.codes[drawn % self.codes.len()];
            let began = Instant::now();
            let (kind, is_right) = self.request(&agent, person, drawn / 7 % 20, code, drawn);
            let took_ms = began.elapsed().as_secs_f64() * 1e3;
            told.n_failed += usize::from(!is_right);
            match kind {
                Kind::Page => told.pages.push(took_ms),
                Kind::Rest => told.rest.push(took_ms),
                Kind::Write => told.writes.push(took_ms),
            }
            thread::sleep(Duration::from_millis(PAUSE_MS / 2 + drawn as u64 % PAUSE_MS));
        }
        told
    }

    fn request(&self, agent: &Agent, person: &Person, draw: usize, code: &str, drawn: usize) -> (Kind, bool) {
        let at = |path: String| format!("http://{}{path}", self.addr);
        let encoded = encode(code);
        let page = |path: String| {
            let cookie = format!("session={}", person.session);
            (Kind::Page, is_read(agent.get(at(path)).header("cookie", cookie).call()))
        };
        let bearer = format!("Bearer {}", person.token);
        let get = |path: String| (Kind::Rest, is_read(agent.get(at(path)).header("authorization", &bearer).call()));
        let post = |path: &str, body: serde_json::Value| {
            let key = format!("load-{drawn}");
            let request = agent.post(at(path.to_owned())).header("authorization", &bearer);
            let request = request.header("content-type", "application/json").header("idempotency-key", key);
            is_read(request.send(body.to_string()))
        };
        match draw {
            0 | 1 => page("/".to_owned()),
            2..=4 => page(format!("/items/{encoded}")),
            5..=8 => page(format!("/predict?code={encoded}")),
            9..=11 => get(format!("/api/v1/items?q={}", encode(&code.chars().take(3).collect::<String>()))),
            12..=14 => get(format!("/api/v1/items/{encoded}")),
            15..=17 => (Kind::Rest, post("/api/v1/predictions", json!({ "codes": [code] }))),
            _ => {
                let verdict = json!({
                    "prediction": null, "item": code, "model": self.model, "signature": "0".repeat(16),
                    "rank": 1, "verdict": "up"
                });
                (Kind::Write, post("/api/v1/feedback", verdict))
            }
        }
    }
}

/// Whether an answer came and says what was asked for; its body is read to the end.
fn is_read(answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> bool {
    answer.is_ok_and(|mut answer| {
        let is_right = answer.status().is_success();
        answer.body_mut().read_to_vec().is_ok() && is_right
    })
}

impl Told {
    fn add(&mut self, other: Self) {
        self.pages.extend(other.pages);
        self.rest.extend(other.rest);
        self.writes.extend(other.writes);
        self.n_failed += other.n_failed;
    }
}
