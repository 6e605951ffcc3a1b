//! Two pictures with their numbers: stated against true, and what answering only the surest would bring.

use engine::model::ModelCard;
use leptos::prelude::*;

use crate::components::{Dot, Empty, Plot, Table};
use crate::locale::use_locale;
use crate::t;
use crate::wording::format;

/// Whether a stated confidence comes true.
#[component]
pub fn ReliabilityCard(card: ModelCard) -> impl IntoView {
    let locale = use_locale();
    let title = t!(locale, "model-reliability");
    if card.reliability.is_empty() {
        return none("reliability-title", title);
    }
    let dots = card
        .reliability
        .iter()
        .map(|bin| Dot {
            x: bin.stated_prob,
            y: bin.right_share,
            title: t!(
                locale,
                "model-reliability-dot",
                stated = format::percent(bin.stated_prob),
                right = format::percent(bin.right_share),
                n = bin.n
            ),
        })
        .collect();
    let rows: Vec<_> = card
        .reliability
        .iter()
        .map(|bin| {
            view! {
                <tr>
                    <td class="num">{format::percent(bin.stated_prob)}</td>
                    <td class="num">{format::percent(bin.right_share)}</td>
                    <td class="num">{format::count(bin.n)}</td>
                </tr>
            }
        })
        .collect();
    let head = move || {
        view! {
            <th scope="col" class="num">{t!(locale, "model-stated")}</th>
            <th scope="col" class="num">{t!(locale, "model-right")}</th>
            <th scope="col" class="num">{t!(locale, "model-trials")}</th>
        }
    };
    view! {
        <section class="card" aria-labelledby="reliability-title">
            <h2 id="reliability-title">{title.clone()}</h2>
            <p class="muted">{t!(locale, "model-reliability-text")}</p>
            <Plot label=title.clone() x_label=t!(locale, "model-stated-percent") y_label=t!(locale, "model-right-percent")
                dots has_diagonal=true/>
            <details>
                <summary>{t!(locale, "model-numbers")}</summary>
                <Table caption=title head=head>{rows}</Table>
            </details>
        </section>
    }
    .into_any()
}

/// How often the first candidate is right when only the surest questions are answered.
#[component]
pub fn CoverageCard(card: ModelCard) -> impl IntoView {
    let locale = use_locale();
    let title = t!(locale, "model-coverage");
    if card.coverage.is_empty() {
        return none("coverage-title", title);
    }
    let dots = card
        .coverage
        .iter()
        .map(|point| Dot {
            x: point.answered_share,
            y: point.exact_at_1,
            title: t!(
                locale,
                "model-coverage-dot",
                answered = format::percent(point.answered_share),
                right = format::percent(point.exact_at_1),
                threshold = format::percent(point.threshold_prob)
            ),
        })
        .collect();
    let rows: Vec<_> = card
        .coverage
        .iter()
        .map(|point| {
            view! {
                <tr>
                    <td class="num">{format::percent(point.threshold_prob)}</td>
                    <td class="num">{format::percent(point.answered_share)}</td>
                    <td class="num">{format::percent(point.exact_at_1)}</td>
                    <td class="num">{format::percent(point.exact_at_4)}</td>
                </tr>
            }
        })
        .collect();
    let head = move || {
        view! {
            <th scope="col" class="num">{t!(locale, "model-threshold")}</th>
            <th scope="col" class="num">{t!(locale, "model-answered")}</th>
            <th scope="col" class="num">{t!(locale, "model-right-first")}</th>
            <th scope="col" class="num">{t!(locale, "model-right-four")}</th>
        }
    };
    view! {
        <section class="card" aria-labelledby="coverage-title">
            <h2 id="coverage-title">{title.clone()}</h2>
            <p class="muted">{t!(locale, "model-coverage-text")}</p>
            <Plot label=title.clone() x_label=t!(locale, "model-answered-percent") y_label=t!(locale, "model-right-percent")
                dots is_joined=true/>
            <details>
                <summary>{t!(locale, "model-numbers")}</summary>
                <Table caption=title head=head>{rows}</Table>
            </details>
        </section>
    }
    .into_any()
}

fn none(id: &'static str, title: String) -> AnyView {
    let locale = use_locale();
    view! {
        <section class="card" aria-labelledby=id>
            <h2 id=id>{title}</h2>
            <Empty title=t!(locale, "model-too-few") hint=t!(locale, "model-too-few-hint")/>
        </section>
    }
    .into_any()
}
