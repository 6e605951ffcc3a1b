//! What the planner thinks of a candidate: stored by the server, once per click.

use std::sync::Arc;

use contract::error::ApiError;
use contract::feedback::{Feedback, Verdict};
use contract::predict::PredictAnswer;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::feedback::send_feedback;
use crate::browser::{BrowserStatus, browser};
use crate::components::{Button, ButtonKind, Icon, Shape};
use crate::locale::{Locale, use_locale};
use crate::page_error::PageError;
use crate::source::use_browser_status;
use crate::{t, wording};

/// How far a verdict came.
#[derive(Clone, Debug, PartialEq)]
enum State {
    Idle,
    Sending(Verdict),
    Stored(Verdict),
    Failed(ApiError),
}

impl State {
    fn is_stored(&self, verdict: Verdict) -> bool {
        *self == Self::Stored(verdict)
    }
}

/// Two buttons and a line that says what became of the verdict.
#[component]
pub fn Thumbs(answer: Arc<PredictAnswer>, at: usize) -> impl IntoView {
    let locale = use_locale();
    let status = use_browser_status();
    let state = RwSignal::new(State::Idle);
    // A failed attempt is repeated under the same key, so that it is stored once even if only its answer was lost.
    let key = StoredValue::new(None::<(Verdict, String)>);
    let browser = browser();
    let press = move |verdict: Verdict| {
        let (answer, browser) = (answer.clone(), browser.clone());
        Callback::new(move |()| {
            let (Some(browser), Some(feedback)) = (&browser, feedback(&answer, at, verdict)) else { return };
            let known = key.get_value().filter(|(of, _)| *of == verdict);
            let (_, key_text) = known.unwrap_or_else(|| (verdict, browser.new_key()));
            key.set_value(Some((verdict, key_text.clone())));
            state.set(State::Sending(verdict));
            spawn_local(async move {
                let result = send_feedback(key_text, feedback).await;
                // The candidate may have been left meanwhile; then there is nothing to show.
                let _ = state.try_set(match result {
                    Ok(_) => State::Stored(verdict),
                    Err(PageError(error)) => State::Failed(error),
                });
            });
        })
    };
    let blocked = Signal::derive(move || {
        status.with(|status| !status.is_ready || !status.is_online)
            || state.with(|state| matches!(state, State::Sending(_)))
    });
    let pressed = move |verdict| Signal::derive(move || state.with(|state| state.is_stored(verdict)));
    let line = move || status.with(|status| state.with(|state| words(locale, status, state)));
    view! {
        <div class="thumbs" role="group" aria-label=t!(locale, "feedback-label")>
            <span class="thumbs__text" id="feedback-state" role="status">{line}</span>
            <Button kind=ButtonKind::Outline on_press=press(Verdict::Up) disabled=blocked pressed=pressed(Verdict::Up)
                described_by="feedback-state">
                <Icon shape=Shape::ThumbUp/>
                <span class="visually-hidden">{t!(locale, "feedback-up")}</span>
            </Button>
            <Button kind=ButtonKind::Outline on_press=press(Verdict::Down) disabled=blocked pressed=pressed(Verdict::Down)
                described_by="feedback-state">
                <Icon shape=Shape::ThumbDown/>
                <span class="visually-hidden">{t!(locale, "feedback-down")}</span>
            </Button>
        </div>
    }
    .into_any()
}

fn feedback(answer: &PredictAnswer, at: usize, verdict: Verdict) -> Option<Feedback> {
    answer.prediction.candidates.get(at).map(|candidate| Feedback {
        prediction: answer.id.clone(),
        item: answer.item.code.clone(),
        model: answer.prediction.model.clone(),
        signature: candidate.signature.clone(),
        rank: candidate.rank,
        verdict,
    })
}

fn words(locale: Locale, status: &BrowserStatus, state: &State) -> String {
    match state {
        State::Sending(_) => t!(locale, "feedback-sending"),
        State::Stored(Verdict::Up) => t!(locale, "feedback-stored-up"),
        State::Stored(Verdict::Down) => t!(locale, "feedback-stored-down"),
        State::Failed(error) => t!(locale, "feedback-failed", reason = wording::error(locale, error)),
        State::Idle if !status.is_ready => t!(locale, "feedback-needs-script"),
        State::Idle if !status.is_online => t!(locale, "feedback-needs-network"),
        State::Idle => t!(locale, "feedback-ask"),
    }
}
