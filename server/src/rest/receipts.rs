//! A receipt as a picture, to be scanned from a screen or a printed routing, and its answer as a file.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use contract::error::ApiError;
use contract::export::ExportQuery;
use contract::wire::Prediction;
use qrcode::QrCode;
use qrcode::render::svg;

use crate::exchange::asking::As;
use crate::exchange::reply::{Path, Query, Refusal};

/// Side of the picture in pixels; it is drawn to scale with what it stands in.
const SIDE: u32 = 160;

/// The QR code of `routing-ml:<receipt>`. Whether there is such a receipt is not looked up.
#[utoipa::path(get, path = "/api/v1/receipts/{receipt}/qr.svg", tag = "receipts",
    params(("receipt" = String, Path, description = "32 hexadecimal digits", pattern = "^[0-9A-Fa-f]{32}$")),
    responses((status = 200, content_type = "image/svg+xml", description = "QR code")))]
pub async fn qr(As(acting): As, Path(receipt): Path<String>) -> Result<Response, Refusal> {
    acting.may_draw_receipts().await?;
    let is_receipt = receipt.len() == 32 && receipt.bytes().all(|digit| digit.is_ascii_hexdigit());
    let code = is_receipt.then(|| QrCode::new(format!("routing-ml:{receipt}")).ok()).flatten();
    let Some(code) = code else {
        let (field, expected) = ("receipt".to_owned(), "32_hexadecimal_digits".to_owned());
        return Err(ApiError::Invalid { field, value: receipt, expected }.into());
    };
    let picture = code.render::<svg::Color>().min_dimensions(SIDE, SIDE).build();
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("image/svg+xml")),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=31536000, immutable")),
    ];
    Ok((headers, picture).into_response())
}

/// The answer of a receipt as a file: the operations of one candidate as a table that an import reads again, or the whole
/// answer as JSON. Only answers that are kept are found.
#[utoipa::path(get, path = "/api/v1/receipts/{receipt}/export", tag = "receipts",
    params(("receipt" = String, Path, description = "32 hexadecimal digits", pattern = "^[0-9A-Fa-f]{32}$"), ExportQuery),
    responses((status = 200, description = "the file; its type goes with `format`",
            content((Prediction = "application/json"), (Vec<u8> = "text/csv"),
                (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))),
        (status = 404, body = ApiError, description = "no answer is kept under this receipt, or it has no such candidate")))]
pub async fn export(
    As(acting): As,
    Path(receipt): Path<String>,
    Query(asked): Query<ExportQuery>,
) -> Result<Response, Refusal> {
    let file = acting.export(&receipt, asked).await?;
    let disposition = format!("attachment; filename=\"{}\"", file.file_name);
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(file.content_type)),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_str(&disposition).unwrap_or(HeaderValue::from_static("attachment")),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, file.bytes).into_response())
}
