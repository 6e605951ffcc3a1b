//! Lines of the trail as a table, on a phone as cards.

use contract::audit::{AuditLine, CONSOLE};
use leptos::prelude::*;

use crate::components::{Badge, Table};
use crate::locale::Locale;
use crate::t;
use crate::wording::{accounts, format};

/// In place of what is not there.
const NOTHING: &str = "–";

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
            <td data-label=at><time datetime=line.at.clone()>{format::day_and_minute(&line.at)}</time></td>
            <td data-label=who><span class="cell-stack">{person}{token}</span></td>
            <td data-label=action>{accounts::action(locale, &line.action)}</td>
            {cell(object, line.object, "cell")}
            {changed(locale, change, line.before, line.after)}
            <td data-label=outcome><span class="cell-stack"><Badge tone text=outcome_text/>{reason}</span></td>
            {cell(address, line.address, "cell--address")}
        </tr>
    }
    .into_any()
}

/// A cell with one text; nothing is a dash.
fn cell(label: String, text: String, class: &'static str) -> AnyView {
    if text.is_empty() {
        return view! { <td class="cell--none" data-label=label>{NOTHING}</td> }.into_any();
    }
    view! { <td class=class data-label=label><span>{text}</span></td> }.into_any()
}

/// What was, and what is.
fn changed(locale: Locale, label: String, before: Option<String>, after: Option<String>) -> AnyView {
    if before.is_none() && after.is_none() {
        return cell(label, String::new(), "cell");
    }
    let known = |text: Option<String>| match text.filter(|text| !text.is_empty()) {
        Some(codes) => accounts::state(locale, &codes),
        None => NOTHING.to_owned(),
    };
    view! {
        <td class="cell" data-label=label>
            <span>
                {known(before)}
                <span aria-hidden="true">" → "</span>
                <span class="visually-hidden">{format!(" {} ", t!(locale, "audit-becomes"))}</span>
                {known(after)}
            </span>
        </td>
    }
    .into_any()
}
