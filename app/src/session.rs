//! Who is signed in, as far as the pages show it. What somebody may do is decided by the services.

use contract::access::{Action, Role, Standing, verdict};
use leptos::prelude::use_context;

/// The person of this page, given by context; there is none on pages that come before signing in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    pub name: String,
    pub role: Role,
}

impl SignedIn {
    /// Whether a link to it is worth showing.
    pub fn may(&self, action: Action) -> bool {
        let standing = Standing::Person { role: self.role, must_change_password: false };
        verdict(action, &standing).is_ok()
    }
}

/// The person of this page.
pub fn use_signed_in() -> Option<SignedIn> {
    use_context::<SignedIn>()
}
