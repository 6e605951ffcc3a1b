//! Finding and reading items.

use async_trait::async_trait;
use contract::access::Action;
use contract::error::ApiError;
use contract::items::{HeldReason, HeldRouting, ItemDetail, ItemPage, ItemSummary, ItemsApi, SearchItems};
use engine::domain::{Item, ItemCode};
use engine::features::Schema;

use super::acting::Acting;
use super::{MAX_QUERY_CHARS, Services};
use crate::db::stored::held::HeldFlaw;
use crate::db::{items, routings};
use crate::error::Failure;
use crate::registry::RegistryError;

/// Lines of a page when the caller does not say, and at most.
const DEFAULT_LIMIT: usize = 20;
const MAX_LIMIT: usize = 100;
/// More than any plant has.
const MAX_OFFSET: usize = 1_000_000_000;
/// Attributes of one line.
const N_FACTS: usize = 4;
/// Similar items of one item.
const N_NEIGHBOURS: usize = 10;

#[async_trait]
impl ItemsApi for Acting {
    async fn search_items(&self, query: SearchItems) -> Result<ItemPage, ApiError> {
        self.run(Action::ReadItems, "", search(&self.services, query)).await
    }

    async fn item(&self, code: ItemCode) -> Result<ItemDetail, ApiError> {
        self.run(Action::ReadItems, &code.to_string(), detail(&self.services, code)).await
    }
}

async fn search(services: &Services, query: SearchItems) -> Result<ItemPage, Failure> {
    if query.q.chars().count() > MAX_QUERY_CHARS {
        let expected = format!("at_most_{MAX_QUERY_CHARS}_chars");
        return Err(ApiError::Invalid { field: "q".into(), value: query.q, expected }.into());
    }
    if query.limit > MAX_LIMIT {
        return Err(ApiError::TooMany { field: "limit".into(), limit: MAX_LIMIT, got: query.limit }.into());
    }
    if query.offset > MAX_OFFSET {
        return Err(ApiError::TooMany { field: "offset".into(), limit: MAX_OFFSET, got: query.offset }.into());
    }
    let limit = if query.limit == 0 { DEFAULT_LIMIT } else { query.limit };
    let snapshot = services.snapshot().await?;
    let found = snapshot.search(&query.q, query.offset, limit);
    // Without a model the facts stand in alphabetical order: a list must not wait for a training.
    let active = services.registry.active(&services.db).await.ok();
    let schema = active.as_ref().map(|active| active.model.schema());
    let summary = |at: usize| {
        let item = snapshot.item(at);
        ItemSummary {
            facts: match &active {
                Some(active) => facts(&active.model.completed(&item), schema),
                None => facts(&item, None),
            },
            code: item.code,
            name: item.name,
            n_routings: snapshot.n_routings(at),
        }
    };
    let items = found.items.into_iter().map(summary).collect();
    Ok(ItemPage { items, total: found.total, offset: query.offset })
}

/// The attributes that say most about an item: by the weight that training gave them, else by name.
fn facts(item: &Item, schema: Option<&Schema>) -> Vec<String> {
    let weight = |name: &str| {
        let feature = schema.and_then(|schema| schema.features.iter().find(|feature| feature.name == name));
        feature.map_or(0.0, |feature| feature.weight)
    };
    let mut attributes: Vec<(&String, &String)> = item.attributes.iter().collect();
    // The map is in alphabetical order and the sort is stable.
    attributes.sort_by(|a, b| weight(b.0).total_cmp(&weight(a.0)));
    attributes.into_iter().take(N_FACTS).map(|(_, value)| value.clone()).collect()
}

async fn detail(services: &Services, code: ItemCode) -> Result<ItemDetail, Failure> {
    let Some(item) = items::find(&services.db, &code).await? else {
        return Err(ApiError::NotFound { key: code.to_string() }.into());
    };
    let (routings, held) = routings::of_item(&services.db, &item.code).await?;
    let (item, neighbours) = match services.registry.active(&services.db).await {
        // With what a standard code says of itself, as the kept copy of the model has it.
        Ok(active) => {
            let work = move || {
                let neighbours = active.model.neighbours(&item, N_NEIGHBOURS);
                (active.model.completed(&item).into_owned(), neighbours)
            };
            services.compute(work).await?
        }
        // An item can be read before the first training.
        Err(RegistryError::NoModel) => (item, Vec::new()),
        Err(error) => {
            // The item is still worth showing; the readiness check and the prediction say what is wrong.
            tracing::warn!(error = %error, "similar items are left out: {error}");
            (item, Vec::new())
        }
    };
    Ok(ItemDetail { item, routings, held: held.into_iter().map(held_routing).collect(), neighbours })
}

fn held_routing(held: routings::HeldRouting) -> HeldRouting {
    let reason = |flaw: HeldFlaw| {
        let HeldFlaw { file, sheet, row, column, value, rule, suggestion } = flaw;
        HeldReason { file, sheet, row, column, value, rule, suggestion }
    };
    HeldRouting { routing: held.routing, reasons: held.flaws.into_iter().map(reason).collect() }
}

#[cfg(test)]
mod tests {
    use engine::features::{Feature, FeatureKind};

    use super::*;

    fn feature(name: &str, weight: f64) -> Feature {
        Feature {
            name: name.into(),
            kind: FeatureKind::Category,
            unit: None,
            weight,
            filled_share: 1.0,
            common_values: Vec::new(),
        }
    }

    #[test]
    fn facts_follow_the_weight_then_the_name() {
        let item = Item::new("A").with("a", "1").with("b", "2").with("c", "3").with("d", "4").with("e", "5");
        let schema = Schema { features: vec![feature("e", 2.0), feature("c", 3.0)], ..Schema::default() };
        assert_eq!(facts(&item, Some(&schema)), ["3", "5", "1", "2"]);
        assert_eq!(facts(&item, None), ["1", "2", "3", "4"]);
    }
}
