//! What every response says about itself.

use app::access::Role;
use tests::TestApp;

#[tokio::test]
async fn pages_carry_a_strict_policy_with_a_fresh_nonce() {
    let app = TestApp::on_sqlite().await;
    let nonce = |policy: &str| {
        let rest = policy.split("'nonce-").nth(1).expect("the policy has a nonce");
        rest.split('\'').next().expect("a nonce ends").to_owned()
    };
    let page = app.get("/").await;
    assert_eq!(page.status, 200, "{}", page.text());
    let policy = page.header("content-security-policy").to_owned();
    for part in ["default-src 'self'", "frame-ancestors 'none'", "object-src 'none'", "'wasm-unsafe-eval'"] {
        assert!(policy.contains(part), "{part} is missing in {policy}");
    }
    assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
    let html = page.text();
    let n_scripts = html.matches("<script").count();
    assert!(n_scripts > 0);
    assert_eq!(html.matches(&format!("nonce=\"{}\"", nonce(&policy))).count(), n_scripts, "{html}");
    assert!(!html.contains(" style=\""), "the policy forbids style attributes");
    assert_ne!(nonce(&policy), nonce(app.get("/").await.header("content-security-policy")));

    assert_eq!((page.header("x-content-type-options"), page.header("cache-control")), ("nosniff", "no-cache"));
    assert_eq!(page.header("referrer-policy"), "same-origin");
    let vary: Vec<&str> = page.headers.get_all("vary").iter().filter_map(|value| value.to_str().ok()).collect();
    assert!(vary.join(",").contains("accept-language, cookie"), "{vary:?}");
}

#[tokio::test]
async fn what_was_typed_cannot_end_the_title() {
    let app = TestApp::on_sqlite().await;
    let html = app.get("/?q=%3C%2Ftitle%3E%3Cb%3E").await.text();
    let title = html.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next()).unwrap_or_default();
    assert!(title.contains("&lt;/title&gt;&lt;b&gt;"), "{title}");
}

#[tokio::test]
async fn pages_of_accounts_bring_nothing_of_the_client() {
    let app = TestApp::on_sqlite().await;
    let session = app.person("anna", Role::Admin).await;
    let app = app.asked_by(&session);
    for (path, scripts) in [
        ("/users", vec![]),
        ("/audit", vec![]),
        ("/settings", vec![]),
        ("/profile", vec![]),
        ("/signed-out", vec!["/clear.js"]),
    ] {
        let page = app.get(path).await;
        assert_eq!(page.status, 200, "{path}");
        let html = page.text();
        assert!(html.contains("<title>") && html.contains("</html>"), "{path}: {html}");
        let loaded: Vec<&str> =
            html.split("<script src=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert_eq!(loaded, scripts, "{path}");
        for part in ["type=\"module\"", "preload", ".wasm", " style=\""] {
            assert!(!html.contains(part), "{part} in {path}: {html}");
        }
    }
}

#[tokio::test]
async fn the_language_comes_from_cookie_then_header_then_korean() {
    let app = TestApp::on_sqlite().await;
    for (headers, language) in [
        (vec![], "ko"),
        (vec![("accept-language", "en-GB,en;q=0.9")], "en"),
        (vec![("accept-language", "en"), ("cookie", "lang=ko")], "ko"),
        (vec![("accept-language", "ko"), ("cookie", "a=b; lang=en")], "en"),
    ] {
        let html = app.get_with("/", &headers).await.text();
        assert!(html.contains(&format!("<html lang=\"{language}\"")), "{headers:?}: {html}");
    }
}

#[tokio::test]
async fn a_choice_is_a_cookie_and_leads_back_to_our_own_pages_only() {
    let app = TestApp::on_sqlite().await;
    let chosen = app.get("/lang/en?to=%2Fpredict%3Fcode%3DA").await;
    assert_eq!((chosen.status, chosen.header("location")), (303, "/predict?code=A"));
    assert!(chosen.header("set-cookie").starts_with("lang=en; Max-Age="));
    assert_eq!(app.get("/theme/dark?to=%2F%2Fevil.example").await.header("location"), "/");
    assert_eq!(app.get("/lang/xx").await.status, 404);
    assert_eq!(app.get("/theme/neon").await.status, 404);
}

#[tokio::test]
async fn hashed_files_are_kept_for_ever_and_others_are_asked_for_again() {
    let app = TestApp::on_sqlite().await;
    app.write("site/pkg/routing-ml.0123456789ab.js", "// script");
    app.write("site/pkg/routing-ml.0123456789ab.js.br", "packed");
    app.write("site/favicon.svg", "<svg/>");
    let script = app.get("/pkg/routing-ml.0123456789ab.js").await;
    assert_eq!(script.status, 200);
    assert_eq!(script.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!((script.text().as_str(), script.header("x-content-type-options")), ("// script", "nosniff"));
    let packed = app.get_with("/pkg/routing-ml.0123456789ab.js", &[("accept-encoding", "br")]).await;
    assert_eq!((packed.header("content-encoding"), packed.text().as_str()), ("br", "packed"));
    let icon = app.get("/favicon.svg").await;
    assert_eq!((icon.status, icon.header("cache-control")), (200, "no-cache"));
}

#[tokio::test]
async fn what_is_missing_is_missing() {
    let app = TestApp::on_sqlite().await;
    for path in ["/pkg/routing-ml.ffffffffffff.js", "/pkg/x", "/nothing.css", "/pkg/..%2F..%2Fcli.sqlite"] {
        let reply = app.get(path).await;
        assert_eq!(reply.status, 404, "{path}");
        assert!(!reply.text().contains('<'), "{path} answered a page");
        assert!(!reply.header("cache-control").contains("immutable"), "{path}");
    }
    for path in ["/api/v1/nothing", "/api/nothing", "/api/ui/nothing"] {
        app.get(path).await.expect_error(404, "not_found");
    }
    let page = app.get("/no/such/page").await;
    assert_eq!((page.status, page.header("content-type")), (404, "text/html; charset=utf-8"));
    assert!(page.text().contains("<main"));
}
