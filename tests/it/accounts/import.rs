//! Many people from a table.

use axum::body::Body;
use axum::http::{Request, header};
use contract::access::Role;
use contract::accounts::{AccountsApi, UserQuery};
use server::services::acting::Caller;
use tests::{TestApp, on_every_database};

const TABLE: &str = "이름,권한\n김영호,작성\nlee,viewer\nanna,admin\n<b>,viewer\nkim,boss\n";

/// The upload as a browser sends it.
async fn upload(app: &TestApp, session: &str, bytes: &[u8]) -> tests::Reply {
    upload_named(app, session, "p.csv", bytes).await
}

async fn upload_named(app: &TestApp, session: &str, name: &str, bytes: &[u8]) -> tests::Reply {
    let heading = format!("--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
    let mut body = heading.into_bytes();
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--edge--\r\n");
    let request = Request::post("/users/import")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge")
        .header(header::COOKIE, format!("session={session}"))
        .header("sec-fetch-site", "same-origin");
    app.send(request.body(Body::from(body)).expect("it is sound")).await
}

#[tokio::test]
async fn a_look_stores_nothing_and_a_confirmation_makes_who_can_be_made() {
    on_every_database(async |app| {
        let session = app.person("anna", Role::Admin).await;
        let console = app.services.acting(Caller::Console, None);
        let n_before = console.users(UserQuery::default()).await.expect("the console may").total;
        let page = upload(&app, &session, TABLE.as_bytes()).await;
        assert_eq!(page.status, 200, "{}", page.text());
        let preview = console.preview_people(TABLE.as_bytes().to_vec()).await.expect("it is a table");
        let rows: Vec<_> =
            preview.rows.iter().map(|row| (row.row, row.name.as_str(), row.role, row.is_taken)).collect();
        let expected =
            [(2, "김영호", Role::Planner, false), (3, "lee", Role::Viewer, false), (4, "anna", Role::Admin, true)];
        assert_eq!(rows, expected);
        let faults: Vec<_> = preview.faults.iter().map(|fault| (fault.row, fault.value.as_str())).collect();
        assert_eq!(faults, [(5, "<b>"), (6, "boss")]);
        assert_eq!(console.users(UserQuery::default()).await.expect("the console may").total, n_before);

        let app = app.asked_by(&session);
        let fields = [("confirm", "yes"), ("text", preview.confirmed_text.as_str())];
        let page = app.post_form("/users/import", &fields).await;
        assert_eq!((page.status, page.header("cache-control")), (200, "no-store"));
        assert_eq!(console.users(UserQuery::default()).await.expect("the console may").total, n_before + 2);
        let again = app.post_form("/users/import", &fields).await;
        assert_eq!(again.status, 422, "all names are taken now");
    })
    .await;
}

#[tokio::test]
async fn a_file_that_is_none_is_refused_with_the_reason() {
    let app = TestApp::on_sqlite().await;
    let session = app.person("anna", Role::Admin).await;
    let console = app.services.acting(Caller::Console, None);
    for bytes in [&b"PK\x03\x04workbook"[..], b"", b"a\0b", b"x,y\n1,2\n"] {
        let preview = console.preview_people(bytes.to_vec()).await.expect("it is looked at");
        assert!(preview.rows.is_empty() && !preview.faults.is_empty(), "{bytes:?}");
        assert_eq!(upload(&app, &session, bytes).await.status, 200);
    }
    let large = upload(&app, &session, &vec![b'x'; 700 * 1024]).await;
    assert_eq!(large.status, 413);
}

#[tokio::test]
async fn who_was_imported_signs_in_with_the_password_that_was_shown() {
    let app = TestApp::on_sqlite().await;
    let console = app.services.acting(Caller::Console, None);
    let made = console.import_people("name,role\nkim,viewer\n".into()).await.expect("nobody has the name");
    let session = app.sign_in("kim", &made[0].temporary_password).await;
    let caller = app.services.by_session(&session).await.expect("the database works");
    assert!(matches!(caller, Caller::Person { must_change_password: true, role: Role::Viewer, .. }), "{caller:?}");
}

#[tokio::test]
async fn a_file_of_another_kind_is_refused_by_its_name() {
    let app = TestApp::on_sqlite().await;
    let session = app.person("anna", Role::Admin).await;
    let table = b"name,role\nkim,viewer\n";
    for name in ["people.xlsx", "people.csv.exe", "people.html", "csv", "<script>.js"] {
        let page = upload_named(&app, &session, name, table).await;
        assert_eq!(page.status, 422, "{name}");
        assert!(!page.text().contains("<script>.js") && !page.text().contains(">kim<"), "{name}: {}", page.text());
    }
    for name in ["people.CSV", "../../people.txt", "people.tsv"] {
        assert_eq!(upload_named(&app, &session, name, table).await.status, 200, "{name}");
    }
    let viewer = app.person("vera", Role::Viewer).await;
    assert_eq!(upload_named(&app, &viewer, "people.xlsx", table).await.status, 403);
}
