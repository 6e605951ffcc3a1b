//! What everybody who is signed in should know of the server's state, whatever page they look at.
//!
//! Comes in: what the server found out, by context; in the browser from `<html data-remarks>`. Goes out: codes.
//! Never does: words (those are in the header), finding anything out.

use contract::every::every;
use leptos::prelude::use_context;
use strum::{EnumCount, IntoStaticStr, VariantArray};

/// One thing to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumCount, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case", const_into_str)]
pub enum Remark {
    /// The latest model cannot be read; the one before it answers.
    ModelBefore,
    /// The server's clock is not believed until an admin confirms it; only admins are told.
    ClockHeld,
}

impl Remark {
    /// Every remark, in the order in which they stand.
    pub const ALL: [Self; Self::COUNT] = every(Self::VARIANTS);

    const fn code(self) -> &'static str {
        self.into_str()
    }
}

/// The remarks of this page, given by context.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remarks(pub Vec<Remark>);

impl Remarks {
    /// Value of `<html data-remarks>`; absent when there is nothing to say.
    pub fn attribute(&self) -> Option<String> {
        let codes: Vec<&str> = self.0.iter().map(|remark| remark.code()).collect();
        (!codes.is_empty()).then(|| codes.join(" "))
    }

    /// From that attribute; what is unknown says nothing.
    pub fn from_attribute(value: &str) -> Self {
        let is_there = |remark: &Remark| value.split(' ').any(|code| code == remark.code());
        Self(Remark::ALL.into_iter().filter(is_there).collect())
    }
}

/// The remarks of this page.
pub fn use_remarks() -> Remarks {
    use_context().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_finds_what_the_server_wrote() {
        for remarks in [vec![], vec![Remark::ModelBefore], Remark::ALL.to_vec()].map(Remarks) {
            assert_eq!(Remarks::from_attribute(&remarks.attribute().unwrap_or_default()), remarks);
        }
        assert_eq!(Remarks::from_attribute("clock-held-by clock"), Remarks::default());
    }
}
