//! The offline copy of the active model, cut once and kept.

use std::sync::Arc;

use app::access::Action;
use app::error::ApiError;
use engine::bundle;
use engine::domain::ModelId;
use tokio::sync::Mutex;

use super::Services;
use super::acting::{Acting, Deed};
use crate::db::predictions;
use crate::error::Failure;

/// Items of a bundle when the caller does not say, and at most.
pub const DEFAULT_BUNDLE_ITEMS: usize = 5_000;
pub const MAX_BUNDLE_ITEMS: usize = 5_000;

/// One bundle, ready to send.
pub struct CutBundle {
    /// Content hash of the bundle itself.
    pub id: ModelId,
    /// Most items that it was allowed.
    pub limit: usize,
    /// The model that it was cut from.
    pub parent: ModelId,
    pub bytes: Vec<u8>,
    /// The same, compressed; `None` when that did not make it smaller.
    pub brotli: Option<Vec<u8>>,
}

/// The latest bundle of the active model. Cutting and compressing takes seconds, so it is done once per model: items
/// used later enter with the next model, and a client that has the bundle is told so by its tag.
#[derive(Default)]
pub struct Bundles {
    latest: Mutex<Option<Arc<CutBundle>>>,
}

impl Bundles {
    /// The bundle of the active model with at most `limit` items.
    pub async fn get(&self, services: &Services, limit: usize) -> Result<Arc<CutBundle>, Failure> {
        let active = services.registry.active(&services.db).await?;
        // Others wait here, so that the work is done once.
        let mut latest = self.latest.lock().await;
        if let Some(bundle) = latest.as_ref()
            && bundle.parent == active.row.id
            && bundle.limit == limit
        {
            return Ok(Arc::clone(bundle));
        }
        let recent = predictions::recent_items(&services.db, limit).await?;
        let cut = services
            .compute(move || {
                let subset = active.model.subset(&recent, limit);
                let bytes = bundle::to_bytes(&subset);
                let brotli = compress(&bytes).filter(|compressed| compressed.len() < bytes.len());
                CutBundle { id: subset.id().clone(), limit, parent: active.row.id.clone(), bytes, brotli }
            })
            .await?;
        let cut = Arc::new(cut);
        *latest = Some(Arc::clone(&cut));
        Ok(cut)
    }
}

impl Acting {
    /// The bundle of the active model with at most `limit` items, for the caller to keep. Of one that he has already nothing
    /// leaves the server, and nothing is written down.
    ///
    /// # Errors
    /// [`ApiError::NoModel`] before the first training.
    pub async fn bundle(
        &self,
        bundles: &Bundles,
        limit: usize,
        has_it: impl Fn(&ModelId) -> bool,
    ) -> Result<Arc<CutBundle>, ApiError> {
        let work = async {
            let bundle = bundles.get(&self.services, limit).await?;
            if !has_it(&bundle.id) {
                let deed = Deed::done(Action::KeepOffline.code(), "").to(bundle.id.to_string());
                self.services.if_writable(self.note(deed).await)?;
            }
            Ok(bundle)
        };
        self.run_noted(Action::KeepOffline, "", work).await
    }
}

/// Brotli at a middle level: the higher ones take ten times as long for a few percent.
pub fn compress(bytes: &[u8]) -> Option<Vec<u8>> {
    let params = brotli::enc::BrotliEncoderParams { quality: 5, lgwin: 22, ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut std::io::Cursor::new(bytes), &mut compressed, &params).ok()?;
    Some(compressed)
}
