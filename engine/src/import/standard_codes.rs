//! Codes of standard routings that the ERP's plants have agreed on.

use crate::features::{CodeAlternative, CodeGrammar, CodeSegment};

use super::profile::Profile;

impl Profile {
    /// Grammars of the codes under which a plant of this profile keeps standard routings. A plant that has no such codes
    /// is not affected by them.
    pub fn standard_codes(&self) -> Vec<CodeGrammar> {
        if matches!(self.name(), "auto" | "erp") { vec![gland()] } else { Vec::new() }
    }
}

/// `RTG-GLAND{size}{<}-{front}[{|side} or {/side}]{letters}`, as in `RTG-GLAND2<-1|2PL`.
///
/// Sizes are 1 up to 210 mm outer diameter, 2 up to 300 mm and 3 above. `<` is a taper. Then come the faces milled in front,
/// and those milled on the side: at a right angle (`|`), tilted (`/`), or tilted and at a right angle. The letters are pin (P),
/// lapping (R), heat treatment (H), key (K), coating (J), baffle (L) and powder (Z).
///
/// # Source
/// `domain/data-model.md`, section 7. It lists letters by group and writes `PL`; that order is kept, any other is read.
fn gland() -> CodeGrammar {
    CodeGrammar {
        prefix: "RTG-GLAND".into(),
        segments: vec![
            choice(&["std_size_class"], &[("1", &["1"]), ("2", &["2"]), ("3", &["3"])]),
            choice(&["std_taper"], &[("", &["N"]), ("<", &["Y"])]),
            choice(&["std_front_faces"], &[("-1", &["1"]), ("-2", &["2"])]),
            choice(
                &["std_right_angle_faces", "std_tilted_faces"],
                &[
                    ("", &["0", "0"]),
                    ("|1", &["1", "0"]),
                    ("|2", &["2", "0"]),
                    ("/1", &["0", "1"]),
                    ("/2", &["0", "2"]),
                    ("/1|2", &["2", "1"]),
                    ("/2|2", &["2", "2"]),
                ],
            ),
            CodeSegment::Letters { attribute: "std_options".into(), letters: "PRHKJLZ".into(), none: "N".into() },
        ],
    }
}

fn choice(attributes: &[&str], alternatives: &[(&str, &[&str])]) -> CodeSegment {
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    CodeSegment::Choice {
        attributes: texts(attributes),
        alternatives: alternatives
            .iter()
            .map(|(literal, values)| CodeAlternative { literal: (*literal).to_owned(), values: texts(values) })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use rand::{Rng, SeedableRng};
    use rand_xoshiro::Xoshiro256PlusPlus;

    use super::*;
    use crate::domain::Item;

    /// The list of the plant: 3 sizes × 2 taper × 10 face and side combinations × 5 sets of options.
    fn listed() -> Vec<String> {
        let mut codes = Vec::new();
        for size in 1..=3 {
            for taper in ["", "<"] {
                for front in 1..=2 {
                    for side in ["", "|1", "|2", "/1", "/2"] {
                        for options in ["", "P", "Z", "L", "PL"] {
                            codes.push(format!("RTG-GLAND{size}{taper}-{front}{side}{options}"));
                        }
                    }
                }
            }
        }
        codes
    }

    #[test]
    fn each_listed_code_says_something_else_and_is_written_again() {
        let grammar = gland();
        let codes = listed();
        let said: BTreeSet<BTreeMap<String, String>> =
            codes.iter().map(|code| grammar.parse(code).unwrap_or_else(|| panic!("{code} fits"))).collect();
        assert_eq!((codes.len(), said.len()), (300, 300));
        for code in &codes {
            let said = grammar.parse(code).expect("it fits");
            assert_eq!(said.len(), 6, "{code}");
            assert_eq!(grammar.compose(&said).as_deref(), Some(code.as_str()));
        }
    }

    #[test]
    fn an_example_by_hand() {
        let expected = [
            ("std_size_class", "2"),
            ("std_taper", "Y"),
            ("std_front_faces", "1"),
            ("std_right_angle_faces", "2"),
            ("std_tilted_faces", "0"),
            ("std_options", "PL"),
        ];
        let expected = expected.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        assert_eq!(gland().parse("RTG-GLAND2<-1|2PL"), Some(expected));
        assert_eq!(gland().canonical("RTG-GLAND3-2/1|2ZP").as_deref(), Some("RTG-GLAND3-2/1|2PZ"));
    }

    #[test]
    fn a_code_with_one_character_more_less_or_other_fits_only_as_another_code() {
        let grammar = gland();
        let alphabet: Vec<char> = "0123<-|/HKJLZPRXrtg \u{ac00}".chars().collect();
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(7);
        let mut n_refused = 0;
        for code in listed() {
            for _ in 0..40 {
                let mut characters: Vec<char> = code.chars().collect();
                let at = rng.gen_range(0..characters.len());
                let other = alphabet[rng.gen_range(0..alphabet.len())];
                match rng.gen_range(0..3) {
                    0 => drop(characters.remove(at)),
                    1 => characters.insert(at, other),
                    _ => characters[at] = other,
                }
                let changed: String = characters.into_iter().collect();
                match grammar.parse(&changed) {
                    None => n_refused += 1,
                    // Whatever is read can be written, and says the same again.
                    Some(said) => {
                        let written = grammar.compose(&said).expect("it was read");
                        assert_eq!(grammar.parse(&written), Some(said), "{changed}");
                        let sorted = |code: &str| {
                            let mut characters: Vec<char> = code.to_ascii_uppercase().chars().collect();
                            characters.sort_unstable();
                            characters
                        };
                        assert_eq!(sorted(&written), sorted(&changed), "nothing was left out or made up");
                    }
                }
            }
        }
        assert!(n_refused > 6_000, "{n_refused}");
    }

    #[test]
    fn cleaning_keeps_every_value_that_a_planner_can_enter() {
        for code in listed() {
            let mut entered = Item::new("GL-1");
            entered.attributes = gland().parse(&code).expect("it fits");
            assert_eq!(crate::clean::item(entered.clone()), entered, "{code}");
        }
    }

    #[test]
    fn the_common_form_knows_no_codes_and_the_erp_knows_these() {
        assert_eq!(Profile::common().standard_codes(), []);
        assert_eq!(Profile::erp().standard_codes(), [gland()]);
        assert_eq!(Profile::auto().standard_codes(), [gland()]);
    }
}
