//! Work as the shop floor reported it.

use serde::{Deserialize, Serialize};

use super::{Date, ItemCode, JobCode, RoutingId, Seq, WorkCentreCode};

/// One reported operation of one work order (실적).
///
/// # Units
/// Minutes; `setup_min` and `run_min` are for the *whole order*, quantities are pieces. `None` is unknown.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct WorkResult {
    pub item: ItemCode,
    pub order: Option<String>,
    pub routing: Option<RoutingId>,
    pub seq: Option<Seq>,
    pub job: JobCode,
    pub work_centre: Option<WorkCentreCode>,
    pub qty: Option<f64>,
    pub good_qty: Option<f64>,
    pub setup_min: Option<f64>,
    pub run_min: Option<f64>,
    pub end: Option<Date>,
}

impl WorkResult {
    /// Run time per piece that the report shows: order minutes over the pieces worked on.
    ///
    /// `None` when time or quantity is unknown or not positive, which is how a forgotten report looks.
    pub fn run_min_per_piece(&self) -> Option<f64> {
        let qty = self.qty.or(self.good_qty).filter(|qty| *qty > 0.0)?;
        self.run_min.filter(|minutes| *minutes > 0.0).map(|minutes| minutes / qty)
    }
}
