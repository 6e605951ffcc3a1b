//! Jobs as words.

use contract::jobs::{Job, JobKind, JobOutcome, JobState};

use super::accounts::word;
use crate::components::Tone;
use crate::locale::Locale;
use crate::t;

/// What a job does.
pub fn kind(locale: Locale, kind: JobKind) -> String {
    match kind {
        JobKind::Train => t!(locale, "job-train"),
        JobKind::Evaluate => t!(locale, "job-evaluate"),
        JobKind::Bundle => t!(locale, "job-bundle"),
        JobKind::Snapshot => t!(locale, "job-snapshot"),
        JobKind::Import => t!(locale, "job-import"),
    }
}

/// Where a job stands, and a colour that says the same.
pub fn state(locale: Locale, job: &Job) -> (String, Tone) {
    match job.state {
        JobState::Running if job.is_ending => (t!(locale, "job-state-ending"), Tone::Warn),
        JobState::Queued => (t!(locale, "job-state-queued"), Tone::Plain),
        JobState::Running => (t!(locale, "job-state-running"), Tone::Accent),
        JobState::Done => (t!(locale, "job-state-done"), Tone::Good),
        JobState::Failed => (t!(locale, "job-state-failed"), Tone::Bad),
        JobState::Cancelled => (t!(locale, "job-state-cancelled"), Tone::Plain),
        JobState::Skipped => (t!(locale, "job-state-skipped"), Tone::Warn),
    }
}

/// What a running job is doing; the code itself where there is no word for it.
pub fn phase(locale: Locale, code: &str) -> String {
    word(locale, format!("job-phase-{code}"), code)
}

/// What a job has made, or why it did not; `None` when the state says everything.
pub fn outcome(locale: Locale, kind: JobKind, outcome: &JobOutcome) -> Option<String> {
    match (outcome.code.as_str(), kind, &outcome.made, &outcome.ref_id) {
        ("cancelled", ..) => None,
        ("done", JobKind::Train, Some(model), _) => Some(t!(locale, "job-made-model", model = model.as_str())),
        ("done", JobKind::Evaluate, Some(splits), _) => {
            let names: Vec<String> =
                splits.split(' ').map(|code| word(locale, format!("model-measured-{code}"), code)).collect();
            Some(t!(locale, "job-made-evaluation", splits = names.join(", ")))
        }
        ("done", JobKind::Bundle, Some(kb), _) => Some(t!(locale, "job-made-bundle", kb = kb.as_str())),
        ("done", JobKind::Import, Some(no), _) => Some(t!(locale, "job-made-import", no = no.as_str())),
        ("done", JobKind::Snapshot, Some(n), _) => Some(t!(locale, "job-made-snapshot", n = n.as_str())),
        ("done", ..) => None,
        ("internal", _, _, Some(ref_id)) => Some(t!(locale, "job-failure-internal-ref", ref_id = ref_id.as_str())),
        (code, ..) => Some(word(locale, format!("job-failure-{code}"), code)),
    }
}

/// A day of the week, Monday as 0.
pub fn weekday(locale: Locale, at: usize) -> String {
    match at {
        0 => t!(locale, "weekday-mon"),
        1 => t!(locale, "weekday-tue"),
        2 => t!(locale, "weekday-wed"),
        3 => t!(locale, "weekday-thu"),
        4 => t!(locale, "weekday-fri"),
        5 => t!(locale, "weekday-sat"),
        _ => t!(locale, "weekday-sun"),
    }
}

/// Days of the week: their names, or that it is every one.
pub fn weekdays(locale: Locale, days: &[bool]) -> String {
    if days.iter().all(|is_on| *is_on) {
        return t!(locale, "weekday-all");
    }
    let on = days.iter().enumerate().filter(|(_, is_on)| **is_on);
    on.map(|(at, _)| weekday(locale, at)).collect::<Vec<_>>().join(", ")
}

/// A length of time: `40 s`, `3 min`, `1 h 5 min`.
pub fn length(locale: Locale, seconds: u64) -> String {
    match seconds {
        0..60 => t!(locale, "length-s", s = seconds.to_string()),
        60..3_600 => t!(locale, "length-min", min = seconds.div_ceil(60).to_string()),
        _ => t!(locale, "length-h", h = (seconds / 3_600).to_string(), min = (seconds % 3_600 / 60).to_string()),
    }
}
