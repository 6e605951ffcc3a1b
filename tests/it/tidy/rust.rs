//! Paths, literals and attributes of Rust, read by the tokens of the compiler's own grammar (proc-macro2, syn). Tokens and not
//! a syntax tree, because a law also holds inside of macros, where there is none.

use std::iter::Peekable;

use proc_macro2::token_stream::IntoIter;
use proc_macro2::{Delimiter, Group, Literal, Spacing, TokenStream, TokenTree};
use syn::Lit;

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
    Number,
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

/// The tokens of a source file; comments are gone, those of documentation too.
///
/// # Panics
/// When the text is no Rust: a law that cannot read a file must not pass it.
pub fn tokens(text: &str) -> Vec<Token> {
    let stream: TokenStream =
        text.parse().unwrap_or_else(|error| panic!("{error} in {}", text.lines().next().unwrap_or_default()));
    let mut tokens = Vec::new();
    flatten(stream, &mut tokens);
    tokens
}

fn flatten(stream: TokenStream, tokens: &mut Vec<Token>) {
    let mut trees = stream.into_iter().peekable();
    while let Some(tree) = trees.next() {
        let line = tree.span().start().line;
        let kind = match tree {
            TokenTree::Group(group) => {
                let (open, close) = brackets(group.delimiter());
                tokens.extend(open.map(|c| Token { line, kind: Kind::Punct(c) }));
                flatten(group.stream(), tokens);
                let line = group.span_close().start().line;
                tokens.extend(close.map(|c| Token { line, kind: Kind::Punct(c) }));
                continue;
            }
            TokenTree::Ident(word) => Kind::Ident(word.to_string().trim_start_matches("r#").to_owned()),
            TokenTree::Literal(literal) => literal_kind(literal),
            TokenTree::Punct(sign) => match sign.as_char() {
                // A lifetime.
                '\'' => {
                    trees.next();
                    continue;
                }
                '#' if is_documentation(&mut trees) => continue,
                ':' if sign.spacing() == Spacing::Joint && trees.next_if(is_colon).is_some() => Kind::PathSep,
                c => Kind::Punct(c),
            },
        };
        tokens.push(Token { line, kind });
    }
}

fn is_colon(tree: &TokenTree) -> bool {
    matches!(tree, TokenTree::Punct(sign) if sign.as_char() == ':')
}

/// Takes `[doc = "…"]` or `![doc = "…"]`, as which a comment of documentation is read.
fn is_documentation(trees: &mut Peekable<IntoIter>) -> bool {
    let begins_with_doc = |group: &Group| {
        let first = group.stream().into_iter().next();
        group.delimiter() == Delimiter::Bracket && first.is_some_and(|tree| tree.to_string() == "doc")
    };
    let mut ahead = trees.clone();
    let is_inner = ahead.next_if(|tree| matches!(tree, TokenTree::Punct(sign) if sign.as_char() == '!')).is_some();
    let is_it = matches!(ahead.next(), Some(TokenTree::Group(group)) if begins_with_doc(&group));
    if is_it {
        trees.nth(usize::from(is_inner));
    }
    is_it
}

fn brackets(delimiter: Delimiter) -> (Option<char>, Option<char>) {
    match delimiter {
        Delimiter::Parenthesis => (Some('('), Some(')')),
        Delimiter::Brace => (Some('{'), Some('}')),
        Delimiter::Bracket => (Some('['), Some(']')),
        Delimiter::None => (None, None),
    }
}

/// A text as it is written, without prefix and quotes; numbers are of no interest.
fn literal_kind(literal: Literal) -> Kind {
    let written = literal.to_string();
    match Lit::new(literal) {
        Lit::Str(_) | Lit::ByteStr(_) | Lit::CStr(_) | Lit::Byte(_) | Lit::Char(_) => {
            let inside = written.trim_start_matches(|c: char| c.is_alphabetic()).trim_matches('#');
            let quote = inside.chars().next().unwrap_or('"');
            let inside = inside.strip_prefix(quote).unwrap_or(inside);
            Kind::Literal(inside.strip_suffix(quote).unwrap_or(inside).to_owned())
        }
        _ => Kind::Number,
    }
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
            Some(Kind::Punct(_) | Kind::Literal(_) | Kind::Number) => at + 1,
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
