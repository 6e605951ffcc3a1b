//! What every response says about itself.

use axum::body::Body;
use axum::http::{Method, Request, header};
use contract::access::Role;
use server::net::peer::Peer;
use tests::{PASSWORD, Reply, TestApp};

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
    assert!(chosen.header("set-cookie").starts_with("lang=en; Max-Age=31536000; Path=/; HttpOnly; SameSite=Lax"));
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
    for path in ["/api/v1/nothing", "/api/nothing"] {
        app.get(path).await.expect_error(404, "not_found");
    }
    app.get("/api/ui/nothing").await.expect_packed_error(404, "not_found");
    let page = app.get("/no/such/page").await;
    assert_eq!((page.status, page.header("content-type")), (404, "text/html; charset=utf-8"));
    assert!(page.text().contains("<main"));
}

#[tokio::test]
async fn a_name_that_no_file_can_have_is_missing() {
    let app = TestApp::on_sqlite().await;
    app.write("site/pkg/folder.js/x", "");
    app.write("site/pkg/file.js", "// script");
    let long = "a".repeat(256);
    let names = [
        format!("{long}.js"),
        "a/".repeat(3000) + "x.js",
        "x%00.js".to_owned(),
        "folder.js".to_owned(),
        "file.js/x.js".to_owned(),
        "%FF.js".to_owned(),
        "..%2F..%2Fcli.sqlite".to_owned(),
        "a".repeat(250) + ".js",
    ];
    for name in &names {
        for (path, headers) in
            [(format!("/pkg/{name}"), vec![]), (format!("/pkg/{name}"), vec![("accept-encoding", "br")])]
        {
            let reply = app.get_with(&path, &headers).await;
            assert_eq!((reply.status, reply.text().as_str()), (404, "not found\n"), "{}", &path[..path.len().min(60)]);
        }
    }
    assert_eq!(app.get(&format!("/{long}.js")).await.status, 404);
    assert_eq!(app.get("/x%00.css").await.status, 404);
}

fn assert_protected(what: &str, reply: &Reply) {
    let policies: Vec<&str> =
        reply.headers.get_all("content-security-policy").iter().filter_map(|value| value.to_str().ok()).collect();
    assert_eq!(policies.len(), 1, "{what}: {policies:?}");
    let parts =
        ["default-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"];
    assert!(parts.iter().all(|part| policies[0].contains(part)), "{what}: {policies:?}");
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        // No other origin may read anything.
        ("access-control-allow-origin", ""),
    ] {
        assert_eq!(reply.header(name), value, "{what}: {name}");
    }
    assert!(!reply.header("cache-control").is_empty(), "{what} does not say whether it may be kept");
}

#[tokio::test]
async fn every_answer_is_protected_also_errors_files_and_what_is_not_there() {
    let app = TestApp::on_sqlite().await;
    app.write("site/favicon.svg", "<svg/>");
    let session = app.person("anna", Role::Admin).await;
    let endpoints = server::endpoints().into_iter().filter(|endpoint| endpoint.method == Method::GET);
    let mut paths: Vec<String> = endpoints
        .map(|endpoint| endpoint.path.replace("{*code}", "A").replace("{receipt}", "x").replace("{code}", "ko"))
        .collect();
    let others =
        ["/", "/items/A", "/model", "/predict", "/no/such/page", "/favicon.svg", "/pkg/none.js", "/api/nothing"];
    paths.extend(others.map(str::to_owned));
    for session in ["", session.as_str()] {
        for path in &paths {
            let cookie = format!("session={session}");
            let request =
                Request::get(path).header(header::COOKIE, cookie).header(header::ORIGIN, "https://evil.example");
            let reply = app.send(request.body(Body::empty()).expect("a sound request")).await;
            assert_protected(&format!("{path} as {session}"), &reply);
            let is_html = reply.header("content-type").starts_with("text/html");
            let is_of_the_client = others.contains(&path.as_str()) && reply.status != 303;
            if is_html && !is_of_the_client {
                assert_eq!(reply.header("cache-control"), "no-store", "{path} may show a secret");
            }
        }
    }
    let app = app.asked_by(&session);
    for (what, method, path, headers, body, status) in [
        ("another method", Method::DELETE, "/api/v1/items", "same-origin", "", 405),
        ("another site", Method::POST, "/users", "cross-site", "", 403),
        ("a preflight", Method::OPTIONS, "/api/v1/predictions", "cross-site", "", 405),
        ("too much", Method::POST, "/api/v1/predictions", "same-origin", &"x".repeat(2 * 1024 * 1024), 413),
    ] {
        let request = Request::builder().method(method).uri(path).header("sec-fetch-site", headers);
        let request = request.header(header::CONTENT_TYPE, "application/json");
        let request = request.header(header::COOKIE, format!("session={session}"));
        let reply = app.send(request.body(Body::from(body.to_owned())).expect("a sound request")).await;
        assert_eq!(reply.status, status, "{what}: {}", reply.text());
        assert_protected(what, &reply);
    }
}

#[tokio::test]
async fn behind_tls_every_cookie_is_of_this_host_alone_and_a_plain_one_counts_for_nothing() {
    let app = TestApp::on_sqlite().await;
    let planted = app.person("kim", Role::Viewer).await;
    let send = async |method: Method, path: &str, cookie: &str, body: &str| {
        let request = Request::builder().method(method).uri(path).header("sec-fetch-site", "same-origin");
        let request = request.header(header::COOKIE, cookie);
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let mut request = request.body(Body::from(body.to_owned())).expect("a sound request");
        request.extensions_mut().insert(Peer { is_secure: true, ..Peer::LOCAL });
        app.send(request).await
    };
    let form = format!("name=kim&password={}", PASSWORD.replace(' ', "+"));
    let entered = send(Method::POST, "/sign-in", "", &form).await;
    assert_eq!(entered.status, 303, "{}", entered.text());
    let cookies = |reply: &Reply| -> Vec<String> {
        let lines = reply.headers.get_all("set-cookie").iter();
        lines.map(|line| line.to_str().expect("our headers are ASCII").to_owned()).collect()
    };
    let of_entering = cookies(&entered);
    let mut names = Vec::new();
    let others = [
        send(Method::GET, "/lang/en", "", "").await,
        send(Method::GET, "/theme/dark", "", "").await,
        send(Method::POST, "/sign-out", "", "").await,
    ];
    for line in of_entering.iter().cloned().chain(others.iter().flat_map(cookies)) {
        assert!(line.ends_with("; Path=/; HttpOnly; SameSite=Lax; Secure") && !line.contains("Domain"), "{line}");
        names.push(line.split('=').next().unwrap_or_default().to_owned());
    }
    assert_eq!(names, ["__Host-session", "__Host-device", "__Host-lang", "__Host-theme", "__Host-session"]);

    let own = of_entering[0].split(';').next().unwrap_or_default().to_owned();
    let page = send(Method::GET, "/profile", &format!("{own}; __Host-lang=en"), "").await;
    assert_eq!(page.status, 200);
    let token = own.split('=').nth(1).unwrap_or_default();
    assert!(
        page.text().contains("<html lang=\"en\"") && !page.text().contains(token),
        "the token is in the cookie alone"
    );
    let page = send(Method::GET, "/profile", &format!("session={planted}; lang=en"), "").await;
    assert_eq!(page.status, 303, "a session without the prefix is none behind TLS");
}

#[tokio::test]
async fn nothing_is_changed_by_a_request_that_only_looks() {
    assert!(server::server_functions().iter().all(|(_, method)| *method == Method::POST));
    let app = TestApp::on_sqlite().await;
    for path in ["/sign-out", "/users?act=disable&id=1&revision=1", "/api/ui/send_feedback", "/api/v1/feedback"] {
        for method in [Method::GET, Method::HEAD] {
            let session = app.person("anna", Role::Admin).await;
            let request =
                Request::builder().method(method).uri(path).header(header::COOKIE, format!("session={session}"));
            let before = app.dump().await;
            app.send(request.body(Body::empty()).expect("a sound request")).await;
            let seen =
                |dump: &str| dump.lines().filter(|line| line.contains("anna")).map(str::to_owned).collect::<Vec<_>>();
            assert_eq!(seen(&before), seen(&app.dump().await), "{path}");
        }
    }
}
