//! Light or dark: chosen by the reader, else by the system.

/// The reader's choice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    Light,
    Dark,
    /// No choice was made: `prefers-color-scheme` decides.
    #[default]
    System,
}

impl Theme {
    /// From the cookie or from `<html data-theme>`; anything else is the system's choice.
    pub fn decide(value: Option<&str>) -> Self {
        match value {
            Some("light") => Self::Light,
            Some("dark") => Self::Dark,
            _ => Self::System,
        }
    }

    /// As in the cookie and in the address `/theme/<code>`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::System => "system",
        }
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
        for theme in [Theme::Light, Theme::Dark, Theme::System] {
            assert_eq!(theme.next().next().next(), theme);
            assert_eq!(Theme::decide(Some(theme.code())), theme);
            assert_eq!(Theme::decide(theme.attribute()), theme);
        }
        assert_eq!(Theme::decide(Some("neon")), Theme::System);
    }
}
