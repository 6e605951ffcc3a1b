//! What the predictors together say before anything is withheld or a standard routing comes in, and what each says alone: for
//! measuring what weighing them adds.

use crate::domain::Item;
use crate::ensemble::COLUMNS;

use super::Model;

/// The predictors together: nothing withheld, no routing of a standard code.
pub const RANKING: &str = "ranking";

impl Model {
    /// The four best job sequences of the predictors together, then those of each, by name.
    pub(crate) fn rankings(&self, query: &Item) -> Vec<(&'static str, Vec<Vec<&str>>)> {
        let reading = self.read(&self.completed(query), 1);
        let named = |jobs: &[u32]| -> Vec<&str> {
            jobs.iter().map(|job| self.book().jobs[*job as usize].code.as_str()).collect()
        };
        let chosen = self.choose_candidates(&reading);
        let mut rankings = vec![(RANKING, chosen.iter().map(|chosen| named(&chosen.jobs)).collect())];
        let all = &reading.predictions.all;
        rankings.extend(COLUMNS.iter().enumerate().map(|(column, declared)| {
            let mut order: Vec<usize> = (0..all.len()).collect();
            let value = |at: &usize| all[*at].shares[column];
            order.sort_by(|a, b| value(b).total_cmp(&value(a)).then_with(|| a.cmp(b)));
            (declared.code, order.into_iter().take(4).map(|at| named(&all[at].jobs)).collect())
        }));
        rankings
    }
}
