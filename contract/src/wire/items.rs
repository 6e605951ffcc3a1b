//! Items and their routings.

use std::collections::BTreeMap;

use engine::domain::{Date, ItemCode, JobCode, RoutingId, Seq, WorkCentreCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::code;

form! {
    /// An item, known or not yet existing: its code, its name and any attributes the plant keeps.
    ///
    /// An attribute that is absent from the map is *missing*; an empty text is never stored.
    ///
    /// # Units
    /// Attribute values are cleaned text. A length attribute is in millimetres and says so in its name (`…_mm`)
    /// or was converted to millimetres when it was imported.
    #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
    struct Item of engine::domain::Item {
        /// Key of the item.
        #[schema(value_type = code::ItemCode)]
        code: ItemCode,
        /// Name in the plant's own words; `None` when the plant left it empty.
        name: Option<String>,
        /// Attribute name → cleaned text. Ordered, so that everything computed from it is repeatable.
        attributes: BTreeMap<String, String>,
    }
}

form! {
    /// One way of making one item. One item can have several; one of them may be marked main (주라우팅).
    #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
    struct Routing of engine::domain::Routing {
        /// The item that it makes.
        #[schema(value_type = code::ItemCode)]
        item: ItemCode,
        /// Its number, unique within the item.
        #[schema(value_type = code::RoutingId)]
        id: RoutingId,
        /// Whether the plant marks it as the main routing; `None` when the plant does not say.
        is_main: Option<bool>,
        /// When it was written.
        created: Option<Date>,
        /// Operations in ascending `seq`.
        operations: Vec<Operation>,
    }
}

form! {
    /// One step of a routing.
    ///
    /// # Units
    /// `setup_min` is minutes per order; `run_min_per_piece` is minutes per good piece. `None` is unknown, which is not zero.
    #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
    struct Operation of engine::domain::Operation {
        /// Position within the routing: 10, 20, 30 …
        #[schema(value_type = code::Seq)]
        seq: Seq,
        /// What is done.
        #[schema(value_type = code::JobCode)]
        job: JobCode,
        /// Its name in the plant's words.
        job_name: Option<String>,
        /// Where it is done; `None` when the plant does not say.
        #[schema(value_type = Option<code::WorkCentreCode>)]
        work_centre: Option<WorkCentreCode>,
        /// Name of the work centre.
        work_centre_name: Option<String>,
        /// Other work centres that the plant allows for the same operation, in the order of the data.
        #[schema(value_type = Vec<code::WorkCentreCode>)]
        alternatives: Vec<WorkCentreCode>,
        /// Whether a supplier does it; `None` when the plant does not say.
        outsourced: Option<bool>,
        /// Planned setup, minutes per order.
        setup_min: Option<f64>,
        /// Planned run time, minutes per piece.
        run_min_per_piece: Option<f64>,
        /// Planned queue before the operation, minutes per order.
        #[serde(default)]
        queue_min: Option<f64>,
        /// Planned wait after the operation (cooling, drying), minutes per order.
        #[serde(default)]
        wait_min: Option<f64>,
        /// Planned move to the next work centre, minutes per order.
        #[serde(default)]
        move_min: Option<f64>,
        /// Whether the pieces of an order are run together, so that run time is per lot; `None` when the plant does not say.
        #[serde(default)]
        is_batch: Option<bool>,
        /// First day on which it may be used.
        valid_from: Option<Date>,
        /// Last day on which it may be used; `None` is open (the ERP's 2999-12-31).
        valid_to: Option<Date>,
    }
}
