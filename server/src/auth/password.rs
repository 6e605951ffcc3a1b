//! Hashing and checking passwords: argon2id, never on the threads that answer requests, never more at once than there
//! are cores.

use std::sync::Arc;

use argon2::password_hash::phc::{Output, ParamsString, Salt};
use argon2::{Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use unicode_normalization::UnicodeNormalization;

/// Requests that may wait for a core; one more is told to come back.
const MOST_WAITING: usize = 32;
/// What is longer is no password of ours ([`password_rules`](super::password_rules) allows 256 characters), and is not
/// worth normalising.
const MOST_BYTES: usize = 4096;
const SALT_BYTES: usize = 16;

/// What one hash costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

impl Cost {
    /// 19 MiB, two passes, one lane.
    ///
    /// # Source
    /// OWASP Password Storage Cheat Sheet, argon2id.
    pub const STANDARD: Self = Self { memory_kib: 19_456, passes: 2, lanes: 1 };

    /// As little as argon2 allows. Nothing that a person's password protects may use it.
    pub const fn for_tests() -> Self {
        Self { memory_kib: 8, passes: 1, lanes: 1 }
    }
}

/// Why a password was neither hashed nor checked.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// Too many are waiting already; trying again in a second is sensible.
    #[error("too many passwords are waiting to be checked")]
    Busy,
    /// What is stored is no hash, or the machine has no memory or randomness left.
    #[error("passwords cannot be hashed: {0}")]
    Broken(String),
    /// The task ended early.
    #[error("hashing ended early: {0}")]
    Task(#[from] tokio::task::JoinError),
}

impl From<argon2::password_hash::Error> for PasswordError {
    fn from(error: argon2::password_hash::Error) -> Self {
        Self::Broken(error.to_string())
    }
}

impl From<argon2::Error> for PasswordError {
    fn from(error: argon2::Error) -> Self {
        Self::Broken(error.to_string())
    }
}

/// What came of checking a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub is_right: bool,
    /// The stored hash was made at another cost: hash again while the password is known. Only ever with `is_right`.
    pub needs_rehash: bool,
}

/// Hashes and checks passwords. Cheap to clone; the clones share their queue.
#[derive(Clone)]
pub struct Passwords {
    argon2: Argon2<'static>,
    /// Stands in for the hash of a user who does not exist, at the same cost.
    nobody: PasswordHash,
    cores: Arc<Semaphore>,
    queue: Arc<Semaphore>,
}

impl Passwords {
    /// At this cost, on as many cores as the machine has.
    ///
    /// # Errors
    /// [`PasswordError::Broken`] when there is no randomness.
    pub fn new(cost: Cost) -> Result<Self, PasswordError> {
        let n_cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self::on(n_cores, cost)
    }

    fn on(n_cores: usize, cost: Cost) -> Result<Self, PasswordError> {
        let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, None)?;
        let nobody = PasswordHash {
            algorithm: Algorithm::Argon2id.ident(),
            version: Some(Version::V0x13.into()),
            params: ParamsString::try_from(&params)?,
            salt: Some(new_salt()?),
            // No password has this hash, and the verdict would be "wrong" even if one had.
            hash: Some(Output::new(&[0; Params::DEFAULT_OUTPUT_LEN]).map_err(argon2::password_hash::Error::from)?),
        };
        Ok(Self {
            argon2: Argon2::new(Algorithm::Argon2id, Version::V0x13, params),
            nobody,
            cores: Arc::new(Semaphore::new(n_cores)),
            queue: Arc::new(Semaphore::new(n_cores + MOST_WAITING)),
        })
    }

    /// The hash of a password as a PHC string, which names algorithm, cost and salt.
    ///
    /// # Errors
    /// [`PasswordError`].
    pub async fn hash(&self, password: &str) -> Result<String, PasswordError> {
        let password = normalised(password).ok_or_else(|| PasswordError::Broken("too long".into()))?;
        let argon2 = self.argon2.clone();
        self.on_a_core(move || Ok(argon2.hash_password_with_salt(password.as_bytes(), &new_salt()?)?.to_string())).await
    }

    /// Whether `password` is the one that `stored` was made from. Without a stored hash, because the user does not
    /// exist, the answer is "wrong" after the same work, so that the time tells nothing.
    ///
    /// # Errors
    /// [`PasswordError`].
    pub async fn verify(&self, password: &str, stored: Option<&str>) -> Result<Verdict, PasswordError> {
        let is_known = stored.is_some();
        let hash = match stored {
            Some(stored) => {
                PasswordHash::new(stored).map_err(|error| PasswordError::Broken(format!("stored hash: {error}")))?
            }
            None => self.nobody.clone(),
        };
        let needs_rehash = hash.algorithm != self.nobody.algorithm
            || hash.version != self.nobody.version
            || hash.params != self.nobody.params;
        let normalised = normalised(password);
        let could_be_right = is_known && normalised.is_some();
        let password = normalised.unwrap_or_default();
        let argon2 = self.argon2.clone();
        self.on_a_core(move || match argon2.verify_password(password.as_bytes(), &hash) {
            Ok(()) => Ok(Verdict { is_right: could_be_right, needs_rehash: could_be_right && needs_rehash }),
            Err(argon2::password_hash::Error::PasswordInvalid) => Ok(Verdict { is_right: false, needs_rehash: false }),
            Err(error) => Err(error.into()),
        })
        .await
    }

    /// Waits for a core and works there. A caller who goes away leaves the queue; work that has begun keeps its core.
    async fn on_a_core<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, PasswordError> + Send + 'static,
    ) -> Result<T, PasswordError> {
        let place = Arc::clone(&self.queue).try_acquire_owned().map_err(|_| PasswordError::Busy)?;
        let core = Arc::clone(&self.cores).acquire_owned().await.map_err(|_| PasswordError::Busy)?;
        let held: (OwnedSemaphorePermit, OwnedSemaphorePermit) = (place, core);
        tokio::task::spawn_blocking(move || {
            let done = work();
            drop(held);
            done
        })
        .await?
    }
}

/// The same password whatever keyboard wrote it: composed or decomposed Hangul, full-width or plain letters. `None`
/// for what is too long to be one.
fn normalised(password: &str) -> Option<String> {
    (password.len() <= MOST_BYTES).then(|| password.nfkc().collect())
}

fn new_salt() -> Result<Salt, PasswordError> {
    let mut bytes = [0; SALT_BYTES];
    getrandom::fill(&mut bytes).map_err(|error| PasswordError::Broken(error.to_string()))?;
    Salt::new(&bytes).map_err(|error| argon2::password_hash::Error::from(error).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn light() -> Passwords {
        Passwords::new(Cost::for_tests()).expect("the test machine has randomness")
    }

    const RIGHT: Verdict = Verdict { is_right: true, needs_rehash: false };
    const WRONG: Verdict = Verdict { is_right: false, needs_rehash: false };

    #[tokio::test]
    async fn only_the_password_itself_is_right() {
        let passwords = light();
        let stored = passwords.hash("메카니칼 씰 2417").await.expect("hashing works");
        assert!(stored.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{stored}");
        assert_eq!(passwords.verify("메카니칼 씰 2417", Some(&stored)).await.expect("checking works"), RIGHT);
        for wrong in ["", "메카니칼 씰 2418", "메카니칼 씰 2417 ", "메카니칼"] {
            assert_eq!(passwords.verify(wrong, Some(&stored)).await.expect("checking works"), WRONG, "{wrong}");
        }
    }

    #[tokio::test]
    async fn the_standard_cost_is_what_owasp_names_and_it_stands_in_the_hash() {
        let passwords = Passwords::new(Cost::STANDARD).expect("there is randomness");
        let stored = passwords.hash("correct horse").await.expect("hashing works");
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert_eq!(passwords.verify("correct horse", Some(&stored)).await.expect("checking works"), RIGHT);
    }

    #[tokio::test]
    async fn each_hash_has_a_salt_of_its_own() {
        let passwords = light();
        let (one, two) = (passwords.hash("same").await.expect("works"), passwords.hash("same").await.expect("works"));
        assert_ne!(one, two);
    }

    #[tokio::test]
    async fn decomposed_and_full_width_writing_is_the_same_password() {
        let passwords = light();
        let stored = passwords.hash("가나다-ABC-123").await.expect("hashing works");
        let decomposed = "\u{1100}\u{1161}\u{1102}\u{1161}\u{1103}\u{1161}-ＡＢＣ-１２３";
        assert_eq!(passwords.verify(decomposed, Some(&stored)).await.expect("checking works"), RIGHT);
    }

    #[tokio::test]
    async fn a_hash_at_another_cost_is_right_and_due_for_a_new_one() {
        let stored = light().hash("old password").await.expect("hashing works");
        let costlier = Passwords::new(Cost { memory_kib: 16, passes: 1, lanes: 1 }).expect("there is randomness");
        let verdict = costlier.verify("old password", Some(&stored)).await.expect("checking works");
        assert_eq!(verdict, Verdict { is_right: true, needs_rehash: true });
        assert_eq!(costlier.verify("other", Some(&stored)).await.expect("checking works"), WRONG);
    }

    #[tokio::test]
    async fn nobody_has_no_password() {
        let passwords = light();
        for password in ["", "password", "\0"] {
            assert_eq!(passwords.verify(password, None).await.expect("checking works"), WRONG);
        }
        // The same work: the stand-in names the same algorithm and cost as a hash of a real user.
        let real = passwords.hash("x").await.expect("hashing works");
        let real = PasswordHash::new(&real).expect("we wrote it");
        let nobody = &passwords.nobody;
        assert_eq!((real.algorithm, real.version, &real.params), (nobody.algorithm, nobody.version, &nobody.params));
        let lengths = |hash: &PasswordHash| (hash.salt.map(|salt| salt.len()), hash.hash.map(|output| output.len()));
        assert_eq!(lengths(&real), lengths(nobody));
    }

    #[tokio::test]
    async fn a_password_too_long_to_be_ours_is_wrong_and_never_hashed() {
        let passwords = light();
        let long = "x".repeat(MOST_BYTES + 1);
        assert!(passwords.hash(&long).await.is_err());
        // What is checked in its place is the empty text, which must not count either.
        let empty = passwords.hash("").await.expect("hashing works");
        assert_eq!(passwords.verify(&long, Some(&empty)).await.expect("checking works"), WRONG);
    }

    #[tokio::test]
    async fn a_damaged_hash_is_an_error_and_not_a_wrong_password() {
        let passwords = light();
        for damaged in ["", "plain text", "$argon2id$v=19$m=8,t=1", "$2b$12$abcdefghijklmnopqrstuv"] {
            let result = passwords.verify("x", Some(damaged)).await;
            assert!(
                matches!(result, Err(PasswordError::Broken(_)) | Ok(Verdict { is_right: false, .. })),
                "{damaged}: {result:?}"
            );
        }
        assert!(matches!(passwords.verify("x", Some("plain text")).await, Err(PasswordError::Broken(_))));
    }

    #[tokio::test]
    async fn one_more_than_the_queue_holds_is_refused_and_the_rest_is_answered() {
        let passwords = Passwords::on(1, Cost::for_tests()).expect("there is randomness");
        // The only core is busy for as long as the test holds it.
        let core = Arc::clone(&passwords.cores).acquire_owned().await.expect("nobody closes it");
        let waiting: Vec<_> = (0..=MOST_WAITING)
            .map(|_| {
                let passwords = passwords.clone();
                tokio::spawn(async move { passwords.hash("waiting").await })
            })
            .collect();
        while passwords.queue.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        assert!(matches!(passwords.hash("late").await, Err(PasswordError::Busy)));
        drop(core);
        for task in waiting {
            assert!(task.await.expect("no panic").is_ok());
        }
        assert!(passwords.hash("later").await.is_ok(), "the queue is free again");
    }

    #[tokio::test]
    async fn who_goes_away_while_waiting_frees_the_place() {
        let passwords = Passwords::on(1, Cost::for_tests()).expect("there is randomness");
        let all = passwords.queue.available_permits();
        let core = Arc::clone(&passwords.cores).acquire_owned().await.expect("nobody closes it");
        let task = tokio::spawn({
            let passwords = passwords.clone();
            async move { passwords.hash("gone").await }
        });
        while passwords.queue.available_permits() == all {
            tokio::task::yield_now().await;
        }
        task.abort();
        assert!(task.await.is_err(), "it was still waiting");
        assert_eq!(passwords.queue.available_permits(), all);
        drop(core);
    }
}
