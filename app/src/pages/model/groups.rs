//! Which items fail most: the groups worst first, and what typically goes wrong in the worst of them.

use contract::wire::{ModelCard, TrialGroup, TrialGroups};
use leptos::prelude::*;

use crate::components::{Empty, Meter, Table};
use crate::locale::{Locale, use_locale};
use crate::t;
use crate::wording::format;

use super::curves::numbers_of;
use super::failures::failures;
use super::tone::tone;

/// Groups that are shown at once.
const N_SHOWN: usize = 8;

/// The groups of the trials; without enough trials it says so.
#[component]
pub fn GroupsCard(card: ModelCard) -> impl IntoView {
    let locale = use_locale();
    let content = match card.trial_groups {
        None => view! { <Empty title=t!(locale, "model-too-few") hint=t!(locale, "model-too-few-hint")/> }.into_any(),
        Some(found) if found.groups.is_empty() => view! { <Empty title=t!(locale, "model-groups-none")/> }.into_any(),
        Some(found) => listed(locale, found),
    };
    view! {
        <section class="card" aria-labelledby="groups-title">
            <h2 id="groups-title">{t!(locale, "model-groups")}</h2>
            {content}
        </section>
    }
    .into_any()
}

fn listed(locale: Locale, found: TrialGroups) -> AnyView {
    let text = match found.column {
        Some(column) => t!(locale, "model-groups-column", column = column),
        None => t!(locale, "model-groups-families"),
    };
    let failures = failures(locale, &found.groups);
    let mut groups = found.groups;
    let better = groups.split_off(N_SHOWN.min(groups.len()));
    let n_better = better.len();
    let better = (n_better > 0).then(|| {
        view! {
            <details>
                <summary>{t!(locale, "model-groups-more", n = n_better)}</summary>
                {table(locale, t!(locale, "model-groups-more", n = n_better), better)}
            </details>
        }
    });
    let other = (found.n_other_trials > 0).then(|| {
        view! { <p class="muted">{t!(locale, "model-groups-other", n = format::count(found.n_other_trials))}</p> }
    });
    view! {
        <p class="muted">{text}</p>
        {table(locale, numbers_of(locale, &t!(locale, "model-groups")), groups)}
        {better}
        {other}
        {failures}
    }
    .into_any()
}

fn table(locale: Locale, caption: String, groups: Vec<TrialGroup>) -> AnyView {
    let words = [
        t!(locale, "model-right-first"),
        t!(locale, "model-stated"),
        t!(locale, "model-silent"),
        t!(locale, "model-trials"),
    ];
    let heads = words.clone();
    let head = move || {
        view! {
            <th scope="col">{t!(locale, "model-group")}</th>
            {heads.iter().map(|head| view! { <th scope="col" class="num">{head.clone()}</th> }).collect_view()}
        }
    };
    let rows: Vec<_> = groups.into_iter().map(|group| row(locale, &words, group)).collect();
    view! { <Table class="table--groups" caption head=head>{rows}</Table> }.into_any()
}

fn row(locale: Locale, words: &[String; 4], group: TrialGroup) -> AnyView {
    let [right, stated, silent, trials] = words.clone();
    view! {
        <tr>
            <th scope="row">{name(locale, &group.label)}</th>
            <td class="num" data-label=right>
                <Meter share=group.exact_at_1 text=format::percent(group.exact_at_1) tone=tone(group.exact_at_1)/>
            </td>
            <td class="num" data-label=stated>{format::percent(group.stated_prob)}</td>
            <td class="num" data-label=silent>{format::percent(1.0 - group.answered_share)}</td>
            <td class="num" data-label=trials>{format::count(group.n_trials)}</td>
        </tr>
    }
    .into_any()
}

/// A group in the plant's own words; items without a value have none.
pub fn name(locale: Locale, label: &[String]) -> String {
    if label.is_empty() { t!(locale, "model-group-no-value") } else { label.join(" · ") }
}
