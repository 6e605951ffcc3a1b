//! A heading taken apart: two languages, remarks, numbers and names of tables.

use super::header_unit;
use super::key::key;

/// The parts of a heading: what stands in brackets and outside, on both sides of a stroke, in one script and another.
pub fn parts(header: &str) -> Vec<String> {
    let cut = header.replace(" - ", "/");
    let cut: Vec<&str> = cut.split(['(', ')', '[', ']', '{', '}', '【', '】', '/', '|', ';', '·', '\n', ',']).collect();
    let mut parts: Vec<String> =
        cut.into_iter().map(|part| part.trim().to_owned()).filter(|part| !key(part).is_empty()).collect();
    if let [only] = parts.as_slice() {
        let only = only.clone();
        let is_latin = |letter: char| (letter as u32) < 0x250;
        let mut by_script: Vec<String> = Vec::new();
        let mut last = None;
        for letter in only.chars() {
            let script = letter.is_alphabetic().then(|| is_latin(letter));
            if script.is_some() && last.is_some() && script != last || by_script.is_empty() {
                by_script.push(String::new());
            }
            last = script.or(last);
            if let Some(part) = by_script.last_mut() {
                part.push(letter);
            }
        }
        if by_script.len() == 2 {
            parts = by_script;
        }
    }
    parts
}

/// Remarks that do not change what a column holds.
pub fn is_neutral(key: &str) -> bool {
    #[rustfmt::skip]
    const NEUTRAL: [&str; 44] = [
        "code", "cd", "id", "no", "nr", "코드", "번호", "编码", "编号", "コード", "番号", "required", "mandatory", "필수", "pflichtfeld", "obligatorio", "必填",
        "必須", "text", "pcs", "pc", "ea", "stk", "stuck", "개", "个", "件", "yn", "xy", "01", "yyyymmdd", "ddmmyyyy", "mmddyyyy", "ttmmjjjj", "ddmmaaaa",
        "yymmdd", "ttmmjj", "key", "pk", "operations", "bomoperation", "timelogs", "displayname", "externalid",
    ];
    NEUTRAL.contains(&key)
}

/// Whether a technical name says that its column is a special one of its kind.
pub fn is_qualified(part: &str) -> bool {
    const SPECIAL: [&str; 18] = [
        "old", "new", "plan", "std", "min", "max", "scrap", "bad", "ng", "total", "sum", "avg", "prev", "next", "alt",
        "sub", "ref", "parent",
    ];
    header_unit::tokens(part).iter().any(|word| SPECIAL.contains(&word.as_str()))
}

/// A heading without its number (`1. Item`) or the name of its table (`dbo.X.ITEM_CD`, `t1.item_cd`, `Operation/ID`).
pub fn undecorated(header: &str) -> Option<String> {
    let header = header.replace(['`', '"'], "");
    let header = header.trim().trim_matches(['"', '\'', '`', '[', ']', '*', ':', '#']).trim();
    let digits = header.strip_prefix('(').unwrap_or(header);
    let n_digits = digits.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=3).contains(&n_digits)
        && let Some(rest) = digits[n_digits..].strip_prefix(['.', ')', ']', ':', '_', '-', ' '])
        && !rest.trim().is_empty()
    {
        return Some(rest.trim_start_matches(['.', ' ', '-', '_', ')']).to_owned());
    }
    let identifier = |text: &str| {
        let text = text.trim_matches(['[', ']', '"', '`']);
        !text.is_empty() && text.chars().all(|letter| letter.is_alphanumeric() || letter == '_' || letter == '$')
    };
    if let Some((table, column)) = header.rsplit_once(['.', '!'])
        && table.split(['.', '!']).all(identifier)
        && identifier(column)
        && is_table(table)
    {
        return Some(column.trim_matches(['[', ']', '"', '`']).to_owned());
    }
    if let Some((path, last)) = header.rsplit_once('/')
        && matches!(key(last).as_str(), "id" | "displayname" | "name" | "externalid" | "databaseid")
        && !path.trim().is_empty()
    {
        return Some(path.trim().to_owned());
    }
    None
}

/// Whether what stands before a dot is the name of a table: `Max.Qty` has none.
fn is_table(table: &str) -> bool {
    const TABLES: [&str; 14] = [
        "dbo",
        "item",
        "items",
        "routing",
        "routings",
        "operation",
        "operations",
        "result",
        "results",
        "order",
        "orders",
        "public",
        "mfg",
        "workorder",
    ];
    let lower = table.to_lowercase();
    lower.contains(['_', '.'])
        || lower.chars().any(|letter| letter.is_ascii_digit())
        || lower.len() == 1
        || TABLES.contains(&lower.as_str())
        || ["view", "table", "tbl", "master", "detail"].iter().any(|end| lower.ends_with(end))
}
