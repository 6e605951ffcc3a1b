//! The fields of a form as they were sent.

use std::collections::BTreeMap;
use std::str::FromStr;

use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;

use crate::exchange::reply::Refusal;

/// Most bytes of one field.
const MOST_BYTES: usize = 4096;
/// Most fields of one form.
const MOST_FIELDS: usize = 40;

/// Fields of a form; several of one name are kept in order. Not to be logged: passwords are among them.
pub struct Fields(BTreeMap<String, Vec<String>>);

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let pairs = axum::Form::<Vec<(String, String)>>::from_request(request, state).await;
        Self::of(
            pairs.map(|form| form.0).map_err(|rejection| Refusal::form(rejection.status(), rejection.body_text()))?,
        )
    }
}

impl Fields {
    /// Fields as they came.
    fn of(pairs: Vec<(String, String)>) -> Result<Self, Refusal> {
        if pairs.len() > MOST_FIELDS {
            return Err(Refusal::form(StatusCode::UNPROCESSABLE_ENTITY, format!("at most {MOST_FIELDS} fields")));
        }
        let mut fields: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in pairs {
            // The text of an uploaded table comes back in a field; its own limit stands where it is read.
            if name != "text" && value.len() > MOST_BYTES {
                return Err(Refusal::form(
                    StatusCode::UNPROCESSABLE_ENTITY,
                    format!("{name}: at most {MOST_BYTES} bytes"),
                ));
            }
            fields.entry(name).or_default().push(value);
        }
        Ok(Self(fields))
    }

    /// The last value of a field, empty when it was not sent.
    pub fn get(&self, name: &str) -> &str {
        self.all(name).last().map_or("", String::as_str)
    }

    /// All values of a field.
    pub fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether a check box was ticked.
    pub fn is_ticked(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// A number; `None` for anything else.
    pub fn number<T: FromStr>(&self, name: &str) -> Option<T> {
        self.get(name).trim().parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_by_name_and_too_long_ones_refused() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let fields = Fields::of(vec![pair("a", "1"), pair("a", "2"), pair("b", " 7 ")]).expect("they are short");
        assert_eq!((fields.get("a"), fields.all("a").len(), fields.number::<u32>("b")), ("2", 2, Some(7)));
        assert_eq!((fields.get("c"), fields.is_ticked("c"), fields.number::<u32>("a")), ("", false, Some(2)));
        assert!(Fields::of(vec![pair("a", &"x".repeat(MOST_BYTES + 1))]).is_err());
        assert!(Fields::of(vec![pair("a", "x"); MOST_FIELDS + 1]).is_err());
    }
}
