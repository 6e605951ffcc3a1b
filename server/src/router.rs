//! Every URL of the product; those for other systems are listed in `rest`.

mod routes;

use std::sync::{Arc, LazyLock};

use app::App;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use contract::access::Action;
use contract::address::Page;
use leptos_axum::{AxumRouteListing, LeptosRoutes, generate_route_list, render_app_async_with_context};
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};
use tower_http::request_id::{PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::trace::TraceLayer;

use crate::exchange::context;
use crate::exchange::reply::{MAX_BODY_BYTES, method_not_allowed, not_found};
use crate::forms::{self, audit, choices, enter, own, users};
use crate::net::request_id::{Ids, X_REQUEST_ID};
use crate::site::assets;
use crate::state::AppState;
use crate::{middleware, rest};

pub use crate::exchange::endpoint::Endpoint;
use routes::Routes;

/// Most bytes of a form with fields; an uploaded table of people may have more.
const MAX_FORM_BYTES: usize = 64 * 1024;
const MAX_PEOPLE_BYTES: usize = 600 * 1024;

/// Forms of accounts and administration.
fn form_pages() -> Routes {
    Routes::default()
        .page(Page::SignIn, enter::sign_in_page)
        .post(Page::SignIn.path(), Action::SignIn, enter::sign_in)
        .page(Page::SignUp, enter::sign_up_page)
        .post(Page::SignUp.path(), Action::SignIn, enter::sign_up)
        .page(Page::Waiting, enter::waiting_page)
        .page(Page::Setup, enter::setup_page)
        .post(Page::Setup.path(), Action::SignIn, enter::set_up)
        .page(Page::Link, enter::link_page)
        .post(Page::Link.path(), Action::SignIn, enter::link)
        // Whoever has no session any more may leave all the same.
        .post("/sign-out", Action::SignIn, enter::sign_out)
        .page(Page::SignedOut, enter::signed_out_page)
        .page(Page::Password, own::password_page)
        .post(Page::Password.path(), Action::ChangePassword, own::change_password)
        .page(Page::Profile, own::profile_page)
        .post(Page::Profile.path(), Action::ManageSelf, own::change_profile)
        .page(Page::Users, users::users_page)
        .post(Page::Users.path(), Action::ManageUsers, users::change_user)
        .page(Page::ImportPeople, users::import_page)
        .page(Page::Audit, audit::audit_page)
        .get("/audit.csv", Action::ReadAudit, audit::audit_table)
        .page(Page::Jobs, forms::jobs::jobs_page)
        .post(Page::Jobs.path(), Action::ManageJobs, forms::jobs::change_jobs)
        .page(Page::Settings, forms::settings::settings_page)
        .post(Page::Settings.path(), Action::ChangeSettings, forms::settings::change_settings)
        .post("/settings/clock", Action::ChangeSettings, forms::settings::confirm_clock)
}

/// Forms that take a file.
fn uploads() -> Routes {
    Routes::default().post(Page::ImportPeople.path(), Action::ManageUsers, users::import_people)
}

/// What anybody may have.
fn choices_routes() -> Routes {
    Routes::default().get("/lang/{code}", Action::OpenPages, choices::language).get(
        "/theme/{code}",
        Action::OpenPages,
        choices::theme,
    )
}

/// Every endpoint but the pages of the client and the server functions, with what it lets do.
pub fn endpoints() -> Vec<Endpoint> {
    let forms = [form_pages(), uploads(), choices_routes()];
    let forms = forms.iter().flat_map(|routes| routes.endpoints().to_vec());
    rest::all().endpoints().iter().cloned().chain(forms).collect()
}

/// Address and method of every server function, as they are registered.
pub fn server_functions() -> Vec<(&'static str, Method)> {
    server_fn::axum::server_fn_paths().collect()
}

/// The pages of the client. Listed once in a process: while Leptos lists them, no page loads its data, and one that is
/// rendered at that moment would wait for ever. Only tests build the product more than once.
static PAGES: LazyLock<Vec<AxumRouteListing>> = LazyLock::new(|| generate_route_list(App));

/// The whole product as one service, so that tests can run it in process.
pub fn build(state: AppState) -> Router {
    let pages = PAGES.clone();
    let client = Arc::clone(&state.client);
    let shell_options = state.leptos.clone();
    let clock = state.services.clock.clone();
    Router::new()
        .merge(rest::all().into_router())
        .merge(form_pages().into_router().layer(DefaultBodyLimit::max(MAX_FORM_BYTES)))
        .merge(uploads().into_router().layer(DefaultBodyLimit::max(MAX_PEOPLE_BYTES)))
        .merge(choices_routes().into_router())
        // Also for a known address that is asked by another method.
        .method_not_allowed_fallback(method_not_allowed)
        // Server functions (`/api/ui/…`) are registered by `leptos_routes_with_context`; other addresses below it are none.
        .route("/api/{*path}", any(not_found))
        .route("/pkg/{*path}", get(package))
        .leptos_routes_with_context(
            &state,
            pages,
            move || context::provide(&client),
            move || app::shell(shell_options.clone()),
        )
        .fallback(file_or_page)
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .layer(from_fn_with_state(state.services.clone(), middleware::status::follow_error))
        .layer(from_fn(middleware::whole::whole))
        .layer(from_fn_with_state(state.clone(), middleware::identify::identify))
        .layer(from_fn_with_state(state.clone(), middleware::guard::guard))
        .layer(from_fn_with_state(state.clone(), middleware::shape::shape))
        .layer(CompressionLayer::new().compress_when(
            // The bundle comes compressed already, and its length must stand in the header.
            DefaultPredicate::new().and(NotForContentType::const_new("application/octet-stream")),
        ))
        .layer(from_fn(middleware::headers::add))
        .layer(TraceLayer::new_for_http().make_span_with(middleware::trace::span))
        .layer(PropagateRequestIdLayer::new(X_REQUEST_ID))
        .layer(SetRequestIdLayer::new(X_REQUEST_ID, Ids(clock)))
        .with_state(state)
}

/// Scripts, styles and fonts that the build made.
async fn package(State(state): State<AppState>, request: Request) -> Response {
    assets::find(&state.site_root, request).await.unwrap_or_else(assets::missing)
}

/// Icons and the like at the root; otherwise the page that says that nothing is there.
async fn file_or_page(State(state): State<AppState>, request: Request) -> Response {
    if assets::is_file(request.uri().path()) {
        return assets::find(&state.site_root, request).await.unwrap_or_else(assets::missing);
    }
    let client = Arc::clone(&state.client);
    let options = state.leptos.clone();
    let page = render_app_async_with_context(move || context::provide(&client), move || app::shell(options.clone()));
    let mut response = page(request).await.into_response();
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}
