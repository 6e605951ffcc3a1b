//! Codes as types, so that an item code is never passed where a job code is meant.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! code {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Takes the code as it stands in the plant's data.
            pub fn new(code: impl Into<String>) -> Self {
                Self(code.into())
            }

            /// The code as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(code: &str) -> Self {
                Self(code.to_owned())
            }
        }
    };
}

code! {
    /// Key of the item master (품목코드).
    ItemCode
}
code! {
    /// Number of a routing; unique within its item only (라우팅번호).
    RoutingId
}
code! {
    /// What an operation does (작업코드).
    JobCode
}
code! {
    /// Where an operation runs: machine, bench or supplier (자원, work centre).
    WorkCentreCode
}
code! {
    /// Content hash of a model: 64 hexadecimal digits of SHA-256 over its payload.
    ModelId
}

code! {
    /// Content hash of a snapshot of the plant: 64 hexadecimal digits of SHA-256 over its sections.
    SnapshotId
}

code! {
    /// Names a prediction by everything that it follows from: 32 hexadecimal digits (영수증).
    Receipt
}

impl Receipt {
    /// The first eight digits, for people.
    pub fn short(&self) -> &str {
        self.0.get(..8).unwrap_or(&self.0)
    }
}

impl SnapshotId {
    /// The first twelve digits, for people.
    pub fn short(&self) -> &str {
        self.0.get(..12).unwrap_or(&self.0)
    }
}

impl ModelId {
    /// The first twelve digits, for people.
    pub fn short(&self) -> &str {
        self.0.get(..12).unwrap_or(&self.0)
    }
}
