//! The kept model's answers, with the same limits and meanings as the server's (`server/src/services`).

use contract::error::ApiError;
use contract::explain::ExplainRequest;
use contract::items::{ItemDetail, ItemPage, ItemSummary, SearchItems};
use contract::predict::{MAX_ITEMS_PER_REQUEST, PredictAnswer, PredictRequest};
use engine::Model;
use engine::domain::{Item, ItemCode};
use engine::features::Schema;
use engine::predict::{Explanation, PredictOptions};

/// Most characters of a query or a code.
const MAX_QUERY_CHARS: usize = 200;
/// Lines of a page when the caller does not say, and at most.
const DEFAULT_LIMIT: usize = 20;
const MAX_LIMIT: usize = 100;
/// Attributes of one line.
const N_FACTS: usize = 4;
/// Similar items of one item, and most of one prediction.
const N_NEIGHBOURS: usize = 10;
const MAX_NEIGHBOURS: usize = 50;

/// One page of matches.
///
/// # Errors
/// [`ApiError::Invalid`] for a query that is too long, [`ApiError::TooMany`] for a page that is too long.
pub fn search(model: &Model, query: &SearchItems) -> Result<ItemPage, ApiError> {
    let limit = page_limit(query)?;
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
    let neighbours = model.neighbours(item, N_NEIGHBOURS);
    Ok(ItemDetail { item: item.clone(), routings: model.routings(code), held: Vec::new(), neighbours })
}

/// One answer per item, in the order asked: codes first, then described items.
///
/// # Errors
/// [`ApiError::TooMany`] above a limit, [`ApiError::Invalid`] when nothing is asked or a code cannot be one.
pub fn predict(model: &Model, request: PredictRequest) -> Result<Vec<PredictAnswer>, ApiError> {
    let options = options(&request)?;
    let by_code = request.codes.into_iter().map(|code| match model.item(&code) {
        Some(item) => (item.clone(), true),
        None => (Item { code, ..Item::default() }, false),
    });
    let by_words = request.items.into_iter().map(|item| {
        let is_known = model.item(&item.code).is_some();
        // As an import would have read it.
        (engine::clean::item(item), is_known)
    });
    let answers = by_code.chain(by_words).map(|(item, is_known)| {
        let prediction = model.predict(&item, &options);
        PredictAnswer { id: None, item, is_known, prediction }
    });
    Ok(answers.collect())
}

/// Why the first candidate and not another one.
///
/// # Errors
/// [`ApiError::Invalid`] when nothing is asked.
pub fn explain(model: &Model, request: ExplainRequest) -> Result<Explanation, ApiError> {
    let query = match (request.item, request.code) {
        (Some(item), _) => engine::clean::item(item),
        (None, Some(code)) => model.item(&code).cloned().unwrap_or(Item { code, ..Item::default() }),
        (None, None) => return Err(invalid("code", "", "an_item".into())),
    };
    Ok(model.explain(&query, &PredictOptions::default()))
}

fn page_limit(query: &SearchItems) -> Result<usize, ApiError> {
    if query.q.chars().count() > MAX_QUERY_CHARS {
        return Err(too_long("q", &query.q));
    }
    match query.limit {
        0 => Ok(DEFAULT_LIMIT),
        limit if limit > MAX_LIMIT => Err(too_many("limit", MAX_LIMIT, limit)),
        limit => Ok(limit),
    }
}

fn options(request: &PredictRequest) -> Result<PredictOptions, ApiError> {
    let n_items = request.codes.len() + request.items.len();
    if n_items == 0 {
        return Err(invalid("codes", "", "an_item".into()));
    }
    if n_items > MAX_ITEMS_PER_REQUEST {
        return Err(too_many("items", MAX_ITEMS_PER_REQUEST, n_items));
    }
    if request.n_neighbours > MAX_NEIGHBOURS {
        return Err(too_many("n_neighbours", MAX_NEIGHBOURS, request.n_neighbours));
    }
    let mut codes = request.codes.iter().chain(request.items.iter().map(|item| &item.code));
    if let Some(code) = codes.find(|code| code.as_str().chars().count() > MAX_QUERY_CHARS) {
        return Err(too_long("code", code.as_str()));
    }
    if request.codes.iter().any(|code| code.as_str().trim().is_empty()) {
        return Err(invalid("code", "", "not_empty".into()));
    }
    let defaults = PredictOptions::default();
    let n_neighbours = if request.n_neighbours == 0 { defaults.n_neighbours } else { request.n_neighbours };
    Ok(PredictOptions { own_history: request.own_history, n_neighbours, ..defaults })
}

fn summary(model: &Model, item: &Item) -> ItemSummary {
    let n_routings = model.routings(&item.code).len();
    ItemSummary { facts: facts(item, model.schema()), code: item.code.clone(), name: item.name.clone(), n_routings }
}

/// The attributes that say most about an item: by the weight that training gave them, then by name.
fn facts(item: &Item, schema: &Schema) -> Vec<String> {
    let weight = |name: &str| {
        let feature = schema.features.iter().find(|feature| feature.name == name);
        feature.map_or(0.0, |feature| feature.weight)
    };
    let mut attributes: Vec<(&String, &String)> = item.attributes.iter().collect();
    // The map is in alphabetical order and the sort is stable.
    attributes.sort_by(|a, b| weight(b.0).total_cmp(&weight(a.0)));
    attributes.into_iter().take(N_FACTS).map(|(_, value)| value.clone()).collect()
}

fn too_long(field: &str, value: &str) -> ApiError {
    invalid(field, value, format!("at_most_{MAX_QUERY_CHARS}_chars"))
}

fn too_many(field: &str, limit: usize, got: usize) -> ApiError {
    ApiError::TooMany { field: field.into(), limit, got }
}

fn invalid(field: &str, value: &str, expected: String) -> ApiError {
    ApiError::Invalid { field: field.into(), value: value.into(), expected }
}

#[cfg(test)]
mod tests {
    use engine::features::{Feature, FeatureKind};

    use super::*;

    fn codes(n: usize) -> PredictRequest {
        PredictRequest { codes: (0..n).map(|i| ItemCode::new(format!("C{i}"))).collect(), ..PredictRequest::default() }
    }

    #[test]
    fn a_request_keeps_its_limits() {
        assert_eq!(options(&codes(0)).map_err(|error| error.code()), Err("invalid"));
        assert_eq!(options(&codes(50)).map(|options| options.n_neighbours), Ok(10));
        let got = options(&codes(51));
        assert_eq!(got, Err(ApiError::TooMany { field: "items".into(), limit: 50, got: 51 }));
        let wide = PredictRequest { n_neighbours: 51, ..codes(1) };
        assert_eq!(options(&wide).map_err(|error| error.code()), Err("too_many"));
        let wide = PredictRequest { n_neighbours: 50, ..codes(1) };
        assert_eq!(options(&wide).map(|options| options.n_neighbours), Ok(50));
    }

    #[test]
    fn a_code_is_neither_blank_nor_endless() {
        let with = |code: String| PredictRequest { codes: vec![ItemCode::new(code)], ..PredictRequest::default() };
        for (code, is_good) in [(" ".into(), false), ("x".repeat(200), true), ("x".repeat(201), false)] {
            assert_eq!(options(&with(code)).is_ok(), is_good);
        }
        let nameless = PredictRequest { items: vec![Item::default().named("gland")], ..PredictRequest::default() };
        assert!(options(&nameless).is_ok(), "a described item needs no code");
    }

    #[test]
    fn a_page_keeps_its_limits() {
        let asking = |limit| page_limit(&SearchItems { limit, ..SearchItems::default() });
        assert_eq!((asking(0), asking(1), asking(100)), (Ok(20), Ok(1), Ok(100)));
        assert!(asking(101).is_err());
        let long = SearchItems { q: "é".repeat(201), ..SearchItems::default() };
        assert_eq!(page_limit(&long).map_err(|error| error.code()), Err("invalid"));
    }

    #[test]
    fn facts_follow_the_weight_then_the_name() {
        let feature = |name: &str, weight| Feature {
            name: name.into(),
            kind: FeatureKind::Category,
            unit: None,
            weight,
            filled_share: 1.0,
            common_values: Vec::new(),
        };
        let item = Item::new("A").with("a", "1").with("b", "2").with("c", "3").with("d", "4").with("e", "5");
        let schema = Schema { features: vec![feature("e", 2.0), feature("c", 3.0)], ..Schema::default() };
        assert_eq!(facts(&item, &schema), ["3", "5", "1", "2"]);
    }
}
