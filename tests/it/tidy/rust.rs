//! Just enough of Rust's grammar to read paths, literals and attributes without being fooled by comments and strings.

/// A piece of source text with the line it begins on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub line: usize,
    pub kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    Ident(String),
    /// Text of a string, byte string or character literal, as written between its quotes.
    Literal(String),
    /// `::`
    PathSep,
    Punct(char),
}

/// A path as the source names it, with `use` groups written out: `use a::{b, c::d}` gives `a::b` and `a::c::d`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedPath {
    pub line: usize,
    pub segments: Vec<String>,
}

/// The tokens of a source file; comments are gone.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut reader = Reader { chars: text.chars().collect(), at: 0, line: 1 };
    let mut tokens = Vec::new();
    while let Some(c) = reader.peek(0) {
        let line = reader.line;
        let kind = match c {
            '/' if reader.peek(1) == Some('/') => {
                reader.skip_while(|c| c != '\n');
                continue;
            }
            '/' if reader.peek(1) == Some('*') => {
                reader.skip_block_comment();
                continue;
            }
            c if c.is_whitespace() => {
                reader.next();
                continue;
            }
            '"' => Kind::Literal(reader.string()),
            '\'' => match reader.character() {
                Some(text) => Kind::Literal(text),
                None => continue,
            },
            c if c.is_alphabetic() || c == '_' => reader.word(),
            ':' if reader.peek(1) == Some(':') => {
                reader.next();
                reader.next();
                Kind::PathSep
            }
            c => {
                reader.next();
                Kind::Punct(c)
            }
        };
        tokens.push(Token { line, kind });
    }
    tokens
}

/// The tokens before the file's own tests, which stand last.
pub fn product_tokens(text: &str) -> Vec<Token> {
    let mut all = tokens(text);
    let opening = |window: &[Token]| {
        let words: Vec<&str> =
            window.iter().filter_map(|t| if let Kind::Ident(w) = &t.kind { Some(w.as_str()) } else { None }).collect();
        words == ["cfg", "test", "mod"] && window[0].kind == Kind::Punct('#')
    };
    if let Some(at) = all.windows(8).position(opening) {
        all.truncate(at);
    }
    all
}

struct Reader {
    chars: Vec<char>,
    at: usize,
    line: usize,
}

impl Reader {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek(0)?;
        self.at += 1;
        self.line += usize::from(c == '\n');
        Some(c)
    }

    fn skip(&mut self, n: usize) {
        for _ in 0..n {
            self.next();
        }
    }

    fn skip_while(&mut self, keep: impl Fn(char) -> bool) {
        while self.peek(0).is_some_and(&keep) {
            self.next();
        }
    }

    fn skip_block_comment(&mut self) {
        let mut depth = 0;
        while let Some(c) = self.next() {
            if c == '/' && self.peek(0) == Some('*') {
                self.next();
                depth += 1;
            } else if c == '*' && self.peek(0) == Some('/') {
                self.next();
                depth -= 1;
                if depth == 0 {
                    return;
                }
            }
        }
    }

    /// A word, or the literal that a prefix such as `r#"` or `b"` begins.
    fn word(&mut self) -> Kind {
        let begin = self.at;
        self.skip_while(|c| c.is_alphanumeric() || c == '_');
        let word: String = self.chars[begin..self.at].iter().collect();
        let hashes = (0..).take_while(|&n| self.peek(n) == Some('#')).count();
        let is_raw = matches!(word.as_str(), "r" | "br" | "cr");
        if is_raw && self.peek(hashes) == Some('"') {
            self.skip(hashes);
            return Kind::Literal(self.raw_string(hashes));
        }
        if matches!(word.as_str(), "b" | "c") && self.peek(0) == Some('"') {
            return Kind::Literal(self.string());
        }
        if word == "r" && hashes == 1 {
            self.next();
            return self.word();
        }
        Kind::Ident(word)
    }

    fn string(&mut self) -> String {
        self.next();
        let mut text = String::new();
        while let Some(c) = self.next() {
            match c {
                '"' => break,
                '\\' => {
                    text.push(c);
                    text.extend(self.next());
                }
                c => text.push(c),
            }
        }
        text
    }

    fn raw_string(&mut self, hashes: usize) -> String {
        self.next();
        let mut text = String::new();
        while let Some(c) = self.next() {
            if c == '"' && (0..hashes).all(|n| self.peek(n) == Some('#')) {
                self.skip(hashes);
                break;
            }
            text.push(c);
        }
        text
    }

    /// A character literal, or `None` after skipping a lifetime.
    fn character(&mut self) -> Option<String> {
        self.next();
        if self.peek(0) == Some('\\') {
            let begin = self.at;
            self.next();
            self.next();
            self.skip_while(|c| c != '\'');
            let text = self.chars[begin..self.at].iter().collect();
            self.next();
            return Some(text);
        }
        if self.peek(1) == Some('\'') {
            let text = self.next().map(String::from);
            self.next();
            return text;
        }
        self.skip_while(|c| c.is_alphanumeric() || c == '_');
        None
    }
}

/// Every path of two or more segments, and everything that a `use` names.
pub fn paths(tokens: &[Token]) -> Vec<NamedPath> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let Kind::Ident(word) = &token.kind else {
            at += 1;
            continue;
        };
        if word == "use" {
            at = path_tree(tokens, at + 1, &[], &mut found);
        } else {
            let mut here = Vec::new();
            at = path_tree(tokens, at, &[], &mut here);
            found.extend(here.into_iter().filter(|path| path.segments.len() > 1));
        }
    }
    found
}

/// Reads `a::b`, `a::*` or `a::{b, c}` below `prefix`; returns the index after it, which is always further on.
fn path_tree(tokens: &[Token], begin: usize, prefix: &[String], found: &mut Vec<NamedPath>) -> usize {
    let kind = |at: usize| tokens.get(at).map(|token| &token.kind);
    let mut at = begin + usize::from(kind(begin) == Some(&Kind::PathSep));
    let mut segments = prefix.to_vec();
    while let Some(Kind::Ident(word)) = kind(at) {
        segments.push(word.clone());
        at += 1;
        if kind(at) != Some(&Kind::PathSep) {
            break;
        }
        at += 1;
    }
    let is_group = kind(at) == Some(&Kind::Punct('{')) && (at == begin || kind(at - 1) == Some(&Kind::PathSep));
    if !is_group {
        if segments.len() > prefix.len() {
            found.push(NamedPath { line: tokens[begin].line, segments });
        }
        return at.max(begin + 1);
    }
    at += 1;
    loop {
        at = match kind(at) {
            None | Some(Kind::Punct('}')) => return at + 1,
            Some(Kind::Punct(_) | Kind::Literal(_)) => at + 1,
            Some(Kind::Ident(word)) if word == "as" => at + 2,
            Some(_) => path_tree(tokens, at, &segments, found),
        };
    }
}

/// The paths of the file at `path` with `crate`, `self` and `super` resolved, so that `super::b` of `app/src/pages/a.rs`
/// becomes `crate::pages::b`.
pub fn resolved_paths(path: &str, text: &str) -> Vec<NamedPath> {
    let module = module_of(path);
    let resolve = |segments: Vec<String>| -> Vec<String> {
        let mut base = module.clone();
        let mut rest = segments.as_slice();
        match rest.first().map(String::as_str) {
            Some("self") => rest = &rest[1..],
            Some("super") => {
                while rest.first().is_some_and(|s| s == "super") {
                    base.pop();
                    rest = &rest[1..];
                }
            }
            _ => return segments,
        }
        std::iter::once("crate".to_owned()).chain(base).chain(rest.iter().cloned()).collect()
    };
    paths(&tokens(text)).into_iter().map(|p| NamedPath { line: p.line, segments: resolve(p.segments) }).collect()
}

/// `app/src/pages/a.rs` → `["pages", "a"]`; the roots `lib.rs` and `main.rs` → `[]`.
fn module_of(path: &str) -> Vec<String> {
    let inner = path.split_once("/src/").map_or(path, |(_, inner)| inner);
    let mut parts: Vec<String> = inner.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    if parts.len() == 1 && (parts[0] == "lib" || parts[0] == "main") {
        parts.clear();
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> Vec<String> {
        paths(&tokens(text)).into_iter().map(|path| path.segments.join("::")).collect()
    }

    #[test]
    fn use_groups_are_written_out() {
        assert_eq!(
            named("use a::{b, c::{d, e as f}, self}; use g;"),
            ["a::b", "a::c::d", "a::c::e", "a::self", "g"].map(String::from)
        );
    }

    #[test]
    fn paths_inside_code_are_found_and_single_words_are_not() {
        let found =
            named("fn f(x: std::time::Instant) { let y = x; tokio::spawn(::sqlx::query(z)); Vec::<u8>::new(); }");
        for path in ["std::time::Instant", "tokio::spawn", "sqlx::query"] {
            assert!(found.iter().any(|p| p == path), "{path} in {found:?}");
        }
        assert!(!found.iter().any(|p| p == "x" || p == "let"), "{found:?}");
    }

    #[test]
    fn comments_strings_and_lifetimes_hide_nothing_and_show_nothing() {
        let text = "// use tokio::a;\n/* use /* x */ tokio::b; */ fn f<'a>(x: &'a str) { r#\"tokio::c \"quoted\"\"#; '\\''; 'x'; axum::d }";
        assert_eq!(named(text), ["axum::d"]);
        let literals: Vec<_> = tokens(text).into_iter().filter(|t| matches!(t.kind, Kind::Literal(_))).collect();
        assert_eq!(literals.len(), 3, "{literals:?}");
        assert_eq!(literals[0].line, 2);
    }

    #[test]
    fn the_product_ends_where_its_tests_begin() {
        let text = "#[cfg(test)] use a; fn f() { \"x\" }\n#[cfg(test)]\nmod tests { fn g() { \"y\" } }";
        let all = product_tokens(text);
        assert!(
            all.iter().any(|t| t.kind == Kind::Literal("x".into()))
                && !all.iter().any(|t| t.kind == Kind::Literal("y".into()))
        );
    }

    #[test]
    fn super_and_self_are_resolved() {
        let paths = resolved_paths("app/src/pages/a.rs", "use super::b::C; use self::d::E; use crate::f;");
        let joined: Vec<_> = paths.iter().map(|p| p.segments.join("::")).collect();
        assert_eq!(joined, ["crate::pages::b::C", "crate::pages::a::d::E", "crate::f"]);
    }
}
