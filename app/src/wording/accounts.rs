//! Roles, states and codes of accounts and of the audit trail as words.

use contract::access::{Role, Scope};
use contract::accounts::UserState;
use contract::address::Done;
use contract::audit::Outcome;

use crate::components::Tone;
use crate::locale::Locale;
use crate::t;
use crate::wording::format;

/// What a person is in the plant.
pub fn role(locale: Locale, role: Role) -> String {
    match role {
        Role::Viewer => t!(locale, "role-viewer"),
        Role::Planner => t!(locale, "role-planner"),
        Role::Reviewer => t!(locale, "role-reviewer"),
        Role::Admin => t!(locale, "role-admin"),
    }
}

/// Every role as what a form sends and what is read.
pub fn role_options(locale: Locale) -> Vec<(String, String)> {
    Role::ALL.into_iter().map(|each| (each.code().to_owned(), role(locale, each))).collect()
}

/// What an API token is good for, in a word and in a sentence.
pub fn scope(locale: Locale, scope: Scope) -> (String, String) {
    match scope {
        Scope::Read => (t!(locale, "scope-read"), t!(locale, "scope-read-text")),
        Scope::Predict => (t!(locale, "scope-predict"), t!(locale, "scope-predict-text")),
        Scope::Feedback => (t!(locale, "scope-feedback"), t!(locale, "scope-feedback-text")),
    }
}

/// Whether a person may sign in, and a colour that says the same.
pub fn user_state(locale: Locale, state: UserState) -> (String, Tone) {
    match state {
        UserState::Pending => (t!(locale, "user-state-pending"), Tone::Warn),
        UserState::Active => (t!(locale, "user-state-active"), Tone::Good),
        UserState::Disabled => (t!(locale, "user-state-disabled"), Tone::Bad),
        UserState::Rejected => (t!(locale, "user-state-rejected"), Tone::Plain),
    }
}

/// How an action ended, and a colour that says the same.
pub fn outcome(locale: Locale, outcome: Outcome) -> (String, Tone) {
    match outcome {
        Outcome::Done => (t!(locale, "outcome-done"), Tone::Good),
        Outcome::Denied => (t!(locale, "outcome-denied"), Tone::Bad),
        Outcome::Failed => (t!(locale, "outcome-failed"), Tone::Warn),
    }
}

/// What was just done.
pub fn done(locale: Locale, done: Done) -> String {
    match done {
        Done::Approved => t!(locale, "done-approved"),
        Done::Rejected => t!(locale, "done-rejected"),
        Done::RoleSet => t!(locale, "done-role-set"),
        Done::Disabled => t!(locale, "done-disabled"),
        Done::SessionsEnded => t!(locale, "done-sessions-ended"),
        Done::PasswordChanged => t!(locale, "done-password-changed"),
        Done::TokenRevoked => t!(locale, "done-token-revoked"),
        Done::SettingsSaved => t!(locale, "done-settings-saved"),
        Done::ClockConfirmed => t!(locale, "done-clock-confirmed"),
        Done::JobBegun => t!(locale, "done-job-begun"),
        Done::JobEnding => t!(locale, "done-job-ending"),
        Done::ScheduleAdded => t!(locale, "done-schedule-added"),
        Done::ScheduleRemoved => t!(locale, "done-schedule-removed"),
    }
}

/// An action of the audit trail; the code itself where there is no word for it.
pub fn action(locale: Locale, code: &str) -> String {
    word(locale, format!("action-{code}"), code)
}

/// Why an action of the audit trail did not succeed; the code itself where there is no word for it.
pub fn reason(locale: Locale, code: &str) -> String {
    word(locale, format!("reason-{code}"), code)
}

/// A field of a form, as a refusal names it; the code itself where there is no word for it.
pub fn field(locale: Locale, code: &str) -> String {
    word(locale, format!("field-{code}"), code)
}

/// What the settings are called where a name would stand; a name as it is.
pub fn object(locale: Locale, name: &str) -> String {
    if name == "settings" { t!(locale, "settings-title") } else { name.to_owned() }
}

/// What a cell or a field should have been: bounds such as `5_to_60` or `at_most_200_chars` as numbers, else a word, else
/// the code.
pub fn expected(locale: Locale, code: &str) -> String {
    let (bounds, is_length) = code.strip_suffix("_chars").map_or((code, false), |bounds| (bounds, true));
    let most = bounds.strip_prefix("at_most_").and_then(|most| most.parse().ok());
    let both = bounds.split_once("_to_").and_then(|(least, most)| Some((least.parse().ok()?, most.parse().ok()?)));
    match (most, both, is_length) {
        (Some(most), _, true) => t!(locale, "length", range = range(locale, (0, most))),
        (_, Some(both), true) => t!(locale, "length", range = range(locale, both)),
        (_, Some(both), false) => range(locale, both),
        _ => word(locale, format!("expected-{code}"), code),
    }
}

/// A state of a person or of the settings as the trail keeps it, such as `planner active`; as it is where one of its
/// codes has no word.
pub fn state(locale: Locale, codes: &str) -> String {
    let words: Option<Vec<String>> = codes.split(' ').map(|code| state_word(locale, code)).collect();
    words.map_or_else(|| codes.to_owned(), |words| words.join(", "))
}

fn state_word(locale: Locale, code: &str) -> Option<String> {
    if let Some((name, value)) = code.split_once('=') {
        let value = match value {
            "true" => t!(locale, "yes"),
            "false" => t!(locale, "no"),
            number => number.to_owned(),
        };
        return Some(format!("{}: {value}", field(locale, name)));
    }
    let known = |text: String| (text != code).then_some(text);
    Role::from_code(code)
        .map(|each| role(locale, each))
        .or_else(|| UserState::from_code(code).map(|each| user_state(locale, each).0))
        .or_else(|| Scope::from_code(code).map(|each| scope(locale, each).0))
        .or_else(|| known(action(locale, code)))
}

/// From the least to the most that can be.
pub fn range(locale: Locale, (least, most): (u32, u32)) -> String {
    let shown = |value: u32| format::count(value as usize);
    t!(locale, "range", least = shown(least), most = shown(most))
}

/// A time of the server, to the minute.
pub fn moment(locale: Locale, rfc3339: &str) -> String {
    t!(locale, "moment", time = format::day_and_minute(rfc3339))
}

/// The text of a key that is made from a code of the server.
pub(super) fn word(locale: Locale, key: String, code: &str) -> String {
    let key = key.to_lowercase().replace('_', "-").replace('.', "");
    if locale.loader().has(&key) { locale.loader().get(&key) } else { code.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::access::Action;

    #[test]
    fn every_action_has_a_word_and_an_unknown_code_stands_for_itself() {
        for locale in Locale::ALL {
            for each in Action::ALL {
                assert_ne!(action(locale, each.code()), each.code(), "{locale:?}");
            }
            for code in ["polish", "", "a b", "<b>"] {
                assert_eq!(action(locale, code), code);
            }
            assert_ne!(reason(locale, "password_change_needed"), "password_change_needed");
        }
    }

    #[test]
    fn states_are_told_in_words_only_when_all_of_them_are_known() {
        for locale in Locale::ALL {
            assert_eq!(state(locale, "planner active").matches(", ").count(), 1, "{locale:?}");
            assert!(!state(locale, "may_sign_up=false session_most_h=12").contains('_'), "{locale:?}");
            for other in ["3f9c a71e", "", "GL-2417 <b>"] {
                assert_eq!(state(locale, other), other);
            }
        }
    }

    #[test]
    fn ranges_are_read_as_numbers() {
        for locale in Locale::ALL {
            assert!(expected(locale, "5_to_10080").contains("10,080"), "{locale:?}");
        }
        assert!(expected(Locale::En, "1_to_40_chars").contains("40"));
        for code in ["a_to_b", "at_most_x_chars", "_chars"] {
            assert_eq!(expected(Locale::En, code), code);
        }
    }
}
