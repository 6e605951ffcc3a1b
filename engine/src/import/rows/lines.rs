//! Text as lines of limited length, which can be given back.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read};

use super::super::encoding::Decoded;
use super::MAX_LINE_BYTES;

/// A line without its end.
#[derive(Clone)]
pub struct Line {
    /// Its text, or the beginning of a line that is too long.
    pub text: Vec<u8>,
    pub is_too_long: bool,
}

/// The lines of a text.
pub struct Lines<R> {
    /// `None` where all lines are in memory.
    input: Option<Decoded<R>>,
    pub line_end: u8,
    waiting: VecDeque<Line>,
    /// Lines taken and not given back.
    pub n_taken: u32,
}

impl<R: Read> Lines<R> {
    /// The lines of `input`, none read yet. Carriage returns end them where there is no line feed at the beginning.
    pub fn open(mut input: Decoded<R>) -> io::Result<Self> {
        let ahead = input.fill_buf()?;
        let line_end = if !ahead.contains(&b'\n') && ahead.contains(&b'\r') { b'\r' } else { b'\n' };
        Ok(Self::open_as(input, line_end))
    }

    /// The lines of `input` with a known end.
    pub fn open_as(input: Decoded<R>, line_end: u8) -> Self {
        Self { input: Some(input), line_end, waiting: VecDeque::new(), n_taken: 0 }
    }

    /// Lines that are in memory already.
    pub fn of(lines: &[Line]) -> Self {
        Self { input: None, line_end: b'\n', waiting: lines.iter().cloned().collect(), n_taken: 0 }
    }

    /// The text below.
    pub fn input(&self) -> Option<&Decoded<R>> {
        self.input.as_ref()
    }

    /// The next line where it lies in the buffer as a whole, and the bytes to [`consume`](Self::consume) after it.
    pub fn peek(&mut self) -> io::Result<Option<(&[u8], usize)>> {
        if !self.waiting.is_empty() {
            return Ok(None);
        }
        let Some(input) = &mut self.input else { return Ok(None) };
        let ahead = input.fill_buf()?;
        let Some(n) = ahead.iter().position(|byte| *byte == self.line_end) else { return Ok(None) };
        Ok(Some((without_returns(&ahead[..n]), n + 1)))
    }

    /// Passes over a line that was peeked at.
    pub fn consume(&mut self, n: usize) {
        if let Some(input) = &mut self.input {
            input.consume(n);
            self.n_taken = self.n_taken.saturating_add(1);
        }
    }

    /// The next line.
    pub fn next_line(&mut self) -> io::Result<Option<Line>> {
        let line = match self.waiting.pop_front() {
            Some(line) => Some(line),
            None => self.read_line()?,
        };
        self.n_taken = self.n_taken.saturating_add(u32::from(line.is_some()));
        Ok(line)
    }

    /// Puts lines back, in their order, before the next one.
    pub fn give_back(&mut self, lines: Vec<Line>) {
        for line in lines.into_iter().rev() {
            self.n_taken = self.n_taken.saturating_sub(1);
            self.waiting.push_front(line);
        }
    }

    fn read_line(&mut self) -> io::Result<Option<Line>> {
        let Some(input) = &mut self.input else { return Ok(None) };
        let mut text = Vec::with_capacity(256);
        if input.by_ref().take(MAX_LINE_BYTES as u64 + 1).read_until(self.line_end, &mut text)? == 0 {
            return Ok(None);
        }
        let mut is_too_long = false;
        if text.last() == Some(&self.line_end) {
            text.pop();
        } else if text.len() > MAX_LINE_BYTES {
            is_too_long = true;
            input.skip_until(self.line_end)?;
            text.truncate(400);
            text.shrink_to_fit();
        }
        text.truncate(without_returns(&text).len());
        Ok(Some(Line { text, is_too_long }))
    }
}

fn without_returns(mut line: &[u8]) -> &[u8] {
    while let [head @ .., b'\r'] = line {
        line = head;
    }
    line
}
