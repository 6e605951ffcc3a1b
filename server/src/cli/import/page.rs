//! Texts on a terminal of 80 columns, on which a Hangul syllable takes two.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns of a line.
pub const WIDTH: usize = 80;

/// What a file wrote, without anything that moves the cursor or breaks the line.
pub fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// `text` in at most `width` columns, with `…` in place of what does not fit.
pub fn cut(text: &str, width: usize) -> String {
    let text = plain(text);
    if text.width() <= width {
        return text;
    }
    let mut out = String::new();
    let mut used = 1;
    for letter in text.chars() {
        used += letter.width().unwrap_or(0);
        if used > width {
            break;
        }
        out.push(letter);
    }
    out + "…"
}

/// The same, filled up with blanks.
pub fn cell(text: &str, width: usize) -> String {
    let text = cut(text, width);
    let rest = width.saturating_sub(text.width());
    text + &" ".repeat(rest)
}

/// `text` in lines of at most [`WIDTH`] columns, broken at blanks; later lines are indented by `indent`.
pub fn wrapped(text: &str, first_indent: usize, indent: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut line = " ".repeat(first_indent);
    let mut is_empty = true;
    for word in plain(text).split(' ').filter(|word| !word.is_empty()) {
        if !is_empty && line.width() + 1 + word.width() > WIDTH {
            lines.push(std::mem::replace(&mut line, " ".repeat(indent)));
            is_empty = true;
        }
        if !is_empty {
            line.push(' ');
        }
        line.push_str(&cut(word, WIDTH - indent));
        is_empty = false;
    }
    lines.push(line);
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hangul_takes_two_columns() {
        assert_eq!(cell("선반", 6), "선반  ");
        assert_eq!(cut("선반가공", 8), "선반가공");
        assert_eq!(cut("선반가공", 7), "선반가…");
        assert_eq!(cell("선반가공", 6), "선반… ");
    }

    #[test]
    fn no_line_is_longer_than_the_terminal() {
        let text = "넓은 words 여러 개 ".repeat(20);
        let lines = wrapped(&text, 2, 4);
        assert!(lines.lines().count() > 3);
        assert!(lines.lines().all(|line| line.width() <= WIDTH), "{lines}");
    }

    #[test]
    fn what_a_file_writes_does_not_move_the_cursor() {
        assert_eq!(cut("a\u{1b}[2Jb\nc", 20), "a [2Jb c");
    }
}
