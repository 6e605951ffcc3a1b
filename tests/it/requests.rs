//! What a request costs: reads touch no writer, what is kept goes to the disk in groups, what was answered is answered from
//! memory, and nothing is kept for longer than the plant wants.

mod answers;
mod groups;
mod reads;
mod retention;

use std::future::Future;
use std::time::Duration;

/// Longer than any read takes, and shorter than a writer waits for another one.
const A_READ: Duration = Duration::from_secs(10);

/// The outcome of something that must wait for nobody.
async fn at_once<T>(what: &str, work: impl Future<Output = T>) -> T {
    tokio::time::timeout(A_READ, work).await.unwrap_or_else(|_| panic!("{what} waits for a writer"))
}
