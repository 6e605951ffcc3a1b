//! A number format taken apart.

/// A part of a format between semicolons: for positive, negative and zero numbers, or under a condition.
#[derive(Clone, Debug)]
pub(super) struct Section {
    pub(super) condition: Option<Condition>,
    pub(super) look: Look,
}

/// What a section does to a number.
#[derive(Clone, Debug)]
pub(super) enum Look {
    General,
    Text,
    Date,
    Clock,
    Elapsed,
    Number(Pattern),
    Unknown,
}

/// Places for digits and the characters around them.
#[derive(Clone, Debug, Default)]
pub(super) struct Pattern {
    pub(super) integer: Vec<Token>,
    pub(super) fraction: Vec<Token>,
    pub(super) n_decimals: usize,
    pub(super) is_grouped: bool,
    pub(super) is_percent: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// `0`: a digit, or a zero.
    Zero,
    /// `#` or `?`: a digit, or nothing.
    Optional,
    Literal(String),
}

/// `[>=100]` before a section.
#[derive(Clone, Copy, Debug)]
pub(super) struct Condition {
    is_less: bool,
    is_equal: bool,
    is_greater: bool,
    limit: f64,
}

impl Condition {
    fn parse(text: &str) -> Option<Self> {
        let signs = text.len() - text.trim_start_matches(['<', '>', '=']).len();
        let (signs, limit) = text.split_at(signs);
        let condition = |is_less, is_equal, is_greater| {
            Some(Self { is_less, is_equal, is_greater, limit: limit.trim().parse().ok()? })
        };
        match signs {
            "<" => condition(true, false, false),
            "<=" => condition(true, true, false),
            "=" => condition(false, true, false),
            ">=" => condition(false, true, true),
            ">" => condition(false, false, true),
            "<>" => condition(true, false, true),
            _ => None,
        }
    }

    pub(super) fn holds(self, value: f64) -> bool {
        (self.is_less && value < self.limit)
            || (self.is_equal && value == self.limit)
            || (self.is_greater && value > self.limit)
    }
}

impl Pattern {
    /// Whether numbers are shown as codes: two or more fixed places, or characters between places that no language
    /// uses to part thousands.
    pub(super) fn is_code(&self) -> bool {
        if self.is_grouped || self.is_percent {
            return false;
        }
        let n_zeros = self.integer.iter().filter(|token| **token == Token::Zero).count();
        let places: Vec<usize> = (0..self.integer.len()).filter(|&at| !is_literal(&self.integer[at])).collect();
        let (Some(&first), Some(&last)) = (places.first(), places.last()) else { return false };
        n_zeros >= 2
            || self.integer[first..last].iter().any(|token| match token {
                Token::Literal(text) => text.chars().any(|c| !is_thousands_mark(c)),
                _ => false,
            })
    }
}

fn is_literal(token: &Token) -> bool {
    matches!(token, Token::Literal(_))
}

fn is_thousands_mark(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '.' | ',' | '\'' | '\u{2019}')
}

/// All sections of a format. An empty format has none.
pub(super) fn sections(code: &str) -> Vec<Section> {
    let mut found = Vec::new();
    let mut rest = code.chars().collect::<Vec<_>>().into_iter().peekable();
    while rest.peek().is_some() {
        found.push(section(&mut rest));
    }
    found
}

/// What was met while a section is read.
#[derive(Default)]
struct Seen {
    has_day: bool,
    has_month: bool,
    has_clock: bool,
    is_elapsed: bool,
    is_general: bool,
    is_text: bool,
    is_beyond_us: bool,
    is_after_point: bool,
    n_commas_waiting: usize,
    has_place: bool,
    pattern: Pattern,
}

type Chars = std::iter::Peekable<std::vec::IntoIter<char>>;

fn section(rest: &mut Chars) -> Section {
    let mut seen = Seen::default();
    let mut condition = None;
    while let Some(c) = rest.next() {
        match c {
            ';' => break,
            '"' => {
                let text: String = rest.by_ref().take_while(|&c| c != '"').collect();
                seen.literal(&text);
            }
            '\\' => {
                if let Some(c) = rest.next() {
                    seen.literal(c.encode_utf8(&mut [0; 4]));
                }
            }
            // The width of a character, or one that fills the cell: neither is a part of the text.
            '_' | '*' => {
                rest.next();
            }
            '[' => {
                let text: String = rest.by_ref().take_while(|&c| c != ']').collect();
                seen.bracket(&text, &mut condition);
            }
            '0' | '#' | '?' => seen.place(if c == '0' { Token::Zero } else { Token::Optional }),
            '.' if seen.is_after_point => seen.literal("."),
            '.' => seen.is_after_point = true,
            ',' if seen.has_place => seen.n_commas_waiting += 1,
            '%' => {
                seen.pattern.is_percent = true;
                seen.literal("%");
            }
            '@' => seen.is_text = true,
            'E' | 'e' if matches!(rest.peek(), Some('+' | '-')) => seen.is_beyond_us = true,
            '/' if seen.has_place => seen.is_beyond_us = true,
            c if c.is_ascii_alphabetic() => seen.word(c, rest),
            '上' | '下' | '午' => seen.has_clock = true,
            c => seen.literal(c.encode_utf8(&mut [0; 4])),
        }
    }
    Section { condition, look: seen.look() }
}

impl Seen {
    fn literal(&mut self, text: &str) {
        let tokens = if self.is_after_point { &mut self.pattern.fraction } else { &mut self.pattern.integer };
        match tokens.last_mut() {
            Some(Token::Literal(last)) => last.push_str(text),
            _ => tokens.push(Token::Literal(text.to_owned())),
        }
    }

    fn place(&mut self, token: Token) {
        self.has_place = true;
        if self.is_after_point {
            self.pattern.n_decimals += 1;
            self.pattern.fraction.push(token);
        } else {
            self.pattern.is_grouped |= self.n_commas_waiting > 0;
            self.n_commas_waiting = 0;
            self.pattern.integer.push(token);
        }
    }

    fn bracket(&mut self, text: &str, condition: &mut Option<Condition>) {
        let is_unit = |unit: char| !text.is_empty() && text.chars().all(|c| c.eq_ignore_ascii_case(&unit));
        if is_unit('h') || is_unit('m') || is_unit('s') {
            self.is_elapsed = true;
        } else if text.starts_with(['<', '>', '=']) {
            match Condition::parse(text) {
                Some(parsed) => *condition = Some(parsed),
                None => self.is_beyond_us = true,
            }
        } else if let Some(currency) = text.strip_prefix('$') {
            let symbol = currency.split('-').next().unwrap_or_default();
            if !symbol.is_empty() {
                self.literal(symbol);
            }
        } else if text.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("DBNum")) {
            // Digits of another script; dates under it are dates all the same.
            self.is_beyond_us = true;
        }
    }

    /// A run of one letter: a part of a date or of a time, or else a character like others.
    fn word(&mut self, c: char, rest: &mut Chars) {
        let letter = c.to_ascii_lowercase();
        if letter == 'g' && next_is(rest, "eneral") {
            rest.by_ref().take("eneral".len()).for_each(drop);
            self.is_general = true;
            return;
        }
        if letter == 'a' {
            for mark in ["m/pm", "/p"] {
                if next_is(rest, mark) {
                    rest.by_ref().take(mark.len()).for_each(drop);
                    self.has_clock = true;
                    return;
                }
            }
        }
        let mut n_letters = 1;
        while rest.peek().is_some_and(|next| next.to_ascii_lowercase() == letter) {
            rest.next();
            n_letters += 1;
        }
        match letter {
            'y' | 'd' | 'e' => self.has_day = true,
            // Days of the week and eras.
            'a' if n_letters >= 3 => self.has_day = true,
            'g' | 'b' => self.has_day = true,
            'm' if n_letters >= 3 => self.has_day = true,
            'm' => self.has_month = true,
            'h' | 's' => self.has_clock = true,
            _ => self.literal(&c.to_string().repeat(n_letters)),
        }
    }

    fn look(self) -> Look {
        if self.is_elapsed {
            Look::Elapsed
        } else if self.has_day {
            Look::Date
        } else if self.has_clock {
            Look::Clock
        } else if self.has_month {
            Look::Date
        } else if self.is_beyond_us {
            Look::Unknown
        } else if self.is_text {
            Look::Text
        } else if self.is_general {
            if self.pattern.integer.is_empty() { Look::General } else { Look::Unknown }
        } else if !self.has_place || self.n_commas_waiting > 0 {
            // Nothing is shown of the number, or it is shown in thousands.
            Look::Unknown
        } else {
            Look::Number(self.pattern)
        }
    }
}

/// Whether `text` comes next, whatever its case.
fn next_is(rest: &Chars, text: &str) -> bool {
    let mut ahead = rest.clone();
    text.chars().all(|expected| ahead.next().is_some_and(|c| c.eq_ignore_ascii_case(&expected)))
}
