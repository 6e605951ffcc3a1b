//! Files that leave their encoding open are settled by what stands beside them.

use super::{Encoding, Verdict};

/// Settles what is too close to call: by the other files of the set where those that are certain agree, then by the
/// encoding that the plant's profile remembers, then by the rule that complete syllables of the Korean standard are
/// Korean. What fits none of these stays undecided.
pub fn settle(verdicts: &mut [Verdict], remembered: Option<Encoding>) {
    let mut agreed: Option<Encoding> = None;
    let mut is_split = false;
    for encoding in verdicts.iter().filter(|verdict| !verdict.is_ascii).filter_map(|verdict| verdict.encoding) {
        let is_unicode = matches!(encoding, Encoding::Utf8 | Encoding::Utf8Bom | Encoding::Utf16Le | Encoding::Utf16Be);
        if !is_unicode {
            is_split = is_split || agreed.is_some_and(|known| known != encoding);
            agreed = Some(encoding);
        }
    }
    for verdict in verdicts.iter_mut().filter(|verdict| verdict.encoding.is_none()) {
        let is_possible = |encoding: &Encoding| verdict.candidates.iter().any(|reading| reading.encoding == *encoding);
        verdict.encoding = agreed
            .filter(|_| !is_split)
            .filter(is_possible)
            .or(remembered.filter(is_possible))
            .or(Some(Encoding::Cp949).filter(|_| verdict.is_standard_hangul));
    }
}
