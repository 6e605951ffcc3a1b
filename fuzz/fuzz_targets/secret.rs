//! Any text as a secret: what is taken is written in one way only, and never stored as it is.

#![no_main]

use fuzz::auth::secret::{Secret, SecretKind};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    for kind in [SecretKind::Session, SecretKind::ApiToken, SecretKind::Link] {
        check(kind, text);
        // Most inputs have another length; cut or filled up they reach the alphabet.
        let prefix = if kind == SecretKind::ApiToken { "rml_" } else { "" };
        let filled: String = text.chars().chain(std::iter::repeat('A')).take(43).collect();
        check(kind, &format!("{prefix}{filled}"));
    }
});

fn check(kind: SecretKind, text: &str) {
    let Some(secret) = Secret::parse(kind, text) else { return };
    assert_eq!(secret.reveal(), text);
    let hash = secret.hash();
    assert!(hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()));
    assert!(!text.contains(&hash) && !format!("{secret:?}").contains(text));
}
