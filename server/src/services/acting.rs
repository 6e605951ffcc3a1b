//! Use cases for the one who asks: the only way to them from pages and REST, and the place where it is decided whether
//! they may, how often, and what is written down of it.

use std::net::IpAddr;

use app::remarks::{Remark, Remarks};
use app::session::SignedIn;
use contract::access::{Action, Refused, Role, Scope, Standing, verdict};
use contract::audit::{AuditLine, CONSOLE, Outcome};
use contract::error::ApiError;
use sqlx::{Any, Transaction};

use super::Services;
use super::limits::Guard;
use crate::auth::throttle::network_of;
use crate::db::DbError;
use crate::db::audit::{self, AuditRow};
use crate::error::Failure;

/// Most characters of an object, a state or a reason in the audit trail.
const MAX_AUDIT_CHARS: usize = 200;

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caller {
    /// Nobody signed in.
    Anonymous,
    /// A person with a session.
    Person { user_id: String, name: String, role: Role, must_change_password: bool, session_id: String },
    /// A program with a token of a person.
    Token { user_id: String, name: String, role: Role, token_id: String, token: String, scopes: Vec<Scope> },
    /// Whoever runs commands on the server's own machine.
    Console,
    /// A job that somebody asked for; whether they may was decided then.
    Worker { asked_by: String },
}

impl Caller {
    /// What the table of access asks for.
    pub fn standing(&self) -> Standing {
        match self {
            Self::Anonymous => Standing::Anonymous,
            Self::Person { role, must_change_password, .. } => {
                Standing::Person { role: *role, must_change_password: *must_change_password }
            }
            Self::Token { role, scopes, .. } => Standing::Token { role: *role, scopes: scopes.clone() },
            Self::Console | Self::Worker { .. } => Standing::Console,
        }
    }

    /// The person behind it.
    pub fn user_id(&self) -> Option<&str> {
        match self {
            Self::Person { user_id, .. } | Self::Token { user_id, .. } => Some(user_id),
            Self::Anonymous | Self::Console | Self::Worker { .. } => None,
        }
    }

    /// Whose the keys of repeated requests are.
    pub fn owner(&self) -> String {
        match self {
            Self::Person { user_id, .. } => format!("person {user_id}"),
            Self::Token { token_id, .. } => format!("token {token_id}"),
            Self::Anonymous => String::new(),
            Self::Console | Self::Worker { .. } => CONSOLE.to_owned(),
        }
    }

    /// The name in the audit trail.
    pub fn who(&self) -> &str {
        match self {
            Self::Person { name, .. } | Self::Token { name, .. } => name,
            Self::Anonymous => "",
            Self::Console => CONSOLE,
            Self::Worker { asked_by } => asked_by,
        }
    }
}

/// The use cases as one caller has them. Cheap to clone.
#[derive(Clone)]
pub struct Acting {
    pub(super) services: Services,
    pub caller: Caller,
    /// Where the request came from; `None` for the console.
    pub address: Option<IpAddr>,
}

/// An audit event: something that was done, tried or refused, for the trail.
#[derive(Clone, Debug)]
pub struct AuditEvent {
    pub action: &'static str,
    pub object: String,
    pub before: Option<String>,
    pub after: Option<String>,
    pub outcome: Outcome,
    pub reason: Option<String>,
}

impl AuditEvent {
    /// Something that was done.
    pub fn done(action: &'static str, object: impl Into<String>) -> Self {
        Self { action, object: object.into(), before: None, after: None, outcome: Outcome::Done, reason: None }
    }

    /// The same, from one state to another.
    pub fn change(self, before: impl Into<String>, after: impl Into<String>) -> Self {
        Self { before: Some(before.into()), after: Some(after.into()), ..self }
    }

    /// The same, with what it led to.
    pub fn to(self, after: impl Into<String>) -> Self {
        Self { after: Some(after.into()), ..self }
    }

    /// The same, but it did not succeed.
    pub fn failed(self, reason: impl Into<String>) -> Self {
        Self { outcome: Outcome::Failed, reason: Some(reason.into()), ..self }
    }
}

impl Services {
    /// The use cases for a caller.
    pub fn acting(&self, caller: Caller, address: Option<IpAddr>) -> Acting {
        Acting { services: self.clone(), caller, address }
    }
}

impl Acting {
    /// The same use cases for nobody in particular.
    pub fn services(&self) -> &Services {
        &self.services
    }

    /// What this person should know of the server's state, from memory.
    pub fn remarks(&self, person: &SignedIn) -> Remarks {
        let is_so = |remark: &Remark| match remark {
            Remark::ModelBefore => self.services.registry.is_model_before(),
            Remark::ClockHeld => person.may(Action::ChangeSettings) && self.services.seems_clock_held(),
        };
        Remarks(Remark::ALL.into_iter().filter(is_so).collect())
    }

    /// Lets the caller in, or says why not. The guard counts as one request under way until it is dropped.
    pub(super) async fn enter(&self, action: Action, object: &str) -> Result<Guard, ApiError> {
        if let Err(refused) = verdict(action, &self.caller.standing()) {
            let error = match refused {
                Refused::SignInNeeded => ApiError::SignInNeeded,
                Refused::PasswordChangeNeeded => ApiError::PasswordChangeNeeded,
                Refused::Denied => ApiError::Denied,
            };
            self.note_refusal(action, object, &error).await;
            return Err(error);
        }
        self.limited(action.code(), action, object).await
    }

    /// Counts a request, or a part of one that has a limit of its own.
    pub(super) async fn limited(&self, code: &str, action: Action, object: &str) -> Result<Guard, ApiError> {
        match self.services.limits.enter(code, &self.key(), self.services.now_ms()) {
            Ok(guard) => Ok(guard),
            Err(refused) => {
                let retry_after_s = usize::try_from(refused.retry_after_s).unwrap_or(usize::MAX);
                let error = ApiError::TooFast { retry_after_s };
                self.note_refusal(action, object, &error).await;
                Err(error)
            }
        }
    }

    /// Runs a use case that writes its own events down, if the caller may; a fault of ours is logged.
    pub(super) async fn run<T>(
        &self,
        action: Action,
        object: &str,
        work: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, ApiError> {
        let _guard = self.enter(action, object).await?;
        self.services.answer(work.await)
    }

    /// The same for a use case of which it is also written down that it failed, and why.
    pub(super) async fn run_noted<T>(
        &self,
        action: Action,
        object: &str,
        work: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, ApiError> {
        let result = self.run(action, object, work).await;
        match &result {
            // Refusals are written down already, and not each of them.
            Ok(_)
            | Err(
                ApiError::SignInNeeded | ApiError::PasswordChangeNeeded | ApiError::Denied | ApiError::TooFast { .. },
            ) => return result,
            Err(error) => {
                let event = AuditEvent::done(action.code(), object).failed(error.code());
                if let Err(error) = self.note(event).await {
                    // What failed first is what the caller learns.
                    self.services.refuse(error);
                }
            }
        }
        result
    }

    /// Writes a line by itself, of something that changed nothing. Not within a transaction, which it would wait for.
    pub(super) async fn note(&self, event: AuditEvent) -> Result<(), DbError> {
        self.services.keep(self.line(event).into()).await
    }

    /// Writes a line together with the change that it tells of.
    pub(super) async fn note_in(
        &self,
        write: &mut Transaction<'static, Any>,
        event: AuditEvent,
    ) -> Result<(), DbError> {
        audit::add(&mut **write, &self.line(event)).await
    }

    async fn note_refusal(&self, action: Action, object: &str, error: &ApiError) {
        let outcome = Outcome::Denied;
        self.note_sparingly(AuditEvent {
            outcome,
            reason: Some(error.code().to_owned()),
            ..AuditEvent::done(action.code(), object)
        })
        .await;
    }

    /// Writes a line that somebody could cause without end: of one caller only as often as a person could. As
    /// [`Self::note`], not within a transaction.
    pub(super) async fn note_sparingly(&self, event: AuditEvent) {
        if self.services.limits.enter("note_refusal", &self.key(), self.services.now_ms()).is_err() {
            return;
        }
        if let Err(error) = self.note(event).await {
            // The refusal stands all the same; the failure is in the log.
            self.services.refuse(error);
        }
    }

    /// By what this caller's requests are counted: the person, else the network.
    pub(super) fn key(&self) -> String {
        let network = || self.address.map(|address| network_of(address).to_string()).unwrap_or_default();
        self.caller.user_id().map_or_else(network, str::to_owned)
    }

    fn place(&self) -> String {
        self.address.map(|address| address.to_string()).unwrap_or_default()
    }

    /// An event as a line of the trail, to be added to the transaction of the change that it tells of.
    pub(super) fn line(&self, event: AuditEvent) -> AuditRow {
        let short = |text: String| -> String { text.chars().take(MAX_AUDIT_CHARS).collect() };
        let token = if let Caller::Token { token, .. } = &self.caller { Some(token.clone()) } else { None };
        AuditRow {
            line: AuditLine {
                id: self.services.clock.new_id(),
                at: self.services.clock.stamp(),
                who: self.caller.who().to_owned(),
                token,
                address: self.place(),
                action: event.action.to_owned(),
                object: short(event.object),
                before: event.before.map(short),
                after: event.after.map(short),
                outcome: event.outcome,
                reason: event.reason.map(short),
            },
            user_id: self.caller.user_id().map(str::to_owned),
        }
    }
}
