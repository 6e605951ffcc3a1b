//! Two pictures with their numbers: stated against true, and what answering only the surest would bring.

use contract::wire::ModelCard;
use leptos::prelude::*;

use crate::components::{Dot, Empty, Plot, Table};
use crate::locale::{Locale, use_locale};
use crate::t;
use crate::wording::format;

/// Whether a stated confidence comes true.
#[component]
pub fn ReliabilityCard(card: ModelCard) -> impl IntoView {
    let locale = use_locale();
    let dots = card.reliability.iter().map(|bin| Dot {
        x: bin.stated_prob,
        y: bin.right_share,
        title: t!(
            locale,
            "model-reliability-dot",
            stated = format::percent(bin.stated_prob),
            right = format::percent(bin.right_share),
            n = bin.n
        ),
    });
    let rows = card
        .reliability
        .iter()
        .map(|bin| vec![format::percent(bin.stated_prob), format::percent(bin.right_share), format::count(bin.n)]);
    let picture = Picture {
        id: "reliability-title",
        title: t!(locale, "model-reliability"),
        text: t!(locale, "model-reliability-text"),
        x_label: t!(locale, "model-stated-percent"),
        is_reliability: true,
        dots: dots.collect(),
        heads: vec![t!(locale, "model-stated"), t!(locale, "model-right"), t!(locale, "model-trials")],
        rows: rows.collect(),
    };
    picture.card()
}

/// How often the first candidate is right when only the surest questions are answered.
#[component]
pub fn CoverageCard(card: ModelCard) -> impl IntoView {
    let locale = use_locale();
    let dots = card.coverage.iter().map(|point| Dot {
        x: point.answered_share,
        y: point.exact_at_1,
        title: t!(
            locale,
            "model-coverage-dot",
            answered = format::percent(point.answered_share),
            right = format::percent(point.exact_at_1),
            threshold = format::percent(point.threshold_prob)
        ),
    });
    let rows = card.coverage.iter().map(|point| {
        [point.threshold_prob, point.answered_share, point.exact_at_1, point.exact_at_4].map(format::percent).to_vec()
    });
    let picture = Picture {
        id: "coverage-title",
        title: t!(locale, "model-coverage"),
        text: t!(locale, "model-coverage-text"),
        x_label: t!(locale, "model-answered-percent"),
        is_reliability: false,
        dots: dots.collect(),
        heads: vec![
            t!(locale, "model-threshold"),
            t!(locale, "model-answered"),
            t!(locale, "model-right-first"),
            t!(locale, "model-right-four"),
        ],
        rows: rows.collect(),
    };
    picture.card()
}

/// A picture of shares with its numbers.
struct Picture {
    id: &'static str,
    title: String,
    text: String,
    x_label: String,
    /// Against the line of equal shares, or else as a curve.
    is_reliability: bool,
    dots: Vec<Dot>,
    heads: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Picture {
    /// The card; without dots it says that there was too little to measure.
    fn card(self) -> AnyView {
        let locale = use_locale();
        let Self { id, title, text, x_label, is_reliability, dots, heads, rows } = self;
        let content = if dots.is_empty() {
            view! { <Empty title=t!(locale, "model-too-few") hint=t!(locale, "model-too-few-hint")/> }.into_any()
        } else {
            let head = move || {
                heads.iter().map(|head| view! { <th scope="col" class="num">{head.clone()}</th> }).collect_view()
            };
            let row = |cells: Vec<String>| {
                let cells: Vec<_> = cells.into_iter().map(|cell| view! { <td class="num">{cell}</td> }).collect();
                view! { <tr>{cells}</tr> }
            };
            let rows: Vec<_> = rows.into_iter().map(row).collect();
            view! {
                <p class="muted">{text}</p>
                <Plot label=title.clone() x_label y_label=t!(locale, "model-right-percent")
                    dots is_joined=!is_reliability has_diagonal=is_reliability/>
                <details>
                    <summary>{t!(locale, "model-numbers")}</summary>
                    <Table caption=numbers_of(locale, &title) head=head>{rows}</Table>
                </details>
            }
            .into_any()
        };
        view! {
            <section class="card" aria-labelledby=id>
                <h2 id=id>{title}</h2>
                {content}
            </section>
        }
        .into_any()
    }
}

/// The name of a table that stands in a section of this title: two landmarks must not bear one name.
pub fn numbers_of(locale: Locale, title: &str) -> String {
    format!("{title}: {}", t!(locale, "model-numbers"))
}
