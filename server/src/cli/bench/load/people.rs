//! The people as whom the clients ask.

use std::net::{IpAddr, Ipv4Addr};

use anyhow::{Context, Result, bail};
use contract::access::{Role, Scope};
use contract::accounts::{AccountsApi, NewToken};

use crate::auth::secret::{Secret, SecretKind};
use crate::services::Services;
use crate::services::accounts::Arrival;
use crate::services::acting::Caller;

/// What a client shows.
pub struct Person {
    /// Token of a session, for pages.
    pub session: String,
    /// API token, for REST.
    pub token: String,
}

/// Adds planners.
pub async fn add(services: &Services, n: usize) -> Result<Vec<Person>> {
    let console = services.acting(Caller::Console, None);
    let arrival = Arrival {
        address: IpAddr::V4(Ipv4Addr::LOCALHOST),
        device: None,
        agent: "benchmark".to_owned(),
        old_session: None,
    };
    let mut people = Vec::with_capacity(n);
    for at in 0..n {
        let name = format!("load {at}");
        let password = Secret::new(SecretKind::Session)?.reveal();
        console.add_user(&name, Role::Planner, &password, false).await.map_err(|error| refused(&name, &error))?;
        let entered = services.sign_in(&name, &password, &arrival).await?;
        let Ok(entered) = entered else { bail!("{name} was not let in") };
        let session = entered.session.reveal();
        let person = services.acting(services.by_session(&session).await?, None);
        let scopes = vec![Scope::Read, Scope::Predict, Scope::Feedback];
        let made = person.make_token(NewToken { name: "load".to_owned(), scopes, days: 1 }).await;
        let token = made.map_err(|error| refused(&name, &error)).context("no token")?.secret;
        people.push(Person { session, token });
    }
    Ok(people)
}

fn refused(name: &str, error: &contract::error::ApiError) -> anyhow::Error {
    anyhow::anyhow!("{name}: {error:?}")
}
