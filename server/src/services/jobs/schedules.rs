//! Jobs that begin by themselves: on days of the week, at a time of the plant's clock.
//!
//! Whoever runs jobs sees to it, several processes alike: an occurrence is queued once. Of those that were missed the
//! last one is caught up, and each of the others leaves a line that says so.

use std::str::FromStr;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use contract::access::Action;
use contract::error::ApiError;
use contract::jobs::{JobOutcome, NewSchedule, Schedule};
use croner::Cron;

use super::{moment, text_of};
use crate::db::jobs::{self, NewJob};
use crate::db::schedules::{self, ScheduleRow};
use crate::db::{DbError, settings};
use crate::error::Failure;
use crate::services::Services;
use crate::services::acting::{Acting, AuditEvent, Caller};
use crate::services::jobs::Task;

/// Missed occurrences that leave a line each; of a longer absence the latest.
const MOST_MISSED: usize = 10;

impl Acting {
    /// Begins a job of a kind again and again from now on.
    ///
    /// # Errors
    /// [`ApiError`] when the caller may not, or nothing sensible is asked for.
    pub(super) async fn schedule(&self, new: NewSchedule) -> Result<(), ApiError> {
        let work = async {
            let when = new.check()?;
            let services = &self.services;
            let row = ScheduleRow {
                id: services.clock.new_id(),
                when,
                made_by: self.caller.who().to_owned(),
                seen_to_ms: services.clock_ms(),
            };
            let mut write = services.db.begin_write().await?;
            schedules::add(&mut write, &row).await?;
            let event = AuditEvent::done("add_schedule", row.when.kind.code()).to(pattern(&row.when));
            self.note_in(&mut write, event).await?;
            Ok(write.commit().await.map_err(DbError::from)?)
        };
        self.run(Action::ManageJobs, new.kind.code(), work).await
    }

    /// Ends a schedule.
    ///
    /// # Errors
    /// [`ApiError::NotFound`].
    pub(super) async fn unschedule(&self, id: &str) -> Result<(), ApiError> {
        let work = async {
            let mut write = self.services.db.begin_write().await?;
            if !schedules::remove(&mut write, id).await? {
                return Err(ApiError::NotFound { key: id.chars().take(100).collect() }.into());
            }
            self.note_in(&mut write, AuditEvent::done("remove_schedule", id)).await?;
            Ok(write.commit().await.map_err(DbError::from)?)
        };
        self.run(Action::ManageJobs, id, work).await
    }
}

impl Services {
    /// The schedules as the page shows them, and the plant's time zone.
    pub(super) async fn shown_schedules(&self) -> Result<(Vec<Schedule>, String), Failure> {
        let zone = self.zone().await?;
        let now_ms = self.clock_ms();
        let shown = |row: ScheduleRow| Schedule {
            next_at: next(&row.when, zone, now_ms).and_then(|at| moment(at.timestamp_millis())),
            id: row.id,
            when: row.when,
            made_by: row.made_by,
        };
        Ok((schedules::list(&self.db).await?.into_iter().map(shown).collect(), zone.name().to_owned()))
    }

    async fn zone(&self) -> Result<Tz, Failure> {
        // It was checked when it was set.
        Ok(settings::get(&self.db).await?.settings.zone.parse().unwrap_or(Tz::UTC))
    }

    /// Queues what is due.
    ///
    /// # Errors
    /// [`Failure`] of the database.
    pub async fn see_to_schedules(&self) -> Result<(), Failure> {
        let all = schedules::list(&self.db).await?;
        if all.is_empty() || self.is_clock_held(self.clock_ms()).await? {
            // By a clock that may be wrong nothing is missed.
            return Ok(());
        }
        let zone = self.zone().await?;
        for row in all {
            self.see_to(&row, zone).await?;
        }
        Ok(())
    }

    async fn see_to(&self, row: &ScheduleRow, zone: Tz) -> Result<(), Failure> {
        let now_ms = self.clock_ms();
        let mut due = occurrences(&row.when, zone, row.seen_to_ms, now_ms);
        let Some(last) = due.pop() else { return Ok(()) };
        let acting = self.acting(Caller::Worker { asked_by: row.made_by.clone() }, None);
        let Some(task) = Task::usual(row.when.kind) else { return Ok(()) };
        let task_text = serde_json::to_string(&task).map_err(|error| Failure::Other(error.to_string()))?;
        let mut write = self.db.begin_write().await?;
        if !schedules::see_to(&mut write, row, now_ms).await? {
            return Ok(());
        }
        let before = format!("{} ", row.id);
        let is_running = jobs::is_open(&mut write, &before).await?;
        let last_fate = if is_running { Some("still_running") } else { None };
        let missed = due.iter().map(|at| (at, Some("missed")));
        for (at, reason) in missed.chain([(&last, last_fate)]) {
            // Of a doubled hour both moments are of one day.
            let occurrence = format!("{before}{}", at.with_timezone(&zone).date_naive());
            let id = self.clock.new_id();
            let new = NewJob {
                id: &id,
                kind: task.kind(),
                lane: task.lane(),
                task: &task_text,
                asked_by: &row.made_by,
                occurrence: &occurrence,
                now_ms,
            };
            match reason {
                Some(reason) => {
                    let outcome = text_of(&JobOutcome { code: reason.to_owned(), ..JobOutcome::default() })?;
                    jobs::add_skipped(&mut write, &new, at.timestamp_millis(), &outcome).await?;
                }
                None if jobs::add(&mut write, &new).await? => {
                    let event = AuditEvent::done("begin_job", task.kind().code()).to(id.clone());
                    acting.note_in(&mut write, event).await?;
                }
                None => {}
            }
        }
        Ok(write.commit().await.map_err(DbError::from)?)
    }
}

/// As cron writes it: minute, hour, any day of any month, days of the week with Sunday as 0.
fn pattern(when: &NewSchedule) -> String {
    let on = when.weekdays.iter().enumerate().filter(|(_, is_on)| **is_on);
    let days: Vec<String> = on.map(|(at, _)| ((at + 1) % when.weekdays.len()).to_string()).collect();
    format!("{} {} * * {}", when.minute % 60, when.minute / 60, days.join(","))
}

/// The next moment behind an instant; `None` when there is none.
fn next(when: &NewSchedule, zone: Tz, after_ms: i64) -> Option<DateTime<Utc>> {
    let cron = Cron::from_str(&pattern(when)).ok()?;
    let after = DateTime::from_timestamp_millis(after_ms)?.with_timezone(&zone);
    cron.find_next_occurrence(&after, false).ok().map(|at| at.to_utc())
}

/// The moments behind `after_ms` and up to `until_ms`, at most the latest [`MOST_MISSED`] and one, one on a day.
fn occurrences(when: &NewSchedule, zone: Tz, after_ms: i64, until_ms: i64) -> Vec<DateTime<Utc>> {
    let mut found: Vec<DateTime<Utc>> = Vec::new();
    let mut from_ms = after_ms;
    while let Some(at) = next(when, zone, from_ms).filter(|at| at.timestamp_millis() <= until_ms) {
        from_ms = at.timestamp_millis();
        let day = |at: &DateTime<Utc>| at.with_timezone(&zone).date_naive();
        if found.last().is_some_and(|last| day(last) == day(&at)) {
            continue;
        }
        found.push(at);
        if found.len() > MOST_MISSED + 1 {
            found.remove(0);
        }
    }
    found
}

/// Whether a name is one of a time zone.
pub fn is_zone(name: &str) -> bool {
    Tz::from_str(name).is_ok()
}

#[cfg(test)]
mod tests {
    use contract::jobs::JobKind;

    use super::*;

    fn at(text: &str) -> i64 {
        DateTime::parse_from_rfc3339(text).expect("a moment").timestamp_millis()
    }

    fn on(days: &str, minute: u16) -> NewSchedule {
        let mut weekdays = [false; 7];
        for (is_on, digit) in weekdays.iter_mut().zip(days.bytes()) {
            *is_on = digit == b'1';
        }
        NewSchedule { kind: JobKind::Train, weekdays, minute }
    }

    fn found(when: &NewSchedule, zone: Tz, from: &str, to: &str) -> Vec<String> {
        occurrences(when, zone, at(from), at(to)).iter().map(|at| at.to_rfc3339()).collect()
    }

    #[test]
    fn days_are_those_of_the_plants_clock() {
        // Monday, half past one in the morning in Korea, is Sunday in Greenwich.
        let when = on("1000000", 90);
        let week = found(&when, Tz::Asia__Seoul, "2026-11-28T00:00:00Z", "2026-12-07T00:00:00Z");
        assert_eq!(week, ["2026-11-29T16:30:00+00:00", "2026-12-06T16:30:00+00:00"]);
        assert_eq!(pattern(&on("1000001", 90)), "30 1 * * 1,0");
        // A moment that was seen to does not come again.
        let none = found(&when, Tz::Asia__Seoul, "2026-11-29T16:30:00Z", "2026-12-06T16:29:59Z");
        assert_eq!(none, [""; 0]);
    }

    #[test]
    fn an_hour_that_comes_twice_counts_once_and_one_that_does_not_come_is_caught_up() {
        let when = on("0000001", 150);
        let zone = Tz::Europe__Berlin;
        // Half past two comes twice on the last Sunday of October.
        let twice = found(&when, zone, "2026-10-24T00:00:00Z", "2026-10-26T00:00:00Z");
        assert_eq!(twice, ["2026-10-25T00:30:00+00:00"]);
        // On the last Sunday of March the clock goes from two to three.
        let never = found(&when, zone, "2026-03-28T00:00:00Z", "2026-03-30T00:00:00Z");
        assert_eq!(never, ["2026-03-29T01:00:00+00:00"]);
    }

    #[test]
    fn of_a_long_absence_the_latest_are_told() {
        let daily = found(&on("1111111", 0), Tz::UTC, "2026-01-01T00:00:00Z", "2026-12-31T12:00:00Z");
        assert_eq!(daily.len(), MOST_MISSED + 1);
        assert_eq!(daily.last().map(String::as_str), Some("2026-12-31T00:00:00+00:00"));
    }
}
