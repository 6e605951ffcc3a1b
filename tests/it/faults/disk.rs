//! A disk that takes nothing any more, and one that may only be read: reading goes on, in a process of its own.
//!
//! A full disk is a process that may write no byte to any file (`ulimit -f 0`), one that may only be read is a process of
//! another user.

use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use contract::access::Role;
use contract::audit::{AuditApi, AuditQuery};
use tests::TestApp;

use super::*;

const DATA: &str = "UNWRITABLE_DATA_DIR";
const SESSION: &str = "UNWRITABLE_SESSION";

/// The child of the next tests. Without a data directory it looks at one of its own, which may be written.
#[tokio::test]
async fn a_server_in_a_process_of_its_own() {
    let Ok(data) = std::env::var(DATA) else {
        let app = TestApp::on_sqlite().await.with_plant().await;
        assert!(serves(&app).await, "it may be written");
        return;
    };
    // What fails in here is told by the parent.
    <server::cli::Cli as clap::Parser>::parse_from(["routing-ml", "status"]).start_log();
    let session = std::env::var(SESSION).expect("the parent gives it");
    let app = TestApp::at(PathBuf::from(data), &session).await;
    assert!(!serves(&app).await, "nothing can be written");
    let (status, ready_now) = ready(&app).await;
    assert_eq!((status, &ready_now["state"]), (200, &json!("degraded")), "{ready_now}");
    let problem = ready_now["database_problem"].as_str().expect("it says why");
    assert!(["the disk", "the database can only be read"].iter().any(|words| problem.starts_with(words)), "{problem}");
    let refused = app.train(2).await;
    refused.expect_err("no model can be written");
    app.post(
        "/api/v1/feedback",
        &[("idempotency-key", "k")],
        &json!({"prediction": null, "item": "GL-00",
        "model": ready_now["model_id"], "signature": "s", "rank": 1, "verdict": "up"}),
    )
    .await
    .expect_error(500, "internal");
}

/// Whether answers are kept; that they are given is a must.
async fn serves(app: &TestApp) -> bool {
    for path in ["/", "/items/GL-01", "/model", "/predict?code=GL-01", "/profile", "/api/v1/items?q=GL"] {
        let reply = app.get(path).await;
        assert_eq!(reply.status, 200, "{path}: {}", reply.text());
    }
    let n_kept = async || {
        let console = app.services.acting(server::services::acting::Caller::Console, None);
        console
            .audit(AuditQuery { action: "predict".into(), ..AuditQuery::default() })
            .await
            .expect("it is read")
            .lines
            .len()
    };
    let n_before = n_kept().await;
    answers(app).await;
    n_kept().await > n_before
}

/// A trained plant, closed or still served, with a session of one who may see it.
async fn plant() -> (TestApp, String) {
    let app = TestApp::on_sqlite().await.with_plant().await;
    let session = app.person("kim", Role::Planner).await;
    let app = app.asked_by(&session);
    answers(&app).await;
    (app, session)
}

/// Runs the child and fails with what it says.
fn assert_serves(mut child: Command, data: &Path, session: &str) {
    let child = child
        .args(["--exact", "faults::disk::a_server_in_a_process_of_its_own", "--nocapture"])
        .env(DATA, data)
        .env(SESSION, session)
        .output()
        .expect("it starts");
    let said = format!("{}{}", String::from_utf8_lossy(&child.stdout), String::from_utf8_lossy(&child.stderr));
    assert!(child.status.success() && said.contains("1 passed"), "{said}");
}

/// This test run as a process that may write no byte.
fn full() -> Command {
    let mut shell = Command::new("sh");
    shell.args(["-c", "trap '' XFSZ; ulimit -f 0; exec \"$0\" \"$@\""]);
    shell.arg(std::env::current_exe().expect("the test runs"));
    shell
}

#[tokio::test]
async fn a_full_disk_opens_and_reads() {
    let (app, session) = plant().await;
    app.services.db.close().await;
    assert_serves(full(), app.folder(), &session);
    // The disk has room again.
    let app = app.restarted().await;
    assert_eq!(ready(&app).await.1["state"], "ok");
}

#[tokio::test]
async fn a_disk_that_is_full_while_another_serves_opens_and_reads() {
    let (app, session) = plant().await;
    assert_serves(full(), app.folder(), &session);
    answers(&app).await;
}

#[tokio::test]
async fn a_data_directory_that_may_only_be_read_is_read() {
    let (app, session) = plant().await;
    app.services.db.close().await;
    let exe = std::env::current_exe().expect("the test runs");
    let mut child = if server_runs_as_root() {
        // Nobody's permissions bind root: the child is nobody, who must be able to reach the program.
        let copy = app.folder().join("it");
        std::fs::hard_link(&exe, &copy).or_else(|_| std::fs::copy(&exe, &copy).map(drop)).expect("there is room");
        let mut child = Command::new(copy);
        child.uid(65_534).gid(65_534).current_dir("/");
        child
    } else {
        Command::new(exe)
    };
    child.env("TMPDIR", "/tmp");
    permit(app.folder(), 0o555, 0o444);
    assert_serves(child, app.folder(), &session);
    permit(app.folder(), 0o755, 0o644);
}

fn server_runs_as_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

/// Sets the permissions of folders and files below a folder; programs stay programs.
fn permit(folder: &Path, of_folders: u32, of_files: u32) {
    for entry in std::fs::read_dir(folder).expect("it is there").flatten() {
        let path = entry.path();
        if path.is_dir() {
            permit(&path, of_folders, of_files);
        } else {
            let mode = if path.file_name().is_some_and(|name| name == "it") { 0o755 } else { of_files };
            std::fs::set_permissions(&path, PermissionsExt::from_mode(mode)).expect("it is ours");
        }
    }
    std::fs::set_permissions(folder, PermissionsExt::from_mode(of_folders)).expect("it is ours");
}
