//! The offline copy of the active model, cut once and kept: by a job for all servers, else by the first who asks.

use std::sync::Arc;

use contract::access::Action;
use contract::error::ApiError;
use engine::bundle;
use engine::domain::{ItemCode, ModelId, SnapshotId};
use tokio::sync::Mutex;

use super::Services;
use super::acting::{Acting, AuditEvent};
use crate::background::{self, Share};
use crate::db::{DbError, files, predictions};
use crate::error::Failure;
use crate::registry::Active;

/// Items of a bundle when the caller does not say, and at most.
pub const DEFAULT_BUNDLE_ITEMS: usize = 5_000;
pub const MAX_BUNDLE_ITEMS: usize = 5_000;

/// One bundle, ready to send.
pub struct CutBundle {
    /// Content hash of the bundle itself.
    pub id: ModelId,
    /// Most items that it was allowed.
    pub limit: usize,
    /// The model and the snapshot that it was cut from.
    pub parent: ModelId,
    pub snapshot: SnapshotId,
    pub bytes: Vec<u8>,
    /// The same, compressed; `None` when that did not make it smaller.
    pub brotli: Option<Vec<u8>>,
}

/// The latest bundle of the active model. Cutting and compressing takes seconds, so it is done once per model and snapshot:
/// items used later enter with the next of either, and a client that has the bundle is told so by its tag.
#[derive(Default)]
pub struct Bundles {
    latest: Mutex<Option<Arc<CutBundle>>>,
}

impl Bundles {
    /// The bundle of the active model with at most `limit` items.
    pub async fn get(&self, services: &Services, limit: usize) -> Result<Arc<CutBundle>, Failure> {
        let active = services.active().await?;
        // Others wait here, so that the work is done once.
        let mut latest = self.latest.lock().await;
        if let Some(bundle) = latest.as_ref()
            && bundle.parent == active.row.id
            && bundle.snapshot == *active.model.snapshot().id()
            && bundle.limit == limit
        {
            return Ok(Arc::clone(bundle));
        }
        let cut = match kept(services, &active, limit).await? {
            Some(kept) => kept,
            None => {
                let recent = predictions::recent_items(&services.db, limit).await?;
                services.compute(move || cut(&active, &recent, limit)).await?
            }
        };
        let cut = Arc::new(cut);
        *latest = Some(Arc::clone(&cut));
        Ok(cut)
    }
}

/// A bundle that a job has cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptBundle {
    /// Bytes that go over the line.
    pub n_bytes: usize,
}

/// Names of a kept bundle's two files. The first is named after its id.
const PLAIN: i64 = 0;
const BROTLI: i64 = 1;

/// Cuts the bundle of the active model and keeps it for all servers.
///
/// # Errors
/// [`Failure`] before the first training, and of the database.
pub async fn keep_bundle(acting: &Acting, limit: usize, share: Share) -> Result<KeptBundle, Failure> {
    let services = &acting.services;
    let active = services.active_over_latest(share).await?;
    let recent = predictions::recent_items(&services.db, limit).await?;
    let cut = background::run(share, move || cut(&active, &recent, limit)).await?;
    let folder = folder_of(&cut.parent, &cut.snapshot, limit);
    let mut write = services.db.begin_write().await?;
    files::remove_bundles_but(&mut write, &folder_of_all(&cut.parent, &cut.snapshot)).await?;
    files::remove(&mut write, &folder).await?;
    write.commit().await.map_err(DbError::from)?;
    let brotli = cut.brotli.as_deref().map(|bytes| ((BROTLI, "brotli"), bytes));
    // The plain one comes last: a bundle without it does not count.
    for (name, bytes) in brotli.into_iter().chain([((PLAIN, cut.id.as_str()), cut.bytes.as_slice())]) {
        let kept = files::put(&services.db, &folder, name, bytes, services.clock_ms()).await;
        kept.map_err(|error| Failure::Other(error.to_string()))?;
    }
    Ok(KeptBundle { n_bytes: cut.brotli.as_ref().unwrap_or(&cut.bytes).len() })
}

fn folder_of(model: &ModelId, snapshot: &SnapshotId, limit: usize) -> String {
    format!("{}/{limit}", folder_of_all(model, snapshot))
}

/// Of any number of items.
fn folder_of_all(model: &ModelId, snapshot: &SnapshotId) -> String {
    format!("bundle/{model}/{}", snapshot.short())
}

fn cut(active: &Active, recent: &[ItemCode], limit: usize) -> CutBundle {
    let subset = active.model.subset(recent, limit);
    let bytes = bundle::to_bytes(&subset);
    let brotli = compress(&bytes).filter(|compressed| compressed.len() < bytes.len());
    let snapshot = active.model.snapshot().id().clone();
    CutBundle { id: subset.id().clone(), limit, parent: active.row.id.clone(), snapshot, bytes, brotli }
}

/// The bundle that a job has cut; `None` where there is none, or not a whole one.
async fn kept(services: &Services, active: &Active, limit: usize) -> Result<Option<CutBundle>, Failure> {
    let snapshot = active.model.snapshot().id().clone();
    let folder = folder_of(&active.row.id, &snapshot, limit);
    let (mut id, mut bytes, mut brotli) = (None, Vec::new(), None);
    for (no, name) in files::list(&services.db, &folder).await? {
        let mut file = Vec::new();
        files::copy(&services.db, &folder, no, &mut file).await.map_err(|error| Failure::Other(error.to_string()))?;
        match no {
            PLAIN => (id, bytes) = (Some(ModelId::new(name)), file),
            _ => brotli = Some(file),
        }
    }
    // Half a file, as a dead worker leaves it, is none.
    let Some(id) = id.filter(|id| bundle::from_bytes(&bytes).is_ok_and(|model| model.id() == id)) else {
        return Ok(None);
    };
    Ok(Some(CutBundle { id, limit, parent: active.row.id.clone(), snapshot, bytes, brotli }))
}

impl Acting {
    /// The bundle of the active model with at most `limit` items, for the caller to keep. Of one that they have already nothing
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
                let event = AuditEvent::done(Action::KeepOffline.code(), "").to(bundle.id.to_string());
                self.services.if_writable(self.note(event).await)?;
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
