//! An import as a job: read here, or where a worker is.

use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Result, bail};
use contract::jobs::JobOutcome;

use super::ImportFiles;
use super::words::Words;
use crate::background::Share;
use crate::cli::job::{report, run_with_files};
use crate::cli::{Console, Progress};
use crate::encoder::EncoderStore;
use crate::jobs::{AtHand, Done, ImportEnd, fetch_left};
use crate::services::Services;
use crate::services::import::{
    Beside, ImportEvent, ImportFailure, ImportOptions, ImportSummary, Left, Listener, SourceFile, Wanted, numbered,
};
use crate::services::jobs::{ImportTask, Task};

impl ImportFiles {
    /// Imports as a job, here or where a worker is.
    pub(super) async fn import(
        &self,
        services: &Services,
        encoder: &EncoderStore,
        sources: Vec<SourceFile>,
        options: &ImportOptions,
        words: Words,
        console: &Console,
    ) -> Result<(Result<ImportSummary, ImportFailure>, Left)> {
        let beside = Beside::open(&self.wanted(words))?;
        let is_named = sources.iter().map(|source| source.is_named).collect();
        let mut task = ImportTask::new(is_named, options, words.0.code());
        task.wants_errors = self.errors.is_some();
        task.save_profile = self.save_profile.clone().unwrap_or_default();
        let at_hand = AtHand { sources, listener: listener(console.progress(), beside.clone()) };
        let came = run_with_files(services, encoder, &Task::Import(Box::new(task)), at_hand, label, console).await?;
        if came.done.is_some() {
            // Nobody else is there to do it.
            console.progress().at("making new data findable", 0.0);
            services.make_snapshot(Share::Whole).await?;
        }
        console.progress().done();
        let end = match came.done {
            Some(Done::Import(end)) if came.id.is_empty() => return Ok((end.into_result(), beside.finish()?)),
            // This process was the worker.
            Some(Done::Import(end)) => *end,
            _ => match report::<ImportEnd>(services, &came.id).await? {
                Some(end) => end,
                None => return came_to_nothing(&came.outcome),
            },
        };
        // What a worker has left takes the place of what was begun here.
        drop(beside.finish()?);
        let refused = |at: usize| self.refused.as_deref().map(|path| numbered(path, at));
        let left = fetch_left(services, &came.id, self.errors.as_deref(), refused).await?;
        Ok((end.into_result(), left))
    }

    fn wanted(&self, words: Words) -> Wanted<'_> {
        Wanted {
            errors: self.errors.as_deref(),
            refused: self.refused.as_deref(),
            profile: self.save_profile.as_deref().unwrap_or_default(),
            joins: self.join.iter().copied().collect(),
            words,
        }
    }
}

/// Why there is no report: no import came so far.
fn came_to_nothing<T>(outcome: &JobOutcome) -> Result<T> {
    match (&outcome.ref_id, outcome.code.as_str()) {
        (Some(ref_id), _) => bail!("the import failed; the log has more under {ref_id}"),
        (None, "cancelled") => bail!("the import was cancelled; nothing was stored"),
        (None, code) => bail!("the import came to nothing: {code}"),
    }
}

/// Phases of an import that another process runs.
fn label(phase: &str) -> String {
    phase.to_owned()
}

fn listener(progress: Progress, beside: Beside) -> Listener {
    // The file that is read now.
    let file = Mutex::new(String::new());
    Arc::new(move |event| {
        beside.hear(&event);
        let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
        match event {
            ImportEvent::Looking(name) => progress.at(&format!("looking at {name}"), 0.0),
            ImportEvent::Reading(table) => {
                progress.at(&format!("reading {}", table.file), 0.0);
                table.file.clone_into(&mut file);
            }
            ImportEvent::Rows(n_rows) => progress.count(&format!("reading {file}: {n_rows} rows")),
            ImportEvent::Storing => progress.at("storing", 0.0),
            ImportEvent::Row(..) | ImportEvent::Original(_) | ImportEvent::Share(_) => {}
        }
        ControlFlow::Continue(())
    })
}
