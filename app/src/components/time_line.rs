//! One row of a time line: solid until P50, a tint until P80, a dashed outline where the time is not known.

use leptos::prelude::*;

/// Where a row stands, each as a share of the whole line, 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Span {
    pub start: f64,
    pub p50: f64,
    pub p80: f64,
    /// Length of the dashed outline behind the known part; 0 when everything is known.
    pub unknown: f64,
}

/// The drawing repeats numbers of its row, so it is hidden from those who hear the page.
#[component]
pub fn TimeLine(span: Span) -> impl IntoView {
    let at = |share: f64| format!("{:.2}%", share.clamp(0.0, 1.0) * 100.0);
    // A very short time still shows as a line.
    let wide = |share: f64| format!("{:.2}%", share.clamp(0.004, 1.0) * 100.0);
    let known = (span.p80 > 0.0).then(|| {
        view! {
            <rect class="time-line__p80" x=at(span.start) y="4" width=wide(span.p80) height="14" rx="3"></rect>
            <rect class="time-line__p50" x=at(span.start) y="4" width=wide(span.p50) height="14" rx="3"></rect>
        }
    });
    let unknown = (span.unknown > 0.0).then(|| {
        view! {
            <rect class="time-line__unknown" x=at(span.start + span.p50) y="4.5" width=wide(span.unknown) height="13"
                rx="3"></rect>
        }
    });
    view! { <svg class="time-line" aria-hidden="true" width="100%" height="22">{known}{unknown}</svg> }.into_any()
}
