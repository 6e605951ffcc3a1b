//! Sizes that stand in names, specifications and codes: `QBQ-2500`, `M12 X 158`, `05.33 X 019.99`, `40mm`, `2.500"`.

/// Sizes read from one text; more say nothing that the first ones do not.
pub const MAX_SIZES: usize = 3;
const MM_PER_INCH: f64 = 25.4;

/// A number as it is written, with what stands around it.
struct Written {
    value: f64,
    n_whole: usize,
    n_fraction: Option<usize>,
}

/// The first sizes in `text`, at most [`MAX_SIZES`], in the order in which they stand.
///
/// # Units
/// Millimetres where the text says so or implies it: an inch mark or a unit after the number, three decimals below 20
/// as inch drawings write them, four digits behind letters and a dash as thousandths of an inch. A bare number stays
/// as it is.
pub fn sizes(text: &str) -> Vec<f64> {
    let chars: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() && found.len() < MAX_SIZES {
        if !chars[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        let (written, end) = number(&chars, start);
        at = end;
        let is_glued = start > 0 && chars[start - 1].is_alphabetic();
        // `M12` is a metric thread; digits that continue a word otherwise (`316L`, `A10000`) are a name's own.
        let is_thread = is_glued
            && chars[start - 1].eq_ignore_ascii_case(&'m')
            && (start == 1 || !chars[start - 2].is_alphanumeric());
        if (is_glued && !is_thread) || is_word(&chars[end..]) {
            continue;
        }
        found.push(in_mm(&written, &chars, start, end));
    }
    found
}

/// Whether letters that are neither a unit nor a times sign follow at once, as in `316L`.
fn is_word(rest: &[char]) -> bool {
    let letters: String = rest.iter().take_while(|c| c.is_alphabetic()).flat_map(|c| c.to_lowercase()).collect();
    !matches!(letters.as_str(), "" | "x" | "mm" | "cm" | "in" | "inch")
}

fn number(chars: &[char], start: usize) -> (Written, usize) {
    let digits = |from: usize| chars[from..].iter().take_while(|c| c.is_ascii_digit()).count();
    let read = |from: usize, n: usize| {
        chars[from..from + n].iter().fold(0.0, |value, c| value * 10.0 + f64::from(c.to_digit(10).unwrap_or(0)))
    };
    let n_whole = digits(start);
    let mut value = read(start, n_whole);
    let mut end = start + n_whole;
    let mut n_fraction = None;
    match chars.get(end) {
        Some('.') => {
            let n = digits(end + 1);
            if n > 0 {
                value += read(end + 1, n) / libm::pow(10.0, n as f64);
                n_fraction = Some(n);
                end += 1 + n;
            }
        }
        Some('/') => {
            let n = digits(end + 1);
            let below = read(end + 1, n);
            if n > 0 && below > 0.0 {
                value /= below;
                end += 1 + n;
            }
        }
        _ => {}
    }
    (Written { value, n_whole, n_fraction }, end)
}

fn in_mm(written: &Written, chars: &[char], start: usize, end: usize) -> f64 {
    let rest: String = chars[end..].iter().skip_while(|c| **c == ' ').take(4).collect::<String>().to_lowercase();
    if rest.starts_with('"') || rest.starts_with('”') || rest.starts_with("in") {
        return written.value * MM_PER_INCH;
    }
    if rest.starts_with("cm") {
        return written.value * 10.0;
    }
    if rest.starts_with("mm") {
        return written.value;
    }
    if written.n_fraction == Some(3) && written.value < 20.0 && written.n_whole < 3 {
        return written.value * MM_PER_INCH;
    }
    let follows_letters = start > 1 && chars[start - 1] == '-' && chars[start - 2].is_alphabetic();
    if follows_letters && written.n_whole == 4 && written.n_fraction.is_none() && written.value % 5.0 == 0.0 {
        return written.value / 1000.0 * MM_PER_INCH;
    }
    written.value
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(text: &str, expected: &[f64]) {
        let found = sizes(text);
        assert_eq!(found.len(), expected.len(), "{text}: {found:?}");
        assert!(found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-9), "{text}: {found:?}");
    }

    #[test]
    fn sizes_are_read_in_their_units() {
        is("QBQ-2500", &[63.5]);
        is("M12 X 158", &[12.0, 158.0]);
        is("05.33 X 019.99", &[5.33, 19.99]);
        is("S:I:N PTO 40mm", &[40.0]);
        is("DU:FB QBQW/QBQW 2.500\"", &[63.5]);
        is("Repair S:I QBQ 1.875", &[47.625]);
        is("SHCS 1/2 in", &[12.7]);
    }

    #[test]
    fn digits_of_a_name_are_no_size() {
        is("316L GLAND", &[]);
        is("GLAND 316", &[316.0]);
        is("A10000-GS", &[]);
        is("", &[]);
        is("글랜드", &[]);
    }
}
