//! Cutting something off anywhere, as a killed process does: a future that is dropped at one of its waits leaves what was
//! written, and what was not it leaves undone. `KILL_ROUNDS` says how often each point is tried.

use std::future::Future;
use std::pin::pin;
use std::task::Poll;

/// How often each point is tried.
pub fn n_rounds() -> usize {
    std::env::var("KILL_ROUNDS").ok().and_then(|text| text.parse().ok()).unwrap_or(2)
}

/// Runs a future until it has waited `n_waits` times, then drops it.
pub async fn cut<T>(n_waits: usize, future: impl Future<Output = T>) -> Option<T> {
    let mut future = pin!(future);
    let mut waited = 0;
    std::future::poll_fn(|context| match future.as_mut().poll(context) {
        Poll::Ready(value) => Poll::Ready(Some(value)),
        Poll::Pending if waited == n_waits => Poll::Ready(None),
        Poll::Pending => {
            waited += 1;
            Poll::Pending
        }
    })
    .await
}

/// Points spread over the whole of something that ends by itself: close together at first, then each a quarter further.
pub fn points() -> impl Iterator<Item = usize> {
    std::iter::successors(Some(0_usize), |point| Some(point + 1 + point / 4))
}
