//! Why two things are alike: both values side by side, and how much each says for or against it.

use leptos::prelude::*;

/// One attribute.
#[derive(Clone, Debug, PartialEq)]
pub struct ReasonRow {
    pub label: String,
    pub asked: String,
    pub found: String,
    /// Of two numbers.
    pub difference: Option<String>,
    pub points: String,
}

/// All that is told about one pair. What is shown adds up to the last of `sums`.
#[derive(Clone, Debug, PartialEq)]
pub struct Reasons {
    /// Attribute, value here, value there, points.
    pub head: [String; 4],
    pub in_favour: Vec<ReasonRow>,
    pub against: Vec<ReasonRow>,
    /// Stands above `against`.
    pub against_title: String,
    /// What is told in one line, with its points.
    pub sums: Vec<(String, String)>,
}

/// A table of four columns; every group of rows has a body of its own.
#[component]
pub fn ReasonTable(#[prop(into)] caption: String, reasons: Reasons) -> impl IntoView {
    let Reasons { head: [attribute, asked, found, points], in_favour, against, against_title, sums } = reasons;
    let against = (!against.is_empty()).then(|| {
        view! {
            <tbody class="reasons__against">
                <tr><th colspan="4" scope="rowgroup">{against_title}</th></tr>
                {rows(against)}
            </tbody>
        }
    });
    let sums: Vec<_> = sums
        .into_iter()
        .map(|(label, points)| {
            view! { <tr><th colspan="3" scope="row">{label}</th><td class="reasons__points">{points}</td></tr> }
        })
        .collect();
    view! {
        <table class="reasons">
            <caption class="visually-hidden">{caption}</caption>
            <thead>
                <tr>
                    <th scope="col">{attribute}</th>
                    <th scope="col">{asked}</th>
                    <th scope="col">{found}</th>
                    <th scope="col" class="reasons__points">{points}</th>
                </tr>
            </thead>
            <tbody>{rows(in_favour)}</tbody>
            {against}
            <tbody class="reasons__sums">{sums}</tbody>
        </table>
    }
    .into_any()
}

fn rows(rows: Vec<ReasonRow>) -> AnyView {
    let rows: Vec<_> = rows
        .into_iter()
        .map(|row| {
            let difference = row.difference.map(|text| view! { <span class="reasons__difference">{text}</span> });
            view! {
                <tr>
                    <th scope="row">{row.label}</th>
                    <td>{row.asked}</td>
                    <td>{row.found}{difference}</td>
                    <td class="reasons__points">{row.points}</td>
                </tr>
            }
        })
        .collect();
    rows.into_any()
}
