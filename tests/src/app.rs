//! The product in process: router, services, a fresh database.

use std::future::Future;
use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::request::Builder;
use axum::http::{Request, header};
use chrono::DateTime;
use contract::access::Role;
use contract::address::encode;
use engine::train::TrainSettings;
use engine::watch::unwatched;
use server::auth::password::Cost;
use server::background::Share;
use server::clock::Clock;
use server::config::Config;
use server::db::Db;
use server::db::models::ModelRow;
use server::registry::Registry;
use server::services::Services;
use server::services::accounts::Arrival;
use server::services::acting::Caller;
use server::services::import::{ImportOptions, ImportSummary, import, nobody, sources};
use server::services::training::{TrainingError, train_model};
use server::state::AppState;
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Row};
use tempfile::TempDir;
use tower::ServiceExt;

use crate::Reply;

/// Address of a PostgreSQL superuser; without it the tests run on SQLite only.
const POSTGRES: &str = "TEST_POSTGRES_URL";

/// The product over its own data directory and database, both gone afterwards.
pub struct TestApp {
    pub services: Services,
    pub config: Config,
    router: Router,
    folder: Arc<Folder>,
    /// What the clock says next, in seconds since 1970.
    now_s: Arc<AtomicI64>,
    /// Session of the person who asks; empty for nobody.
    session: String,
}

/// Where the data of a test lie.
enum Folder {
    /// Gone when nobody looks at it any more.
    Own(TempDir),
    /// Somebody else's.
    Kept(PathBuf),
}

impl Folder {
    fn path(&self) -> &Path {
        match self {
            Self::Own(folder) => folder.path(),
            Self::Kept(path) => path,
        }
    }
}

/// Writers that were taken away.
pub struct Held(AnyConnection);

impl Held {
    /// Gives them back.
    pub async fn release(mut self) {
        sqlx::query("ROLLBACK").execute(&mut self.0).await.expect("the transaction is open");
        self.0.close().await.expect("the connection was sound");
    }
}

/// When the clock of a test begins, in seconds since 1970.
const START_S: i64 = 1_767_225_600;

/// Who asks in tests that are not about who asks.
const EVERYBODY: &str = "tester";
/// A password that nobody would guess, as the rules of passwords ask for.
pub const PASSWORD: &str = "correct horse battery";

/// Runs a test on SQLite and, where one is configured, on PostgreSQL.
pub async fn on_every_database<F: Future<Output = ()>>(test: impl Fn(TestApp) -> F) {
    test(TestApp::on_sqlite().await).await;
    if let Ok(url) = std::env::var(POSTGRES) {
        test(TestApp::on_postgres(&url).await).await;
    }
}

impl TestApp {
    /// On a SQLite file of its own.
    pub async fn on_sqlite() -> Self {
        let folder = tempfile::tempdir().expect("the temporary folder is writable");
        let config = Config::new(folder.path(), None);
        Self::open(config, Arc::new(Folder::Own(folder))).await
    }

    /// On PostgreSQL, where one is configured.
    pub async fn on_postgres_if_any() -> Option<Self> {
        let url = std::env::var(POSTGRES).ok()?;
        Some(Self::on_postgres(&url).await)
    }

    /// Another server over the same database, with a data directory of its own.
    pub async fn beside(&self) -> Self {
        let folder = tempfile::tempdir().expect("the temporary folder is writable");
        let config = Config::new(folder.path(), Some(self.config.database_url.clone()));
        Self::open_at(config, Arc::new(Folder::Own(folder)), Arc::clone(&self.now_s)).await
    }

    /// Another server over the same database and the same data directory.
    pub async fn beside_on_the_same_disk(&self) -> Self {
        Self::open_at(self.config.clone(), Arc::clone(&self.folder), Arc::clone(&self.now_s)).await
    }

    /// Over a database and a data directory of somebody else, by the clock of the machine.
    pub async fn on(url: &str, data: PathBuf) -> Self {
        let config = Config::new(&data, Some(url.to_owned()));
        let now_s = Arc::new(AtomicI64::new(Clock::system().now().timestamp()));
        let services = Self::services(&config, Arc::clone(&now_s)).await;
        Self::around(services, config, Arc::new(Folder::Kept(data)), now_s)
    }

    /// The same data, clock and session as another process finds them; this one goes on.
    pub async fn restarted_in_place(&self) -> Self {
        let services = Self::services(&self.config, Arc::clone(&self.now_s)).await;
        let config = self.config.clone();
        Self::around(services, config, Arc::clone(&self.folder), Arc::clone(&self.now_s)).asked_by(&self.session)
    }

    /// Over a data directory that is there already, and nothing is added to it.
    pub async fn at(data: PathBuf, session: &str) -> Self {
        let config = Config::new(&data, None);
        let now_s = Arc::new(AtomicI64::new(START_S + 60));
        let services = Self::services(&config, Arc::clone(&now_s)).await;
        Self::around(services, config, Arc::new(Folder::Kept(data)), now_s).asked_by(session)
    }

    /// The same product with other model files.
    pub fn with_registry(self, registry: Registry) -> Self {
        let mut services = self.services;
        services.registry = Arc::new(registry);
        Self::around(services, self.config, self.folder, self.now_s).asked_by(&self.session)
    }

    fn around(services: Services, config: Config, folder: Arc<Folder>, now_s: Arc<AtomicI64>) -> Self {
        let router = server::build(AppState::new(services.clone(), folder.path().join("site")));
        Self { services, config, router, folder, now_s, session: String::new() }
    }

    /// In a PostgreSQL schema of its own; the server is thrown away after the tests, so nobody drops it.
    async fn on_postgres(url: &str) -> Self {
        let folder = tempfile::tempdir().expect("the temporary folder is writable");
        let name = folder.path().file_name().expect("a temporary folder has a name").to_string_lossy().to_lowercase();
        let schema: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
        let schema = format!("t_{}_{schema}", std::process::id());
        sqlx::any::install_default_drivers();
        let mut connection = AnyConnection::connect(url).await.expect("TEST_POSTGRES_URL answers");
        sqlx::query(AssertSqlSafe(format!("CREATE SCHEMA {schema}")))
            .execute(&mut connection)
            .await
            .expect("a superuser may create a schema");
        connection.close().await.expect("the connection was sound");
        let joint = if url.contains('?') { '&' } else { '?' };
        let config = Config::new(folder.path(), Some(format!("{url}{joint}options=-csearch_path%3D{schema}")));
        Self::open(config, Arc::new(Folder::Own(folder))).await
    }

    async fn open(config: Config, folder: Arc<Folder>) -> Self {
        let now_s = Arc::new(AtomicI64::new(START_S));
        Self::open_at(config, folder, now_s).await
    }

    async fn open_at(config: Config, folder: Arc<Folder>, now_s: Arc<AtomicI64>) -> Self {
        let services = Self::services(&config, Arc::clone(&now_s)).await;
        std::fs::create_dir_all(folder.path().join("site/pkg")).expect("the temporary folder is writable");
        let mut app = Self::around(services, config, folder, now_s);
        app.session = app.person(EVERYBODY, Role::Planner).await;
        app
    }

    async fn services(config: &Config, now_s: Arc<AtomicI64>) -> Services {
        let db = Db::open(&config.database_url).await.expect("a fresh database opens");
        let clock = ticking_clock(now_s);
        Services::new(db, config.models_dir(), clock, Cost::for_tests()).expect("there is randomness")
    }

    /// Adds a person if there is none of this name, signs in, and gives the session's token.
    pub async fn person(&self, name: &str, role: Role) -> String {
        // After a restart the person is there already.
        self.services.acting(Caller::Console, None).add_user(name, role, PASSWORD, false).await.ok();
        self.sign_in(name, PASSWORD).await
    }

    /// Signs in from this machine and gives the session's token.
    pub async fn sign_in(&self, name: &str, password: &str) -> String {
        let entered = self.services.sign_in(name, password, &arrival()).await.expect("the database works");
        entered.unwrap_or_else(|refusal| panic!("{name} was not let in: {refusal:?}")).session.reveal()
    }

    /// The same product as somebody else has it: by the token of a session, empty for nobody.
    pub fn asked_by(mut self, session: &str) -> Self {
        self.session = session.to_owned();
        self
    }

    /// The same product over a database without anybody.
    pub async fn empty(self) -> Self {
        for sql in ["DELETE FROM sessions", "DELETE FROM devices", "DELETE FROM users"] {
            self.sql(sql).await.expect("the tables are there");
        }
        self.asked_by("")
    }

    /// One number that the database gives.
    pub async fn number(&self, sql: &str) -> i64 {
        let mut connection = AnyConnection::connect(&self.config.database_url).await.expect("the database answers");
        let found = sqlx::query_scalar(AssertSqlSafe(sql.to_owned())).fetch_one(&mut connection).await;
        found.expect("the statement is sound")
    }

    /// Runs one statement beside the product.
    ///
    /// # Errors
    /// What the database says.
    pub async fn sql(&self, sql: &str) -> Result<(), String> {
        let mut connection = AnyConnection::connect(&self.config.database_url).await.expect("the database answers");
        let done = sqlx::query(AssertSqlSafe(sql.to_owned())).execute(&mut connection).await;
        done.map(|_| ()).map_err(|error| error.to_string())
    }

    /// Takes the writers away: until it is released, whoever writes waits.
    pub async fn hold_writers(&self) -> Held {
        let mut connection = AnyConnection::connect(&self.config.database_url).await.expect("the database answers");
        let statements: &[&str] = if self.config.database_url.starts_with("sqlite:") {
            &["BEGIN IMMEDIATE"]
        } else {
            &[
                "BEGIN",
                "LOCK TABLE users, sessions, devices, api_tokens, one_time_links, settings, audit, predictions, receipts, \
                 feedback, models, clock, probe, revisions, jobs, imports IN EXCLUSIVE MODE",
            ]
        };
        for sql in statements {
            sqlx::query(AssertSqlSafe((*sql).to_owned())).execute(&mut connection).await.expect("nobody else writes");
        }
        Held(connection)
    }

    /// All that stands in the tables of accounts, one row a line, the columns between tabs.
    pub async fn dump(&self) -> String {
        let mut connection = AnyConnection::connect(&self.config.database_url).await.expect("the database answers");
        let mut text = String::new();
        for table in ["users", "sessions", "devices", "api_tokens", "one_time_links", "settings", "audit"] {
            let rows = sqlx::query(AssertSqlSafe(format!("SELECT * FROM {table}"))).fetch_all(&mut connection).await;
            for row in rows.expect("the table is there") {
                for at in 0..row.len() {
                    text.push_str(&row.try_get::<String, _>(at).unwrap_or_default());
                    text.push('\t');
                }
                text.push('\n');
            }
        }
        text
    }

    /// From now on it is the day that the database's own clock shows.
    pub fn set_clock_to_today(&self) {
        self.now_s.store(Clock::system().now().timestamp(), Ordering::Relaxed);
    }

    /// Lets time pass, or go back.
    pub fn jump_s(&self, seconds: i64) {
        self.now_s.fetch_add(seconds, Ordering::Relaxed);
    }

    /// The same data with everything in memory forgotten, as after a restart.
    pub async fn restarted(self) -> Self {
        Self::open(self.config, self.folder).await
    }

    /// The same product with less patience for its own answers.
    pub fn that_answers_within(mut self, limit: Duration) -> Self {
        let state = AppState::new(self.services.clone(), self.folder.path().join("site"));
        self.router = server::build(AppState { answer_within: limit, ..state });
        self
    }

    /// The product as a service, for a socket.
    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// A folder for files of the test.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file below the test's folder.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("the name is below a folder")).expect("the folder is writable");
        std::fs::write(&path, bytes).expect("the temporary folder is writable");
        path
    }

    /// Imports files or folders, and makes what they bring findable.
    pub async fn import(&self, paths: &[PathBuf]) -> ImportSummary {
        let summary = self.import_only(paths).await;
        self.services.make_snapshot(Share::Whole).await.expect("the database works");
        summary
    }

    /// Imports files or folders, and no more.
    pub async fn import_only(&self, paths: &[PathBuf]) -> ImportSummary {
        let sources = sources(paths).expect("the test wrote the files");
        let acting = self.services.acting(Caller::Console, None);
        import(&acting, sources, &ImportOptions::default(), nobody()).await.expect("the database works")
    }

    /// The same with the tiny plant, trained.
    pub async fn with_plant(self) -> Self {
        let folder = crate::plant::write(&self);
        let summary = self.import(&[folder]).await;
        assert!(summary.failed.is_empty(), "{:?}", summary.failed);
        self.train(1).await.expect("the plant has routings");
        self
    }

    /// Trains on what was imported.
    ///
    /// # Errors
    /// What the training says.
    pub async fn train(&self, seed: u64) -> Result<ModelRow, TrainingError> {
        let console = self.services.acting(Caller::Console, None);
        train_model(&console, None, TrainSettings { seed }, Share::Whole, unwatched).await
    }

    /// Sends a request.
    pub async fn send(&self, request: Request<Body>) -> Reply {
        let Ok(response) = self.router.clone().oneshot(request).await;
        Reply::read(response).await
    }

    /// GET.
    pub async fn get(&self, path: &str) -> Reply {
        self.get_with(path, &[]).await
    }

    /// GET with headers.
    pub async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Reply {
        let request = self.request(Request::get(path), headers).body(Body::empty());
        self.send(request.expect("the test's path is sound")).await
    }

    /// POST of JSON with headers.
    pub async fn post(&self, path: &str, headers: &[(&str, &str)], body: &serde_json::Value) -> Reply {
        let request = self.request(Request::post(path), headers).header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(Body::from(body.to_string())).expect("the test's path is sound")).await
    }

    /// POST of a form, as our own pages send it.
    pub async fn post_form(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let pairs = fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value)));
        let body = pairs.collect::<Vec<_>>().join("&");
        let request = self.request(Request::post(path), &[]);
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(Body::from(body));
        self.send(request.expect("the test's path is sound")).await
    }

    /// A request as a browser with this session sends it.
    fn request(&self, mut request: Builder, headers: &[(&str, &str)]) -> Builder {
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if !headers.iter().any(|(name, _)| *name == "sec-fetch-site") {
            request = request.header("sec-fetch-site", "same-origin");
        }
        if self.session.is_empty() {
            return request;
        }
        request.header(header::COOKIE, format!("session={}", self.session))
    }
}

/// From this machine, without a known device.
pub fn arrival() -> Arrival {
    Arrival { address: IpAddr::V4(Ipv4Addr::LOCALHOST), device: None, agent: String::new(), old_session: None }
}

/// A clock that goes one second further each time it is read.
fn ticking_clock(now_s: Arc<AtomicI64>) -> Clock {
    Clock::new(move || DateTime::from_timestamp(now_s.fetch_add(1, Ordering::Relaxed), 0).expect("near 2026-01-01"))
}
