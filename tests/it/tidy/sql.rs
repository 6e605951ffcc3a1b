//! All SQL is in `server/src/db` and `server/migrations`.

use super::rust::{Kind, tokens};
use super::tree::{self, TextFile};

/// How a statement begins, in capitals as our SQL is written.
const STATEMENTS: [&str; 12] = [
    "SELECT ",
    "INSERT INTO ",
    "UPDATE ",
    "DELETE FROM ",
    "CREATE TABLE ",
    "CREATE INDEX ",
    "CREATE UNIQUE INDEX ",
    "ALTER TABLE ",
    "DROP TABLE ",
    "PRAGMA ",
    "WITH RECURSIVE ",
    "ON CONFLICT ",
];

fn is_home(path: &str) -> bool {
    path.starts_with("server/src/db/") || path == "server/src/db.rs" || path.starts_with("server/migrations/")
}

fn statements(file: &TextFile) -> Vec<String> {
    if is_home(&file.path) {
        return Vec::new();
    }
    tokens(&file.text)
        .into_iter()
        .filter_map(|token| match token.kind {
            Kind::Literal(text) => {
                let text = text.split_whitespace().collect::<Vec<_>>().join(" ") + " ";
                let is_sql = STATEMENTS.iter().any(|statement| text.starts_with(statement));
                is_sql.then(|| format!("{}:{}: SQL outside server/src/db: {}", file.path, token.line, text.trim()))
            }
            _ => None,
        })
        .collect()
}

#[test]
fn sql_is_in_one_place() {
    let folders = ["engine/src", "contract/src", "app/src", "server/src", "frontend/src"];
    let found: Vec<String> =
        folders.iter().flat_map(|folder| tree::below(folder, "rs")).flat_map(|file| statements(&file)).collect();
    tree::assert_none(&found);
    let strays: Vec<String> = ["engine", "contract", "app", "server", "frontend", "tests"]
        .iter()
        .flat_map(|folder| tree::below(folder, "sql"))
        .filter(|file| !is_home(&file.path))
        .map(|file| format!("{}: SQL files belong into server/migrations", file.path))
        .collect();
    tree::assert_none(&strays);
}

/// Code of a file without its comments, line by line.
fn code(file: &TextFile) -> impl Iterator<Item = (usize, &str)> {
    (1..).zip(file.text.lines()).filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// The driver encodes an unknown double as a number of another size: PostgreSQL then refuses the next known one at the
/// same place of the statement. Doubles stand inside of JSON.
#[test]
fn no_statement_has_a_double() {
    let is_exempt = |path: &str| path.starts_with("server/src/db/stored");
    let files = tree::below("server/src/db", "rs").into_iter().filter(|file| !is_exempt(&file.path));
    let found = |file: TextFile| -> Vec<String> {
        let doubles = code(&file).filter(|(_, line)| line.contains("f64"));
        doubles.map(|(at, line)| format!("{}:{at}: a double beside a statement: {}", file.path, line.trim())).collect()
    };
    tree::assert_none(&files.flat_map(found).collect::<Vec<_>>());
}

/// Readers have connections of their own, which refuse to write.
#[test]
fn what_writes_has_the_connections_of_writers() {
    let found = |file: TextFile| -> Vec<String> {
        let lines = code(&file).filter(|(_, line)| line.contains(".execute(db.pool())"));
        lines.map(|(at, _)| format!("{}:{at}: this writes by a connection for reading", file.path)).collect()
    };
    tree::assert_none(&tree::below("server/src", "rs").into_iter().flat_map(found).collect::<Vec<_>>());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_is_found_wherever_its_line_breaks() {
        let text = "fn f() { q(\"\\n\"); q(r#\"\n  SELECT\n a FROM b\"#); q(\"Select a file\"); q(\"UPDATED\"); }";
        assert_eq!(statements(&TextFile::new("server/src/services/items.rs", text)).len(), 1);
        assert_eq!(statements(&TextFile::new("server/src/db/items.rs", text)).len(), 0);
    }
}
