//! Finding and reading items.

use async_trait::async_trait;
use contract::access::Action;
use contract::error::ApiError;
use contract::items::{
    CheckedSearch, HeldReason, HeldRouting, ItemDetail, ItemPage, ItemSummary, ItemsApi, N_SIMILAR, SearchItems,
};
use contract::wire::WireForm;
use engine::domain::{Item, ItemCode};

use super::Services;
use super::acting::Acting;
use crate::db::stored::held::HeldFlaw;
use crate::db::{items, routings};
use crate::error::Failure;
use crate::registry::RegistryError;

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
    let CheckedSearch { q, offset, limit } = query.check()?;
    let snapshot = services.snapshot().await?;
    let found = snapshot.search(&q, offset, limit);
    // Without a model the facts stand in alphabetical order: a list must not wait for a training.
    let active = services.active().await.ok();
    let summary = |at: usize| {
        let (item, n_routings) = (snapshot.item(at), snapshot.n_routings(at));
        let Some(active) = &active else { return ItemSummary::of(item, n_routings, None) };
        let completed = active.model.completed(&item).into_owned();
        ItemSummary::of(completed, n_routings, Some(active.model.schema()))
    };
    let items = found.items.into_iter().map(summary).collect();
    Ok(ItemPage { items, total: found.total, offset })
}

async fn detail(services: &Services, code: ItemCode) -> Result<ItemDetail, Failure> {
    let Some(item) = known(services, &code).await? else {
        return Err(services.unknown_codes(services.snapshot().await?, vec![code]).await);
    };
    let (routings, held) = routings::of_item(&services.db, &item.code).await?;
    let (item, neighbours) = match services.active().await {
        // With what a standard code says of itself, as the kept copy of the model has it.
        Ok(active) => {
            let work = move || {
                let neighbours = active.model.neighbours(&item, N_SIMILAR);
                (active.model.completed(&item).into_owned(), neighbours)
            };
            services.compute(work).await?
        }
        // An item can be read before the first training.
        Err(Failure::Registry(RegistryError::NoModel)) => (item, Vec::new()),
        Err(error) => {
            // The item is still worth showing; the readiness check and the prediction say what is wrong.
            tracing::warn!(error = %error, "similar items are left out: {error}");
            (item, Vec::new())
        }
    };
    Ok(ItemDetail {
        item: WireForm::of(item),
        routings: WireForm::of(routings),
        held: held.into_iter().map(held_routing).collect(),
        neighbours: WireForm::of(neighbours),
    })
}

/// The item that a typed code means.
async fn known(services: &Services, typed: &ItemCode) -> Result<Option<Item>, Failure> {
    if let Some(item) = items::get(&services.db, typed).await? {
        return Ok(Some(item));
    }
    let meant = services.code_meant(&*services.snapshot().await?, typed).await?;
    match meant {
        Some(code) => Ok(items::get(&services.db, &code).await?),
        None => Ok(None),
    }
}

fn held_routing(held: routings::HeldRouting) -> HeldRouting {
    let reason = |flaw: HeldFlaw| {
        let HeldFlaw { file, sheet, row, column, value, rule, suggestion } = flaw;
        HeldReason { file, sheet, row, column, value, rule, suggestion }
    };
    HeldRouting { routing: WireForm::of(held.routing), reasons: held.flaws.into_iter().map(reason).collect() }
}
