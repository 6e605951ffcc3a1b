//! Every name of every field, in six languages.

#[rustfmt::skip]
mod operation;
#[rustfmt::skip]
mod reported;
#[rustfmt::skip]
mod thing;
#[rustfmt::skip]
mod time;
#[rustfmt::skip]
mod validity;

use super::field::{Field, TableKind};

/// Names of one field; an earlier name wins where a table has several of them.
pub struct Names {
    pub field: Field,
    /// Tables in which these names mean this field.
    pub tables: &'static [TableKind],
    /// English and Korean; the first is the name of the common form.
    pub common: &'static [&'static str],
    pub german: &'static [&'static str],
    pub spanish: &'static [&'static str],
    /// Simplified characters; traditional ones are read as these.
    pub chinese: &'static [&'static str],
    pub japanese: &'static [&'static str],
}

impl Names {
    /// All names, the best first.
    pub fn all(&self) -> impl Iterator<Item = &'static str> {
        [self.common, self.german, self.spanish, self.chinese, self.japanese].into_iter().flatten().copied()
    }

    /// What an error message lists: the common names, and one of each other language.
    pub fn listed(&self) -> impl Iterator<Item = &'static str> {
        let firsts = [self.german, self.spanish, self.chinese, self.japanese];
        self.common.iter().chain(firsts.into_iter().filter_map(<[_]>::first)).copied()
    }
}

const ALL: &[TableKind] = &TableKind::ALL;
const ITEMS: &[TableKind] = &[TableKind::Items];
const ROUTINGS: &[TableKind] = &[TableKind::Routings];
const RESULTS: &[TableKind] = &[TableKind::WorkResults];
const STEPS: &[TableKind] = &[TableKind::Routings, TableKind::WorkResults];

/// Every field, in the order of the enum.
pub const NAMES: [&Names; 41] = [
    &thing::ITEM_CD,
    &thing::ITEM_NM,
    &thing::PLANT,
    &thing::PARENT_ITEM,
    &operation::ROUTING_ID,
    &operation::PROC_SEQ,
    &operation::JOB_CD,
    &operation::JOB_NM,
    &operation::RES_CD,
    &operation::RES_NM,
    &operation::ALTERNATIVES,
    &validity::WORK_CENTRE_PRIORITY,
    &validity::ROUTING_PRIORITY,
    &validity::PRIORITY,
    &validity::IS_PRIMARY,
    &time::SETUP_TIME_MIN,
    &time::RUN_TIME_MIN,
    &time::RUN_MIN_PER_PIECE,
    &time::QUEUE_TIME_MIN,
    &time::WAIT_TIME_MIN,
    &time::MOVE_TIME_MIN,
    &time::HOLD_TIME_MIN,
    &operation::BATCH_OPER,
    &operation::LOT_SIZE,
    &time::TIME_UNIT,
    &operation::INSIDE_FLAG,
    &operation::OUTSOURCED,
    &validity::IS_MAIN,
    &validity::CREATED,
    &validity::VALID_FROM,
    &validity::VALID_TO,
    &reported::ORDER_NO,
    &reported::REPORT_NO,
    &reported::QTY,
    &reported::GOOD_QTY,
    &reported::BAD_QTY,
    &time::SETUP_HRS,
    &time::ACTUAL_HRS,
    &reported::END,
    &reported::CANCELLED,
    &reported::STATUS,
];

/// The names of `field`.
pub fn names(field: Field) -> &'static Names {
    // The table lists the fields in the order of the enum, which a test checks.
    NAMES[field as usize]
}

/// Names that mean the operation itself: its number in one plant, its code in another. They are listed as names of the
/// job; the other columns of a table decide ([`super::settle`]). Written as keys.
#[rustfmt::skip]
pub const OPERATION: &[&str] = &[
    "operation", "operations", "operationid", "op", "oper", "process", "공정", "작업", "prozess", "vorgang", "arbeitsgang", "arbeitsvorgang", "avo", "operacion",
    "工序", "工程", "制程", "作业",
];
