//! The card that keeps data in this browser for when the network is away.

use leptos::prelude::*;

use crate::browser::{Browser, BrowserStatus, Command, Download, Kept, browser};
use crate::components::{Button, ButtonKind, Icon, Notice, Shape, Tone};
use crate::locale::{Locale, use_locale};
use crate::source::use_browser_status;
use crate::wording::format;
use crate::{t, wording};

/// What is kept, how large and how old; a button to keep and one to remove.
#[component]
pub fn KeepCard() -> impl IntoView {
    let locale = use_locale();
    let status = use_browser_status();
    let kept = Memo::new(move |_| status.with(|status| status.kept.clone()));
    let download = Memo::new(move |_| status.with(|status| status.download));
    let failure = Memo::new(move |_| status.with(|status| status.failure));
    let has_kept = Memo::new(move |_| kept.with(Option::is_some));
    let browser = browser();
    let send = move |command: fn() -> Command| {
        let browser: Option<Browser> = browser.clone();
        Callback::new(move |()| {
            if let Some(browser) = &browser {
                browser.send(command());
            }
        })
    };
    let (keep, forget) = (send(|| Command::Keep), send(|| Command::Forget));
    let reason = move || status.with(|status| blocked(locale, status));
    view! {
        <section class="card keep" aria-labelledby="keep-title">
            <h2 id="keep-title">{t!(locale, "keep-title")}</h2>
            <p>{t!(locale, "keep-text")}</p>
            {move || kept.get().map(|kept| contents(locale, kept))}
            {move || download.get().map(|download| progress(locale, download))}
            {move || failure.get().map(|failure| {
                view! { <Notice tone=Tone::Bad text=wording::keep_failure(locale, failure)/> }
            })}
            <div class="actions">
                <Button
                    on_press=keep
                    described_by="keep-reason"
                    disabled=Signal::derive(move || status.with(|status| !can_keep(status)))
                >
                    <Icon shape=Shape::Download/>
                    <span>
                        {move || if has_kept.get() { t!(locale, "keep-again") } else { t!(locale, "keep-action") }}
                    </span>
                </Button>
                {move || has_kept.get().then(|| {
                    let is_busy = Signal::derive(move || download.with(Option::is_some));
                    view! {
                        <Button kind=ButtonKind::Quiet on_press=forget disabled=is_busy>{t!(locale, "keep-remove")}</Button>
                    }
                })}
            </div>
            <p class="muted" id="keep-reason">{reason}</p>
        </section>
    }
    .into_any()
}

fn can_keep(status: &BrowserStatus) -> bool {
    status.is_ready && status.is_online && status.download.is_none()
}

/// Why keeping is not possible now; empty when it is.
fn blocked(locale: Locale, status: &BrowserStatus) -> String {
    match (status.is_ready, status.is_online) {
        (false, _) => t!(locale, "keep-needs-script"),
        (true, false) => t!(locale, "keep-needs-network"),
        (true, true) => String::new(),
    }
}

fn contents(locale: Locale, kept: Kept) -> impl IntoView {
    let rows = [
        (t!(locale, "keep-items"), format::count(kept.n_items)),
        (t!(locale, "keep-routings"), format::count(kept.n_routings)),
        (t!(locale, "keep-size"), format::bytes(kept.size_bytes)),
        (t!(locale, "keep-age"), wording::age(locale, kept.age_min)),
    ]
    .map(|(label, value)| view! { <div class="facts__row"><dt>{label}</dt><dd class="num">{value}</dd></div> });
    view! {
        <dl class="facts">{rows.into_iter().collect_view()}</dl>
        <p class="muted">{wording::model(locale, kept.model.as_ref().unwrap_or(&kept.bundle))}</p>
    }
}

fn progress(locale: Locale, download: Download) -> impl IntoView {
    let received = format::bytes(download.received_bytes);
    let text = match download.total_bytes {
        Some(total) => t!(locale, "keep-progress", received = received, total = format::bytes(total)),
        None => t!(locale, "keep-progress-open", received = received),
    };
    view! {
        <div class="keep__progress" role="status">
            <progress
                class="progress"
                aria-label=t!(locale, "keep-progress-label")
                max=download.total_bytes.map(|total| total.to_string())
                value=download.total_bytes.map(|_| download.received_bytes.to_string())
            ></progress>
            <span class="muted">{text}</span>
        </div>
    }
}
