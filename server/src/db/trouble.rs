//! What is wrong with a database, as far as its own words tell: the reason that helps whoever looks after it.

use std::fmt;

/// Why a database does not do its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// No room is left.
    Full,
    /// It may be read, not written.
    ReadOnly,
    /// Its content is not what was written.
    Damaged,
    /// The disk below it refuses.
    Disk,
    /// Its file cannot be opened.
    NotThere,
    /// Its server does not answer.
    Unreachable,
    /// Another program or request holds it.
    Busy,
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Full => "the disk is full",
            Self::ReadOnly => "the database can only be read",
            Self::Damaged => "the database is damaged",
            Self::Disk => "the disk of the database fails",
            Self::NotThere => "the database cannot be opened",
            Self::Unreachable => "the database server does not answer",
            Self::Busy => "the database is held by others",
        })
    }
}

impl Trouble {
    /// What an error of the driver says; `None` for a fault of a statement.
    pub fn of(error: &sqlx::Error) -> Option<Self> {
        match error {
            sqlx::Error::Io(_) | sqlx::Error::Tls(_) => Some(Self::Unreachable),
            sqlx::Error::PoolTimedOut => Some(Self::Busy),
            sqlx::Error::Database(error) => Self::of_code(&error.code()?),
            _ => None,
        }
    }

    /// # Source
    /// <https://www.sqlite.org/rescode.html>; PostgreSQL's manual, appendix A. PostgreSQL's codes have five characters, those
    /// of SQLite at most four digits.
    fn of_code(code: &str) -> Option<Self> {
        if code.len() == 5 {
            return match code {
                "53100" => Some(Self::Full),
                "25006" => Some(Self::ReadOnly),
                "58030" => Some(Self::Disk),
                "57P01" | "57P02" | "57P03" | "53300" => Some(Self::Unreachable),
                _ if code.starts_with("XX00") && code != "XX000" => Some(Self::Damaged),
                _ if code.starts_with("08") => Some(Self::Unreachable),
                _ => None,
            };
        }
        match code.parse::<u32>().ok()? {
            // The file that SQLite shares between processes finds no room.
            4874 => Some(Self::Full),
            code => match code & 0xff {
                5 | 6 => Some(Self::Busy),
                8 => Some(Self::ReadOnly),
                10 => Some(Self::Disk),
                11 | 26 => Some(Self::Damaged),
                13 => Some(Self::Full),
                14 => Some(Self::NotThere),
                _ => None,
            },
        }
    }

    /// Whether what is there can still be read when something cannot be written.
    pub fn may_read(self) -> bool {
        matches!(self, Self::Full | Self::ReadOnly | Self::Disk)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_both_databases_say_what_is_wrong() {
        for (code, trouble) in [
            ("13", Some(Trouble::Full)),
            ("778", Some(Trouble::Disk)),
            ("4874", Some(Trouble::Full)),
            ("1032", Some(Trouble::ReadOnly)),
            ("11", Some(Trouble::Damaged)),
            ("26", Some(Trouble::Damaged)),
            ("14", Some(Trouble::NotThere)),
            ("517", Some(Trouble::Busy)),
            ("1", None),
            ("2067", None),
            ("53100", Some(Trouble::Full)),
            ("25006", Some(Trouble::ReadOnly)),
            ("XX001", Some(Trouble::Damaged)),
            ("XX000", None),
            ("08006", Some(Trouble::Unreachable)),
            ("23505", None),
        ] {
            assert_eq!(Trouble::of_code(code), trouble, "{code}");
        }
    }
}
