//! What a person sees while a task runs: one line when a step begins and one when it ends, with seconds.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use anyhow::Result;

static BEGAN: LazyLock<Instant> = LazyLock::new(Instant::now);

/// One line on stderr, with the seconds since the task began.
pub fn say(line: &str) {
    eprintln!("[{:7.1} s] {line}", BEGAN.elapsed().as_secs_f64());
}

/// Runs one step between its two lines.
pub fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    say(&format!("{name} …"));
    let began = Instant::now();
    let done = work();
    let word = if done.is_ok() { "done" } else { "FAILED" };
    say(&format!("{name}: {word} in {}", seconds(began.elapsed())));
    done
}

/// A duration as a person reads it.
pub fn seconds(elapsed: Duration) -> String {
    let s = elapsed.as_secs_f64();
    if s < 60.0 { format!("{s:.1} s") } else { format!("{} min {:02} s", s as u64 / 60, s as u64 % 60) }
}

/// A size as a person reads it.
pub fn kilobytes(bytes: usize) -> String {
    format!("{:.1} KB", bytes as f64 / 1000.0)
}
