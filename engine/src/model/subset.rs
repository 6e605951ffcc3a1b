//! A small model for use offline, cut out of a large one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::domain::{Item, ItemCode};
use crate::encode::Point;
use crate::ensemble::item_key;
use crate::family::Families;
use crate::features::Value;
use crate::index::{LocalIndex, RECALL_GATE};
use crate::predict::times::KnownSteps;
use crate::side_by_side;

use super::{Model, Payload};

/// Items whose neighbours are compared with exact search to measure the local index.
const N_RECALL_QUERIES: usize = 200;

impl Model {
    /// A model of at most `limit` items: `recent` items first, then items with a standard routing in at most a quarter of
    /// it, then round robin over the part families, items with a routing before items without.
    ///
    /// The local index is kept when it passes the recall gate; otherwise the bundle searches exactly.
    pub fn subset(&self, recent: &[ItemCode], limit: usize) -> Model {
        let kept = self.choose(recent, limit);
        let snapshot = Arc::new(self.snapshot.cut(kept.iter().map(|at| *at as usize)));
        let items: Vec<Item> = kept.iter().map(|at| self.item_at(*at)).collect();
        let has_routing = |(at, _): &(&u32, &Item)| !self.ranges[**at as usize].is_empty();
        let voting: Vec<&Item> = kept.iter().zip(&items).filter(has_routing).map(|(_, item)| item).collect();
        // Reports stay behind; what they say of each step goes along.
        let from: Vec<usize> = kept.iter().flat_map(|at| self.ranges[*at as usize].clone()).collect();
        let known =
            KnownSteps::of(snapshot.book(), |routing_idx, step_idx| *self.known.at(from[routing_idx], step_idx));
        let book = snapshot.book();
        let mut card = self.payload.card.clone();
        card.n_items = items.len();
        card.n_items_with_routing = voting.len();
        card.n_routings = book.routings.len();
        card.n_distinct_routes = book.routings.iter().map(|routing| routing.jobs()).collect::<BTreeSet<_>>().len();
        card.n_results = known.iter().map(|step| step.run.n as usize).sum();
        // They name items that the bundle does not hold; the page that shows them asks the server.
        card.trial_methods = Vec::new();
        card.trial_groups = None;
        card.family_map = None;
        card.parent = Some(self.id.clone());
        let mut learned = self.payload.learned.clone();
        if let Some(block) = &mut learned.cues.sentences {
            block.restricted_to(&items);
        }
        let trained_on = voting.iter().map(|item| item_key(item.code.as_str()));
        let trained_on = trained_on.filter(|key| self.payload.trained_on.binary_search(key).is_ok());
        let mut trained_on: Vec<u64> = trained_on.collect();
        trained_on.sort_unstable();
        let payload = Payload {
            snapshot: snapshot.id().clone(),
            // With what came after the training, so that the cut numbers them alike.
            jobs: self.book().jobs.iter().map(|job| job.code.clone()).collect(),
            work_centres: self.book().work_centres.iter().map(|centre| centre.code.clone()).collect(),
            trained_on,
            encoder: self.encoder().restricted_to(&voting),
            // Only cutting asks for them.
            families: Families::default(),
            times: self.times().clone(),
            voting: self.payload.voting,
            learned,
            stacker: self.payload.stacker.clone(),
            standards: self.payload.standards.clone(),
            known: Some(known),
            local: None,
            card,
        };
        let mut cut = Model::open(self.id.clone(), Arc::new(payload), snapshot);
        let found = cut.local_index();
        let payload = Arc::get_mut(&mut cut.payload).expect("nobody else has the new payload yet");
        if let Some((local, recall)) = found {
            payload.card.index_recall_at_10 = Some(recall);
            if recall >= RECALL_GATE {
                payload.card.index = "hnsw".into();
                payload.local = Some(local);
            }
        }
        let id = payload.id();
        Model { id, ..cut }
    }

    /// Positions of the items to keep, ascending.
    fn choose(&self, recent: &[ItemCode], limit: usize) -> BTreeSet<u32> {
        let mut kept: BTreeSet<u32> =
            recent.iter().filter_map(|code| self.item_idx(code)).take(limit).map(|at| at as u32).collect();
        let n_standard = (limit / 4).min(limit - kept.len());
        kept.extend(
            self.standards.values().filter(|at| !kept.contains(at)).take(n_standard).copied().collect::<Vec<_>>(),
        );
        let mut families: BTreeMap<u16, Vec<u32>> = BTreeMap::new();
        let family_of = |at: usize| {
            let point = self.point(&self.encoder().encode(&self.item_at(at as u32)));
            self.payload.families.of(&point)
        };
        for (at, family) in side_by_side::ahead(self.snapshot.len(), family_of).enumerate() {
            families.entry(family).or_default().push(at as u32);
        }
        for members in families.values_mut() {
            // Taken from the end: items without a routing last, otherwise in the order of codes.
            members.sort_by_key(|at| (!self.ranges[*at as usize].is_empty(), std::cmp::Reverse(*at)));
        }
        while kept.len() < limit && families.values().any(|members| !members.is_empty()) {
            for members in families.values_mut() {
                if kept.len() < limit
                    && let Some(at) = members.pop()
                {
                    kept.insert(at);
                }
            }
        }
        kept
    }

    /// A graph over the items, with its recall against exact search; `None` where there is nothing to find.
    fn local_index(&self) -> Option<(LocalIndex, f64)> {
        let encoded: Vec<Vec<Value>> = self.voters.iter().map(|at| self.encoder().encode(&self.item_at(*at))).collect();
        let points: Vec<Point> = encoded.iter().map(|values| self.point(values)).collect();
        if points.len() < 2 {
            return None;
        }
        let step = (encoded.len() / N_RECALL_QUERIES).max(1);
        let queries: Vec<(usize, Vec<Value>, Point)> =
            (0..encoded.len()).step_by(step).map(|at| (at, encoded[at].clone(), points[at].clone())).collect();
        let local = LocalIndex::build(points, self.payload.card.seed);
        let recall = local.recall_at_10(&self.catalogue, &queries);
        Some((local, recall))
    }
}
