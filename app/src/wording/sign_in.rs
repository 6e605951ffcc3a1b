//! Why somebody was not signed in, not signed up, or kept the old password.

use contract::sign_in::{NameFault, PasswordFault, SignInRefusal};

use crate::components::Tone;
use crate::locale::Locale;
use crate::t;

/// Above this many seconds a wait is told in minutes.
const SECONDS_TOLD: u64 = 90;

/// Why somebody was not signed in. What is only a matter of time is no alarm.
pub fn sign_in_refusal(locale: Locale, refusal: SignInRefusal) -> (String, Tone) {
    match refusal {
        SignInRefusal::Wrong => (t!(locale, "sign-in-wrong"), Tone::Bad),
        SignInRefusal::Wait { seconds } => (wait(locale, seconds), Tone::Warn),
        SignInRefusal::Busy => (t!(locale, "refused-busy"), Tone::Warn),
        SignInRefusal::Pending => (t!(locale, "sign-in-pending"), Tone::Warn),
        SignInRefusal::Closed => (t!(locale, "sign-in-closed"), Tone::Bad),
        SignInRefusal::Expired => (t!(locale, "sign-in-expired"), Tone::Bad),
        SignInRefusal::LinkUsed => (t!(locale, "refused-link-used"), Tone::Bad),
    }
}

/// How long to wait, in whole seconds or minutes, never too short.
pub fn wait(locale: Locale, seconds: u64) -> String {
    if seconds > SECONDS_TOLD {
        t!(locale, "refused-wait-minutes", n = seconds.div_ceil(60))
    } else {
        t!(locale, "refused-wait-seconds", n = seconds.max(1))
    }
}

/// Why a name cannot be taken.
pub fn name_fault(locale: Locale, fault: NameFault) -> String {
    match fault {
        NameFault::Length => t!(locale, "name-length"),
        NameFault::Characters => t!(locale, "name-characters"),
        NameFault::Taken => t!(locale, "name-taken"),
        NameFault::LooksTaken => t!(locale, "name-looks-taken"),
    }
}

/// What is wrong with a new password.
pub fn password_fault(locale: Locale, fault: PasswordFault) -> String {
    match fault {
        PasswordFault::TooShort { least } => t!(locale, "password-too-short", n = least),
        PasswordFault::TooLong { most } => t!(locale, "password-too-long", n = most),
        PasswordFault::Common => t!(locale, "password-common"),
        PasswordFault::LikeName => t!(locale, "password-like-name"),
        PasswordFault::NotRepeated => t!(locale, "password-not-repeated"),
        PasswordFault::SameAsOld => t!(locale, "password-same-as-old"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_never_told_too_short() {
        assert!(wait(Locale::En, 0).contains('1'));
        assert!(wait(Locale::En, 90).contains("90"));
        assert!(wait(Locale::En, 121).contains('3'), "121 seconds are not two minutes");
    }
}
