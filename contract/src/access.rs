//! Who may do what: one table, which services ask before they act, pages before they offer, and tests.
//!
//! Comes in: an action and what is known of the one who wants it. Goes out: a verdict.
//! Never does: find out who somebody is, or how often they asked.

use serde::{Deserialize, Serialize};
use strum::{EnumCount, EnumString, IntoStaticStr, VariantArray};
use utoipa::ToSchema;

use crate::every::every;

use Access::{Anyone, Person, PersonOrToken};

/// What a person is in the plant. Each role may do all that the roles before it may.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    ToSchema,
    EnumCount,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum Role {
    /// Shop floor: looks, predicts, reports.
    Viewer,
    /// Writes routings.
    Planner,
    /// Approves what others wrote.
    Reviewer,
    /// Sees to data, models, users and settings.
    Admin,
}

impl Role {
    /// Every role, from the least to the most.
    pub const ALL: [Self; Self::COUNT] = every(Self::VARIANTS);

    /// As in the database, in forms and in the locale key `role-<code>`.
    pub const fn code(self) -> &'static str {
        self.into_str()
    }

    /// The role of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        code.parse().ok()
    }
}

/// What an API token is good for. A token never may more than the person who made it.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    ToSchema,
    EnumCount,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum Scope {
    /// Reads items, the plant's state and the bundle.
    Read,
    /// Asks for predictions and their reasons.
    Predict,
    /// Sends verdicts.
    Feedback,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Self; Self::COUNT] = every(Self::VARIANTS);

    /// As in the database, in forms and in the locale key `scope-<code>`.
    pub const fn code(self) -> &'static str {
        self.into_str()
    }

    /// The scope of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        code.parse().ok()
    }
}

/// Everything that can be done here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumCount, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case", const_into_str)]
pub enum Action {
    /// Ask whether the server is alive and ready.
    Health,
    /// Read the description of the REST interface.
    ReadInterface,
    /// Choose language and theme, load the client.
    OpenPages,
    /// Sign in or up, or use a one-time link.
    SignIn,
    /// End one's own session.
    SignOut,
    /// Replace one's own password.
    ChangePassword,
    /// See how large the plant is and which model answers.
    SeePlant,
    /// Find and read items.
    ReadItems,
    /// Read the card of the model.
    ReadModel,
    /// Ask for candidate routings, or for the features of a new item.
    Predict,
    /// Ask why the first candidate and not another.
    Explain,
    /// See what was asked lately.
    SeeRecent,
    /// Download the offline bundle.
    KeepOffline,
    /// Say what one thinks of a candidate.
    GiveFeedback,
    /// See one's own account and sessions, end sessions.
    ManageSelf,
    /// Make and revoke one's own API tokens.
    ManageTokens,
    /// See users, approve, change, disable and import them.
    ManageUsers,
    /// Read and export the audit trail.
    ReadAudit,
    /// See and change the plant's settings.
    ChangeSettings,
    /// See what runs in the background.
    SeeJobs,
    /// Begin, repeat and end what runs in the background.
    ManageJobs,
}

/// Who may do one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everybody, signed in or not.
    Anyone,
    /// A person with at least this role, signed in; no token.
    Person(Role),
    /// The same, or a token with this scope of such a person.
    PersonOrToken(Role, Scope),
}

impl Action {
    /// Every action, in the order of the table.
    pub const ALL: [Self; Self::COUNT] = every(Self::VARIANTS);

    /// The table.
    pub const fn access(self) -> Access {
        match self {
            Self::Health | Self::ReadInterface | Self::OpenPages | Self::SignIn => Anyone,
            Self::SignOut | Self::ChangePassword | Self::ManageSelf => Person(Role::Viewer),
            Self::SeePlant | Self::ReadItems | Self::ReadModel => PersonOrToken(Role::Viewer, Scope::Read),
            Self::KeepOffline => PersonOrToken(Role::Viewer, Scope::Read),
            Self::Predict | Self::Explain => PersonOrToken(Role::Viewer, Scope::Predict),
            Self::GiveFeedback => PersonOrToken(Role::Viewer, Scope::Feedback),
            Self::SeeRecent => Person(Role::Viewer),
            Self::ManageTokens => Person(Role::Planner),
            Self::ManageUsers | Self::ReadAudit | Self::ChangeSettings | Self::ManageJobs => Person(Role::Admin),
            Self::SeeJobs => PersonOrToken(Role::Admin, Scope::Read),
        }
    }

    /// The least role that may do it; `None` when nobody has to be signed in.
    pub const fn least_role(self) -> Option<Role> {
        match self.access() {
            Anyone => None,
            Person(least) | PersonOrToken(least, _) => Some(least),
        }
    }

    /// As in the audit trail and in the locale key `action-<code>`.
    pub const fn code(self) -> &'static str {
        self.into_str()
    }

    /// Whether a person who must first choose a new password may do it.
    const fn is_before_password(self) -> bool {
        matches!(self, Self::SignOut | Self::ChangePassword)
    }
}

/// What each server function lets do, by its endpoint below `/api/ui/`.
pub const SERVER_FUNCTIONS: [(&str, Action); 9] = [
    ("find_items", Action::ReadItems),
    ("get_item", Action::ReadItems),
    ("get_plant_status", Action::SeePlant),
    ("get_active_model", Action::ReadModel),
    ("get_schema", Action::Predict),
    ("ask_prediction", Action::Predict),
    ("get_recent_predictions", Action::SeeRecent),
    ("ask_explanation", Action::Explain),
    ("send_feedback", Action::GiveFeedback),
];

/// What is known of the one who wants something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nobody signed in.
    Anonymous,
    /// A person with a session.
    Person { role: Role, must_change_password: bool },
    /// A program with a token of a person.
    Token { role: Role, scopes: Vec<Scope> },
    /// Whoever runs commands on the server's own machine.
    Console,
}

/// Why something is not allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Signing in may help.
    SignInNeeded,
    /// A new password comes first.
    PasswordChangeNeeded,
    /// Not with this role or these scopes.
    Denied,
}

/// Whether somebody of this standing may do it.
///
/// # Errors
/// [`Refused`], with the reason.
pub fn verdict(action: Action, standing: &Standing) -> Result<(), Refused> {
    let may = |is_allowed: bool| if is_allowed { Ok(()) } else { Err(Refused::Denied) };
    match (action.access(), standing) {
        (Anyone, _) | (_, Standing::Console) => Ok(()),
        (_, Standing::Anonymous) => Err(Refused::SignInNeeded),
        (Person(least) | PersonOrToken(least, _), Standing::Person { role, must_change_password }) => {
            if *must_change_password && !action.is_before_password() {
                return Err(Refused::PasswordChangeNeeded);
            }
            may(*role >= least)
        }
        (PersonOrToken(least, scope), Standing::Token { role, scopes }) => {
            may(*role >= least && scopes.contains(&scope))
        }
        (Person(_), Standing::Token { .. }) => Err(Refused::Denied),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(role: Role) -> Standing {
        Standing::Person { role, must_change_password: false }
    }

    #[test]
    fn each_role_may_what_the_roles_before_it_may() {
        for action in Action::ALL {
            let allowed: Vec<bool> = Role::ALL.iter().map(|role| verdict(action, &person(*role)).is_ok()).collect();
            assert!(allowed.is_sorted(), "{action:?}: {allowed:?}");
            assert!(allowed[3], "an admin may {action:?}");
        }
    }

    #[test]
    fn only_an_admin_sees_to_users_audit_and_settings() {
        for action in [Action::ManageUsers, Action::ReadAudit, Action::ChangeSettings] {
            assert_eq!(verdict(action, &person(Role::Reviewer)), Err(Refused::Denied));
            let token = Standing::Token { role: Role::Admin, scopes: Scope::ALL.to_vec() };
            assert_eq!(verdict(action, &token), Err(Refused::Denied));
        }
    }

    #[test]
    fn a_token_may_what_its_scopes_say_and_no_more() {
        for action in Action::ALL {
            for scope in Scope::ALL {
                let standing = Standing::Token { role: Role::Viewer, scopes: vec![scope] };
                let is_meant = match action.access() {
                    Anyone => true,
                    PersonOrToken(Role::Viewer, meant) => meant == scope,
                    _ => false,
                };
                assert_eq!(verdict(action, &standing).is_ok(), is_meant, "{action:?} {scope:?}");
            }
        }
    }

    #[test]
    fn an_old_password_lets_nobody_past_its_change() {
        let standing = Standing::Person { role: Role::Admin, must_change_password: true };
        for action in Action::ALL {
            let expected = match action {
                _ if action.access() == Anyone => Ok(()),
                Action::SignOut | Action::ChangePassword => Ok(()),
                _ => Err(Refused::PasswordChangeNeeded),
            };
            assert_eq!(verdict(action, &standing), expected, "{action:?}");
        }
    }

    #[test]
    fn nobody_is_asked_to_sign_in_and_the_console_may_all() {
        for action in Action::ALL {
            let is_open = action.access() == Anyone;
            assert_eq!(verdict(action, &Standing::Anonymous).is_ok(), is_open, "{action:?}");
            assert_eq!(verdict(action, &Standing::Console), Ok(()));
        }
    }

    #[test]
    fn codes_are_read_as_they_are_written() {
        assert!(Role::ALL.iter().all(|role| Role::from_code(role.code()) == Some(*role)));
        assert!(Scope::ALL.iter().all(|scope| Scope::from_code(scope.code()) == Some(*scope)));
        let codes: std::collections::BTreeSet<&str> = Action::ALL.iter().map(|action| action.code()).collect();
        assert_eq!(codes.len(), Action::ALL.len());
    }
}
