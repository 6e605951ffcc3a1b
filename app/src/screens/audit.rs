//! `/audit`: what was done, by whom, and with what result.
//!
//! Comes in: a page of the trail and what was asked for. Goes out: filters as links and a form, lines as a table.
//! Never does: changing anything.

mod filters;
mod lines;

use contract::address::audit_path;
use contract::audit::{AuditPage, AuditQuery};
use contract::error::ApiError;
use leptos::prelude::*;

use crate::components::{Empty, Icon, Shape};
use crate::locale::Locale;
use crate::t;

use super::form::refusal;
use super::section_nav::{Section, section_page};

use filters::filters;
use lines::lines;

/// The page.
pub fn page(locale: Locale, query: AuditQuery, page: AuditPage, refused: Option<ApiError>) -> AnyView {
    let newest = AuditQuery { before_id: String::new(), ..query.clone() };
    let is_narrowed = newest != AuditQuery::default();
    let list = if page.lines.is_empty() && refused.is_none() {
        let hint = if is_narrowed { t!(locale, "audit-none-hint") } else { t!(locale, "audit-nothing-hint") };
        view! { <Empty title=t!(locale, "audit-none") hint/> }.into_any()
    } else {
        lines(locale, page.lines)
    };
    let newer = (!query.before_id.is_empty()).then(|| audit_path(&newest));
    let older = page.next.map(|before_id| audit_path(&AuditQuery { before_id, ..query.clone() }));
    let content = view! {
        {refusal(locale, refused.as_ref(), None)}
        {filters(locale, &query, page.actions)}
        <div class="card">
            {list}
            <nav class="paging" aria-label=t!(locale, "audit-paging")>
                {newer.map(|href| view! {
                    <a class="button" href=href>
                        <Icon shape=Shape::ChevronLeft/><span>{t!(locale, "audit-newest")}</span>
                    </a>
                })}
                {older.map(|href| view! {
                    <a class="button" rel="next" href=href>
                        <span>{t!(locale, "audit-older")}</span><Icon shape=Shape::ChevronRight/>
                    </a>
                })}
            </nav>
        </div>
    };
    section_page(locale, Section::Audit, Some(t!(locale, "audit-lead")), content.into_any())
}
