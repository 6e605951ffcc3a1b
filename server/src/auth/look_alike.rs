//! Names that look alike, whatever scripts they are written in.
//!
//! # Source
//! Unicode Technical Standard 39, confusable detection, by the crate `unicode-security`.

use std::collections::BTreeSet;

use unicode_security::skeleton;

/// How names look: those of everybody, to compare others with.
#[derive(Clone, Debug, Default)]
pub struct Looks(BTreeSet<String>);

impl Looks {
    /// Of names that are there.
    pub fn of<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let mut looks = Self::default();
        names.for_each(|name| looks.add(name));
        looks
    }

    /// Whether a name looks like one of them.
    pub fn has(&self, name: &str) -> bool {
        looks(name).iter().any(|look| self.0.contains(look))
    }

    /// One more.
    pub fn add(&mut self, name: &str) {
        self.0.extend(looks(name));
    }
}

/// A name in small and in capital letters: some letters look alike in the one only.
fn looks(name: &str) -> [String; 2] {
    [name.to_lowercase(), name.to_uppercase()].map(|name| skeleton(&name).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_other_scripts_deceive_nobody() {
        let looks = Looks::of(["kim", "Anna Lee", "김영호", "20417"].into_iter());
        for like in ["kіm", "КІМ", "Kim", "аnna lee", "ΑΝΝΑ LEE", "2O417", "2041７"] {
            assert!(looks.has(like), "{like}");
        }
        for other in ["kim2", "hanna lee", "김영희", "ким", "20418"] {
            assert!(!looks.has(other), "{other}");
        }
    }
}
