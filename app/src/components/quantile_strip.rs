//! Two quantiles of a time on one axis: a solid line at P50, a dashed one at P80.

use leptos::prelude::*;

/// The strip; values are in one unit, the texts are ready to show.
#[component]
pub fn QuantileStrip(
    p50: f64,
    p80: f64,
    #[prop(into)] p50_text: String,
    #[prop(into)] p80_text: String,
    /// The whole in words for those who do not see the drawing.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    // The axis begins at zero and leaves room behind P80, because one order in five takes longer.
    let end = (p80.max(p50) * 1.25).max(f64::MIN_POSITIVE);
    let at = |value: f64| format!("{:.1}%", (value / end * 100.0).clamp(0.0, 100.0));
    let (x50, x80) = (at(p50), at(p80));
    // Labels that would cover each other stand apart: the left one ends at its line.
    let is_tight = (p80 - p50) / end < 0.18;
    view! {
        <svg class="strip" role="img" aria-label=label width="100%" height="56">
            <rect class="strip__p80" x="0" y="6" width=x80.clone() height="20" rx="3"></rect>
            <rect class="strip__p50" x="0" y="6" width=x50.clone() height="20" rx="3"></rect>
            <line class="strip__line" x1=x50.clone() x2=x50.clone() y1="0" y2="34"></line>
            <line class="strip__line strip__line--p80" x1=x80.clone() x2=x80.clone() y1="0" y2="34"></line>
            <text class="strip__text strip__text--p50" x=x50 y="50" text-anchor=if is_tight { "end" } else { "middle" }>
                {p50_text}
            </text>
            <text class="strip__text" x=x80 y="50" text-anchor=if is_tight { "start" } else { "middle" }>{p80_text}</text>
        </svg>
    }
    .into_any()
}
