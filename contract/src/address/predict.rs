//! State of the prediction page: what is asked, and what of the answer is looked at.

use std::collections::BTreeMap;

use engine::domain::ItemCode;
use engine::features::ITEM_NAME_FEATURE;

use crate::predict::{MAX_ITEMS_PER_REQUEST, PredictRequest};
use crate::wire::{Item, OwnHistory};

use super::page::Page;
use super::pasted::Pasted;
use super::percent::{decode_value, encode, raw_pairs};

/// Pieces of an order when the address does not say.
pub const DEFAULT_LOT: u32 = 10;
/// Largest lot that the page accepts.
pub const MAX_LOT: u32 = 1_000_000;

/// `/predict?code=A&code=B&own=beside&lot=10&s=0&c=0&op=2&why=1` or `/predict?item_nm=…&a.<attribute>=…`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PredictQuery {
    /// Codes in the order asked, each once.
    pub codes: Vec<String>,
    /// A table of items, asked for instead of codes.
    pub pasted: Pasted,
    /// Whether the table was looked at and is predicted for.
    pub is_confirmed: bool,
    /// Whether items with codes that the plant does not have are predicted as new ones.
    pub has_new: bool,
    /// Which fifty of many items, from 0.
    pub part: usize,
    /// Code that a described item will have; may be left out.
    pub new_code: String,
    /// Name of a described item.
    pub name: String,
    /// Attributes of a described item.
    pub attributes: BTreeMap<String, String>,
    /// How the item's own routings are used.
    pub own: OwnHistory,
    /// Pieces of one order.
    pub lot: u32,
    /// Index of the answer that is shown.
    pub shown: usize,
    /// Index of the candidate that is shown.
    pub candidate: usize,
    /// Place of the operation whose evidence is open, from 1: several may have one number.
    pub operation: Option<u32>,
    /// Whether the reasons for the candidate are open.
    pub is_explained: bool,
    /// Whether the description is shown as a form again instead of its answer.
    pub is_edited: bool,
}

impl Default for PredictQuery {
    fn default() -> Self {
        Self {
            codes: Vec::new(),
            pasted: Pasted::default(),
            is_confirmed: false,
            has_new: false,
            part: 0,
            new_code: String::new(),
            name: String::new(),
            attributes: BTreeMap::new(),
            own: OwnHistory::default(),
            lot: DEFAULT_LOT,
            shown: 0,
            candidate: 0,
            operation: None,
            is_explained: false,
            is_edited: false,
        }
    }
}

impl PredictQuery {
    /// Reads the query part of an address. `code` may hold several codes between bare commas; `codes` is the text area.
    pub fn parse(query: &str) -> Self {
        let mut state = Self::default();
        for (name, raw) in raw_pairs(query) {
            let value = || decode_value(raw).trim().to_owned();
            match name {
                "code" => raw.split(',').for_each(|code| state.add_code(&decode_value(code))),
                "codes" => state.paste(&decode_value(raw)),
                "go" => state.is_confirmed = raw == "1",
                "new" => state.has_new = raw == "1",
                "p" => state.part = raw.parse().unwrap_or(0),
                "item_cd" => state.new_code = value(),
                "item_nm" => state.name = value(),
                "own" => state.own = parse_own(raw),
                "lot" => state.lot = raw.parse().map_or(DEFAULT_LOT, |lot: u32| lot.clamp(1, MAX_LOT)),
                "s" => state.shown = raw.parse().unwrap_or(0),
                "c" => state.candidate = raw.parse().unwrap_or(0),
                "why" => state.is_explained = raw == "1",
                "edit" => state.is_edited = raw == "1",
                "op" => state.operation = raw.parse().ok(),
                _ => {
                    let name = decode_value(name);
                    if let Some(attribute) = name.strip_prefix("a.").filter(|attribute| !attribute.is_empty()) {
                        let value = value();
                        if !value.is_empty() {
                            state.attributes.insert(attribute.to_owned(), value);
                        }
                    }
                }
            }
        }
        state
    }

    /// The address of this state; defaults are left out.
    pub fn href(&self) -> String {
        let mut pairs: Vec<String> = self.asked().iter().map(|(name, value)| pair(name, value)).collect();
        if self.own != OwnHistory::default() {
            pairs.push(pair("own", own_code(self.own)));
        }
        if self.lot != DEFAULT_LOT {
            pairs.push(pair("lot", &self.lot.to_string()));
        }
        for (name, is_set) in [("go", self.is_confirmed), ("new", self.has_new)] {
            if is_set {
                pairs.push(pair(name, "1"));
            }
        }
        for (name, index) in [("p", self.part), ("s", self.shown), ("c", self.candidate)] {
            if index > 0 {
                pairs.push(pair(name, &index.to_string()));
            }
        }
        if self.is_explained {
            pairs.push(pair("why", "1"));
        }
        if self.is_edited {
            pairs.push(pair("edit", "1"));
        }
        if let Some(place) = self.operation {
            pairs.push(pair("op", &place.to_string()));
        }
        let path = Page::Predict.path();
        if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", pairs.join("&")) }
    }

    /// The part that says which items are asked for, as hidden fields of a form need it.
    pub fn asked(&self) -> Vec<(String, String)> {
        let pasted = (!self.pasted.is_empty()).then(|| ("codes".to_owned(), self.pasted.text()));
        let codes = self.codes.iter().map(|code| ("code".to_owned(), code.clone()));
        let described = [("item_cd", &self.new_code), ("item_nm", &self.name)]
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| (name.to_owned(), value.clone()));
        let attributes = self.attributes.iter().map(|(name, value)| (Self::field(name), value.clone()));
        pasted.into_iter().chain(codes).chain(described).chain(attributes).collect()
    }

    /// Name of the form field for an attribute, or for `item_nm`, the name.
    pub fn field(attribute: &str) -> String {
        if attribute == ITEM_NAME_FEATURE { attribute.to_owned() } else { format!("a.{attribute}") }
    }

    /// Only this item, described by all that is known of it.
    pub fn describe(&self, item: &Item) -> Self {
        Self {
            new_code: item.code.as_str().to_owned(),
            name: item.name.clone().unwrap_or_default(),
            attributes: item.attributes.clone(),
            own: self.own,
            lot: self.lot,
            ..Self::default()
        }
    }

    /// The same description with one attribute more.
    pub fn tell(&self, attribute: &str, value: &str) -> Self {
        let mut told = self.clone();
        if attribute == ITEM_NAME_FEATURE {
            told.name = value.to_owned();
        } else {
            told.attributes.insert(attribute.to_owned(), value.to_owned());
        }
        told
    }

    /// Whether anything is asked at all.
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty() && self.pasted.is_empty() && !self.is_described()
    }

    /// Whether an item is described by words and attributes.
    pub fn is_described(&self) -> bool {
        !(self.new_code.is_empty() && self.name.is_empty() && self.attributes.is_empty())
    }

    /// Whether the table is still to be looked at.
    pub fn is_preview(&self) -> bool {
        !self.pasted.is_empty() && !self.is_confirmed
    }

    /// Items that are asked for in all parts.
    pub fn n_asked(&self) -> usize {
        self.codes.len() + self.pasted.rows.len() + usize::from(self.is_described())
    }

    /// What to ask the server or the kept model: of many items those of one part. `None` when nothing is asked.
    pub fn request(&self) -> Option<PredictRequest> {
        let first = self.first();
        let (first, last) = (first, first + MAX_ITEMS_PER_REQUEST);
        if self.is_empty() {
            return None;
        }
        let item = self.is_described().then(|| Item {
            code: ItemCode::new(self.new_code.clone()),
            name: Some(self.name.clone()).filter(|name| !name.is_empty()),
            attributes: self.attributes.clone(),
        });
        let n_codes = self.codes.len();
        let codes = self.codes.get(first.min(n_codes)..last.min(n_codes)).unwrap_or_default();
        let items = self.pasted.items().into_iter().chain(item).enumerate();
        let items = items.filter(|(at, _)| (first..last).contains(&(n_codes + at)));
        Some(PredictRequest {
            codes: codes.iter().map(|code| ItemCode::new(code.clone())).collect(),
            items: items.map(|(_, item)| item).collect(),
            complete_known: !self.pasted.is_empty(),
            own_history: self.own,
            n_neighbours: 0,
            allow_unknown: self.has_new,
        })
    }

    /// Place of the first item of the part that is shown, from 0.
    pub fn first(&self) -> usize {
        let last_part = self.n_asked().saturating_sub(1) / MAX_ITEMS_PER_REQUEST;
        self.part.min(last_part) * MAX_ITEMS_PER_REQUEST
    }

    /// Another part of the items.
    pub fn turn(&self, part: usize) -> Self {
        Self { part, ..self.show(0) }
    }

    /// The table that was looked at, predicted for.
    pub fn confirm(&self) -> Self {
        Self { is_confirmed: true, ..self.clone() }
    }

    /// The same items, those with unknown codes as new ones.
    pub fn with_new(&self) -> Self {
        Self { has_new: true, ..self.clone() }
    }

    /// The same items with another code in the place of one; `None` leaves it out.
    pub fn with_code(&self, code: &str, other: Option<&str>) -> Self {
        let mut changed = Self { codes: Vec::new(), pasted: self.pasted.with_code(code, other), ..self.show(0) };
        for known in &self.codes {
            match other {
                _ if known != code => changed.add_code(known),
                Some(other) => changed.add_code(other),
                None => {}
            }
        }
        changed
    }

    /// Another answer of the same request, from its first candidate.
    pub fn show(&self, shown: usize) -> Self {
        Self { shown, candidate: 0, operation: None, ..self.clone() }
    }

    /// Another candidate of the same answer.
    pub fn choose(&self, candidate: usize) -> Self {
        Self { candidate, operation: None, ..self.clone() }
    }

    /// The same view with the evidence of one operation, or of none.
    pub fn open(&self, operation: Option<u32>) -> Self {
        Self { operation, ..self.clone() }
    }

    /// The same view with the reasons for the candidate, or without.
    pub fn explain(&self, is_explained: bool) -> Self {
        Self { is_explained, ..self.clone() }
    }

    /// The form with this description filled in.
    pub fn edit(&self) -> Self {
        Self { is_edited: true, shown: 0, ..self.choose(0) }
    }

    /// The same view for another number of pieces.
    pub fn with_lot(&self, lot: u32) -> Self {
        Self { lot: lot.clamp(1, MAX_LOT), ..self.clone() }
    }

    /// The same items with their own history used in another way.
    pub fn with_own(&self, own: OwnHistory) -> Self {
        Self { own, candidate: 0, operation: None, ..self.clone() }
    }

    /// Takes what stands in the text area: a table, or codes between line ends, commas and semicolons.
    fn paste(&mut self, text: &str) {
        match Pasted::parse(text) {
            Some(pasted) => self.pasted = pasted,
            None => text.split(['\n', '\r', ',', ';']).for_each(|code| self.add_code(code)),
        }
    }

    fn add_code(&mut self, code: &str) {
        let code = code.trim();
        if !code.is_empty() && !self.codes.iter().any(|known| known == code) {
            self.codes.push(code.to_owned());
        }
    }
}

/// As in the address and on the command line.
pub fn own_code(own: OwnHistory) -> &'static str {
    match own {
        OwnHistory::Ignore => "ignore",
        OwnHistory::First => "first",
        OwnHistory::Beside => "beside",
    }
}

fn parse_own(code: &str) -> OwnHistory {
    [OwnHistory::Ignore, OwnHistory::Beside].into_iter().find(|own| own_code(*own) == code).unwrap_or_default()
}

fn pair(name: &str, value: &str) -> String {
    format!("{}={}", encode(name), encode(value))
}

#[cfg(test)]
mod tests;
