//! Routings of one item.

use engine::domain::{Date, ItemCode, OperationRow, Plant, Routing, RoutingId};
use sqlx::Row;

use super::stored::held::HeldFlaw;
use super::stored::{held, routing};
use super::versions::State;
use super::{Db, DbError, imports};

/// A routing that is kept but does not count.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldRouting {
    pub routing: Routing,
    pub flaws: Vec<HeldFlaw>,
}

/// The routings of one item on the plant's day, main first, then by number; and those that are held back, by number.
pub async fn of_item(db: &Db, item: &ItemCode) -> Result<(Vec<Routing>, Vec<HeldRouting>), DbError> {
    let mut connection = db.pool().acquire().await?;
    let as_of = imports::as_of(&mut connection).await?;
    let rows = sqlx::query(
        "SELECT current_routings.routing, current_routings.state, content, held FROM current_routings \
         JOIN routing_versions ON id = version \
         WHERE current_routings.item = $1 AND current_routings.state <> 2 ORDER BY current_routings.routing",
    )
    .bind(item.as_str().to_owned())
    .fetch_all(&mut *connection)
    .await?;
    let (mut whole, mut held_back) = (Vec::new(), Vec::new());
    for row in rows {
        let id = RoutingId::new(row.try_get::<String, _>("routing")?);
        let operations = routing::decode(item, &id, row.try_get::<&str, _>("content")?)?;
        if State::from_code(row.try_get("state")?)? == State::Whole {
            whole.extend(operations);
            continue;
        }
        let flaws = held::decode(row.try_get::<&str, _>("held")?)?;
        let unread = Routing { item: item.clone(), id, ..Routing::default() };
        let routing = assembled(operations, as_of).pop().unwrap_or(unread);
        held_back.push(HeldRouting { routing, flaws });
    }
    let mut routings = assembled(whole, as_of);
    routings.sort_by(|a, b| (a.is_main != Some(true), &a.id).cmp(&(b.is_main != Some(true), &b.id)));
    Ok((routings, held_back))
}

fn assembled(rows: Vec<OperationRow>, as_of: Option<Date>) -> Vec<Routing> {
    match as_of {
        Some(_) => Plant::assemble_on(Vec::new(), rows, Vec::new(), as_of),
        None => Plant::assemble(Vec::new(), rows, Vec::new()),
    }
    .routings
}
