//! People: the list with its changes, and many at once from a table.

use app::screens::Screen;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use contract::access::{Action, Role};
use contract::accounts::{AccountsApi, ChangedUser, UserChange, UserQuery, UserState};
use contract::address::{Done, users_path};
use contract::error::ApiError;

use super::fields::Fields;
use super::own::{done_path, unknown_act};
use crate::exchange::reply::{Query, Refusal};
use crate::exchange::visit::{Visit, go, status};
use crate::state::AppState;

/// What the list shows.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub struct UsersAddress {
    q: String,
    state: String,
    offset: usize,
    done: String,
}

/// `GET /users`
pub async fn users_page(visit: Visit, Query(asked): Query<UsersAddress>) -> Response {
    let done = Done::from_code(&asked.done);
    users(&visit, StatusCode::OK, asked.into(), None, None, done).await
}

impl From<UsersAddress> for UserQuery {
    fn from(asked: UsersAddress) -> Self {
        Self { q: asked.q, state: UserState::from_code(&asked.state), offset: asked.offset }
    }
}

async fn users(
    visit: &Visit,
    status: StatusCode,
    query: UserQuery,
    changed: Option<ChangedUser>,
    refusal: Option<ApiError>,
    done: Option<Done>,
) -> Response {
    match visit.acting.users(query.clone()).await {
        Ok(page) => visit.show(status, Screen::Users { query, page, changed, refusal, done }).await,
        Err(error) => visit.refused(error, Action::ManageUsers.least_role()).await,
    }
}

/// `POST /users`
pub async fn change_user(visit: Visit, Query(asked): Query<UsersAddress>, fields: Fields) -> Response {
    let query = UserQuery::from(asked);
    let (change, done) = match change_of(&fields) {
        Ok(change) => change,
        Err(error) => return failed(&visit, query, error).await,
    };
    let revision = fields.number("revision").unwrap_or_default();
    match visit.acting.change_user(fields.get("id").to_owned(), revision, change).await {
        // A temporary password is shown this once, so there is no other page to go to.
        Ok(changed) if changed.temporary_password.is_some() => {
            users(&visit, StatusCode::OK, query, Some(changed), None, None).await
        }
        Ok(_) => go(&done_path(&users_path(&query), done)),
        Err(error) => failed(&visit, query, error).await,
    }
}

async fn failed(visit: &Visit, query: UserQuery, error: ApiError) -> Response {
    match error {
        ApiError::SignInNeeded | ApiError::PasswordChangeNeeded | ApiError::Denied => {
            visit.refused(error, Action::ManageUsers.least_role()).await
        }
        error => users(visit, status(&error), query, None, Some(error), None).await,
    }
}

fn change_of(fields: &Fields) -> Result<(UserChange, Done), ApiError> {
    let role = || {
        Role::from_code(fields.get("role")).ok_or_else(|| ApiError::Invalid {
            field: "role".into(),
            value: fields.get("role").chars().take(40).collect(),
            expected: "viewer_planner_reviewer_admin".into(),
        })
    };
    Ok(match fields.get("act") {
        "approve" => (UserChange::Approve(role()?), Done::Approved),
        "reject" => (UserChange::Reject, Done::Rejected),
        "set_role" => (UserChange::SetRole(role()?), Done::RoleSet),
        "disable" => (UserChange::Disable, Done::Disabled),
        "reset_password" => (UserChange::ResetPassword, Done::PasswordChanged),
        "end_sessions" => (UserChange::EndSessions, Done::SessionsEnded),
        other => return Err(unknown_act(other)),
    })
}

/// `GET /users/import`
pub async fn import_page(visit: Visit) -> Response {
    // The same question as the form will be asked, so that nobody uploads for nothing.
    match visit.acting.users(UserQuery::default()).await {
        Ok(_) => import(&visit, StatusCode::OK, None).await,
        Err(error) => visit.refused(error, Action::ManageUsers.least_role()).await,
    }
}

async fn import(visit: &Visit, status: StatusCode, refusal: Option<ApiError>) -> Response {
    visit.show(status, Screen::ImportPeople { preview: None, made: None, refusal }).await
}

/// What comes from the two forms of the page.
pub enum Upload {
    /// A file to look at.
    File(Vec<u8>),
    /// A file that by its name is no table of text; the end of its name.
    OtherFile(String),
    /// The confirmed text.
    Confirmed(Vec<u8>),
}

/// How the names of tables of text end.
const ENDINGS: [&str; 3] = [".csv", ".txt", ".tsv"];

impl FromRequest<AppState> for Upload {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Refusal> {
        let content_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        if !content_type.is_some_and(|value| value.starts_with("multipart/form-data")) {
            let fields = Fields::from_request(request, state).await?;
            return Ok(match fields.get("confirm") {
                "yes" => Self::Confirmed(fields.get("text").as_bytes().to_vec()),
                _ => Self::File(fields.get("text").as_bytes().to_vec()),
            });
        }
        let bad = |status, text| Refusal::form(status, text);
        let mut parts = Multipart::from_request(request, state).await.map_err(|e| bad(e.status(), e.body_text()))?;
        while let Some(field) = parts.next_field().await.map_err(|e| bad(e.status(), e.body_text()))? {
            if field.name() == Some("file") {
                let name = field.file_name().unwrap_or_default().to_ascii_lowercase();
                if !name.is_empty() && !ENDINGS.iter().any(|ending| name.ends_with(ending)) {
                    return Ok(Self::OtherFile(
                        name.chars().rev().take(40).collect::<Vec<_>>().into_iter().rev().collect(),
                    ));
                }
                let bytes = field.bytes().await.map_err(|e| bad(e.status(), e.body_text()))?;
                return Ok(Self::File(bytes.to_vec()));
            }
        }
        Ok(Self::File(Vec::new()))
    }
}

/// `POST /users/import`
pub async fn import_people(visit: Visit, upload: Upload) -> Response {
    let screen = match upload {
        Upload::OtherFile(name) => {
            let (field, expected) = ("file".to_owned(), ENDINGS.join("_"));
            // Whether the caller may do this at all is asked first.
            let may = visit.acting.users(UserQuery::default()).await;
            may.and(Err(ApiError::Invalid { field, value: name, expected }))
        }
        Upload::File(file) => visit.acting.preview_people(file).await.map(|preview| Screen::ImportPeople {
            preview: Some(preview),
            made: None,
            refusal: None,
        }),
        Upload::Confirmed(text) => visit.acting.import_people(text).await.map(|made| Screen::ImportPeople {
            preview: None,
            made: Some(made),
            refusal: None,
        }),
    };
    match screen {
        Ok(screen) => visit.show(StatusCode::OK, screen).await,
        Err(error @ (ApiError::SignInNeeded | ApiError::PasswordChangeNeeded | ApiError::Denied)) => {
            visit.refused(error, Action::ManageUsers.least_role()).await
        }
        Err(error) => import(&visit, status(&error), Some(error)).await.into_response(),
    }
}
