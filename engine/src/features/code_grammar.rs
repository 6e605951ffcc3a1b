//! A grammar of codes that a plant has agreed on: what each piece of a code says, as data.
//!
//! Comes in: a code, or attributes. Goes out: the attributes that the code names, or the code that they name.
//! Never does: guess. A code that fits in part does not fit, and attributes of which one is missing name no code.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::domain::Item;

/// A prefix and the pieces that follow it, each of which stands for attributes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeGrammar {
    /// What every code begins with; capital letters.
    pub prefix: String,
    /// The pieces behind it, in order.
    pub segments: Vec<CodeSegment>,
}

/// One piece of a code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CodeSegment {
    /// One of several texts. A piece that may be left out has an empty one.
    Choice {
        /// Names of the attributes that it decides.
        attributes: Vec<String>,
        alternatives: Vec<CodeAlternative>,
    },
    /// Any of some letters, each at most once. They are read in any order and written in this one.
    Letters {
        attribute: String,
        letters: String,
        /// Value of the attribute where there is no letter: not the same as an unknown one.
        none: String,
    },
}

/// A text of a code and what it says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeAlternative {
    pub literal: String,
    /// One value for each attribute of its segment.
    pub values: Vec<String>,
}

impl CodeGrammar {
    /// Attribute → value of a code, whatever its case; `None` when it does not fit, or fits in two ways.
    pub fn parse(&self, code: &str) -> Option<BTreeMap<String, String>> {
        let code = code.to_ascii_uppercase();
        let readings: BTreeSet<BTreeMap<String, String>> =
            read(&self.segments, code.strip_prefix(&self.prefix)?).into_iter().collect();
        Some(readings).filter(|readings| readings.len() == 1)?.pop_first()
    }

    /// The code that the attributes name; `None` while one is missing or has a value that the grammar does not know.
    pub fn compose(&self, attributes: &BTreeMap<String, String>) -> Option<String> {
        let mut code = self.prefix.clone();
        for segment in &self.segments {
            code.push_str(&segment.written(attributes)?);
        }
        Some(code)
    }

    /// The code as the grammar writes it, so that two ways to write one code are equal.
    pub fn canonical(&self, code: &str) -> Option<String> {
        self.compose(&self.parse(code)?)
    }

    /// What a code says, feature by feature: the values of its attributes in order, and for each letter whether it is there.
    pub fn features_of(&self, code: &str) -> Option<Vec<String>> {
        let said = self.parse(code)?;
        let mut features = Vec::new();
        for segment in &self.segments {
            match segment {
                CodeSegment::Choice { attributes, .. } => {
                    features.extend(attributes.iter().map(|attribute| said[attribute].clone()));
                }
                CodeSegment::Letters { attribute, letters, none } => {
                    let set = Some(&said[attribute]).filter(|set| *set != none).map_or("", String::as_str);
                    features
                        .extend(letters.chars().map(|letter| if set.contains(letter) { "Y" } else { "N" }.to_owned()));
                }
            }
        }
        Some(features)
    }

    /// `item` with the attributes that its code names and it lacks; `None` when there is nothing to add.
    pub fn completed(&self, item: &Item) -> Option<Item> {
        let mut named = self.parse(item.code.as_str())?;
        named.retain(|attribute, _| !item.attributes.contains_key(attribute));
        if named.is_empty() {
            return None;
        }
        let mut completed = item.clone();
        completed.attributes.append(&mut named);
        Some(completed)
    }

    /// Its attributes in order, each with its values; a set of letters has more than can be listed, so it has none here.
    pub fn attributes(&self) -> Vec<(&str, Vec<&str>)> {
        let mut all = Vec::new();
        for segment in &self.segments {
            match segment {
                CodeSegment::Letters { attribute, .. } => all.push((attribute.as_str(), Vec::new())),
                CodeSegment::Choice { attributes, alternatives } => {
                    all.extend(attributes.iter().enumerate().map(|(at, attribute)| {
                        let values: BTreeSet<&str> = alternatives.iter().map(|one| one.values[at].as_str()).collect();
                        (attribute.as_str(), values.into_iter().collect())
                    }));
                }
            }
        }
        all
    }
}

impl CodeSegment {
    /// Every way to begin `text` with this piece: what it says, and how many bytes it takes.
    fn begun(&self, text: &str) -> Vec<(BTreeMap<String, String>, usize)> {
        match self {
            Self::Choice { attributes, alternatives } => alternatives
                .iter()
                .filter(|one| text.starts_with(&one.literal))
                .map(|one| {
                    let said = attributes.iter().cloned().zip(one.values.iter().cloned()).collect();
                    (said, one.literal.len())
                })
                .collect(),
            Self::Letters { attribute, letters, none } => {
                let starts = (0..=text.len()).filter(|at| text.is_char_boundary(*at));
                let sets = starts.map_while(|end| Some((in_order(&text[..end], letters)?, end)));
                sets.map(|(set, end)| {
                    let value = if set.is_empty() { none.clone() } else { set };
                    ([(attribute.clone(), value)].into(), end)
                })
                .collect()
            }
        }
    }

    /// The text that says what the attributes say.
    fn written(&self, attributes: &BTreeMap<String, String>) -> Option<String> {
        match self {
            Self::Choice { attributes: names, alternatives } => {
                let said: Vec<&String> = names.iter().map(|name| attributes.get(name)).collect::<Option<_>>()?;
                let says = |one: &&CodeAlternative| {
                    one.values.iter().zip(&said).all(|(value, said)| value.eq_ignore_ascii_case(said))
                };
                alternatives.iter().find(says).map(|one| one.literal.clone())
            }
            Self::Letters { attribute, letters, none } => {
                let said = attributes.get(attribute)?;
                if said.eq_ignore_ascii_case(none) {
                    return Some(String::new());
                }
                in_order(&said.to_ascii_uppercase(), letters).filter(|set| !set.is_empty())
            }
        }
    }
}

/// Every way to read all of `text` as these pieces.
fn read(segments: &[CodeSegment], text: &str) -> Vec<BTreeMap<String, String>> {
    let Some((segment, rest)) = segments.split_first() else {
        return if text.is_empty() { vec![BTreeMap::new()] } else { Vec::new() };
    };
    let mut readings = Vec::new();
    for (said, n_bytes) in segment.begun(text) {
        for mut reading in read(rest, &text[n_bytes..]) {
            reading.extend(said.clone());
            readings.push(reading);
        }
    }
    readings
}

/// The characters of `text` in the order of `letters`; `None` when one is no such letter, or is there twice.
fn in_order(text: &str, letters: &str) -> Option<String> {
    let set: BTreeSet<char> = text.chars().collect();
    let is_set = set.len() == text.chars().count() && set.iter().all(|letter| letters.contains(*letter));
    is_set.then(|| letters.chars().filter(|letter| set.contains(letter)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(attribute: &str, alternatives: &[(&str, &str)]) -> CodeSegment {
        let alternative = |(literal, value): &(&str, &str)| CodeAlternative {
            literal: (*literal).to_owned(),
            values: vec![(*value).to_owned()],
        };
        CodeSegment::Choice {
            attributes: vec![attribute.to_owned()],
            alternatives: alternatives.iter().map(alternative).collect(),
        }
    }

    fn letters(attribute: &str, letters: &str) -> CodeSegment {
        CodeSegment::Letters { attribute: attribute.into(), letters: letters.into(), none: "N".into() }
    }

    fn grammar(segments: Vec<CodeSegment>) -> CodeGrammar {
        CodeGrammar { prefix: "ST-".into(), segments }
    }

    #[test]
    fn a_code_says_every_attribute_or_nothing() {
        let grammar = grammar(vec![choice("size", &[("1", "1"), ("12", "12")]), letters("extra", "PQ")]);
        let said = |code: &str| grammar.parse(code).map(|said| (said["size"].clone(), said["extra"].clone()));
        assert_eq!(said("ST-1"), Some(("1".into(), "N".into())));
        assert_eq!(said("ST-12QP"), Some(("12".into(), "PQ".into())));
        assert_eq!(said("st-12q"), Some(("12".into(), "Q".into())));
        for code in ["", "ST-", "ST-2", "ST-1PP", "ST-1R", "ST-1P-", "XST-1", "ST-1 P", "ST-12ÄP"] {
            assert_eq!(said(code), None, "{code}");
        }
        assert_eq!(grammar.canonical("ST-12QP").as_deref(), Some("ST-12PQ"));
        assert_eq!(grammar.features_of("ST-12Q"), Some(["12", "N", "Y"].map(str::to_owned).to_vec()));
        assert_eq!(grammar.features_of("ST-1").map(|features| features[1..].concat()).as_deref(), Some("NN"));
    }

    #[test]
    fn a_code_that_fits_in_two_ways_is_not_guessed() {
        let grammar = grammar(vec![
            choice("a", &[("X", "one"), ("XX", "two")]),
            choice("b", &[("X", "one"), ("", "no"), ("Y", "why")]),
        ]);
        assert_eq!(grammar.parse("ST-XX"), None);
        assert!(grammar.parse("ST-X").is_some() && grammar.parse("ST-XXY").is_some());
    }

    #[test]
    fn what_is_missing_or_unknown_names_no_code() {
        let grammar = grammar(vec![choice("size", &[("1", "small"), ("2", "large")]), letters("extra", "PQ")]);
        let code = |attributes: &[(&str, &str)]| {
            grammar.compose(&attributes.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect())
        };
        assert_eq!(code(&[("size", "Large"), ("extra", "qp"), ("colour", "red")]).as_deref(), Some("ST-2PQ"));
        assert_eq!(code(&[("size", "small"), ("extra", "n")]).as_deref(), Some("ST-1"));
        assert_eq!(code(&[("size", "small")]), None);
        assert_eq!(code(&[("size", "huge"), ("extra", "N")]), None);
        assert_eq!(code(&[("size", "small"), ("extra", "")]), None);
        assert_eq!(code(&[("size", "small"), ("extra", "PX")]), None);
    }

    #[test]
    fn what_an_item_says_of_itself_stays() {
        let grammar = grammar(vec![choice("size", &[("1", "small"), ("2", "large")]), letters("extra", "PQ")]);
        let item = Item::new("ST-2P").with("size", "medium");
        let completed = grammar.completed(&item).expect("it lacks one attribute");
        assert_eq!(completed, item.with("extra", "P"));
        assert_eq!(grammar.completed(&completed), None);
        assert_eq!(grammar.completed(&Item::new("GL-1")), None);
    }
}
