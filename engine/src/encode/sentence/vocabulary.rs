//! Texts as ids of pieces: the unigram model of SentencePiece, with the normaliser of the weight file.
//!
//! # Source
//! Kudo, "Subword Regularization", 2018: the segmentation whose pieces have the highest sum of scores, by Viterbi.

use std::collections::BTreeMap;

/// What stands for a blank.
const BLANK: char = '\u{2581}';
/// What an unknown character costs beyond the rarest piece.
const UNKNOWN_COST: f32 = 10.0;

/// Ids of what is no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marks {
    pub begin: u32,
    pub end: u32,
    pub unknown: u32,
}

/// Pieces with their scores; a piece's id is its position.
pub struct Vocabulary {
    pieces: Vec<String>,
    scores: Vec<f32>,
    /// Positions of the pieces of text, ascending by their bytes. Marks such as `<s>` are not among them: whoever
    /// types one has typed letters.
    sorted: Vec<u32>,
    /// What a character becomes; one that is not here stays.
    normal: BTreeMap<char, String>,
    marks: Marks,
    unknown_score: f32,
}

impl Vocabulary {
    /// From pieces with their scores: logarithms of probabilities, below 0 for text and 0 for marks.
    pub fn new(pieces: Vec<String>, scores: Vec<f32>, normal: BTreeMap<char, String>, marks: Marks) -> Self {
        let mut sorted: Vec<u32> = (0..pieces.len().min(scores.len()) as u32)
            .filter(|at| scores[*at as usize] < 0.0 && !pieces[*at as usize].is_empty())
            .collect();
        sorted.sort_by(|a, b| pieces[*a as usize].cmp(&pieces[*b as usize]).then_with(|| a.cmp(b)));
        let unknown_score = scores.iter().copied().fold(0.0, f32::min) - UNKNOWN_COST;
        Self { pieces, scores, sorted, normal, marks, unknown_score }
    }

    /// Begin, the pieces of the text, end: at most `most` ids in all.
    pub fn ids(&self, text: &str, most: usize) -> Vec<u32> {
        let mut ids = vec![self.marks.begin];
        ids.extend(self.pieces_of(&self.normalised(text)).into_iter().take(most.saturating_sub(2)));
        ids.push(self.marks.end);
        ids
    }

    /// Characters replaced, runs of blanks made one, one blank before the text, blanks as [`BLANK`].
    fn normalised(&self, text: &str) -> String {
        let mut normal = String::from(' ');
        for c in text.chars() {
            match self.normal.get(&c) {
                Some(other) => other.chars().for_each(|c| push(&mut normal, c)),
                None => push(&mut normal, c),
            }
        }
        normal.chars().map(|c| if c == ' ' { BLANK } else { c }).collect()
    }

    /// The best segmentation; of equally good ones the one that was found first.
    fn pieces_of(&self, text: &str) -> Vec<u32> {
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let n = starts.len() - 1;
        // Best score up to each character, with its last piece and where that begins.
        let mut best: Vec<(f32, u32, usize)> = vec![(f32::NEG_INFINITY, 0, 0); n + 1];
        best[0].0 = 0.0;
        for from in 0..n {
            let so_far = best[from].0;
            let mut offer = |to: usize, score: f32, id: u32| {
                if score > best[to].0 {
                    best[to] = (score, id, from);
                }
            };
            // Those of `sorted` that begin with what was read so far: a range that only gets narrower.
            let mut range = 0..self.sorted.len();
            for to in from + 1..=n {
                let read = &text[starts[from]..starts[to]];
                let begins =
                    |at: &u32| self.pieces[*at as usize].get(..read.len()).unwrap_or(&self.pieces[*at as usize]);
                let within = &self.sorted[range.clone()];
                let low = within.partition_point(|at| self.pieces[*at as usize].as_str() < read);
                let high = low + within[low..].partition_point(|at| begins(at) == read);
                range = range.start + low..range.start + high;
                let Some(first) = self.sorted[range.clone()].first() else { break };
                if self.pieces[*first as usize] == read {
                    offer(to, so_far + self.scores[*first as usize], *first);
                }
            }
            offer(from + 1, so_far + self.unknown_score, self.marks.unknown);
        }
        let mut ids = Vec::new();
        let mut at = n;
        while at > 0 {
            ids.push(best[at].1);
            at = best[at].2;
        }
        ids.reverse();
        ids
    }
}

/// Appends a character, but no second blank.
fn push(text: &mut String, c: char) {
    if c != ' ' || !text.ends_with(' ') {
        text.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn toy() -> Vocabulary {
        let pieces = [
            ("<s>", 0.0),
            ("<pad>", 0.0),
            ("</s>", 0.0),
            ("<unk>", 0.0),
            ("▁", -3.0),
            ("▁shaft", -5.0),
            ("▁sha", -4.0),
            ("ft", -4.0),
            ("a", -6.0),
            ("축", -6.0),
            ("▁축", -7.0),
        ];
        let (pieces, scores) = pieces.iter().map(|(piece, score)| ((*piece).to_owned(), *score)).unzip();
        let normal = [('Ａ', "a".to_owned()), ('\u{3000}', " ".to_owned()), ('\u{200b}', String::new())].into();
        Vocabulary::new(pieces, scores, normal, Marks { begin: 0, end: 2, unknown: 3 })
    }

    #[test]
    fn the_best_segmentation_is_found() {
        let toy = toy();
        // ▁shaft at -5 beats ▁sha + ft at -8; ▁축 at -7 beats ▁ + 축 at -9; Viterbi takes both.
        assert_eq!(toy.ids("shaft 축", 512), vec![0, 5, 10, 2]);
        assert_eq!(toy.ids("shaa", 512), vec![0, 6, 8, 2], "no longer piece fits");
        assert_eq!(toy.ids("shaftft축", 512), vec![0, 5, 7, 9, 2]);
    }

    #[test]
    fn characters_are_normalised_and_blanks_are_one() {
        let toy = toy();
        assert_eq!(toy.normalised("  Ａ\u{3000} a\u{200b}"), "▁a▁a");
        assert_eq!(toy.ids("sh\u{200b}aft", 512), toy.ids(" shaft", 512));
    }

    #[test]
    fn what_is_unknown_is_one_id_for_each_character_and_marks_are_no_text() {
        let toy = toy();
        assert_eq!(toy.ids("축xy", 512), vec![0, 10, 3, 3, 2]);
        assert_eq!(toy.ids("<s>", 512), vec![0, 4, 3, 3, 3, 2]);
        assert_eq!(toy.ids("", 512), vec![0, 4, 2]);
    }

    #[test]
    fn a_long_text_keeps_its_begin_and_end() {
        assert_eq!(toy().ids("축축축축", 4), vec![0, 10, 9, 2]);
        assert_eq!(toy().ids(&"a ".repeat(40), 16).len(), 16);
    }
}
