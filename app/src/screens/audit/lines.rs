//! Lines of the trail as a table, on a phone as cards.

use leptos::prelude::*;

use crate::api::audit::AuditLine;
use crate::components::{Badge, Table};
use crate::locale::Locale;
use crate::screens::moment::moment;
use crate::t;
use crate::wording::accounts;

/// Name under which the server's own commands stand in the trail.
const CONSOLE: &str = "console";

/// The table.
pub fn lines(locale: Locale, lines: Vec<AuditLine>) -> AnyView {
    let words = [
        t!(locale, "audit-at"),
        t!(locale, "audit-who"),
        t!(locale, "audit-action"),
        t!(locale, "audit-object"),
        t!(locale, "audit-change"),
        t!(locale, "audit-outcome"),
        t!(locale, "audit-address"),
    ];
    let heads = words.clone();
    let head = move || heads.iter().map(|word| view! { <th scope="col">{word.clone()}</th> }).collect_view();
    let rows: Vec<_> = lines.into_iter().map(|line| row(locale, &words, line)).collect();
    view! { <Table class="table--cards table--audit" caption=t!(locale, "audit-title") head=head>{rows}</Table> }
        .into_any()
}

fn row(locale: Locale, words: &[String; 7], line: AuditLine) -> AnyView {
    let [at, who, action, object, change, outcome, address] = words.clone();
    let (outcome_text, tone) = accounts::outcome(locale, line.outcome);
    let reason = line.reason.map(|code| {
        view! { <span class="muted">{accounts::reason(locale, &code)}</span> }
    });
    let person = match line.who.as_str() {
        "" => view! { <span class="muted">{t!(locale, "audit-nobody")}</span> }.into_any(),
        CONSOLE => view! { <span>{t!(locale, "audit-console")}</span> }.into_any(),
        name => view! { <span>{name.to_owned()}</span> }.into_any(),
    };
    let token = line.token.map(|name| {
        view! { <span class="muted">{t!(locale, "audit-token", name = name.as_str())}</span> }
    });
    view! {
        <tr>
            <td data-label=at>{moment(locale, &line.at)}</td>
            <td data-label=who><span class="cell-stack">{person}{token}</span></td>
            <td data-label=action>{accounts::action(locale, &line.action)}</td>
            <td data-label=object><span class="cell">{known(line.object)}</span></td>
            <td data-label=change>{changed(locale, line.before, line.after)}</td>
            <td data-label=outcome><span class="cell-stack"><Badge tone text=outcome_text/>{reason}</span></td>
            <td data-label=address><span class="cell">{known(line.address)}</span></td>
        </tr>
    }
    .into_any()
}

/// What was, and what is.
fn changed(locale: Locale, before: Option<String>, after: Option<String>) -> AnyView {
    if before.is_none() && after.is_none() {
        return known(String::new()).into_any();
    }
    view! {
        <span class="cell">
            {known(before.unwrap_or_default())}
            <span class="audit__arrow" aria-hidden="true">" → "</span>
            <span class="visually-hidden">{format!(" {} ", t!(locale, "audit-becomes"))}</span>
            {known(after.unwrap_or_default())}
        </span>
    }
    .into_any()
}

/// Nothing is a dash.
fn known(text: String) -> String {
    if text.is_empty() { "–".to_owned() } else { text }
}
