//! What a complete file lacks is gone, and nobody is surprised by it.

use std::collections::BTreeSet;

use engine::import::TableKind;
use tests::{TestApp, on_every_database};

use super::*;

fn complete(kinds: &[TableKind], may_remove_many: bool) -> StoreOptions {
    StoreOptions { complete: kinds.iter().copied().collect::<BTreeSet<_>>(), may_remove_many, ..usual() }
}

fn many(n: usize) -> Brings {
    (0..n).fold(Brings::default(), |brings, at| {
        let code = format!("I-{at:02}");
        brings.item(&code, "part", &["x"], &[("x", "1")]).routing(&code, "1", &["J"]).report(&code, "O", "", 1.0)
    })
}

#[tokio::test]
async fn what_a_complete_file_lacks_is_gone_and_the_rest_stays() {
    on_every_database(async |app: TestApp| {
        put(&app, many(12)).await;
        let stored = try_put(&app, many(11), &complete(&[TableKind::Routings], false)).await.expect("one in twelve");
        assert_eq!((stored.changes.routings.n_removed, stored.changes.routings.n_before), (1, 12));
        assert_eq!((stored.counts.n_routings, stored.counts.n_items, stored.counts.n_results), (11, 12, 12));
        let stored = try_put(&app, many(11), &complete(&[TableKind::WorkResults], false)).await.expect("one in twelve");
        assert_eq!((stored.counts.n_results, stored.changes.results.n_removed), (11, 1));
        let stored = try_put(&app, many(11), &complete(&[TableKind::Items], false)).await.expect("one in twelve");
        assert_eq!((stored.counts.n_items, stored.changes.items.n_removed), (11, 1));
        let back = put(&app, many(12)).await;
        assert_eq!((back.counts.n_items, back.counts.n_routings, back.counts.n_results), (12, 12, 12));
    })
    .await;
}

#[tokio::test]
async fn more_than_a_tenth_goes_only_when_somebody_agrees() {
    on_every_database(async |app: TestApp| {
        put(&app, many(10)).await;
        let before = plant(&app).await;
        let all = [TableKind::Items, TableKind::Routings, TableKind::WorkResults];
        let dry = StoreOptions { is_dry_run: true, ..complete(&all, false) };
        let preview = try_put(&app, many(8), &dry).await.expect("a preview always answers").changes;
        assert_eq!((preview.items.n_removed, preview.routings.n_removed, preview.results.n_removed), (2, 2, 2));
        let refused = try_put(&app, many(8), &complete(&all, false)).await.expect_err("a fifth would go");
        assert!(matches!(&refused, StoreError::RemovesMany(changes) if **changes == preview), "{refused:?}");
        assert_eq!(plant(&app).await, before);
        let stored = try_put(&app, many(8), &complete(&all, true)).await.expect("somebody agreed");
        assert_eq!(stored.changes, preview, "a preview tells what happens then");
        assert_eq!(codes(&app).await.len(), 8);
    })
    .await;
}

#[tokio::test]
async fn an_item_that_leaves_the_list_keeps_its_routing_but_not_its_attributes() {
    on_every_database(async |app: TestApp| {
        put(&app, many(12)).await;
        let list = (0..11)
            .fold(Brings::default(), |brings, at| brings.item(&format!("I-{at:02}"), "part", &["x"], &[("x", "1")]));
        let stored = try_put(&app, list, &complete(&[TableKind::Items], false)).await.expect("one in twelve");
        assert_eq!((stored.changes.items.n_removed, stored.counts.n_items, stored.counts.n_routings), (1, 12, 12));
        let last = plant(&app).await.items.pop().expect("there are items");
        assert_eq!((last.code.as_str(), last.name, last.attributes.len()), ("I-11", None, 0));
    })
    .await;
}

#[tokio::test]
async fn a_dry_run_leaves_no_trace() {
    on_every_database(async |app: TestApp| {
        put(&app, many(3)).await;
        let trail = app.dump().await;
        let dry = StoreOptions { is_dry_run: true, ..usual() };
        let stored = try_put(&app, many(5), &dry).await.expect("a preview answers");
        assert_eq!((stored.import, stored.changes.items.n_new), (None, 2));
        assert_eq!(app.dump().await, trail);
        let imports = server::services::store::list(&app.services.db).await.expect("it is read");
        assert_eq!((imports.len(), codes(&app).await.len()), (1, 3));
        let real = put(&app, many(5)).await;
        assert_eq!(real.changes, stored.changes);
    })
    .await;
}
