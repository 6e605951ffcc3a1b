//! Named amounts for one side or the other, as bars from the middle.

use leptos::prelude::*;

/// One bar.
#[derive(Clone, Debug, PartialEq)]
pub struct BalanceRow {
    pub label: String,
    /// Positive goes right, negative left; only proportions count.
    pub value: f64,
    /// The number as it is read, with its sign.
    pub text: String,
}

/// A list of bars, the widest half a row long. The colour of a side only repeats its sign.
#[component]
pub fn Balance(rows: Vec<BalanceRow>) -> impl IntoView {
    let widest = rows.iter().map(|row| row.value.abs()).fold(0.0, f64::max);
    let rows: Vec<_> = rows
        .into_iter()
        .map(|row| {
            let (from, length) = place(row.value, widest);
            let class = if row.value < 0.0 { "balance__fill balance__fill--other" } else { "balance__fill" };
            view! {
                <li class="bars__row">
                    <span class="bars__label">{row.label}</span>
                    <svg class="bars__bar" aria-hidden="true" width="100%" height="8">
                        <rect class=class x=percent(from) width=percent(length) height="8"></rect>
                        <rect class="balance__middle" x="50%" width="1" height="8"></rect>
                    </svg>
                    <span class="bars__text">{row.text}</span>
                </li>
            }
        })
        .collect();
    view! { <ul class="bars">{rows}</ul> }.into_any()
}

/// Where a bar begins and how long it is, as shares of the row.
fn place(value: f64, widest: f64) -> (f64, f64) {
    let length = if widest > 0.0 { (value.abs() / widest).min(1.0) / 2.0 } else { 0.0 };
    (if value < 0.0 { 0.5 - length } else { 0.5 }, length)
}

fn percent(share: f64) -> String {
    format!("{:.1}%", share * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_meet_in_the_middle_and_the_widest_takes_half() {
        assert_eq!(place(2.0, 2.0), (0.5, 0.5));
        assert_eq!(place(-1.0, 2.0), (0.25, 0.25));
        assert_eq!(place(0.0, 0.0), (0.5, 0.0));
    }
}
