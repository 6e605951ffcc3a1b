//! What imports leave in the database: replaced, held back, removed, taken back, and never by halves.

mod blanks;
mod kill;
mod opening;
mod removal;
mod replace;
mod undo;
mod upgrade;

use std::collections::BTreeMap;
use std::sync::Arc;

use engine::domain::{Date, Item, OperationRow, Plant, Seq, WorkResult};
use engine::import::{Expected, Flaw, Gathered, Gathering, Grade, WorkReport};
use server::services::acting::Caller;
use server::services::store::{Mode, StoreError, StoreOptions, Stored, UndoError, UndoneImport, store, undo};
use tests::TestApp;

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

/// What one import brings, in short.
#[derive(Default)]
struct Brings(Gathering);

impl Brings {
    /// An item of a file with columns for `mapped`; blanks are left out of `filled`.
    fn item(mut self, code: &str, name: &str, mapped: &[&str], filled: &[(&str, &str)]) -> Self {
        let columns = self.0.map(mapped.iter().map(|name| (*name).to_owned()).collect());
        let mut item = Item::new(code);
        item.name = Some(name.to_owned()).filter(|name| !name.is_empty());
        item.attributes = filled.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        self.0.item(item, columns);
        self
    }

    /// A routing with these jobs, numbered 10, 20, 30.
    fn routing(mut self, item: &str, id: &str, jobs: &[&str]) -> Self {
        for (job, seq) in jobs.iter().zip((10..).step_by(10)) {
            let seq = Seq::new(seq);
            self.0.operation(OperationRow {
                item: item.into(),
                routing: id.into(),
                seq,
                job: (*job).into(),
                ..OperationRow::default()
            });
        }
        self
    }

    fn row(mut self, row: OperationRow) -> Self {
        self.0.operation(row);
        self
    }

    fn hold(mut self, item: &str, id: &str, row: u32) -> Self {
        self.0.hold(item.into(), id.into(), flaw(row));
        self
    }

    fn report(mut self, item: &str, order: &str, number: &str, run_min: f64) -> Self {
        let result = WorkResult {
            item: item.into(),
            order: Some(order.to_owned()).filter(|order| !order.is_empty()),
            job: "J".into(),
            run_min: Some(run_min),
            ..WorkResult::default()
        };
        let number = Some(number.to_owned()).filter(|number| !number.is_empty());
        self.0.report(WorkReport { result, number, ..WorkReport::default() }, 1);
        self
    }

    fn done(self) -> Arc<Gathered> {
        Arc::new(self.0.finish())
    }
}

fn flaw(row: u32) -> Flaw {
    let expected = Expected::NonEmpty;
    Flaw {
        file: "routes.csv".into(),
        sheet: None,
        row,
        column: Some("job".into()),
        value: String::new(),
        rule: expected.rule().to_owned(),
        expected,
        grade: Grade::Refused,
        suggestion: None,
    }
}

fn usual() -> StoreOptions {
    StoreOptions::replacing(day("2026-01-15"))
}

async fn try_put(app: &TestApp, brings: Brings, options: &StoreOptions) -> Result<Stored, StoreError> {
    store(&app.services.acting(Caller::Console, None), brings.done(), "[]", options).await
}

async fn put(app: &TestApp, brings: Brings) -> Stored {
    try_put(app, brings, &usual()).await.expect("it is stored")
}

/// The number of a stored import.
fn no(stored: &Stored) -> String {
    stored.import.as_ref().expect("it was no dry run").no.to_string()
}

async fn take_back(app: &TestApp, id: &str, is_dry_run: bool) -> Result<UndoneImport, UndoError> {
    undo(&app.services.acting(Caller::Console, None), id, is_dry_run).await
}

async fn plant(app: &TestApp) -> Plant {
    server::db::plant::load(&app.services.db).await.expect("it is read")
}

/// Jobs of the routings of the plant by `item/id`.
async fn jobs(app: &TestApp) -> BTreeMap<String, String> {
    let routings = plant(app).await.routings;
    let line =
        |routing: &engine::domain::Routing| routing.jobs().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    routings.iter().map(|routing| (format!("{}/{}", routing.item, routing.id), line(routing))).collect()
}

async fn codes(app: &TestApp) -> Vec<String> {
    plant(app).await.items.into_iter().map(|item| item.code.to_string()).collect()
}

/// Run times of the reports that count.
async fn run_min(app: &TestApp) -> Vec<f64> {
    plant(app).await.results.iter().filter_map(|result| result.run_min).collect()
}

fn adding() -> StoreOptions {
    StoreOptions { mode: Mode::Add, ..usual() }
}
