//! The tables of a plant, and the fields that their rows have.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Which of the three tables a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TableKind {
    Items,
    Routings,
    WorkResults,
}

impl TableKind {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Items, Self::Routings, Self::WorkResults];

    /// Fields without which a row says nothing.
    pub fn keys(self) -> &'static [Field] {
        match self {
            Self::Items => &[Field::ItemCd],
            Self::Routings => &[Field::ItemCd, Field::RoutingId, Field::ProcSeq, Field::JobCd],
            Self::WorkResults => &[Field::ItemCd, Field::JobCd],
        }
    }

    /// The usual name of such a table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Items => "items",
            Self::Routings => "routings",
            Self::WorkResults => "work_results",
        }
    }

    /// What a file name says, if anything.
    pub fn of_file_name(file: &str) -> Option<Self> {
        let stem = super::key(file.rsplit(['/', '\\']).next().unwrap_or(file));
        let says = |words: &[&str]| words.iter().any(|word| stem.contains(word));
        match () {
            () if says(RESULT_FILES) => Some(Self::WorkResults),
            () if says(ROUTING_FILES) => Some(Self::Routings),
            () if says(ITEM_FILES) => Some(Self::Items),
            () => None,
        }
    }
}

/// Parts of file names, written as [`super::key`] writes them.
const RESULT_FILES: &[&str] = &[
    "result",
    "actual",
    "confirmation",
    "jobcard",
    "실적",
    "ruckmeld",
    "rueckmeld",
    "istdaten",
    "notificacion",
    "报工",
    "实绩",
    "日报",
];
const ROUTING_FILES: &[&str] =
    &["rout", "operation", "라우팅", "공정", "arbeitsplan", "arbeitsplane", "hojaderuta", "工艺路线", "工序", "工程"];
const ITEM_FILES: &[&str] =
    &["item", "material", "article", "product", "품목", "자재", "artikel", "stammdaten", "articulo", "物料", "品目"];

/// A field of a row. Its wire name is the column name of the common form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    ItemCd,
    ItemNm,
    /// The site that the row belongs to.
    Plant,
    /// The item above this one; an attribute of an items table.
    ParentItem,
    RoutingId,
    ProcSeq,
    JobCd,
    JobNm,
    ResCd,
    ResNm,
    /// Other work centres that can do the operation, often several in one cell.
    Alternatives,
    /// Rank of the row's work centre among those of the operation.
    WorkCentrePriority,
    /// Rank of the routing among those of the item.
    RoutingPriority,
    /// A rank that does not say of what: of the routing or of the work centre.
    Priority,
    /// A flag that does not say of what: the main routing or the main work centre.
    IsPrimary,
    SetupTimeMin,
    /// Minutes per `lot_size` pieces in a routing, minutes of the whole order in work results.
    RunTimeMin,
    RunMinPerPiece,
    QueueTimeMin,
    WaitTimeMin,
    MoveTimeMin,
    /// Time within the reported time in which the work stood still.
    HoldTimeMin,
    BatchOper,
    /// The number of pieces that the run time is for.
    LotSize,
    TimeUnit,
    InsideFlag,
    Outsourced,
    /// The item's main routing.
    IsMain,
    Created,
    ValidFrom,
    ValidTo,
    OrderNo,
    ReportNo,
    Qty,
    GoodQty,
    BadQty,
    SetupHrs,
    ActualHrs,
    End,
    /// The report was taken back.
    Cancelled,
    /// State of the report, which may say that it was taken back.
    Status,
}

impl Field {
    /// Name of the column in the common form.
    pub fn name(self) -> &'static str {
        super::names(self).common.first().copied().unwrap_or("")
    }

    /// The field whose column in the common form is called so.
    pub fn by_name(name: &str) -> Option<Self> {
        let wanted = super::key(name);
        super::NAMES.iter().map(|names| names.field).find(|field| super::key(field.name()) == wanted)
    }

    /// All fields by name, in the order of the tables.
    pub fn all() -> impl Iterator<Item = Self> {
        super::NAMES.iter().map(|names| names.field)
    }

    /// Whether it is a length of time.
    pub fn is_time(self) -> bool {
        matches!(
            self,
            Self::SetupTimeMin
                | Self::RunTimeMin
                | Self::RunMinPerPiece
                | Self::QueueTimeMin
                | Self::WaitTimeMin
                | Self::MoveTimeMin
                | Self::HoldTimeMin
                | Self::SetupHrs
                | Self::ActualHrs
        )
    }

    /// Whether it is a number of pieces.
    pub fn is_quantity(self) -> bool {
        matches!(self, Self::Qty | Self::GoodQty | Self::BadQty | Self::LotSize)
    }

    /// Whether it is a day.
    pub fn is_day(self) -> bool {
        matches!(self, Self::Created | Self::ValidFrom | Self::ValidTo | Self::End)
    }

    /// Whether it is a code, so that `_id`, `_no`, `코드`, `nummer` and the like may end its name.
    pub(super) fn is_code(self) -> bool {
        matches!(
            self,
            Self::ItemCd | Self::Plant | Self::RoutingId | Self::JobCd | Self::ResCd | Self::OrderNo | Self::ReportNo
        )
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
