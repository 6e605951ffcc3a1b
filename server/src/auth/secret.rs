//! Secrets that we mint: session tokens, API tokens, one-time links and temporary passwords.

use std::fmt;

use base64ct::{Base64UrlUnpadded, Encoding};
use sha2::{Digest, Sha256};

/// Random bytes of a secret: 256 bits, far more than the 128 that nobody can guess.
const SECRET_BYTES: usize = 32;
/// The same as base64url without padding.
const SECRET_CHARACTERS: usize = 43;

/// Letters and digits that nobody mixes up when reading them out: one case, no 0 or o, no 1, l or i.
const SPOKEN: &[u8] = b"23456789abcdefghjkmnpqrstuvwxyz";
const GROUPS: usize = 4;
const GROUP_CHARACTERS: usize = 4;

/// The operating system gave no random bytes; nothing secret can be made.
#[derive(Debug, thiserror::Error)]
#[error("the operating system gives no random bytes: {0}")]
pub struct NoRandomness(#[from] getrandom::Error);

/// What a secret is for; it shows in how the secret is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretKind {
    /// A session or a known device, in a cookie.
    Session,
    /// A program's access. The prefix lets people and scanners of source code recognise it.
    ApiToken,
    /// A link that works once.
    Link,
}

impl SecretKind {
    fn prefix(self) -> &'static str {
        match self {
            Self::Session | Self::Link => "",
            Self::ApiToken => "rml_",
        }
    }
}

/// A secret that its owner carries; we keep only its [`hash`](Secret::hash).
#[derive(Clone)]
pub struct Secret {
    kind: SecretKind,
    bytes: [u8; SECRET_BYTES],
}

impl Secret {
    /// A new one from the operating system.
    ///
    /// # Errors
    /// [`NoRandomness`].
    pub fn new(kind: SecretKind) -> Result<Self, NoRandomness> {
        let mut bytes = [0; SECRET_BYTES];
        getrandom::fill(&mut bytes)?;
        Ok(Self { kind, bytes })
    }

    /// Reads what [`reveal`](Secret::reveal) wrote; anything else is `None`. How long it takes depends on the length
    /// alone, never on which characters are wrong.
    pub fn parse(kind: SecretKind, text: &str) -> Option<Self> {
        let body = text.strip_prefix(kind.prefix())?;
        if body.len() != SECRET_CHARACTERS {
            return None;
        }
        let mut bytes = [0; SECRET_BYTES];
        let n_read = Base64UrlUnpadded::decode(body, &mut bytes).ok()?.len();
        (n_read == SECRET_BYTES).then_some(Self { kind, bytes })
    }

    /// The text for its owner, shown once and never stored.
    pub fn reveal(&self) -> String {
        format!("{}{}", self.kind.prefix(), Base64UrlUnpadded::encode_string(&self.bytes))
    }

    /// What is stored: SHA-256 in hexadecimal. A plain hash suffices, because 256 random bits cannot be tried out.
    pub fn hash(&self) -> String {
        hex::encode(Sha256::digest(self.bytes))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret({:?}, …)", self.kind)
    }
}

/// A password to be read out over a phone and changed at the first sign-in, as `k7wp-mx3r-9htd-bq2v`: 79 bits.
///
/// # Errors
/// [`NoRandomness`].
pub fn temporary_password() -> Result<String, NoRandomness> {
    // Bytes from here on would make the first characters likelier than the others.
    let limit = 256 - 256 % SPOKEN.len();
    let mut characters = Vec::with_capacity(GROUPS * GROUP_CHARACTERS);
    while characters.len() < GROUPS * GROUP_CHARACTERS {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes)?;
        let fair = bytes.iter().map(|byte| usize::from(*byte)).filter(|byte| *byte < limit);
        characters.extend(fair.map(|byte| char::from(SPOKEN[byte % SPOKEN.len()])));
    }
    characters.truncate(GROUPS * GROUP_CHARACTERS);
    let groups: Vec<String> = characters.chunks(GROUP_CHARACTERS).map(|group| group.iter().collect()).collect();
    Ok(groups.join("-"))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    const KINDS: [SecretKind; 3] = [SecretKind::Session, SecretKind::ApiToken, SecretKind::Link];

    #[test]
    fn a_secret_survives_the_way_to_its_owner_and_back() {
        for kind in KINDS {
            let secret = Secret::new(kind).expect("the test machine has randomness");
            let text = secret.reveal();
            assert_eq!(text.len(), kind.prefix().len() + 43);
            let back = Secret::parse(kind, &text).expect("what was written can be read");
            assert_eq!(back.hash(), secret.hash());
            assert_eq!(back.reveal(), text);
        }
    }

    #[test]
    fn what_is_stored_is_the_known_hash_and_not_the_secret() {
        let secret = Secret { kind: SecretKind::Session, bytes: [0; 32] };
        assert_eq!(secret.reveal(), "A".repeat(43));
        // SHA-256 of 32 zero bytes.
        assert_eq!(secret.hash(), "66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925");
    }

    #[test]
    fn secrets_differ() {
        let secrets: HashSet<String> =
            (0..1000).map(|_| Secret::new(SecretKind::Link).expect("there is randomness").reveal()).collect();
        assert_eq!(secrets.len(), 1000);
    }

    #[test]
    fn whatever_was_not_written_by_us_is_refused() {
        let body = "A".repeat(43);
        for text in [
            String::new(),
            "A".repeat(42),
            "A".repeat(44),
            format!("{}=", "A".repeat(42)),
            format!("{}+", "A".repeat(42)),
            format!("{}/", "A".repeat(42)),
            format!(" {}", "A".repeat(42)),
            // The last character carries four bits only; another writing of the same bytes is refused.
            format!("{}B", "A".repeat(42)),
            format!("{}가", "A".repeat(40)),
            format!("rml_{body}"),
        ] {
            assert!(Secret::parse(SecretKind::Session, &text).is_none(), "{text}");
        }
        for text in [body.clone(), format!("RML_{body}"), format!("rml-{body}"), format!("rml_rml_{body}")] {
            assert!(Secret::parse(SecretKind::ApiToken, &text).is_none(), "{text}");
        }
        assert!(Secret::parse(SecretKind::ApiToken, &format!("rml_{body}")).is_some());
    }

    #[test]
    fn a_secret_does_not_show_in_a_log() {
        for kind in KINDS {
            let secret = Secret::new(kind).expect("there is randomness");
            let shown = format!("{secret:?} {secret:#?}");
            assert!(!shown.contains(&secret.reveal()) && !shown.contains(&secret.hash()), "{shown}");
        }
    }

    #[test]
    fn a_temporary_password_can_be_read_out_and_not_guessed() {
        let bits = (SPOKEN.len() as f64).log2() * (GROUPS * GROUP_CHARACTERS) as f64;
        assert!(bits >= 75.0, "{bits}");
        let mut seen = HashSet::new();
        for _ in 0..500 {
            let password = temporary_password().expect("there is randomness");
            let groups: Vec<&str> = password.split('-').collect();
            assert!(groups.len() == 4 && groups.iter().all(|group| group.len() == 4), "{password}");
            assert!(!password.contains(['0', 'O', 'o', '1', 'l', 'I', 'i']), "{password}");
            assert!(seen.insert(password));
        }
        let used: HashSet<char> = seen.iter().flat_map(|password| password.chars()).collect();
        assert_eq!(used.len(), SPOKEN.len() + 1, "every character occurs among 8,000, and the hyphen");
    }
}
