//! The second step: what the table would do, cell by cell what cannot be taken, and the confirmation.

use contract::accounts::{PeoplePreview, PersonFault, PersonRow};
use contract::address::Page;
use leptos::prelude::*;

use crate::components::{Badge, Empty, Notice, Table, Tone};
use crate::locale::Locale;
use crate::screens::form::hidden;
use crate::t;
use crate::wording::{accounts, format};

/// Faults first, then everybody, then the button.
pub fn cards(locale: Locale, read: PeoplePreview) -> AnyView {
    let n_new = read.rows.iter().filter(|row| !row.is_taken).count();
    let n_taken = read.rows.len() - n_new;
    let summary = t!(locale, "import-summary", new = n_new, taken = n_taken, faults = read.faults.len());
    let faults = (!read.faults.is_empty()).then(|| faults_card(locale, read.faults));
    let people = if read.rows.is_empty() {
        view! { <Empty title=t!(locale, "import-empty") hint=t!(locale, "import-empty-hint")/> }.into_any()
    } else {
        people_table(locale, read.rows)
    };
    let confirm = if n_new > 0 {
        view! {
            <form method="post" action=Page::ImportPeople.path()>
                {hidden("text", read.confirmed_text)}
                {hidden("confirm", "yes")}
                <div class="actions">
                    <button class="button button--filled" type="submit">
                        {t!(locale, "import-confirm", n = n_new)}
                    </button>
                    <a class="button" href=Page::ImportPeople.path()>{t!(locale, "import-other-file")}</a>
                </div>
            </form>
        }
        .into_any()
    } else {
        view! {
            <Notice tone=Tone::Warn text=t!(locale, "import-nobody")/>
            <div class="actions"><a class="button" href=Page::ImportPeople.path()>{t!(locale, "import-other-file")}</a></div>
        }
        .into_any()
    };
    view! {
        <p role="status">{summary}</p>
        {faults}
        <div class="card">
            <h2>{t!(locale, "import-rows-title")}</h2>
            {people}
            {confirm}
        </div>
    }
    .into_any()
}

fn faults_card(locale: Locale, faults: Vec<PersonFault>) -> AnyView {
    let words = [
        t!(locale, "import-row"),
        t!(locale, "import-column"),
        t!(locale, "import-value"),
        t!(locale, "import-expected"),
    ];
    let heads = words.clone();
    let head = move || heads.iter().map(|word| view! { <th scope="col">{word.clone()}</th> }).collect_view();
    let rows: Vec<_> = faults
        .into_iter()
        .map(|fault| {
            let [row, column, value, expected] = words.clone();
            view! {
                <tr>
                    <td data-label=row>{row_number(locale, fault.row)}</td>
                    <td data-label=column>{column_name(locale, fault.column)}</td>
                    <td data-label=value><span class="cell">{fault.value}</span></td>
                    <td data-label=expected>{accounts::expected(locale, &fault.expected)}</td>
                </tr>
            }
        })
        .collect();
    view! {
        <div class="card card--faults">
            <h2>{t!(locale, "import-faults-title")}</h2>
            <p class="muted">{t!(locale, "import-faults-text")}</p>
            <Table class="table--cards" caption=t!(locale, "import-faults-title") head=head>{rows}</Table>
        </div>
    }
    .into_any()
}

fn people_table(locale: Locale, rows: Vec<PersonRow>) -> AnyView {
    let words =
        [t!(locale, "import-row"), t!(locale, "field-name"), t!(locale, "field-role"), t!(locale, "import-what")];
    let heads = words.clone();
    let head = move || heads.iter().map(|word| view! { <th scope="col">{word.clone()}</th> }).collect_view();
    let rows: Vec<_> = rows
        .into_iter()
        .map(|person| {
            let [row, name, role, what] = words.clone();
            let (text, tone) = if person.is_taken {
                (t!(locale, "import-taken"), Tone::Warn)
            } else {
                (t!(locale, "import-new"), Tone::Good)
            };
            view! {
                <tr>
                    <td data-label=row>{format::count(person.row)}</td>
                    <td data-label=name>{person.name}</td>
                    <td data-label=role>{accounts::role(locale, person.role)}</td>
                    <td data-label=what><Badge tone text/></td>
                </tr>
            }
        })
        .collect();
    view! { <Table class="table--cards" caption=t!(locale, "import-rows-title") head=head>{rows}</Table> }.into_any()
}

/// A fault of the file as a whole stands in no row.
fn row_number(locale: Locale, row: usize) -> String {
    if row == 0 { t!(locale, "import-whole-file") } else { format::count(row) }
}

/// A fault of a row as a whole stands in no column.
fn column_name(locale: Locale, column: String) -> String {
    if column.is_empty() { t!(locale, "import-whole-row") } else { accounts::field(locale, &column) }
}
