//! Where a redirect may go.

use super::page::Page;

/// `to` when it is a path of this site, else `/`.
///
/// Browsers read `//host`, `/\host` and a path with hidden control characters as another site, so those are refused.
pub fn safe_path(to: &str) -> &str {
    let is_path = to.starts_with('/') && !to.starts_with("//");
    let is_plain = to.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    // A choice must not lead to a choice: two such redirects could run in circles.
    let is_choice = to.starts_with("/lang/") || to.starts_with("/theme/");
    if is_path && is_plain && !is_choice { to } else { Page::Home.path() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_pages_are_kept() {
        for path in ["/", "/items/GL%2324", "/predict?code=A&lot=10", "/?q=%EB%8B%A8"] {
            assert_eq!(safe_path(path), path);
        }
    }

    #[test]
    fn other_sites_are_not() {
        for path in [
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "",
            "x",
            "/a\r\nSet-Cookie: b",
            "/\t/e",
            "/lang/en?to=/",
        ] {
            assert_eq!(safe_path(path), "/");
        }
    }
}
