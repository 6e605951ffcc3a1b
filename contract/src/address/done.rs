//! What a page says has just succeeded.

use strum::{EnumCount, EnumString, IntoStaticStr, VariantArray};

use crate::every::every;

/// What just succeeded, as a code in the address (`?done=…`) that the page says in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumCount, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case", const_into_str)]
pub enum Done {
    Approved,
    Rejected,
    RoleSet,
    Disabled,
    SessionsEnded,
    PasswordChanged,
    TokenRevoked,
    SettingsSaved,
    ClockConfirmed,
    JobBegun,
    JobEnding,
    ScheduleAdded,
    ScheduleRemoved,
}

impl Done {
    /// Every notice.
    pub const ALL: [Self; Self::COUNT] = every(Self::VARIANTS);

    /// As in the address and in the locale key `done-<code>`.
    pub const fn code(self) -> &'static str {
        self.into_str()
    }

    /// The notice of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        code.parse().ok()
    }
}
