//! Every page, with its address and what it lets do.

use strum::{EnumCount, VariantArray};

use crate::access::Action;
use crate::every::every;

/// A page of the product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumCount, VariantArray)]
pub enum Page {
    /// Search, the state of the plant, what was asked lately.
    Home,
    /// One item; its code is the rest of the path.
    Item,
    /// The model that answers.
    Model,
    /// Asking for candidate routings.
    Predict,
    SignIn,
    SignUp,
    /// Signed up, and not let in yet.
    Waiting,
    /// The first admin.
    Setup,
    /// A one-time link.
    Link,
    SignedOut,
    /// One's own password.
    Password,
    /// One's own account.
    Profile,
    Users,
    /// A table of people.
    ImportPeople,
    Jobs,
    Audit,
    Settings,
}

impl Page {
    /// Every page.
    pub const ALL: [Self; Self::COUNT] = every(Self::VARIANTS);

    /// Its path; that of [`Page::Item`] goes on with a code.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Home => "/",
            Self::Item => "/items/",
            Self::Model => "/model",
            Self::Predict => "/predict",
            Self::SignIn => "/sign-in",
            Self::SignUp => "/sign-up",
            Self::Waiting => "/waiting",
            Self::Setup => "/setup",
            Self::Link => "/link",
            Self::SignedOut => "/signed-out",
            Self::Password => "/password",
            Self::Profile => "/profile",
            Self::Users => "/users",
            Self::ImportPeople => "/users/import",
            Self::Jobs => "/jobs",
            Self::Audit => "/audit",
            Self::Settings => "/settings",
        }
    }

    /// What looking at it lets do.
    pub const fn action(self) -> Action {
        match self {
            Self::Home => Action::SeePlant,
            Self::Item => Action::ReadItems,
            Self::Model => Action::ReadModel,
            Self::Predict => Action::Predict,
            Self::SignIn | Self::SignUp | Self::Waiting | Self::Setup | Self::Link | Self::SignedOut => Action::SignIn,
            Self::Password => Action::ChangePassword,
            Self::Profile => Action::ManageSelf,
            Self::Users | Self::ImportPeople => Action::ManageUsers,
            Self::Jobs => Action::SeeJobs,
            Self::Audit => Action::ReadAudit,
            Self::Settings => Action::ChangeSettings,
        }
    }

    /// Whether the browser's client shows it; all others are forms that only the server renders.
    pub const fn is_of_client(self) -> bool {
        matches!(self, Self::Home | Self::Item | Self::Model | Self::Predict)
    }

    /// The page at a path.
    pub fn at(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|page| match page {
            Self::Item => path.starts_with(page.path()),
            _ => path == page.path(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_page_is_found_at_its_path() {
        for page in Page::ALL {
            assert_eq!(Page::at(page.path()), Some(page));
        }
        assert_eq!(Page::at("/items/GL%2F1"), Some(Page::Item));
        for path in ["", "/itemsx", "/users/", "/predict/", "/api/v1/items"] {
            assert_eq!(Page::at(path), None, "{path}");
        }
    }
}
