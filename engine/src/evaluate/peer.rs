//! One baseline to run beside a model: what a benchmark divides its times by.

use crate::domain::{Item, Plant};

use super::Split;
use super::baselines::{Known, Vote};
use super::measure::Jobs;

/// The baseline `knn_vote`, fitted to a plant: a vote of the k nearest items over all attributes, found by exact search.
pub struct KnnVote<'a> {
    jobs: Jobs<'a>,
    known: Known<'a>,
    vote: Vote,
}

impl<'a> KnnVote<'a> {
    /// Fits it as an evaluation does: schema, encoder, search, and k by trials on the plant's own items.
    pub fn fit(plant: &'a Plant) -> Self {
        let jobs = Jobs::of(plant);
        let known = Known::of(plant, &jobs, Split::Random, 0, &|| ());
        let vote = Vote::fit(&known);
        Self { jobs, known, vote }
    }

    /// At most four distinct job sequences for `item`, best first.
    pub fn answer(&self, item: &Item) -> Vec<Vec<&'a str>> {
        let answer = self.vote.answer(&self.known, item);
        answer.routes.iter().map(|route| self.jobs.codes(route)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{OperationRow, Seq};

    #[test]
    fn it_copies_the_route_of_the_items_that_are_alike() {
        let mut items = Vec::new();
        let mut rows = Vec::new();
        for at in 0..40_u32 {
            let (code, kind) = (format!("P{at:02}"), ["SLEEVE", "GLAND"][at as usize % 2]);
            items.push(Item::new(&code).named(format!("{kind} {at}")).with("kind", kind));
            let jobs = if kind == "GLAND" { vec!["SAW", "MILL"] } else { vec!["TURN"] };
            rows.extend((1..).zip(jobs).map(|(seq, job)| OperationRow {
                item: code.as_str().into(),
                routing: "1".into(),
                seq: Seq::new(seq * 10),
                job: job.into(),
                ..OperationRow::default()
            }));
        }
        let plant = Plant::assemble(items, rows, Vec::new());
        let peer = KnnVote::fit(&plant);
        let first = |kind: &str| peer.answer(&Item::new("NEW").named(format!("{kind} 7")).with("kind", kind)).remove(0);
        assert_eq!((first("GLAND"), first("SLEEVE")), (vec!["SAW", "MILL"], vec!["TURN"]));
    }
}
