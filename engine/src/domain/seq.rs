//! The number of an operation within its routing.

use std::cmp::Ordering;
use std::fmt;

use serde::de::{Deserializer, Error, SeqAccess, Visitor};
use serde::ser::{SerializeTuple, Serializer};
use serde::{Deserialize, Serialize};

/// Longest number that is not plain, in bytes.
const MAX_LABEL_BYTES: usize = 19;

/// An operation's number as the plant writes it: 10, but also `2.5`, `10A`, `20/1` and `OP30`.
///
/// It sorts by its first run of digits, then plain before others, then decimals by value and letters by the alphabet.
/// `0010` and `10.0` are 10. Several operations of one routing may share a number: they stand in the order of the data.
///
/// # Shapes
/// A plain number is a number in JSON, any other one a text.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Seq {
    number: u32,
    n_bytes: u8,
    label: [u8; MAX_LABEL_BYTES],
}

impl Seq {
    /// Largest number.
    pub const MAX: u32 = 999_999_999;

    /// A plain number.
    pub const fn new(number: u32) -> Self {
        Self { number, n_bytes: 0, label: [0; MAX_LABEL_BYTES] }
    }

    /// Reads a cleaned text; `None` without a digit, with a number above [`Seq::MAX`], or when it is too long.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let start = text.find(|c: char| c.is_ascii_digit())?;
        let digits = &text[start..];
        let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        let (digits, rest) = digits.split_at(end);
        let number: u32 = digits.parse().ok().filter(|number| *number <= Self::MAX)?;
        let head = &text[..start];
        if head.starts_with('-') || text.chars().any(char::is_control) {
            return None;
        }
        let decimals = rest.strip_prefix(['.', ',']);
        if head.is_empty() && (rest.is_empty() || decimals.is_some_and(|zeros| zeros.bytes().all(|b| b == b'0'))) {
            return Some(Self::new(number));
        }
        let is_decimal = decimals.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        let label = match (is_decimal, rest.get(1..)) {
            (true, Some(decimals)) => format!("{head}{number}.{decimals}"),
            _ => format!("{head}{number}{rest}"),
        };
        let mut bytes = [0; MAX_LABEL_BYTES];
        bytes.get_mut(..label.len())?.copy_from_slice(label.as_bytes());
        Some(Self { number, n_bytes: u8::try_from(label.len()).ok()?, label: bytes })
    }

    /// The first run of digits.
    pub fn number(self) -> u32 {
        self.number
    }

    /// The number as it was written, when it is more than a plain number.
    pub fn label(&self) -> Option<&str> {
        let label = self.label.get(..usize::from(self.n_bytes)).filter(|label| !label.is_empty())?;
        std::str::from_utf8(label).ok()
    }

    /// What stands before and behind the digits.
    fn around(&self) -> (&str, &str) {
        let label = self.label().unwrap_or("");
        let start = label.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
        let rest = label[start..].trim_start_matches(|c: char| c.is_ascii_digit());
        (&label[..start], rest)
    }
}

impl Default for Seq {
    fn default() -> Self {
        Self::new(0)
    }
}

impl From<u32> for Seq {
    fn from(number: u32) -> Self {
        Self::new(number)
    }
}

impl fmt::Display for Seq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.label() {
            Some(label) => f.pad(label),
            None => fmt::Display::fmt(&self.number, f),
        }
    }
}

impl fmt::Debug for Seq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Seq({self})")
    }
}

impl Ord for Seq {
    fn cmp(&self, other: &Self) -> Ordering {
        let ((head, rest), (other_head, other_rest)) = (self.around(), other.around());
        self.number
            .cmp(&other.number)
            .then_with(|| (self.n_bytes > 0).cmp(&(other.n_bytes > 0)))
            .then_with(|| head.cmp(other_head))
            .then_with(|| natural(rest, other_rest))
    }
}

impl PartialOrd for Seq {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Runs of digits by value (behind a point as decimals), all else by letter.
fn natural(a: &str, b: &str) -> Ordering {
    let (mut a, mut b, mut after_point) = (a, b, false);
    loop {
        let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let (n_a, n_b) = (digits(a), digits(b));
        let ((run_a, rest_a), (run_b, rest_b)) = (a.split_at(n_a), b.split_at(n_b));
        let order = match (after_point, n_a > 0 && n_b > 0) {
            (false, true) => {
                let (run_a, run_b) = (run_a.trim_start_matches('0'), run_b.trim_start_matches('0'));
                run_a.len().cmp(&run_b.len()).then_with(|| run_a.cmp(run_b))
            }
            _ => run_a.cmp(run_b),
        };
        if order != Ordering::Equal {
            return order;
        }
        let (mut letters_a, mut letters_b) = (rest_a.chars(), rest_b.chars());
        match (letters_a.next(), letters_b.next()) {
            (None, None) => return n_a.cmp(&n_b),
            (one, other) if one != other => return one.cmp(&other),
            (one, _) => after_point = one == Some('.'),
        }
        (a, b) = (letters_a.as_str(), letters_b.as_str());
    }
}

impl Serialize for Seq {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return match self.label() {
                Some(label) => serializer.serialize_str(label),
                None => serializer.serialize_u32(self.number),
            };
        }
        let mut pair = serializer.serialize_tuple(2)?;
        pair.serialize_element(&self.number)?;
        pair.serialize_element(self.label().unwrap_or(""))?;
        pair.end()
    }
}

impl<'de> Deserialize<'de> for Seq {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            deserializer.deserialize_any(Reader)
        } else {
            deserializer.deserialize_tuple(2, Reader)
        }
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Seq;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an operation number such as 10, \"2.5\" or \"10A\"")
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Seq, E> {
        let plain = u32::try_from(number).ok().filter(|number| *number <= Seq::MAX);
        plain.map(Seq::new).ok_or_else(|| E::custom(format!("operation number {number} is too large")))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Seq, E> {
        Seq::parse(text).ok_or_else(|| E::custom(format!("{text:?} is no operation number")))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut pair: A) -> Result<Seq, A::Error> {
        let missing = || A::Error::custom("an operation number has two parts");
        let number: u32 = pair.next_element()?.ok_or_else(missing)?;
        let label: String = pair.next_element()?.ok_or_else(missing)?;
        if label.is_empty() { Ok(Seq::new(number)) } else { self.visit_str(&label) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seq(text: &str) -> Seq {
        Seq::parse(text).unwrap_or_else(|| panic!("{text:?} is a number"))
    }

    #[test]
    fn plain_numbers_are_one_however_they_are_written() {
        for text in ["10", "0010", "10.0", " 10 ", "10,00"] {
            assert_eq!(seq(text), Seq::new(10), "{text:?}");
            assert_eq!(seq(text).to_string(), "10");
        }
        assert_eq!(seq("0020B").to_string(), "20B");
        assert_eq!(seq("3,5"), seq("3.5"));
        assert_eq!(seq("OP-0070").to_string(), "OP-70");
    }

    #[test]
    fn numbers_sort_as_a_planner_reads_them() {
        let sorted =
            ["1", "1.1", "1.25", "1.5", "2", "2-1", "2-2", "2-10", "2a", "3", "10", "10A", "10B", "OP10", "11"];
        let mut mixed: Vec<Seq> = sorted.iter().rev().map(|text| seq(text)).collect();
        mixed.sort();
        assert_eq!(mixed.iter().map(ToString::to_string).collect::<Vec<_>>(), sorted);
    }

    #[test]
    fn what_has_no_digit_or_is_no_number_is_refused() {
        for text in ["", "A", "-10", "1234567890", "10 and then a whole sentence", "1\u{7}"] {
            assert_eq!(Seq::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn it_goes_through_json_and_bytes() {
        for text in ["10", "2.5", "10A", "20/1", "공정 30"] {
            let one = seq(text);
            let json = serde_json::to_string(&one).expect("it is plain");
            assert_eq!(json.starts_with('"'), one.label().is_some());
            assert_eq!(serde_json::from_str::<Seq>(&json).expect("it was written"), one);
            let bytes = postcard::to_allocvec(&one).expect("it is plain");
            assert_eq!(postcard::from_bytes::<Seq>(&bytes).expect("it was written"), one);
        }
        assert!(serde_json::from_str::<Seq>("\"none\"").is_err());
        assert!(postcard::from_bytes::<Seq>(&[10]).is_err());
    }
}
