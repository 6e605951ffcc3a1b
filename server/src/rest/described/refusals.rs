//! The refusals of every endpoint, from what decides them: the table of access, the limits, and whether there is a body.

use contract::access::{Access, Action};
use utoipa::openapi::path::Operation;
use utoipa::openapi::schema::Type;
use utoipa::openapi::{ContentBuilder, Header, Object, Ref, RefOr, Response, ResponseBuilder, Schema};

use crate::services::is_limited;

/// Status and meaning.
type Refusal = (u16, &'static str);

const ALWAYS: [Refusal; 3] = [
    (422, "a value is not acceptable, or holds a NUL"),
    (500, "our fault; the log has the details under this reference"),
    (503, "the server cannot answer now, or gave the request up after two minutes"),
];
const OF_ACCESS: [Refusal; 2] = [
    (401, "no token or session, or one that has ended"),
    (403, "the role or the scopes do not allow it, or another site sent the request"),
];
const OF_BODY: [Refusal; 4] = [
    (400, "the body ended before its end"),
    (408, "the body did not come in time"),
    (413, "the body has more than 1 MiB"),
    (415, "the body is no `application/json`"),
];
const OF_LIMIT: Refusal = (429, "asked too often, or too much at once");

/// Adds to an endpoint what it may answer besides what its own file says.
pub(super) fn describe(operation: &mut Operation, action: Action) {
    let mut refusals = ALWAYS.to_vec();
    if action.access() == Access::Anyone {
        operation.security = Some(Vec::new());
    } else {
        refusals.extend(OF_ACCESS);
    }
    if operation.request_body.is_some() {
        refusals.extend(OF_BODY);
        limit_body(operation);
    }
    if is_limited(action) {
        refusals.push(OF_LIMIT);
    }
    for (status, meaning) in refusals {
        let responses = &mut operation.responses.responses;
        responses.entry(status.to_string()).or_insert_with(|| RefOr::T(response(status, meaning)));
    }
}

fn response(status: u16, meaning: &str) -> Response {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("ApiError"))).build();
    let response = ResponseBuilder::new().description(meaning).content("application/json", content);
    if status == OF_LIMIT.0 {
        let seconds = RefOr::<Schema>::from(Object::with_type(Type::Integer));
        return response.header("retry-after", Header::new(seconds)).build();
    }
    response.build()
}

fn limit_body(operation: &mut Operation) {
    if let Some(body) = &mut operation.request_body {
        body.description.get_or_insert_with(|| "at most 1 MiB".to_owned());
    }
}
