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
    let folders = ["engine/src", "app/src", "server/src", "frontend/src"];
    let found: Vec<String> =
        folders.iter().flat_map(|folder| tree::below(folder, "rs")).flat_map(|file| statements(&file)).collect();
    tree::assert_none(&found);
    let strays: Vec<String> = ["engine", "app", "server", "frontend", "tests"]
        .iter()
        .flat_map(|folder| tree::below(folder, "sql"))
        .filter(|file| !is_home(&file.path))
        .map(|file| format!("{}: SQL files belong into server/migrations", file.path))
        .collect();
    tree::assert_none(&strays);
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
