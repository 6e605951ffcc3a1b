//! The commonest routes among the items of the same kind.

use crate::domain::Item;
use crate::train::telling::{most_telling, values};

use super::super::measure::{Answer, Route};
use super::{Known, commonest};

/// The commonest routes among the training items with the same value of the most telling category; where there is no
/// such category or the value is new, the commonest of the plant.
pub(super) fn majority(known: &Known, asked: &[&Item]) -> Vec<Answer> {
    let everywhere = commonest(known.routes.iter());
    let routes: Vec<&Route> = known.routes.iter().collect();
    let Some((feature, _)) = most_telling(&known.schema, &known.items, &routes, |_| true) else {
        return vec![everywhere; asked.len()];
    };
    let known_values = values(feature, &known.items);
    values(feature, asked)
        .iter()
        .map(|value| {
            let alike = known_values.iter().zip(&known.routes).filter(|(known, _)| *known == value);
            let answer = commonest(alike.map(|(_, route)| route));
            if answer.routes.is_empty() { everywhere.clone() } else { answer }
        })
        .collect()
}
