//! Light or dark: chosen by the reader, else by the system.

use contract::every::every;
use strum::{EnumCount, EnumString, IntoStaticStr, VariantArray};

/// The reader's choice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, EnumCount, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Theme {
    Light,
    Dark,
    /// No choice was made: `prefers-color-scheme` decides.
    #[default]
    System,
}

impl Theme {
    /// Every choice.
    pub const ALL: [Self; Self::COUNT] = every(Self::VARIANTS);

    /// From the cookie or from `<html data-theme>`; anything else is the system's choice.
    pub fn decide(value: Option<&str>) -> Self {
        value.and_then(|code| code.parse().ok()).unwrap_or_default()
    }

    /// As in the cookie and in the address `/theme/<code>`.
    pub fn code(self) -> &'static str {
        self.into()
    }

    /// Value of `<html data-theme>`; absent when the system decides.
    pub fn attribute(self) -> Option<&'static str> {
        match self {
            Self::System => None,
            chosen => Some(chosen.code()),
        }
    }

    /// What the switch in the header offers next.
    pub fn next(self) -> Self {
        match self {
            Self::System => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::System,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_switch_comes_back_to_where_it_began() {
        for theme in Theme::ALL {
            assert_eq!(theme.next().next().next(), theme);
            assert_eq!(Theme::decide(Some(theme.code())), theme);
            assert_eq!(Theme::decide(theme.attribute()), theme);
        }
        assert_eq!(Theme::decide(Some("neon")), Theme::System);
    }
}
