//! Long maths beside the requests: threads of their own, at low priority.
//!
//! Comes in: work for rayon, and how many threads it may have. Goes out: its result.
//! Never does: wait for a request, or make one wait.

use std::num::NonZeroUsize;
use std::thread::available_parallelism;

use crate::error::Failure;

/// How far behind others the threads stand: 0 is alike, 19 is last.
const NICENESS: i32 = 10;

/// Threads of long work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    /// All cores: nobody else is served.
    Whole,
    /// All cores but one, and one at least.
    BesideRequests,
}

impl Share {
    fn n_threads(self) -> usize {
        let n_cores = available_parallelism().map_or(1, NonZeroUsize::get);
        match self {
            Self::Whole => n_cores,
            Self::BesideRequests => (n_cores - 1).max(1),
        }
    }
}

/// Runs `work`, and what it hands to rayon, on threads of its own.
///
/// # Errors
/// [`Failure`] when the system gives no threads, or the work panics.
pub async fn run<T: Send + 'static>(share: Share, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Failure> {
    let done = tokio::task::spawn_blocking(move || {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(share.n_threads())
            .thread_name(|at| format!("background-{at}"))
            .start_handler(|_| step_back())
            .build()?;
        Ok::<T, rayon::ThreadPoolBuildError>(pool.install(work))
    });
    done.await?.map_err(|error| Failure::Other(error.to_string()))
}

/// Gives the calling thread a low priority. Where that is not allowed it keeps the one that it has.
fn step_back() {
    #[cfg(target_os = "linux")]
    {
        // On Linux the priority is that of one thread.
        let _ = rustix::process::setpriority_process(Some(rustix::thread::gettid()), NICENESS);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn work_has_threads_of_its_own_behind_all_others() {
        let n_threads = run(Share::BesideRequests, rayon::current_num_threads).await.expect("there are threads");
        assert_eq!(n_threads, Share::BesideRequests.n_threads());
        let name = run(Share::Whole, || std::thread::current().name().map(str::to_owned)).await.expect("as before");
        assert!(name.is_some_and(|name| name.starts_with("background-")));
        #[cfg(target_os = "linux")]
        {
            let of = || rustix::process::getpriority_process(Some(rustix::thread::gettid())).expect("it may be asked");
            let niceness = run(Share::Whole, of).await.expect("as before");
            assert!(niceness >= NICENESS, "{niceness}");
            assert!(of() < niceness || of() == 19, "the caller stays where it was");
        }
    }
}
