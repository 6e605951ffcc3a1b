//! What each predictor alone would have answered: for measuring what the whole adds.

use crate::domain::Item;
use crate::ensemble::PARTS;

use super::Model;

impl Model {
    /// The four best job sequences of each predictor, by name.
    pub(crate) fn rankings(&self, query: &Item) -> Vec<(&'static str, Vec<Vec<&str>>)> {
        let opinions = self.read(&self.completed(query), 1).opinions;
        let named = |jobs: &[u32]| -> Vec<&str> {
            jobs.iter().map(|job| self.payload.book.jobs[*job as usize].code.as_str()).collect()
        };
        PARTS
            .iter()
            .enumerate()
            .map(|(part, name)| {
                let mut order: Vec<usize> = (0..opinions.all.len()).collect();
                let value = |at: &usize| opinions.all[*at].shares[part];
                order.sort_by(|a, b| value(b).total_cmp(&value(a)).then_with(|| a.cmp(b)));
                (*name, order.into_iter().take(4).map(|at| named(&opinions.all[at].jobs)).collect())
            })
            .collect()
    }
}
