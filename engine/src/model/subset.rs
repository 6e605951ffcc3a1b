//! A small model for use offline, cut out of a large one.

use std::collections::{BTreeMap, BTreeSet};

use crate::bundle;
use crate::domain::{Item, ItemCode};
use crate::encode::Point;
use crate::features::Value;
use crate::index::{LocalIndex, RECALL_GATE};

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
        let new_idx: BTreeMap<u32, u32> = kept.iter().enumerate().map(|(new, old)| (*old, new as u32)).collect();
        let items: Vec<Item> = kept.iter().map(|at| self.payload.items[*at as usize].clone()).collect();
        let mut book = self.payload.book.clone();
        book.routings.retain_mut(|routing| {
            let new = new_idx.get(&routing.item_idx);
            routing.item_idx = new.copied().unwrap_or_default();
            new.is_some()
        });
        let voting: Vec<&Item> = kept
            .iter()
            .filter(|at| !self.ranges[**at as usize].is_empty())
            .map(|at| &self.payload.items[*at as usize])
            .collect();
        let mut card = self.payload.card.clone();
        card.n_items = items.len();
        card.n_items_with_routing = voting.len();
        card.n_routings = book.routings.len();
        card.n_distinct_routes = book.routings.iter().map(|routing| routing.jobs()).collect::<BTreeSet<_>>().len();
        card.n_results =
            book.routings.iter().flat_map(|routing| &routing.steps).map(|step| step.run_reports.n as usize).sum();
        // They name items that the bundle does not hold; the page that shows them asks the server.
        card.trial_methods = Vec::new();
        card.trial_groups = None;
        card.family_map = None;
        card.parent = Some(self.id.clone());
        let mut parts = self.payload.parts.clone();
        if let Some(block) = &mut parts.cues.sentences {
            block.restricted_to(&items);
        }
        let payload = Payload {
            encoder: self.payload.encoder.restricted_to(&voting),
            families: kept.iter().map(|at| self.payload.families[*at as usize]).collect(),
            items,
            book,
            times: self.payload.times.clone(),
            voting: self.payload.voting,
            parts,
            stacker: self.payload.stacker.clone(),
            standards: self.payload.standards.clone(),
            local: None,
            card,
        };
        let mut cut = Model::open(self.id.clone(), payload);
        cut.add_local_index();
        let id = bundle::id_of(&cut.payload);
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
        for (at, family) in self.payload.families.iter().enumerate() {
            families.entry(*family).or_default().push(at as u32);
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

    fn add_local_index(&mut self) {
        let encoded: Vec<Vec<Value>> =
            self.voters.iter().map(|at| self.payload.encoder.encode(&self.payload.items[*at as usize])).collect();
        let points: Vec<Point> = encoded.iter().map(|values| self.point(values)).collect();
        if points.len() < 2 {
            return;
        }
        let step = (encoded.len() / N_RECALL_QUERIES).max(1);
        let queries: Vec<(usize, Vec<Value>, Point)> =
            (0..encoded.len()).step_by(step).map(|at| (at, encoded[at].clone(), points[at].clone())).collect();
        let local = LocalIndex::build(points, self.payload.card.seed);
        let recall = local.recall_at_10(&self.catalogue, &queries);
        self.payload.card.index_recall_at_10 = Some(recall);
        if recall >= RECALL_GATE {
            self.payload.card.index = "hnsw".into();
            self.payload.local = Some(local);
        }
    }
}
