//! The last step: who was made, with the temporary passwords, this once.

use contract::accounts::ImportedPerson;
use leptos::prelude::*;

use crate::components::{Notice, Table, Tone};
use crate::locale::Locale;
use crate::t;
use crate::wording::accounts;

/// The list to hand out.
pub fn card(locale: Locale, people: Vec<ImportedPerson>) -> AnyView {
    let words = [t!(locale, "field-name"), t!(locale, "field-role"), t!(locale, "field-password-temporary")];
    let heads = words.clone();
    let head = move || heads.iter().map(|word| view! { <th scope="col">{word.clone()}</th> }).collect_view();
    let text = t!(locale, "import-made", n = people.len());
    let rows: Vec<_> = people
        .into_iter()
        .map(|person| {
            let [name, role, password] = words.clone();
            view! {
                <tr>
                    <td data-label=name>{person.name}</td>
                    <td data-label=role>{accounts::role(locale, person.role)}</td>
                    <td data-label=password>
                        <span class="secret__text secret__text--cell" translate="no">{person.temporary_password}</span>
                    </td>
                </tr>
            }
        })
        .collect();
    view! {
        <Notice tone=Tone::Good text/>
        <div class="card">
            <h2>{t!(locale, "import-made-title")}</h2>
            <p>{t!(locale, "import-made-advice")}</p>
            <Table class="table--cards" caption=t!(locale, "import-made-title") head=head>{rows}</Table>
        </div>
    }
    .into_any()
}
