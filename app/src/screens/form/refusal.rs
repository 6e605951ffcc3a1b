//! A refusal of a service at the head of a page, with both versions when somebody else was faster.

use contract::error::ApiError;
use leptos::prelude::*;

use crate::components::Tone;
use crate::locale::Locale;
use crate::wording::accounts;
use crate::{t, wording};

use super::alert;

/// What was refused, in words. `field` is the id of the input that it is about.
pub fn refusal(locale: Locale, error: Option<&ApiError>, field: Option<&'static str>) -> Option<AnyView> {
    let error = error?;
    let sentence = match error {
        // What an admin wanted to do, and what it would take.
        ApiError::Invalid { field, value, expected } if field == "act" => t!(
            locale,
            "refused-act",
            act = accounts::action(locale, value),
            expected = accounts::expected(locale, expected)
        ),
        ApiError::Invalid { field, value, expected } => t!(
            locale,
            "error-invalid",
            field = accounts::field(locale, field),
            value = value.as_str(),
            expected = accounts::expected(locale, expected)
        ),
        other => wording::error(locale, other),
    };
    let notice = alert(sentence, Tone::Bad, field);
    let ApiError::Stale { object, yours, theirs } = error else { return Some(notice) };
    Some(
        view! {
            {notice}
            <section class="card" aria-labelledby="versions-title">
                <h2 id="versions-title">{t!(locale, "stale-title", object = accounts::object(locale, object))}</h2>
                <dl class="versions">
                    <div class="versions__one">
                        <dt>{t!(locale, "stale-yours")}</dt>
                        <dd>{accounts::state(locale, yours)}</dd>
                    </div>
                    <div class="versions__one">
                        <dt>{t!(locale, "stale-theirs")}</dt>
                        <dd>{accounts::state(locale, theirs)}</dd>
                    </div>
                </dl>
                <p class="muted">{t!(locale, "stale-advice")}</p>
            </section>
        }
        .into_any(),
    )
}

/// What is wrong with this field, when the refusal is about it.
pub fn refused_field(locale: Locale, error: Option<&ApiError>, name: &str) -> Option<String> {
    match error? {
        ApiError::Invalid { field, expected, .. } if field == name => {
            Some(t!(locale, "field-expected", expected = accounts::expected(locale, expected)))
        }
        _ => None,
    }
}
