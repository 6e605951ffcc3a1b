//! How values stand in rows: flags as 0 and 1, days as text, several rows in one statement.

use std::fmt::Write;

use engine::domain::Date;

use super::DbError;

/// `($1,$2),($3,$4)` for `n_rows` rows of `n_columns`.
pub(super) fn placeholders(n_rows: usize, n_columns: usize) -> String {
    let mut sql = String::with_capacity(n_rows * n_columns * 6);
    for row in 0..n_rows {
        sql.push_str(if row == 0 { "(" } else { ",(" });
        for column in 0..n_columns {
            if column > 0 {
                sql.push(',');
            }
            // Writing to a String cannot fail.
            let _ = write!(sql, "${}", row * n_columns + column + 1);
        }
        sql.push(')');
    }
    sql
}

pub(super) fn flag(value: Option<bool>) -> Option<i64> {
    value.map(i64::from)
}

pub(super) fn day(value: Option<Date>) -> Option<String> {
    value.map(|day| day.format("%Y-%m-%d").to_string())
}

pub(super) fn as_flag(value: Option<i64>) -> Option<bool> {
    value.map(|value| value != 0)
}

pub(super) fn as_day(value: Option<String>) -> Result<Option<Date>, DbError> {
    value
        .map(|text| Date::parse_from_str(&text, "%Y-%m-%d"))
        .transpose()
        .map_err(|error| DbError::Decode { what: "day", reason: error.to_string() })
}

pub(super) fn as_count(value: i64) -> usize {
    usize::try_from(value).unwrap_or(0)
}

pub(super) fn as_seq(value: i64) -> Result<u32, DbError> {
    u32::try_from(value).map_err(|error| DbError::Decode { what: "seq", reason: error.to_string() })
}

/// A text as itself within a pattern of `LIKE … ESCAPE '\\'`.
pub(super) fn escape_like(word: &str) -> String {
    let mut escaped = String::with_capacity(word.len());
    for character in word.chars() {
        if matches!(character, '\\' | '%' | '_') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::{escape_like, placeholders};

    #[test]
    fn wildcards_are_taken_literally() {
        assert_eq!(escape_like(r"50%_a\b"), r"50\%\_a\\b");
    }

    #[test]
    fn placeholders_count_through_the_rows() {
        assert_eq!(placeholders(2, 3), "($1,$2,$3),($4,$5,$6)");
    }
}
