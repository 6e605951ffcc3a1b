//! The kept model's answers, with the same limits and meanings as the server's.

use engine::Model;
use engine::domain::{Item, ItemCode};
use engine::predict::PredictOptions;

use crate::api::items::{ItemDetail, ItemPage, ItemSummary, SearchItems};
use crate::api::predict::{MAX_ITEMS_PER_REQUEST, PredictAnswer, PredictRequest};
use crate::error::ApiError;

const MAX_QUERY_CHARS: usize = 200;
const MAX_PAGE: usize = 100;
const DEFAULT_PAGE: usize = 20;
const MAX_NEIGHBOURS: usize = 50;
const DEFAULT_NEIGHBOURS: usize = 10;
const N_FACTS: usize = 4;

/// One page of matches.
///
/// # Errors
/// [`ApiError::TooMany`] for a query that is too long.
pub fn search(model: &Model, query: &SearchItems) -> Result<ItemPage, ApiError> {
    let n_chars = query.q.chars().count();
    if n_chars > MAX_QUERY_CHARS {
        return Err(ApiError::TooMany { field: "q".into(), limit: MAX_QUERY_CHARS, got: n_chars });
    }
    let limit = or_default(query.limit, DEFAULT_PAGE, MAX_PAGE);
    let (codes, total) = model.search(&query.q, query.offset, limit);
    let items = codes.iter().filter_map(|code| model.item(code)).map(|item| summary(model, item)).collect();
    Ok(ItemPage { items, total, offset: query.offset })
}

/// One item with its routings and the items like it.
///
/// # Errors
/// [`ApiError::NotFound`] when the kept model does not hold it.
pub fn item(model: &Model, code: &ItemCode) -> Result<ItemDetail, ApiError> {
    let item = model.item(code).ok_or_else(|| ApiError::NotFound { key: code.to_string() })?;
    let neighbours = model.neighbours(&item, DEFAULT_NEIGHBOURS);
    Ok(ItemDetail { routings: model.routings(code), neighbours, item })
}

/// One answer per item, in the order asked: codes first, then described items.
///
/// # Errors
/// [`ApiError::TooMany`] above the limit, [`ApiError::Invalid`] when nothing is asked.
pub fn predict(model: &Model, request: PredictRequest) -> Result<Vec<PredictAnswer>, ApiError> {
    let n_asked = request.codes.len() + request.items.len();
    if n_asked == 0 {
        return Err(ApiError::Invalid { field: "items".into(), value: String::new(), expected: "item".into() });
    }
    if n_asked > MAX_ITEMS_PER_REQUEST {
        return Err(ApiError::TooMany { field: "items".into(), limit: MAX_ITEMS_PER_REQUEST, got: n_asked });
    }
    let options = PredictOptions {
        own_history: request.own_history,
        n_neighbours: or_default(request.n_neighbours, DEFAULT_NEIGHBOURS, MAX_NEIGHBOURS),
        ..PredictOptions::default()
    };
    let by_code = request.codes.into_iter().map(|code| match model.item(&code) {
        Some(item) => (item, true),
        None => (Item { code, ..Item::default() }, false),
    });
    let described = request.items.into_iter().map(|item| {
        let is_known = model.item(&item.code).is_some();
        (item, is_known)
    });
    let answers = by_code.chain(described).map(|(item, is_known)| {
        let prediction = model.predict(&item, &options);
        PredictAnswer { id: None, item, is_known, prediction }
    });
    Ok(answers.collect())
}

fn summary(model: &Model, item: Item) -> ItemSummary {
    let n_routings = model.routings(&item.code).len();
    let facts = model.schema().features.iter().filter_map(|feature| item.attributes.get(&feature.name));
    let facts = facts.take(N_FACTS).cloned().collect();
    ItemSummary { code: item.code, name: item.name, facts, n_routings }
}

fn or_default(asked: usize, default: usize, most: usize) -> usize {
    if asked == 0 { default } else { asked.min(most) }
}
