//! What a server function fails with: an [`ApiError`] in the form that Leptos asks for.
//!
//! On the wire it is the error itself, in JSON as well as packed.

use contract::error::ApiError;
use serde::{Deserialize, Serialize};
use server_fn::codec::PostcardEncoding;
use server_fn::error::{FromServerFnError, ServerFnErrorErr};

/// A failure on its way between the two halves of our own pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error(transparent)]
pub struct PageError(#[from] pub ApiError);

impl From<PageError> for ApiError {
    fn from(PageError(error): PageError) -> Self {
        error
    }
}

impl FromServerFnError for PageError {
    type Encoder = PostcardEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        Self(match error {
            ServerFnErrorErr::Request(_) => ApiError::Network,
            // A body that does not decode arrives as `Deserialization`.
            ServerFnErrorErr::Args(detail)
            | ServerFnErrorErr::MissingArg(detail)
            | ServerFnErrorErr::Deserialization(detail) => {
                ApiError::Invalid { field: "request".into(), value: detail, expected: "json".into() }
            }
            other => ApiError::Internal { ref_id: other.to_string() },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn on_the_wire_it_is_the_error_itself() {
        let error = ApiError::TooMany { field: "codes".into(), limit: 50, got: 51 };
        let ours = PageError(error.clone());
        assert_eq!(serde_json::to_string(&ours).ok(), serde_json::to_string(&error).ok());
        let packed = postcard::to_allocvec(&ours).expect("it is plain data");
        assert_eq!(packed, postcard::to_allocvec(&error).expect("it is plain data"));
        assert_eq!(PageError::de(ours.ser()), ours);
    }
}
