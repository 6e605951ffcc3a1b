//! The grammar of codes: what stays when the running number is taken out of them.
//!
//! Nothing here knows a plant's grammar. A code is cut where letters, digits and separators meet; which of the pieces
//! mean something shows when they are counted over many codes.

/// Pieces of a code that may mean something, each with a mark of its role. Letters are upper case.
///
/// - `h`: head, the letters that it begins with (with a leading digit, as sheet sizes have it: `3H` of `3H18091DB`);
/// - `e`: end, the letters behind the last digit (`DB`), often a material;
/// - `z`: the piece behind the last separator, without digits in it being touched (`GSM` of `H16805-GSM`);
/// - `b`: base, the part before the last separator, digits as `9`s;
/// - `s`: the letters alone, digits as one `9` each run: the shape.
pub fn pieces(code: &str) -> Vec<(char, String)> {
    let upper: Vec<char> = code.chars().flat_map(char::to_uppercase).collect();
    let mut found = Vec::new();
    let n_leading = usize::from(upper.first().is_some_and(char::is_ascii_digit));
    let head: String =
        upper[..n_leading].iter().chain(upper[n_leading..].iter().take_while(|c| c.is_alphabetic())).collect();
    if head.len() > n_leading {
        found.push(('h', head));
    }
    if let Some(last_digit) = upper.iter().rposition(char::is_ascii_digit) {
        let end: String = upper[last_digit + 1..].iter().filter(|c| c.is_alphanumeric()).collect();
        if !end.is_empty() {
            found.push(('e', end));
        }
    }
    if let Some(separator) = upper.iter().rposition(|c| !c.is_alphanumeric()) {
        let tail: String = upper[separator + 1..].iter().collect();
        if !tail.is_empty() {
            found.push(('z', tail));
        }
        found.push(('b', shape(&upper[..separator])));
    }
    found.push(('s', shape(&upper)));
    found
}

/// Characters with every run of digits as one `9`.
fn shape(chars: &[char]) -> String {
    let mut shape = String::new();
    for c in chars {
        if !c.is_ascii_digit() {
            shape.push(*c);
        } else if !shape.ends_with('9') {
            shape.push('9');
        }
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(code: &str, role: char) -> Option<String> {
        pieces(code).into_iter().find(|(found, _)| *found == role).map(|(_, piece)| piece)
    }

    #[test]
    fn head_end_and_tail_are_found_without_knowing_the_plant() {
        assert_eq!(piece("3H18091DB", 'h').as_deref(), Some("3H"));
        assert_eq!(piece("3H18091DB", 'e').as_deref(), Some("DB"));
        assert_eq!(piece("H16805-GSM", 'z').as_deref(), Some("GSM"));
        assert_eq!(piece("H16805-GSM", 'b').as_deref(), Some("H9"));
        assert_eq!(piece("568233GU", 's').as_deref(), Some("9GU"));
        assert_eq!(pieces("").len(), 1);
    }
}
