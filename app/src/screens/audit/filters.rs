//! Which lines to show, and all of them as a table to keep.

use contract::address::{Page, audit_table_path};
use contract::audit::{AuditQuery, Outcome};
use leptos::prelude::*;

use crate::components::{Icon, InputField, SelectField, Shape};
use crate::locale::Locale;
use crate::t;
use crate::wording::accounts;

/// Longest text to look for.
const MAX_TEXT: usize = 200;

/// The form; it asks by the address, so that a filtered trail can be linked to.
pub fn filters(locale: Locale, query: &AuditQuery, mut actions: Vec<String>) -> AnyView {
    // What is asked for stays chosen even where no line has it.
    if !query.action.is_empty() && !actions.contains(&query.action) {
        actions.push(query.action.clone());
    }
    let all = || (String::new(), t!(locale, "audit-all"));
    let mut actions: Vec<(String, String)> = actions
        .into_iter()
        .map(|code| {
            let text = accounts::action(locale, &code);
            (code, text)
        })
        .collect();
    actions.sort_by(|a, b| a.1.cmp(&b.1).then_with(|| a.0.cmp(&b.0)));
    actions.insert(0, all());
    let outcomes = Outcome::ALL.map(|outcome| (outcome.code().to_owned(), accounts::outcome(locale, outcome).0));
    let outcomes: Vec<(String, String)> = std::iter::once(all()).chain(outcomes).collect();
    let outcome = query.outcome.map(|outcome| outcome.code()).unwrap_or_default();
    let export = audit_table_path(query);
    let query = query.clone();
    view! {
        <form class="card" method="get" action=Page::Audit.path() aria-label=t!(locale, "audit-filters")>
            <div class="fields fields--filters">
                <InputField id="who" name="who" label=t!(locale, "audit-who") value=query.who max_length=MAX_TEXT/>
                <SelectField id="action" name="action" label=t!(locale, "audit-action") options=actions
                    chosen=query.action/>
                <SelectField id="outcome" name="outcome" label=t!(locale, "audit-outcome") options=outcomes
                    chosen=outcome/>
                <InputField id="object" name="object" label=t!(locale, "audit-object") value=query.object
                    max_length=MAX_TEXT/>
                <InputField id="from" name="from" label=t!(locale, "audit-from") kind="date" value=query.from/>
                <InputField id="to" name="to" label=t!(locale, "audit-to") kind="date" value=query.to/>
            </div>
            <div class="actions">
                <button class="button button--filled" type="submit">{t!(locale, "audit-show")}</button>
                <a class="button" href=Page::Audit.path()>{t!(locale, "audit-reset")}</a>
                <a class="button" href=export download><Icon shape=Shape::Download/><span>{t!(locale, "audit-export")}</span></a>
            </div>
        </form>
    }
    .into_any()
}
