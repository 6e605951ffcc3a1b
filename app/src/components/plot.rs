//! Shares against shares in a square: dots and a line from 0 to 1 on both axes.

use leptos::prelude::*;

/// Side of the square in the drawing's own units, and the room for the axes.
const SIDE: f64 = 240.0;
const LEFT: f64 = 44.0;
const TOP: f64 = 10.0;
const BOTTOM: f64 = 44.0;

/// One dot.
#[derive(Clone, Debug, PartialEq)]
pub struct Dot {
    /// Across, 0 to 1.
    pub x: f64,
    /// Up, 0 to 1.
    pub y: f64,
    /// What stands there, shown when it is pointed at.
    pub title: String,
}

/// The square with its axes. The numbers stand in a table beside it, so the drawing is one picture with a name.
#[component]
pub fn Plot(
    #[prop(into)] label: String,
    #[prop(into)] x_label: String,
    #[prop(into)] y_label: String,
    dots: Vec<Dot>,
    /// Whether the dots are joined, in their order.
    #[prop(optional)]
    is_joined: bool,
    /// Whether the line of equal shares is drawn.
    #[prop(optional)]
    has_diagonal: bool,
) -> impl IntoView {
    let grid: Vec<_> = [0.0, 0.25, 0.5, 0.75, 1.0].into_iter().map(grid_line).collect();
    let line = is_joined.then(|| {
        let points: Vec<String> = dots.iter().map(|dot| format!("{:.1},{:.1}", across(dot.x), up(dot.y))).collect();
        view! { <polyline class="plot__line" points=points.join(" ")></polyline> }
    });
    let diagonal = has_diagonal.then(|| {
        view! { <line class="plot__diagonal" x1=across(0.0) y1=up(0.0) x2=across(1.0) y2=up(1.0)></line> }
    });
    let dots: Vec<_> = dots
        .into_iter()
        .map(|dot| {
            view! { <circle class="plot__dot" cx=across(dot.x) cy=up(dot.y) r="4.5"><title>{dot.title}</title></circle> }
        })
        .collect();
    let (middle, height) = (across(0.5), TOP + SIDE + BOTTOM);
    view! {
        <svg class="plot" role="img" aria-label=label viewBox=format!("0 0 {} {height}", LEFT + SIDE + 16.0)>
            {grid}
            {diagonal}
            {line}
            {dots}
            <text class="plot__label" x=middle y=height - 6.0 text-anchor="middle">{x_label}</text>
            <text class="plot__label" x="12" y=up(0.5) text-anchor="middle"
                transform=format!("rotate(-90 12 {:.1})", up(0.5))>{y_label}</text>
        </svg>
    }
    .into_any()
}

fn grid_line(share: f64) -> AnyView {
    let percent = format!("{:.0}", share * 100.0);
    view! {
        <line class="plot__grid" x1=across(0.0) x2=across(1.0) y1=up(share) y2=up(share)></line>
        <text class="plot__tick" x=LEFT - 6.0 y=up(share) + 4.0 text-anchor="end">{percent.clone()}</text>
        <text class="plot__tick" x=across(share) y=TOP + SIDE + 16.0 text-anchor="middle">{percent}</text>
    }
    .into_any()
}

fn across(share: f64) -> f64 {
    LEFT + share.clamp(0.0, 1.0) * SIDE
}

fn up(share: f64) -> f64 {
    TOP + (1.0 - share.clamp(0.0, 1.0)) * SIDE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_better_share_stands_higher_and_further_right() {
        assert!(up(0.9) < up(0.1) && across(0.9) > across(0.1));
        assert_eq!((up(1.0), across(0.0)), (TOP, LEFT));
        assert_eq!(up(7.0), up(1.0), "nothing leaves the square");
    }
}
