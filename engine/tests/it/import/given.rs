//! Files of an import, read the way the product reads them: all together, then assembled on a day.

use std::sync::Arc;

use engine::domain::{Date, Item, Operation, Plant, Routing, WorkResult};
use engine::import::{
    Flaw, ImportError, ImportReport, LeftOut, LikeCode, Options, ReadEvent, SetFile, effective, join, look,
};

/// What an import made of its files.
pub struct Reading {
    pub items: Vec<Item>,
    /// As they are on the day, without those held back.
    pub routings: Vec<Routing>,
    /// `ITEM/ROUTING` of those held back, with the reasons.
    pub held: Vec<(String, Vec<Flaw>)>,
    /// Reports that count.
    pub results: Vec<WorkResult>,
    pub refused: Vec<Flaw>,
    pub doubts: Vec<Flaw>,
    pub tables: Vec<ImportReport>,
    pub left_out: Vec<LeftOut>,
    pub failed: Vec<LeftOut>,
    pub like: Vec<LikeCode>,
}

/// The day on which routings are assembled if a test does not say another.
pub const TODAY: &str = "2024-06-01";

/// Reads texts in UTF-8.
pub fn read(files: &[(&str, &str)]) -> Reading {
    read_with(files, &Options::default())
}

/// Reads texts by what the caller states.
pub fn read_with(files: &[(&str, &str)], options: &Options) -> Reading {
    let files: Vec<(&str, Vec<u8>)> = files.iter().map(|(name, text)| (*name, text.as_bytes().to_vec())).collect();
    read_bytes(&files, options, TODAY)
}

/// Reads files of any kind.
pub fn read_bytes(files: &[(&str, Vec<u8>)], options: &Options, today: &str) -> Reading {
    let set: Vec<SetFile> =
        files.iter().map(|(name, bytes)| SetFile::named(*name, Arc::<[u8]>::from(bytes.clone()))).collect();
    let look = look(&set, options, &|_| {});
    let (mut refused, mut doubts) = (Vec::new(), Vec::new());
    let (mut gathered, tables) = look.read(&set, &mut |event| {
        if let ReadEvent::Row(_, outcome) = event {
            refused.extend(outcome.record.as_ref().err().map(|refusal| refusal.flaw.clone()));
            doubts.extend(outcome.doubts.clone());
        }
    });
    let like = join(&mut gathered, &[], &options.joins);
    let items: Vec<Item> = gathered.items().map(|one| one.item).collect();
    let (mut rows, mut held) = (Vec::new(), Vec::new());
    for routing in gathered.routings() {
        if routing.held.is_empty() {
            rows.extend(routing.rows);
        } else {
            held.push((format!("{}/{}", routing.item, routing.id), routing.held));
        }
    }
    let results = gathered.report_groups().flat_map(|group| effective(&group.reports)).collect();
    let plant = Plant::assemble_on(items.clone(), rows, results, Some(day(today)));
    for (open, report) in look.tables.iter().zip(&tables) {
        assert_eq!(report.n_rows, report.n_ok + report.n_duplicates + report.n_refused, "{}", report.file);
        assert_eq!(untold(&open.table.header, report), [""; 0], "{}", report.file);
    }
    assert_eq!(tables.iter().map(|table| table.n_refused).sum::<u64>(), refused.len() as u64);
    Reading {
        items,
        routings: plant.routings,
        held,
        results: plant.results,
        refused,
        doubts,
        tables,
        left_out: look.left_out,
        failed: look.failed,
        like,
    }
}

/// The columns of a header of which the report says nothing.
pub fn untold<'h>(header: &'h [String], report: &ImportReport) -> Vec<&'h str> {
    let mut told: Vec<&str> = report.columns.iter().map(|one| one.column.as_str()).collect();
    told.extend(report.ignored.iter().map(|one| one.column.as_str()));
    for attribute in &report.attributes {
        told.push(&attribute.column);
        told.extend(attribute.unit_column.as_deref());
    }
    header.iter().map(String::as_str).filter(|name| !told.contains(name)).collect()
}

impl Reading {
    /// Panics unless every file went in without a word.
    pub fn clean(self) -> Self {
        assert!(self.failed.is_empty() && self.left_out.is_empty(), "{:?} {:?}", self.failed, self.left_out);
        assert!(self.refused.is_empty() && self.doubts.is_empty(), "{:#?} {:#?}", self.refused, self.doubts);
        self
    }

    /// The operations of an item that has one routing.
    pub fn operations(&self, item: &str) -> &[Operation] {
        let of_item: Vec<&Routing> = self.routings.iter().filter(|one| one.item.as_str() == item).collect();
        assert_eq!(of_item.len(), 1, "{item} among {:?}: {:?} {:?}", self.routings, self.refused, self.failed);
        &of_item[0].operations
    }

    /// `NUMBER JOB CENTRE/OTHERS` of each operation of an item with one routing.
    pub fn steps(&self, item: &str) -> Vec<String> {
        let step = |one: &Operation| {
            let centres: Vec<String> =
                one.work_centre.iter().chain(&one.alternatives).map(ToString::to_string).collect();
            format!("{} {} {}", one.seq, one.job, centres.join("/")).trim_end().to_owned()
        };
        self.operations(item).iter().map(step).collect()
    }

    /// Setup and run minutes of each operation of an item with one routing.
    pub fn minutes(&self, item: &str) -> Vec<(Option<f64>, Option<f64>)> {
        self.operations(item).iter().map(|one| (one.setup_min, one.run_min_per_piece)).collect()
    }

    /// Names of the routings held back.
    pub fn held_names(&self) -> Vec<&str> {
        self.held.iter().map(|(name, _)| name.as_str()).collect()
    }

    /// `row rule` of each doubt.
    pub fn doubt_rules(&self) -> Vec<String> {
        self.doubts.iter().map(|flaw| format!("{} {}", flaw.row, flaw.rule)).collect()
    }

    /// The item of a code.
    pub fn item(&self, code: &str) -> &Item {
        self.items
            .iter()
            .find(|item| item.code.as_str() == code)
            .unwrap_or_else(|| panic!("no {code}: {:?}", self.items))
    }

    /// The only file that failed.
    pub fn failure(&self) -> &ImportError {
        assert_eq!(self.failed.len(), 1, "{:?} {:?}", self.failed, self.tables);
        &self.failed[0].error
    }
}

/// A day from its text.
pub fn day(text: &str) -> Date {
    text.parse().expect("a day")
}
