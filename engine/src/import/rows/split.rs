//! Where quotes stand in a row, and its fields.

use csv::StringRecord;

/// Where a reader of quoted fields stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    FieldStart,
    Plain,
    Quoted,
    /// After a quote within a quoted field: its end, or the first half of an escaped quote.
    QuoteSeen,
    /// A quoted field of an earlier line ended amid text: its quote was no quote of this line.
    Torn,
}

/// The state after `text`, that is one line or what follows a line end within quotes.
///
/// In a continuation the quote must end before a delimiter or the end of the line; else the state is [`State::Torn`].
pub fn scan(from: State, text: &[u8], delimiter: u8) -> State {
    if !text.contains(&b'"') {
        return if from == State::Quoted { State::Quoted } else { State::Plain };
    }
    let mut is_continued = from == State::Quoted;
    let mut state = from;
    for byte in text {
        state = match (state, *byte) {
            (State::FieldStart | State::QuoteSeen, b'"') => State::Quoted,
            (State::Quoted, b'"') => State::QuoteSeen,
            (State::Quoted, _) => State::Quoted,
            (State::QuoteSeen, byte) if is_continued && byte != delimiter && !byte.is_ascii_whitespace() => {
                return State::Torn;
            }
            (_, byte) if byte == delimiter => {
                is_continued = false;
                State::FieldStart
            }
            _ => State::Plain,
        };
    }
    state
}

/// Appends the fields of one row, whose quotes are closed, to `record`.
pub fn split(text: &str, delimiter: u8, record: &mut StringRecord) {
    let bytes = text.as_bytes();
    let mut start = 0;
    loop {
        if bytes.get(start) == Some(&b'"') {
            start = quoted(text, start, delimiter, record);
        } else {
            let end = bytes[start..].iter().position(|byte| *byte == delimiter).map_or(bytes.len(), |n| start + n);
            record.push_field(&text[start..end]);
            start = end;
        }
        // Here stands a delimiter, or the row ends.
        if start >= bytes.len() {
            return;
        }
        start += 1;
    }
}

/// Takes the field whose quote is at `start`; gives the place behind it.
fn quoted(text: &str, start: usize, delimiter: u8, record: &mut StringRecord) -> usize {
    let bytes = text.as_bytes();
    let find = |from: usize, wanted: u8| bytes[from..].iter().position(|byte| *byte == wanted).map(|n| from + n);
    let mut field = String::new();
    let mut from = start + 1;
    loop {
        let Some(quote) = find(from, b'"') else {
            field.push_str(&text[from..]);
            record.push_field(&field);
            return bytes.len();
        };
        if bytes.get(quote + 1) == Some(&b'"') {
            field.push_str(&text[from..=quote]);
            from = quote + 2;
            continue;
        }
        // What stands between the closing quote and the delimiter belongs to the field as it is.
        let end = find(quote + 1, delimiter).unwrap_or(bytes.len());
        if field.is_empty() && quote + 1 == end {
            record.push_field(&text[from..quote]);
        } else {
            field.push_str(&text[from..quote]);
            field.push_str(&text[quote + 1..end]);
            record.push_field(&field);
        }
        return end;
    }
}
