//! One row's cells as typed values, or the reason why one is not.

use csv::StringRecord;

use super::columns::{self, Field};
use super::error::Expected;
use super::layout::Layout;
use crate::clean::numbers::{self, Decimal};
use crate::clean::{CleanCounts, dates, text};
use crate::domain::{Date, Seq};

/// Longest code; what is longer was meant for another column.
const MAX_CODE_CHARS: usize = 200;
/// Almost two years: no operation of one order takes longer.
const MAX_MINUTES: f64 = 1e6;
const MAX_QUANTITY: f64 = 1e9;

/// Why a row does not go in.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// `None` when the whole row is meant.
    pub column: Option<usize>,
    pub value: String,
    pub expected: Expected,
}

/// The cells of one row.
pub struct Cells<'a> {
    pub layout: &'a Layout,
    pub record: &'a StringRecord,
    pub decimal: Decimal,
    pub counts: CleanCounts,
}

impl Cells<'_> {
    /// A name; `None` when it is missing.
    pub fn text(&mut self, field: Field) -> Option<String> {
        let (at, _) = self.layout.field(field)?;
        let clean = text::clean(&self.record[at]);
        if text::is_missing(&clean) {
            self.counts.n_blanked += u64::from(!clean.is_empty());
            return None;
        }
        Some(clean)
    }

    /// A code; `None` when it is missing.
    pub fn code(&mut self, field: Field) -> Result<Option<String>, Fault> {
        match self.text(field) {
            Some(code) if code.chars().count() > MAX_CODE_CHARS => {
                Err(self.fault(field, Expected::ShorterText { max_chars: MAX_CODE_CHARS as u32 }))
            }
            code => Ok(code),
        }
    }

    /// A code without which the row says nothing.
    pub fn key(&mut self, field: Field) -> Result<String, Fault> {
        self.code(field)?.ok_or_else(|| self.fault(field, Expected::NonEmpty))
    }

    /// A sequence number, also written `10.0`.
    pub fn seq(&mut self, field: Field) -> Result<Option<Seq>, Fault> {
        let Some(written) = self.text(field) else { return Ok(None) };
        let expected = Expected::Integer { min: 0, max: Seq::MAX };
        Seq::parse(&written).map(Some).ok_or_else(|| self.fault(field, expected))
    }

    /// Minutes of a column of minutes, or of another unit when its header or `factor` says so.
    pub fn minutes(&mut self, field: Field, factor: f64) -> Result<Option<f64>, Fault> {
        let factor = factor * self.layout.field(field).map_or(1.0, |(_, minutes)| minutes);
        let expected = match factor {
            60.0 => Expected::Hours { max: libm::floor(MAX_MINUTES / 60.0) },
            _ => Expected::Minutes { max: MAX_MINUTES },
        };
        let number = self.number(field, MAX_MINUTES / factor, expected)?;
        self.counts.n_units_converted += u64::from(factor != 1.0 && number.is_some());
        // 4.1 hours are 246 minutes and not 245.99999999999997.
        let convert = |number: f64| if factor == 1.0 { number } else { libm::round(number * factor * 1e6) / 1e6 };
        Ok(number.map(convert))
    }

    /// A number of pieces.
    pub fn quantity(&mut self, field: Field) -> Result<Option<f64>, Fault> {
        self.number(field, MAX_QUANTITY, Expected::Quantity { max: MAX_QUANTITY })
    }

    /// Minutes per unit that the row's time unit column says; 1 when it says nothing.
    pub fn time_unit(&mut self, field: Field) -> Result<f64, Fault> {
        let Some(unit) = self.text(field) else { return Ok(1.0) };
        columns::minutes_of(&unit)
            .ok_or_else(|| self.fault(field, one_of(&["M", "MIN", "분", "H", "HR", "시간", "S", "SEC", "초"])))
    }

    /// A day; `None` when it is missing or only means "open" or "not set".
    pub fn day(&mut self, field: Field) -> Result<Option<Date>, Fault> {
        let Some(written) = self.text(field) else { return Ok(None) };
        match dates::parse(&written) {
            Some(dates::Day::On(date)) => Ok(Some(date)),
            Some(dates::Day::Sentinel) => {
                self.counts.n_sentinel_dates += 1;
                Ok(None)
            }
            None => Err(self.fault(field, Expected::Date)),
        }
    }

    /// Whether a supplier does it: `외주`, `사내`, or yes and no to what the header asks.
    pub fn outsourced(&mut self) -> Result<Option<bool>, Fault> {
        for (field, yes_means) in [(Field::InsideFlag, false), (Field::Outsourced, true)] {
            let Some(written) = self.text(field) else { continue };
            let word = written.to_lowercase();
            return match word.as_str() {
                _ if ["사내", "내작", "자작"].iter().any(|inside| word.starts_with(inside)) => Ok(Some(false)),
                _ if ["외주", "외작"].iter().any(|outside| word.starts_with(outside)) => Ok(Some(true)),
                "inside" | "in-house" | "inhouse" | "in house" | "internal" => Ok(Some(false)),
                "outside" | "outsourced" | "outsourcing" | "external" | "subcontract" | "subcontracted" => {
                    Ok(Some(true))
                }
                _ => yes(&word)
                    .map(|yes| Some(yes == yes_means))
                    .ok_or_else(|| self.fault(field, one_of(&["사내", "외주", "Y", "N", "1", "0", "true", "false"]))),
            };
        }
        Ok(None)
    }

    /// Whether the routing is the main one.
    pub fn is_main(&mut self, field: Field) -> Result<Option<bool>, Fault> {
        let Some(written) = self.text(field) else { return Ok(None) };
        match written.to_lowercase().as_str() {
            "주" | "주라우팅" | "main" | "major" | "primary" => Ok(Some(true)),
            "부" | "부라우팅" | "sub" | "minor" | "secondary" | "alternative" => Ok(Some(false)),
            word => match yes(word) {
                Some(yes) => Ok(Some(yes)),
                None => Err(self.fault(field, one_of(&["주", "부", "Y", "N", "1", "0", "true", "false"]))),
            },
        }
    }

    /// Whether the pieces of an order are run together: `B` in the ERP, or yes and no.
    pub fn is_batch(&mut self, field: Field) -> Result<Option<bool>, Fault> {
        let Some(written) = self.text(field) else { return Ok(None) };
        match written.to_lowercase().as_str() {
            "b" | "batch" | "배치" => Ok(Some(true)),
            word => match yes(word) {
                Some(yes) => Ok(Some(yes)),
                None => Err(self.fault(field, one_of(&["B", "Y", "N", "1", "0", "true", "false"]))),
            },
        }
    }

    /// The fault of this row's `field`.
    pub fn fault(&self, field: Field, expected: Expected) -> Fault {
        let at = self.layout.field(field).map(|(at, _)| at);
        self.fault_at(at, expected)
    }

    /// The fault of a column of this row.
    pub fn fault_at(&self, at: Option<usize>, expected: Expected) -> Fault {
        let value = at.and_then(|at| self.record.get(at)).unwrap_or("").chars().take(100).collect();
        Fault { column: at, value, expected }
    }

    fn number(&mut self, field: Field, max: f64, expected: Expected) -> Result<Option<f64>, Fault> {
        let Some(written) = self.text(field) else { return Ok(None) };
        match numbers::parse(&written, self.decimal) {
            Some(number) if (0.0..=max).contains(&number) => Ok(Some(number)),
            _ => Err(self.fault(field, expected)),
        }
    }
}

fn yes(word: &str) -> Option<bool> {
    match word {
        "y" | "yes" | "true" | "t" | "1" | "1.0" | "예" => Some(true),
        "n" | "no" | "false" | "f" | "0" | "0.0" | "아니오" => Some(false),
        _ => None,
    }
}

fn one_of(accepted: &[&str]) -> Expected {
    Expected::OneOf { accepted: accepted.iter().map(|word| (*word).to_owned()).collect() }
}
