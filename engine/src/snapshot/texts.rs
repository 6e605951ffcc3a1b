//! Many texts in one.

/// What ends each text; no text holds it, so that nothing is found across two of them.
pub const END: char = '\n';

/// Texts one after the other, each with [`END`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    pub text: String,
    /// Where each begins, in bytes, and where the next would.
    pub starts: Vec<u32>,
}

impl Texts {
    pub fn new() -> Self {
        Self { text: String::new(), starts: vec![0] }
    }

    /// Adds one; an [`END`] inside becomes a blank.
    pub fn push(&mut self, text: &str) {
        if text.contains(END) {
            self.text.push_str(&text.replace(END, " "));
        } else {
            self.text.push_str(text);
        }
        self.text.push(END);
        self.starts.push(self.text.len() as u32);
    }

    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    pub fn get(&self, at: usize) -> &str {
        &self.text[self.starts[at] as usize..self.starts[at + 1] as usize - END.len_utf8()]
    }

    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|at| self.get(at))
    }
}

impl<'t> FromIterator<&'t str> for Texts {
    fn from_iter<I: IntoIterator<Item = &'t str>>(texts: I) -> Self {
        let mut all = Self::new();
        texts.into_iter().for_each(|text| all.push(text));
        all
    }
}

/// Many lists of numbers in one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lists {
    /// Where each begins, and where the next would.
    pub starts: Vec<u32>,
    pub entries: Vec<u32>,
}

impl Lists {
    pub fn get(&self, at: usize) -> &[u32] {
        &self.entries[self.starts[at] as usize..self.starts[at + 1] as usize]
    }

    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// For each number below `n` the lists that hold it, ascending.
    pub fn inverted(&self, n: usize) -> Self {
        let mut starts = vec![0u32; n + 1];
        self.entries.iter().for_each(|entry| starts[*entry as usize + 1] += 1);
        for at in 0..n {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut entries = vec![0u32; self.entries.len()];
        for at in 0..self.len() {
            for entry in self.get(at) {
                let place = &mut next[*entry as usize];
                entries[*place as usize] = at as u32;
                *place += 1;
            }
        }
        Self { starts, entries }
    }
}
