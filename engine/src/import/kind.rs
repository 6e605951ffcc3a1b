//! Which of the three tables a file holds: by all its columns and by how its codes repeat, never by one name.

mod parts_list;

use std::collections::BTreeSet;

use super::columns::{self, Field, Recognised, TableKind, recognise, settle};
use super::error::{ImportError, NotATableReason};
use super::profile::Profile;
use parts_list::PartsList;

/// How the item codes of a whole file repeat. All zero where the rows were not looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KeyStats {
    /// Rows with an item code.
    pub n_rows: u64,
    pub n_distinct_items: u64,
    /// Rows whose item stands in the row above, too. Where it equals `n_rows - n_distinct_items`, the rows of each item
    /// stand together.
    pub n_rows_as_above: u64,
}

impl KeyStats {
    /// Whether each item has one row; `None` when the rows were not looked at.
    pub fn is_unique(&self) -> Option<bool> {
        (self.n_rows > 0).then_some(self.n_distinct_items == self.n_rows)
    }

    /// Whether the rows of each item stand together; `None` when the rows were not looked at.
    pub fn is_together(&self) -> Option<bool> {
        (self.n_rows > 0).then(|| self.n_rows_as_above == self.n_rows.saturating_sub(self.n_distinct_items))
    }
}

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    pub kind: TableKind,
    /// A routing table without a routing number: each item has the one routing `1`.
    pub assumed_routing_id: bool,
    /// A routing table without operation numbers: the order of the rows counts.
    pub assumed_seq: bool,
    /// There is no column of job codes, so that the name of the operation stands for it.
    pub job_from_name: bool,
    /// There is no column of work centre codes, so that the name of the work centre stands for it.
    pub work_centre_from_name: bool,
}

/// The fields of the columns of a table of `kind`, as far as their names tell.
pub fn fields(
    headers: &[String],
    profile: &Profile,
    kind: TableKind,
    is_numbered: &dyn Fn(usize) -> Option<bool>,
) -> Vec<Option<Recognised>> {
    let of = |header: &String| (!columns::is_personal(header)).then(|| recognise(profile, kind, header)).flatten();
    let mut found: Vec<Option<Recognised>> = headers.iter().map(of).collect();
    settle(headers, &mut found, is_numbered);
    found
}

/// The column of item codes by which [`KeyStats`] are counted; the kind of the table is not known yet.
pub fn item_column(headers: &[String], profile: &Profile) -> Option<usize> {
    let profile = profile.for_header(headers);
    let rank =
        |at: usize| recognise(&profile, TableKind::Routings, &headers[at]).filter(|known| known.field == Field::ItemCd);
    (0..headers.len()).filter_map(|at| Some((rank(at)?.rank, at))).min().map(|(_, at)| at)
}

/// Decides which table it is. `is_numbered` tells whether the values of a column are numbers; `None` where they were not
/// looked at.
///
/// # Errors
/// [`ImportError::NotATable`] for another kind of table, such as a bill of materials; [`ImportError::MissingColumn`] for
/// one of the three that lacks a column; [`ImportError::NoKeyColumn`] when the header makes no sense.
pub fn decide(
    file: &str,
    headers: &[String],
    delimiter: char,
    profile: &Profile,
    stats: &KeyStats,
    is_numbered: &dyn Fn(usize) -> Option<bool>,
) -> Result<Decision, ImportError> {
    let profile = profile.for_header(headers);
    let evidence = Evidence::of(file, headers, &profile, stats, is_numbered);
    if let Some(reason) = evidence.other_table(headers) {
        return Err(ImportError::NotATable { file: file.to_owned(), reason });
    }
    let kind = evidence.kind();
    let missing = |field: Field| ImportError::MissingColumn {
        file: file.to_owned(),
        kind,
        field,
        accepted: profile.accepted(field),
        columns: headers.to_vec(),
    };
    if !evidence.has_item {
        let said = evidence.said;
        let is_ours = evidence.n_keys > 1
            || (kind == TableKind::WorkResults && evidence.has_job)
            || (evidence.has_item_name && said == Some(TableKind::Items));
        return Err(match () {
            () if headers.len() >= 2 && is_ours => missing(Field::ItemCd),
            () if headers.len() < 2 || said.is_some() => ImportError::NoKeyColumn {
                file: file.to_owned(),
                delimiter,
                columns: headers.to_vec(),
                accepted: profile.accepted(Field::ItemCd),
            },
            () => ImportError::NotATable {
                file: file.to_owned(),
                reason: NotATableReason::NoItemCode { columns: headers.to_vec() },
            },
        });
    }
    let found = match kind {
        TableKind::Items => return Ok(Decision::of(kind)),
        TableKind::Routings => &evidence.routing,
        TableKind::WorkResults => &evidence.results,
    };
    let has = |field: Field| found.contains(&field);
    let mut decision = Decision::of(kind);
    if !has(Field::JobCd) {
        if !has(Field::JobNm) {
            return Err(missing(Field::JobCd));
        }
        decision.job_from_name = true;
    }
    decision.work_centre_from_name = !has(Field::ResCd) && has(Field::ResNm);
    if kind == TableKind::Routings {
        decision.assumed_routing_id = !has(Field::RoutingId);
        decision.assumed_seq = !has(Field::ProcSeq);
        // Without a number the rows are in order only where those of an item follow each other; and a rank or a mark of the
        // main one says that they stand beside each other instead.
        let ranks = [Field::WorkCentrePriority, Field::Priority, Field::IsPrimary, Field::IsMain];
        let is_in_order = stats.is_together() == Some(true) && !ranks.into_iter().any(has);
        if decision.assumed_seq && !is_in_order {
            return Err(missing(Field::ProcSeq));
        }
    }
    Ok(decision)
}

/// Takes a table for what the caller says that it is.
///
/// # Errors
/// [`ImportError::MissingColumn`] when it lacks a column of that kind.
pub fn decide_as(
    file: &str,
    headers: &[String],
    named: &[String],
    profile: &Profile,
    stats: &KeyStats,
    kind: TableKind,
) -> Result<Decision, ImportError> {
    let profile = profile.for_header(headers);
    let found: Vec<Field> =
        fields(named, &profile, kind, &|_| None).into_iter().flatten().map(|known| known.field).collect();
    let has = |field: Field| found.contains(&field);
    let missing = |field: Field| ImportError::MissingColumn {
        file: file.to_owned(),
        kind,
        field,
        accepted: profile.accepted(field),
        columns: headers.to_vec(),
    };
    if !has(Field::ItemCd) {
        return Err(missing(Field::ItemCd));
    }
    let mut decision = Decision::of(kind);
    if kind == TableKind::Items {
        return Ok(decision);
    }
    decision.job_from_name = !has(Field::JobCd);
    if decision.job_from_name && !has(Field::JobNm) {
        return Err(missing(Field::JobCd));
    }
    if kind == TableKind::Routings {
        decision.assumed_routing_id = !has(Field::RoutingId);
        decision.assumed_seq = !has(Field::ProcSeq);
        if decision.assumed_seq && stats.is_together() != Some(true) {
            return Err(missing(Field::ProcSeq));
        }
    }
    Ok(decision)
}

impl Decision {
    fn of(kind: TableKind) -> Self {
        Self { kind, assumed_routing_id: false, assumed_seq: false, job_from_name: false, work_centre_from_name: false }
    }
}

/// What speaks for which table.
struct Evidence {
    said: Option<TableKind>,
    says_bom: bool,
    routing: Vec<Field>,
    results: Vec<Field>,
    has_item: bool,
    has_item_name: bool,
    has_job: bool,
    n_keys: usize,
    is_unique: Option<bool>,
    /// Fields that only a report has, and those that it usually has.
    n_reported: usize,
    n_usual: usize,
    /// Whether something reported is no time: an order, a number of pieces.
    has_report_key: bool,
    /// Fields that only a routing has.
    n_planned: usize,
    parts: PartsList,
}

impl Evidence {
    fn of(
        file: &str,
        headers: &[String],
        profile: &Profile,
        stats: &KeyStats,
        is_numbered: &dyn Fn(usize) -> Option<bool>,
    ) -> Self {
        let of = |kind: TableKind| -> Vec<Field> {
            let found = fields(headers, profile, kind, is_numbered);
            found.into_iter().flatten().map(|known| known.field).collect()
        };
        let (items, routing, results) = (of(TableKind::Items), of(TableKind::Routings), of(TableKind::WorkResults));
        let n_of = |found: &[Field], wanted: &[Field]| wanted.iter().filter(|field| found.contains(field)).count();
        // A name that a routing uses, too, is no sign of a report: hours of work are a plan in one table and a report in the
        // other, and only words such as `actual` tell.
        let reported: BTreeSet<Field> = headers
            .iter()
            .filter(|header| recognise(profile, TableKind::Routings, header).is_none())
            .filter_map(|header| recognise(profile, TableKind::WorkResults, header))
            .map(|known| if known.field.is_time() { Field::ActualHrs } else { known.field })
            .collect();
        let strong = [Field::OrderNo, Field::ReportNo, Field::GoodQty, Field::BadQty, Field::ActualHrs];
        // `종료일` ends a validity in one table and an order in the other, so it counts only where a routing has no use for it.
        let n_shared = usize::from(routing.contains(&Field::ValidTo) && results.contains(&Field::End));
        let usual = [Field::Qty, Field::End, Field::Cancelled, Field::Status];
        #[rustfmt::skip]
        let planned = [
            Field::LotSize, Field::QueueTimeMin, Field::WaitTimeMin, Field::MoveTimeMin, Field::BatchOper, Field::InsideFlag, Field::Outsourced,
            Field::IsMain, Field::IsPrimary, Field::ValidFrom, Field::ValidTo, Field::Alternatives, Field::WorkCentrePriority, Field::RoutingPriority,
        ];
        let stem = columns::key(file.rsplit(['/', '\\']).next().unwrap_or(file));
        Self {
            said: TableKind::of_file_name(file),
            says_bom: [
                "bom",
                "billofmaterial",
                "stuckliste",
                "stueckliste",
                "partslist",
                "자재명세",
                "listademateriales",
                "物料清单",
                "部品表",
            ]
            .iter()
            .any(|word| stem.contains(word)),
            has_item: routing.contains(&Field::ItemCd) || items.contains(&Field::ItemCd),
            has_item_name: items.contains(&Field::ItemNm),
            has_job: results.contains(&Field::JobCd) || results.contains(&Field::JobNm),
            n_keys: n_of(&routing, &[Field::RoutingId, Field::ProcSeq])
                + usize::from(n_of(&routing, &[Field::JobCd, Field::JobNm]) > 0),
            is_unique: stats.is_unique(),
            n_reported: strong.iter().filter(|field| reported.contains(field)).count(),
            has_report_key: reported.iter().any(|field| strong.contains(field) && *field != Field::ActualHrs),
            n_usual: n_of(&results, &usual).saturating_sub(n_shared),
            // An end without a start is as likely the end of an order.
            n_planned: n_of(&routing, &planned) - if routing.contains(&Field::ValidFrom) { 0 } else { n_shared },
            parts: PartsList::of(headers),
            routing,
            results,
        }
    }

    fn has(&self, field: Field) -> bool {
        self.routing.contains(&field)
    }

    fn has_step(&self) -> bool {
        self.has(Field::JobCd) || self.has(Field::JobNm)
    }

    fn has_time(&self) -> bool {
        self.routing.iter().any(|field| field.is_time())
    }

    fn kind(&self) -> TableKind {
        let says_results = self.said == Some(TableKind::WorkResults);
        let says_routings = self.said == Some(TableKind::Routings);
        let is_result = match self.has_job {
            true => {
                // A report that also has words of a routing stays one; a routing with one odd column does, too.
                // Hours alone beside all keys of a routing are what an operation takes, unless the file says otherwise.
                let has_only_hours = self.n_keys == 3 && self.n_usual == 0 && !self.has_report_key && !says_results;
                let is_reported = self.n_reported > 0
                    && !has_only_hours
                    && (self.n_keys < 3 || self.n_reported + self.n_usual > self.n_planned);
                is_reported
                    || (self.n_usual > 0 && (self.n_keys < 3 || says_results) && self.n_planned == 0)
                    || (self.n_keys < 3 && says_results && self.n_planned == 0)
            }
            false => self.n_reported > 1 || (self.n_reported > 0 && says_results),
        };
        let is_repeated = self.is_unique == Some(false);
        let has_res = self.has(Field::ResCd) || self.has(Field::ResNm);
        let has_seq = self.has(Field::ProcSeq);
        let is_step = match (self.has_step(), has_res, self.has_time()) {
            (true, true, true) => true,
            (true, true, false) => has_seq || is_repeated,
            (true, false, has_time) => has_time && is_repeated,
            // A numbered step at a work centre whose job is missing.
            (false, true, has_time) => has_seq && (has_time || is_repeated),
            (false, false, _) => false,
        };
        // Items may name their usual operation and machine; they have names and one row each.
        let is_item_list = self.has_item_name
            && self.is_unique == Some(true)
            && !self.has(Field::ProcSeq)
            && !self.has(Field::SetupTimeMin);
        match () {
            () if is_result => TableKind::WorkResults,
            () if self.n_keys > 1 || (self.n_keys > 0 && says_routings) => TableKind::Routings,
            () if is_step && !is_item_list => TableKind::Routings,
            () => TableKind::Items,
        }
    }

    /// Why it is another table, if it is.
    fn other_table(&self, headers: &[String]) -> Option<NotATableReason> {
        let because = |at: usize| Some(NotATableReason::BillOfMaterials { column: headers[at].clone() });
        let parts = &self.parts;
        let is_numbered_step = self.has(Field::ProcSeq) && self.has_step();
        if is_numbered_step && self.has(Field::ResCd) {
            return None;
        }
        let is_plain_list = self.has_item_name && self.is_unique != Some(false);
        let qty = parts.qty_per.or(parts.qty);
        if let Some(at) = parts.child {
            let is_attribute = match parts.is_bare_component {
                true => {
                    self.has_item
                        && qty.is_none()
                        && parts.level.is_none()
                        && (is_plain_list || self.is_unique == Some(true))
                }
                false => self.has_item && qty.is_none() && self.is_unique == Some(true) && self.has_item_name,
            };
            return if is_attribute { None } else { because(at) };
        }
        if is_numbered_step || (self.has_step() && self.has(Field::ResCd)) {
            return None;
        }
        if let Some(at) = parts.parent {
            let is_attribute = qty.is_none()
                && (self.is_unique == Some(true) || is_plain_list)
                && !(self.says_bom && self.is_unique.is_none());
            return if is_attribute { None } else { because(at) };
        }
        if let Some(at) = parts.level
            && (qty.is_some() || parts.list_no.is_some())
        {
            return because(at);
        }
        if let Some(at) = parts.list_no
            && qty.is_some()
            && self.has_item
        {
            return because(at);
        }
        if let Some(at) = parts.qty_per
            && (self.is_unique == Some(false) || self.says_bom)
        {
            return because(at);
        }
        None
    }
}

#[cfg(test)]
mod tests;
