//! What comes of signing in and up. These happen before anybody is known, so they are no part of `Backend`: the forms
//! of the server ask its services directly.

/// Why somebody was not signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInRefusal {
    /// No such name, or another password: which of them is not said.
    Wrong,
    /// Too many wrong tries from here.
    Wait { seconds: u64 },
    /// The server checks too many passwords now.
    Busy,
    /// The password was right, but an admin has not let the person in yet.
    Pending,
    /// The password was right, but the account is closed.
    Closed,
    /// The password was right, but it was a temporary one and too much time has passed.
    Expired,
    /// The one-time link was used, is too old or was never made.
    LinkUsed,
}

/// What is wrong with a new password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordFault {
    TooShort {
        least: usize,
    },
    TooLong {
        most: usize,
    },
    /// It is on the list of common passwords.
    Common,
    /// It holds the user's name or little else than the product's.
    LikeName,
    /// The second field differs from the first.
    NotRepeated,
    /// It is the old one.
    SameAsOld,
}

/// Why a name cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameFault {
    /// Not 2 to 40 characters.
    Length,
    /// Other characters than letters, digits, blanks and `. _ -`.
    Characters,
    /// Somebody has it.
    Taken,
    /// Somebody has one that looks like it.
    LooksTaken,
}

/// Why an account was not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignUpRefusal {
    Name(NameFault),
    Password(PasswordFault),
    /// The plant takes nobody on this way.
    NotOpen,
    /// Too many from here.
    Wait {
        seconds: u64,
    },
    Busy,
    /// The one-time link was used, is too old or was never made.
    LinkUsed,
}

/// Why a password was not changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordRefusal {
    /// The current password is another one.
    WrongOld,
    New(PasswordFault),
    Wait {
        seconds: u64,
    },
    Busy,
}
