//! Codes and numbers of the engine, described for machines. The values themselves are the engine's.

use utoipa::openapi::schema::{ObjectBuilder, OneOfBuilder, SchemaType, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// Key of the item master (품목코드).
#[derive(ToSchema)]
pub struct ItemCode(pub String);

/// Number of a routing; unique within its item only (라우팅번호).
#[derive(ToSchema)]
pub struct RoutingId(pub String);

/// What an operation does (작업코드).
#[derive(ToSchema)]
pub struct JobCode(pub String);

/// Where an operation runs: machine, bench or supplier (자원, work centre).
#[derive(ToSchema)]
pub struct WorkCentreCode(pub String);

/// Content hash of a model: 64 hexadecimal digits of SHA-256 over its payload.
#[derive(ToSchema)]
pub struct ModelId(pub String);

/// Content hash of a snapshot of the plant: 64 hexadecimal digits of SHA-256 over its sections.
#[derive(ToSchema)]
pub struct SnapshotId(pub String);

/// Names a prediction by everything that it follows from: 32 hexadecimal digits (영수증).
#[derive(ToSchema)]
pub struct Receipt(pub String);

/// An operation's number as the plant writes it.
pub struct Seq;

impl PartialSchema for Seq {
    fn schema() -> RefOr<Schema> {
        let one = |kind| ObjectBuilder::new().schema_type(SchemaType::Type(kind));
        OneOfBuilder::new()
            .item(one(Type::Integer).description(Some("A plain number")))
            .item(one(Type::String).description(Some("Any other: `2.5`, `10A`, `20/1`")))
            .into()
    }
}

impl ToSchema for Seq {}
