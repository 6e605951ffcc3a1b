//! `user`: people from the server's own machine, for the first admin and for whoever lost their password.

use std::io::BufRead;

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use contract::access::Role;
use contract::accounts::{AccountsApi, UserChange, UserQuery};

use super::Console;
use crate::auth::secret::temporary_password;
use crate::services::Services;
use crate::services::acting::{Acting, Caller};

/// Adds, lists and resets people. What is done here stands in the audit trail as done by `console`.
#[derive(Debug, Args)]
pub struct User {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Add somebody who may sign in at once, and print a temporary password.
    Add {
        name: String,
        #[arg(long, value_parser = role, value_name = "viewer|planner|reviewer|admin")]
        role: Role,
        /// Take the password from standard input instead; it is not temporary then.
        #[arg(long)]
        password_stdin: bool,
    },
    /// Give somebody a temporary password and end their sessions.
    Reset { name: String },
    /// List everybody.
    List,
    /// Print the link that makes the first admin; an earlier one stops working.
    Setup {
        /// Where the server is reached.
        #[arg(long, default_value = "http://127.0.0.1:3000", value_name = "URL")]
        url: String,
    },
}

fn role(text: &str) -> Result<Role, String> {
    Role::from_code(text).ok_or_else(|| format!("`{text}` is none of viewer, planner, reviewer, admin"))
}

impl User {
    pub(super) async fn run(self, services: &Services, console: &mut Console) -> Result<()> {
        let acting = services.acting(Caller::Console, None);
        match self.what {
            What::Add { name, role, password_stdin } => {
                let password = if password_stdin { read_line()? } else { temporary_password()? };
                acting.add_user(&name, role, &password, !password_stdin).await?;
                if !password_stdin {
                    writeln!(console.out(), "{password}")?;
                }
            }
            What::Reset { name } => {
                let Some((id, revision)) = find(&acting, &name).await? else { bail!("nobody is called {name}") };
                let changed = acting.change_user(id, revision, UserChange::ResetPassword).await?;
                writeln!(console.out(), "{}", changed.temporary_password.unwrap_or_default())?;
            }
            What::List => {
                let mut query = UserQuery::default();
                loop {
                    let page = acting.users(query.clone()).await?;
                    for user in &page.users {
                        writeln!(console.out(), "{}\t{}\t{}", user.name, user.role.code(), user.state.code())?;
                    }
                    query.offset += page.users.len();
                    if page.users.is_empty() || query.offset >= page.total {
                        break;
                    }
                }
            }
            What::Setup { url } => match services.setup_link().await? {
                Some(key) => writeln!(console.out(), "{url}/setup?key={}", key.reveal())?,
                None => bail!(
                    "there are people already; an admin lets others in, and `routing-ml user reset` helps one who lost their password"
                ),
            },
        }
        Ok(())
    }
}

/// Id and revision of the person with exactly this name.
async fn find(acting: &Acting, name: &str) -> Result<Option<(String, i64)>> {
    let page = acting.users(UserQuery { q: name.to_owned(), ..UserQuery::default() }).await?;
    let found = page.users.into_iter().find(|user| user.name == name);
    Ok(found.map(|user| (user.id, user.revision)))
}

fn read_line() -> Result<String> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).context("cannot read standard input")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
