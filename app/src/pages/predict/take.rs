//! Taking a candidate along: as cells on the clipboard, and as files that the server writes.

use std::sync::Arc;

use contract::export::{ExportFormat, cells, export_path, rows};
use contract::predict::PredictAnswer;
use leptos::prelude::*;

use crate::browser::browser;
use crate::components::{Button, ButtonKind};
use crate::locale::{Locale, use_locale};
use crate::source::use_browser_status;
use crate::t;

/// Links to files and a button that copies. An answer that the server does not keep has no files.
#[component]
pub fn TakePanel(
    answer: Arc<PredictAnswer>,
    /// Index of the candidate.
    at: usize,
) -> impl IntoView {
    let locale = use_locale();
    let status = use_browser_status();
    let browser = browser();
    let is_copied = RwSignal::new(None::<bool>);
    let files = answer.id.is_some().then(|| files(locale, answer.prediction.receipt.as_str(), at + 1));
    let copy = Callback::new(move |()| {
        let Some(browser) = &browser else { return };
        let (plain, html) = cells(&rows(&answer.prediction, at + 1).unwrap_or_default());
        is_copied.set(Some(browser.copy(&plain, &html)));
    });
    let blocked = Signal::derive(move || status.with(|status| !status.is_ready));
    let line = move || match is_copied.get() {
        None => String::new(),
        Some(true) => t!(locale, "take-copied"),
        Some(false) => t!(locale, "take-not-copied"),
    };
    view! {
        <div class="take" role="group" aria-label=t!(locale, "take-label")>
            <Button kind=ButtonKind::Outline on_press=copy disabled=blocked>{t!(locale, "take-copy")}</Button>
            {files}
            <span class="muted" role="status">{line}</span>
        </div>
    }
    .into_any()
}

fn files(locale: Locale, receipt: &str, place: usize) -> impl IntoView + use<> {
    let link = |format: ExportFormat| {
        let text = match format {
            ExportFormat::Xlsx => t!(locale, "take-xlsx"),
            ExportFormat::Csv => t!(locale, "take-csv"),
            ExportFormat::CsvMachine => t!(locale, "take-csv-machine"),
            ExportFormat::Json => t!(locale, "take-json"),
        };
        let href = export_path(receipt, format, place);
        view! { <a class="button button--quiet" rel="external" download="" href=href>{text}</a> }
    };
    ExportFormat::ALL.map(link).collect_view()
}
