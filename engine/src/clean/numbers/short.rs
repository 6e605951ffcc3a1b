//! What most number cells hold, read without a detour: up to 15 digits and at most one point or comma.

use super::{Decimal, NumberFault, NumberFormat, OpenNumber};

/// Most digits that a 64-bit float holds exactly, whatever they are.
const MAX_DIGITS: usize = 15;

/// Powers of ten; a quotient of two exact numbers is rounded once, as reading the text would.
const POWERS: [f64; MAX_DIGITS + 1] =
    [1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/// Digits with at most one mark among them.
#[derive(Clone, Copy)]
pub struct Short {
    digits: u64,
    /// What the mark would be if it stood before decimals.
    pub mark: Option<Decimal>,
    n_whole: usize,
    n_decimals: usize,
    starts_with_zero: bool,
}

impl Short {
    /// `None` when `text` holds anything else, which may be a number all the same.
    pub fn read(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if bytes.len() > MAX_DIGITS + 1 {
            return None;
        }
        let starts_with_zero = bytes.first() == Some(&b'0');
        let mut short = Self { digits: 0, mark: None, n_whole: 0, n_decimals: 0, starts_with_zero };
        for byte in bytes {
            match byte {
                b'0'..=b'9' => {
                    short.digits = short.digits * 10 + u64::from(byte - b'0');
                    *(if short.mark.is_some() { &mut short.n_decimals } else { &mut short.n_whole }) += 1;
                }
                b'.' if short.mark.is_none() => short.mark = Some(Decimal::Point),
                b',' if short.mark.is_none() => short.mark = Some(Decimal::Comma),
                _ => return None,
            }
        }
        (1..=MAX_DIGITS).contains(&(short.n_whole + short.n_decimals)).then_some(short)
    }

    /// Whether the mark may also group thousands.
    pub fn is_open(self) -> bool {
        self.mark.is_some() && self.n_decimals == 3 && (1..=3).contains(&self.n_whole) && !self.starts_with_zero
    }

    /// Whether it is a whole number from 1000 on, without a mark.
    pub fn is_large_plain(self) -> bool {
        self.mark.is_none() && self.n_whole > 3 && !self.starts_with_zero
    }

    /// Both readings, if the mark is read as decimal sign and if it is not.
    fn readings(self) -> (f64, f64) {
        (self.digits as f64 / POWERS[self.n_decimals], self.digits as f64)
    }

    /// The number, read as `format` says.
    pub fn parse(self, format: NumberFormat) -> Result<f64, NumberFault> {
        let (as_decimals, as_group) = self.readings();
        match (self.mark.filter(|_| self.is_open()), format) {
            (None, _) | (Some(Decimal::Point), NumberFormat::Point) | (Some(Decimal::Comma), NumberFormat::Comma) => {
                Ok(as_decimals)
            }
            (Some(_), NumberFormat::Point | NumberFormat::Comma) => Ok(as_group),
            (Some(Decimal::Point), NumberFormat::Open) => {
                Err(NumberFault::Open(OpenNumber { as_point: as_decimals, as_comma: as_group }))
            }
            (Some(Decimal::Comma), NumberFormat::Open) => {
                Err(NumberFault::Open(OpenNumber { as_point: as_group, as_comma: as_decimals }))
            }
        }
    }
}
