//! Addresses of the lists of administration. They are written here; the server reads them as forms.

use crate::accounts::UserQuery;
use crate::audit::AuditQuery;

use super::page::Page;
use super::percent::encode;

/// `/users?q=…&state=…&offset=…`
pub fn users_path(query: &UserQuery) -> String {
    let state = query.state.map(|state| state.code()).unwrap_or_default();
    let offset = if query.offset > 0 { query.offset.to_string() } else { String::new() };
    path(Page::Users.path(), &[("q", &query.q), ("state", state), ("offset", &offset)])
}

/// `/audit?who=…&action=…&outcome=…&object=…&from=…&to=…&before_id=…`
pub fn audit_path(query: &AuditQuery) -> String {
    audit(Page::Audit.path(), query, &query.before_id)
}

/// The whole of what the filters leave, as a table: `/audit.csv?…`
pub fn audit_table_path(query: &AuditQuery) -> String {
    audit("/audit.csv", query, "")
}

fn audit(path_name: &str, query: &AuditQuery, before_id: &str) -> String {
    let outcome = query.outcome.map(|outcome| outcome.code()).unwrap_or_default();
    let pairs = [
        ("who", query.who.as_str()),
        ("action", &query.action),
        ("outcome", outcome),
        ("object", &query.object),
        ("from", &query.from),
        ("to", &query.to),
        ("before_id", before_id),
    ];
    path(path_name, &pairs)
}

/// A path with those pairs that have a value.
fn path(path: &str, pairs: &[(&str, &str)]) -> String {
    let given = pairs.iter().filter(|(_, value)| !value.is_empty());
    let query: Vec<String> = given.map(|(name, value)| format!("{name}={}", encode(value))).collect();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::UserState;
    use crate::audit::Outcome;

    #[test]
    fn only_what_is_given_stands_in_the_address() {
        assert_eq!(users_path(&UserQuery::default()), "/users");
        let query = UserQuery { q: "a&b".into(), state: Some(UserState::Pending), offset: 50 };
        assert_eq!(users_path(&query), "/users?q=a%26b&state=pending&offset=50");
    }

    #[test]
    fn the_table_has_the_filters_but_begins_at_the_newest_line() {
        let query = AuditQuery { outcome: Some(Outcome::Denied), before_id: "7".into(), ..AuditQuery::default() };
        assert_eq!(audit_path(&query), "/audit?outcome=denied&before_id=7");
        assert_eq!(audit_table_path(&query), "/audit.csv?outcome=denied");
    }
}
