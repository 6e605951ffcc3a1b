//! A manufacturing routing: the ordered operations that make an item.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Date, ItemCode, JobCode, RoutingId, Seq, WorkCentreCode};

/// One way of making one item. One item can have several; one of them may be marked main (주라우팅).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Routing {
    /// The item that it makes.
    pub item: ItemCode,
    /// Its number, unique within the item.
    pub id: RoutingId,
    /// Whether the plant marks it as the main routing; `None` when the plant does not say.
    pub is_main: Option<bool>,
    /// When it was written.
    pub created: Option<Date>,
    /// Operations in ascending `seq`.
    pub operations: Vec<Operation>,
}

impl Routing {
    /// The jobs in order: what two routings are compared by.
    pub fn jobs(&self) -> impl Iterator<Item = &JobCode> {
        self.operations.iter().map(|operation| &operation.job)
    }
}

/// One step of a routing.
///
/// # Units
/// `setup_min` is minutes per order; `run_min_per_piece` is minutes per good piece. `None` is unknown, which is not zero.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Operation {
    /// Position within the routing: 10, 20, 30 …
    pub seq: Seq,
    /// What is done.
    pub job: JobCode,
    /// Its name in the plant's words.
    pub job_name: Option<String>,
    /// Where it is done; `None` when the plant does not say.
    pub work_centre: Option<WorkCentreCode>,
    /// Name of the work centre.
    pub work_centre_name: Option<String>,
    /// Other work centres that the plant allows for the same operation, in the order of the data.
    pub alternatives: Vec<WorkCentreCode>,
    /// Whether a supplier does it; `None` when the plant does not say.
    pub outsourced: Option<bool>,
    /// Planned setup, minutes per order.
    pub setup_min: Option<f64>,
    /// Planned run time, minutes per piece.
    pub run_min_per_piece: Option<f64>,
    /// Planned queue before the operation, minutes per order.
    #[serde(default)]
    pub queue_min: Option<f64>,
    /// Planned wait after the operation (cooling, drying), minutes per order.
    #[serde(default)]
    pub wait_min: Option<f64>,
    /// Planned move to the next work centre, minutes per order.
    #[serde(default)]
    pub move_min: Option<f64>,
    /// Whether the pieces of an order are run together, so that run time is per lot; `None` when the plant does not say.
    #[serde(default)]
    pub is_batch: Option<bool>,
    /// First day on which it may be used.
    pub valid_from: Option<Date>,
    /// Last day on which it may be used; `None` is open (the ERP's 2999-12-31).
    pub valid_to: Option<Date>,
}

/// Hash of the whole sequence of (job, work centre) pairs: equal exactly for equal routings.
///
/// Sixteen hexadecimal digits of SHA-256. Field and operation ends are marked, so that `A|BC` and `AB|C` differ.
pub fn signature<'a>(steps: impl IntoIterator<Item = (&'a JobCode, Option<&'a WorkCentreCode>)>) -> String {
    let mut hash = Sha256::new();
    for (job, work_centre) in steps {
        hash.update(job.as_str().as_bytes());
        hash.update([0x1f]);
        if let Some(work_centre) = work_centre {
            hash.update(work_centre.as_str().as_bytes());
        }
        hash.update([0x1e]);
    }
    hex::encode(&hash.finalize()[..8])
}
