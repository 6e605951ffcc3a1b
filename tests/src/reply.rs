//! A response, read whole.

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use contract::error::ApiError;
use serde::de::DeserializeOwned;

/// Status, headers and body of a response.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Reply {
    pub(crate) async fn read(response: Response<Body>) -> Self {
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.expect("a response in process arrives whole").to_vec();
        Self { status: parts.status.as_u16(), headers: parts.headers, body }
    }

    /// The value of a header, empty when there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("our headers are ASCII"))
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error} in {}", self.text()))
    }

    /// The body of a server function's answer, as our own pages read it.
    pub fn packed<T: DeserializeOwned>(&self) -> T {
        assert_eq!(self.status, 200, "{}", self.text());
        postcard::from_bytes(&self.body).unwrap_or_else(|error| panic!("{error} in {}", self.text()))
    }

    /// Asserts the status and gives the reply back.
    #[track_caller]
    pub fn expect(self, status: StatusCode) -> Self {
        assert_eq!(self.status, status.as_u16(), "{}", self.text());
        self
    }

    /// Asserts that it is the error `code` with the status that goes with it.
    #[track_caller]
    pub fn expect_error(self, status: u16, code: &str) {
        assert_eq!(
            (self.status, self.json::<serde_json::Value>()["code"].as_str()),
            (status, Some(code)),
            "{}",
            self.text()
        );
        assert_eq!(self.header("content-type"), "application/json");
    }

    /// The same for a server function.
    #[track_caller]
    pub fn expect_packed_error(self, status: u16, code: &str) {
        let error: ApiError =
            postcard::from_bytes(&self.body).unwrap_or_else(|error| panic!("{error} in {}", self.text()));
        assert_eq!((self.status, error.code()), (status, code), "{error}");
    }
}
