//! How values stand in rows, several rows in one statement.

use std::fmt::Write;

use sqlx::{Any, AssertSqlSafe, Transaction};

use super::{DbError, DbKind};

/// Rows of one statement. Nine values each are far below SQLite's limit of 32,766 and PostgreSQL's of 65,535.
const ROWS_PER_STATEMENT: usize = 500;

/// A value of a row that is written with many others.
///
/// There is no NULL and no double: the driver encodes an unknown double as a number of another size, and PostgreSQL then
/// refuses the next known one at the same place of the same statement.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Text(String),
    Number(i64),
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

/// Inserts rows; `into` names the table and its `N` columns: `t (a, b)`.
pub(super) async fn insert<const N: usize>(
    transaction: &mut Transaction<'static, Any>,
    kind: DbKind,
    into: &str,
    rows: Vec<[Value; N]>,
) -> Result<(), DbError> {
    let mut rows = rows.into_iter().peekable();
    let mut full = String::new();
    while rows.peek().is_some() {
        let chunk: Vec<[Value; N]> = rows.by_ref().take(ROWS_PER_STATEMENT).collect();
        let is_full = chunk.len() == ROWS_PER_STATEMENT;
        if full.is_empty() || !is_full {
            full = format!("INSERT INTO {into} VALUES {}", placeholders(kind, chunk.len(), N));
        }
        // Only full statements come again.
        let mut query = sqlx::query(AssertSqlSafe(full.clone())).persistent(is_full);
        for value in chunk.into_iter().flatten() {
            query = match value {
                Value::Text(text) => query.bind(text),
                Value::Number(number) => query.bind(number),
            };
        }
        query.execute(&mut **transaction).await?;
    }
    Ok(())
}

/// `($1,$2),($3,$4)` for `n_rows` rows of `n_columns`; `(?,?),(?,?)` on SQLite, which looks every numbered one up in a
/// list of all of them.
fn placeholders(kind: DbKind, n_rows: usize, n_columns: usize) -> String {
    let mut sql = String::with_capacity(n_rows * n_columns * 6);
    for row in 0..n_rows {
        sql.push_str(if row == 0 { "(" } else { ",(" });
        for column in 0..n_columns {
            if column > 0 {
                sql.push(',');
            }
            match kind {
                DbKind::Sqlite => sql.push('?'),
                // Writing to a String cannot fail.
                DbKind::Postgres => drop(write!(sql, "${}", row * n_columns + column + 1)),
            }
        }
        sql.push(')');
    }
    sql
}

/// `1,2,3`, for an `IN (…)`: numbers need no parameter.
pub(super) fn list(numbers: impl IntoIterator<Item = i64>) -> String {
    let mut sql = String::new();
    for number in numbers {
        if !sql.is_empty() {
            sql.push(',');
        }
        // Writing to a String cannot fail.
        let _ = write!(sql, "{number}");
    }
    sql
}

pub(super) fn as_number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

pub(super) fn as_count(value: i64) -> usize {
    usize::try_from(value).unwrap_or(0)
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
    use super::*;

    #[test]
    fn wildcards_are_taken_literally() {
        assert_eq!(escape_like(r"50%_a\b"), r"50\%\_a\\b");
    }

    #[test]
    fn placeholders_count_through_the_rows() {
        assert_eq!(placeholders(DbKind::Postgres, 2, 3), "($1,$2,$3),($4,$5,$6)");
        assert_eq!(placeholders(DbKind::Sqlite, 2, 2), "(?,?),(?,?)");
        assert_eq!(list([7, -1]), "7,-1");
    }
}
