//! The receipt of a prediction: a hash of everything that it follows from. Whoever holds it, the model, the snapshot and what
//! was asked can make the very same answer again, and whoever makes another one has another receipt.

use sha2::{Digest, Sha256};

use crate::domain::{Item, ModelId, Receipt, SnapshotId};

use super::PredictOptions;

/// The code of this engine: a hash of its sources and locked dependencies, the same in every build of one commit.
pub const CODE: &str = env!("ENGINE_CODE");

/// Digits of a receipt: 128 bits.
const DIGITS: usize = 32;

/// The receipt of the answer of `model` over `snapshot` to `query`.
pub fn receipt(model: &ModelId, snapshot: &SnapshotId, query: &Item, options: &PredictOptions) -> Receipt {
    let asked = postcard::to_allocvec(&(CODE, model, snapshot, query, options))
        .expect("an item and its options are plain data of known lengths, which postcard always encodes");
    let digest = Sha256::digest(asked);
    let hex = hex::encode(digest);
    Receipt::new(&hex[..DIGITS])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::predict::OwnHistory;

    #[test]
    fn everything_that_changes_an_answer_changes_its_receipt() {
        let (model, other_model) = (ModelId::new("a"), ModelId::new("b"));
        let (plant, other_plant) = (SnapshotId::new("a"), SnapshotId::new("b"));
        let item = Item::new("GL-1").named("gland").with("material", "316");
        let options = PredictOptions::default();
        let first = receipt(&model, &plant, &item, &options);
        assert_eq!(first, receipt(&model, &plant, &item.clone(), &options));
        let others = [
            receipt(&other_model, &plant, &item, &options),
            receipt(&model, &other_plant, &item, &options),
            receipt(&model, &plant, &item.clone().with("material", "304"), &options),
            receipt(&model, &plant, &item.clone().named("sleeve"), &options),
            receipt(&model, &plant, &Item::new("GL-2").named("gland").with("material", "316"), &options),
            receipt(&model, &plant, &item, &PredictOptions { own_history: OwnHistory::Ignore, ..options }),
            receipt(&model, &plant, &item, &PredictOptions { n_neighbours: 11, ..options }),
        ];
        assert!(others.iter().all(|other| *other != first));
        assert_eq!(first.as_str().len(), DIGITS);
    }
}
