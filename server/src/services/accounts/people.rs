//! Many people at once, from a table: first a look at it, then all or none.

use std::collections::BTreeSet;

use contract::access::{Action, Role};
use contract::accounts::{ImportedPerson, PeoplePreview, PersonFault, PersonRow, UserState};
use contract::error::ApiError;

use super::join::MakeUserError;
use crate::auth::look_alike::Looks;
use crate::auth::people_csv;
use crate::auth::secret::temporary_password;
use crate::auth::user_name::UserName;
use crate::db::accounts::users;
use crate::error::Failure;
use crate::services::acting::{Acting, AuditEvent};

/// Heading of the table as it is sent back with the confirmation.
const HEADING: &str = "name,role\n";

impl Acting {
    pub(super) async fn preview(&self, file: Vec<u8>) -> Result<PeoplePreview, ApiError> {
        let work = async {
            let _guard = self.limited("import_people", Action::ManageUsers, "").await?;
            self.read(file).await
        };
        self.run(Action::ManageUsers, "", work).await
    }

    pub(super) async fn import(&self, file: Vec<u8>) -> Result<Vec<ImportedPerson>, ApiError> {
        let work = async {
            let _guard = self.limited("import_people", Action::ManageUsers, "").await?;
            let preview = self.read(file).await?;
            self.make_people(preview.rows.into_iter().filter(|row| !row.is_taken).collect()).await
        };
        self.run(Action::ManageUsers, "", work).await
    }

    async fn read(&self, file: Vec<u8>) -> Result<PeoplePreview, Failure> {
        let (people, faults) = people_csv::read(&file);
        let mut faults: Vec<PersonFault> = faults
            .into_iter()
            .map(|fault| PersonFault {
                row: line(fault.row),
                column: fault.column,
                value: fault.value,
                expected: fault.expected.code().to_owned(),
            })
            .collect();
        let keys: Vec<String> = people.iter().map(|person| person.name.key()).collect();
        let taken: BTreeSet<String> = users::taken(&self.services.db, &keys).await?.into_iter().collect();
        let names = users::names_now(&self.services.db).await?;
        let mut looks = Looks::of(names.iter().map(String::as_str));
        let (mut rows, mut confirmed_text) = (Vec::new(), HEADING.to_owned());
        for (person, key) in people.into_iter().zip(keys) {
            let Some(role) = Role::from_code(&person.role_code) else {
                let (column, expected) = ("role".to_owned(), "viewer_planner_reviewer_admin".to_owned());
                faults.push(PersonFault { row: line(person.row), column, value: person.role_code, expected });
                continue;
            };
            if looks.has(person.name.as_str()) && !taken.contains(&key) {
                let (column, expected) = ("name".to_owned(), "name_like_no_other".to_owned());
                faults.push(PersonFault { row: line(person.row), column, value: person.name.to_string(), expected });
                continue;
            }
            looks.add(person.name.as_str());
            // Names hold no comma, no quotation mark and no line break, so a row needs no quotation.
            confirmed_text.push_str(&format!("{},{}\n", person.name, role.code()));
            rows.push(PersonRow {
                row: line(person.row),
                name: person.name.to_string(),
                role,
                is_taken: taken.contains(&key),
            });
        }
        Ok(PeoplePreview { rows, faults, confirmed_text })
    }

    async fn make_people(&self, rows: Vec<PersonRow>) -> Result<Vec<ImportedPerson>, Failure> {
        if rows.is_empty() {
            let (field, expected) = ("file".to_owned(), "at_least_1_new_name".to_owned());
            return Err(ApiError::Invalid { field, value: String::new(), expected }.into());
        }
        let services = &self.services;
        let (mut stored, mut made) = (Vec::new(), Vec::new());
        for row in rows {
            let name = UserName::parse(&row.name).map_err(|_| ApiError::Denied)?;
            let password = temporary_password().map_err(|error| Failure::Other(error.to_string()))?;
            let user = services.new_user(&name, &password, row.role, UserState::Active, true).await;
            stored.push(user.map_err(|error| match error {
                MakeUserError::Busy => Failure::Api(ApiError::Unavailable),
                MakeUserError::Failed(failure) => failure,
            })?);
            made.push(ImportedPerson { name: row.name, role: row.role, temporary_password: password });
        }
        let mut write = services.db.begin_write().await?;
        let names = users::names(&services.db, &mut write).await?;
        let mut looks = Looks::of(names.iter().map(String::as_str));
        for user in &stored {
            let is_like_another = looks.has(&user.name);
            looks.add(&user.name);
            if is_like_another || !users::add(&mut write, user).await? {
                // Somebody took the name since the preview: nothing is stored, and a new preview shows it.
                let (field, expected) = ("name".to_owned(), "a_name_that_nobody_has".to_owned());
                return Err(ApiError::Invalid { field, value: user.name.clone(), expected }.into());
            }
            self.note_in(&mut write, AuditEvent::done("import_user", user.name.clone()).to(user.role.code())).await?;
        }
        write.commit().await.map_err(crate::db::DbError::from)?;
        Ok(made)
    }
}

/// A line of the file as the pages count it.
fn line(row: u32) -> usize {
    usize::try_from(row).unwrap_or(usize::MAX)
}
