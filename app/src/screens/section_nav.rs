//! The way between the pages of one's account and of administration: only those that one may see.

use contract::address::Page;
use contract::every::every;
use leptos::prelude::*;
use strum::{EnumCount, VariantArray};

use crate::locale::Locale;
use crate::session::use_signed_in;
use crate::shell::PageTitle;
use crate::t;

/// A page of this section.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumCount, VariantArray)]
pub enum Section {
    Profile,
    Users,
    Jobs,
    Audit,
    Settings,
}

impl Section {
    /// In the order of the row.
    const ALL: [Self; Self::COUNT] = every(Self::VARIANTS);

    fn page(self) -> Page {
        match self {
            Self::Profile => Page::Profile,
            Self::Users => Page::Users,
            Self::Jobs => Page::Jobs,
            Self::Audit => Page::Audit,
            Self::Settings => Page::Settings,
        }
    }

    /// Its name, which is also its heading.
    pub fn title(self, locale: Locale) -> String {
        match self {
            Self::Profile => t!(locale, "profile-title"),
            Self::Users => t!(locale, "users-title"),
            Self::Jobs => t!(locale, "jobs-title"),
            Self::Audit => t!(locale, "audit-title"),
            Self::Settings => t!(locale, "settings-title"),
        }
    }
}

/// The row of links. `is_here` is false on a page below the section's own. For somebody who may see nothing else there
/// is no row.
fn section_nav(locale: Locale, current: Section, is_here: bool) -> Option<AnyView> {
    let person = use_signed_in()?;
    let shown: Vec<Section> = Section::ALL.into_iter().filter(|section| person.may(section.page().action())).collect();
    if shown.len() < 2 {
        return None;
    }
    let links: Vec<_> = shown
        .into_iter()
        .map(|section| {
            let mark = if is_here { "page" } else { "true" };
            view! {
                <a class="tabs__link" href=section.page().path() aria-current=(section == current).then_some(mark)>
                    {section.title(locale)}
                </a>
            }
        })
        .collect();
    Some(
        view! { <nav class="tabs tabs--switch sections" aria-label=t!(locale, "section-nav-label")>{links}</nav> }
            .into_any(),
    )
}

/// A page of the section: the row of links, the heading, the content.
pub fn section_page(locale: Locale, section: Section, lead: Option<String>, content: AnyView) -> AnyView {
    let title = section.title(locale);
    view! {
        <PageTitle text=title.clone()/>
        {section_nav(locale, section, true)}
        <h1>{title}</h1>
        {lead.map(|lead| view! { <p class="lead">{lead}</p> })}
        {content}
    }
    .into_any()
}

/// A page below one of the section, with a heading of its own.
pub fn page_below(locale: Locale, section: Section, title: String, lead: String, content: AnyView) -> AnyView {
    view! {
        <PageTitle text=title.clone()/>
        {section_nav(locale, section, false)}
        <h1>{title}</h1>
        <p class="lead">{lead}</p>
        {content}
    }
    .into_any()
}
