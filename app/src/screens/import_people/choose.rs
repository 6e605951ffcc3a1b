//! The first step: which file, and what it looks like.

use contract::access::Role;
use contract::address::Page;
use leptos::prelude::*;

use crate::components::{InputField, Table};
use crate::locale::Locale;
use crate::t;
use crate::wording::accounts;

/// The form, beside an example in both languages.
pub fn card(locale: Locale) -> AnyView {
    view! {
        <section class="card" aria-labelledby="file-title">
            <h2 id="file-title">{t!(locale, "import-file-title")}</h2>
            <form class="form" method="post" action=Page::ImportPeople.path() enctype="multipart/form-data">
                <InputField id="file" name="file" label=t!(locale, "import-file") kind="file" is_required=true
                    hint=t!(locale, "import-file-hint")/>
                <button class="button button--filled" type="submit">{t!(locale, "import-preview")}</button>
            </form>
        </section>
        <section class="card" aria-labelledby="example-title">
            <h2 id="example-title">{t!(locale, "import-example-title")}</h2>
            <p class="muted">{t!(locale, "import-example-text")}</p>
            <div class="examples">{Locale::ALL.map(example).into_iter().collect_view()}</div>
            <p class="muted">{t!(locale, "import-roles")}</p>
            <dl class="facts facts--narrow">
                {Role::ALL.map(|role| view! {
                    <div class="facts__row"><dt><code>{role.code()}</code></dt><dd>{accounts::role(locale, role)}</dd></div>
                }).into_iter().collect_view()}
            </dl>
        </section>
    }
    .into_any()
}

/// A table of two people with the headings of a language.
fn example(language: Locale) -> AnyView {
    let head = move || {
        view! {
            <th scope="col">{t!(language, "import-heading-name")}</th>
            <th scope="col">{t!(language, "import-heading-role")}</th>
        }
    };
    let rows =
        [(t!(language, "import-example-first"), Role::Viewer), (t!(language, "import-example-second"), Role::Planner)]
            .map(|(name, role)| view! { <tr><td>{name}</td><td>{accounts::role(language, role)}</td></tr> })
            .into_iter()
            .collect_view();
    view! {
        <div lang=language.code()>
            <Table class="table--example" caption=t!(language, "import-example-caption") head=head>{rows}</Table>
        </div>
    }
    .into_any()
}
