//! The part families as a picture, and the same as a table.

use contract::wire::{FamilyMap, FamilySpot, ModelCard};
use leptos::prelude::*;

use crate::components::{Bubble, BubbleMap, Empty, Table, Tone};
use crate::locale::{Locale, use_locale};
use crate::t;
use crate::wording::format;

use super::curves::numbers_of;
use super::tone::tone;

/// The map; a plant of one family has none.
#[component]
pub fn FamilyMapCard(card: ModelCard) -> impl IntoView {
    let locale = use_locale();
    let content = match card.family_map {
        None => view! { <Empty title=t!(locale, "model-map-none")/> }.into_any(),
        Some(map) => drawn(locale, map),
    };
    view! {
        <section class="card" aria-labelledby="families-title">
            <h2 id="families-title">{t!(locale, "model-families")}</h2>
            {content}
        </section>
    }
    .into_any()
}

fn drawn(locale: Locale, map: FamilyMap) -> AnyView {
    let bubbles = map.spots.iter().map(|spot| bubble(locale, spot)).collect::<Vec<_>>();
    let legend = [
        (Tone::Good, t!(locale, "model-map-good")),
        (Tone::Warn, t!(locale, "model-map-fair")),
        (Tone::Bad, t!(locale, "model-map-poor")),
        (Tone::Plain, t!(locale, "model-map-unknown")),
    ]
    .map(|(tone, text)| {
        let class = format!("bubble-map__bubble bubble-map__bubble--{}", tone.class());
        view! {
            <li>
                <svg aria-hidden="true" width="16" height="16"><circle class=class cx="8" cy="8" r="6"></circle></svg>
                {text}
            </li>
        }
    });
    let head = move || {
        view! {
            <th scope="col">{t!(locale, "model-group")}</th>
            <th scope="col" class="num">{t!(locale, "plant-items")}</th>
            <th scope="col" class="num">{t!(locale, "model-right-first")}</th>
            <th scope="col" class="num">{t!(locale, "model-trials")}</th>
        }
    };
    let rows: Vec<_> = map.spots.iter().map(|spot| row(locale, spot)).collect();
    view! {
        <p class="muted">{t!(locale, "model-map-text", share = format::percent(map.shown_share))}</p>
        <BubbleMap label=t!(locale, "model-families") bubbles/>
        <ul class="legend">{legend.into_iter().collect_view()}</ul>
        <details>
            <summary>{t!(locale, "model-numbers")}</summary>
            <Table caption=numbers_of(locale, &t!(locale, "model-families")) head=head>{rows}</Table>
        </details>
    }
    .into_any()
}

fn bubble(locale: Locale, spot: &FamilySpot) -> Bubble {
    let right = spot.exact_at_1.map(format::percent);
    let of_items = format!("{} {}", t!(locale, "plant-items"), format::count(spot.n_items));
    let of_trials = match &right {
        Some(right) => format!("{} {right}", t!(locale, "model-right-first")),
        None => t!(locale, "model-map-unknown"),
    };
    let short = spot.label.first().cloned().unwrap_or_default();
    Bubble {
        x: spot.x,
        y: spot.y,
        size: spot.n_items,
        tone: spot.exact_at_1.map_or(Tone::Plain, tone),
        name: short,
        title: format!("{}: {of_items}, {of_trials}", name(locale, spot)),
    }
}

fn row(locale: Locale, spot: &FamilySpot) -> AnyView {
    let right = spot.exact_at_1.map_or_else(|| t!(locale, "model-map-unknown"), format::percent);
    view! {
        <tr>
            <th scope="row">{name(locale, spot)}</th>
            <td class="num">{format::count(spot.n_items)}</td>
            <td class="num">{right}</td>
            <td class="num">{format::count(spot.n_trials)}</td>
        </tr>
    }
    .into_any()
}

/// What distinguishes the family, else its number.
fn name(locale: Locale, spot: &FamilySpot) -> String {
    if spot.label.is_empty() {
        t!(locale, "model-family-number", n = format::count(usize::from(spot.family) + 1))
    } else {
        spot.label.join(" · ")
    }
}
