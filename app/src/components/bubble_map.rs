//! Circles of several sizes in the plane, with names where there is room for them.

use std::f64::consts::PI;

use leptos::prelude::*;

use super::Tone;

/// Size of the drawing in its own units.
const WIDTH: f64 = 400.0;
const HEIGHT: f64 = 340.0;
const MARGIN: f64 = 34.0;
/// Radius of the largest circle, and of the smallest that can be pointed at.
const LARGEST: f64 = 26.0;
const SMALLEST: f64 = 5.0;
/// Share of the picture that circles may cover.
const MOST_COVERED: f64 = 0.35;
/// Rounds in which circles push each other apart.
const N_ROUNDS: usize = 160;
/// Names that the picture has room for.
const MAX_NAMES: usize = 14;
/// Letters of a name that are shown.
const MAX_LETTERS: usize = 16;
/// Width of a letter and height of a line; letters of East Asia are as wide as the line is high.
const LETTER: f64 = 7.0;
const LINE: f64 = 13.0;

/// One circle.
#[derive(Clone, Debug, PartialEq)]
pub struct Bubble {
    /// Place, in whatever unit.
    pub x: f64,
    pub y: f64,
    /// What the area stands for.
    pub size: usize,
    /// `Plain` is drawn hollow.
    pub tone: Tone,
    pub name: String,
    /// What it is, shown when it is pointed at.
    pub title: String,
}

/// The map; `bubbles` come largest first. The numbers stand in a table beside it, so the drawing is one picture with a name.
#[component]
pub fn BubbleMap(#[prop(into)] label: String, bubbles: Vec<Bubble>) -> impl IntoView {
    let circles = spread(&bubbles);
    let names: Vec<_> = placed_names(&bubbles, &circles)
        .into_iter()
        .map(|(at, x, y)| {
            let name = shortened(&bubbles[at].name);
            view! {
                <text class="bubble-map__name" x=format!("{x:.1}") y=format!("{:.1}", y + LINE * 0.3) text-anchor="middle">
                    {name}
                </text>
            }
        })
        .collect();
    let drawn: Vec<_> = bubbles
        .into_iter()
        .zip(circles)
        .map(|(bubble, circle)| {
            let class = format!("bubble-map__bubble bubble-map__bubble--{}", bubble.tone.class());
            view! {
                <circle class=class cx=format!("{:.1}", circle.x) cy=format!("{:.1}", circle.y) r=format!("{:.1}", circle.radius)>
                    <title>{bubble.title}</title>
                </circle>
            }
        })
        .collect();
    view! {
        <svg class="bubble-map" role="img" aria-label=label viewBox=format!("0 0 {WIDTH} {HEIGHT}")>
            {drawn}
            {names}
        </svg>
    }
    .into_any()
}

/// A circle in the drawing's units.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Circle {
    x: f64,
    y: f64,
    radius: f64,
}

/// From where to where something reaches.
#[derive(Clone, Copy)]
struct Extent {
    low: f64,
    high: f64,
}

impl Extent {
    fn of(values: impl Iterator<Item = f64>) -> Self {
        let start = Self { low: f64::INFINITY, high: f64::NEG_INFINITY };
        values.fold(start, |known, value| Self { low: known.low.min(value), high: known.high.max(value) })
    }

    /// Where a value lies in it, 0 to 1; in the middle where it reaches nowhere.
    fn share(self, value: f64) -> f64 {
        let width = self.high - self.low;
        if width > 1e-9 { (value - self.low) / width } else { 0.5 }
    }
}

/// The circles where they belong, each axis stretched to fill the picture, moved apart where they would cover each other.
fn spread(bubbles: &[Bubble]) -> Vec<Circle> {
    let largest = bubbles.iter().map(|bubble| bubble.size).max().unwrap_or(1).max(1) as f64;
    let area = bubbles.iter().map(|bubble| bubble.size as f64 / largest).sum::<f64>() * LARGEST * LARGEST * PI;
    let scale = LARGEST * (MOST_COVERED * WIDTH * HEIGHT / area.max(1.0)).sqrt().min(1.0);
    let xs = Extent::of(bubbles.iter().map(|bubble| bubble.x));
    let ys = Extent::of(bubbles.iter().map(|bubble| bubble.y));
    let mut circles: Vec<Circle> = bubbles
        .iter()
        .enumerate()
        .map(|(at, bubble)| Circle {
            // A little off, each its own way: circles in one line would push each other along it only.
            x: MARGIN + xs.share(bubble.x) * (WIDTH - 2.0 * MARGIN) + 0.3 * (at * 7 % 11) as f64,
            y: HEIGHT - MARGIN - ys.share(bubble.y) * (HEIGHT - 2.0 * MARGIN) - 0.3 * (at * 5 % 11) as f64,
            radius: (scale * (bubble.size as f64 / largest).sqrt()).max(SMALLEST),
        })
        .collect();
    for _ in 0..N_ROUNDS {
        for a in 0..circles.len() {
            for b in a + 1..circles.len() {
                let (first, second) = (circles[a], circles[b]);
                let (dx, dy) = (second.x - first.x, second.y - first.y);
                let distance = (dx * dx + dy * dy).sqrt();
                let overlap = first.radius + second.radius + 1.0 - distance;
                if overlap <= 0.0 {
                    continue;
                }
                // Two in one place part sideways.
                let (ux, uy) = if distance > 1e-9 { (dx / distance, dy / distance) } else { (1.0, 0.0) };
                // The larger one moves less.
                let share = second.radius / (first.radius + second.radius);
                circles[a].x -= ux * overlap * share;
                circles[a].y -= uy * overlap * share;
                circles[b].x += ux * overlap * (1.0 - share);
                circles[b].y += uy * overlap * (1.0 - share);
            }
        }
        for circle in &mut circles {
            circle.x = circle.x.clamp(circle.radius + 1.0, WIDTH - circle.radius - 1.0);
            circle.y = circle.y.clamp(circle.radius + 1.0, HEIGHT - circle.radius - 1.0);
        }
    }
    circles
}

/// Names that find room, as position of the bubble and middle of the line: on the circle, else above or below it.
fn placed_names(bubbles: &[Bubble], circles: &[Circle]) -> Vec<(usize, f64, f64)> {
    let mut taken: Vec<[f64; 4]> = Vec::new();
    let mut placed = Vec::new();
    for (at, (bubble, circle)) in bubbles.iter().zip(circles).enumerate() {
        if placed.len() == MAX_NAMES || bubble.name.is_empty() {
            continue;
        }
        let half = text_width(&shortened(&bubble.name)) / 2.0;
        let x = circle.x.clamp(half + 1.0, (WIDTH - half - 1.0).max(half + 1.0));
        // A name beside its circle would be read as that of another.
        if (x - circle.x).abs() > circle.radius {
            continue;
        }
        for y in [circle.y, circle.y - circle.radius - LINE / 2.0, circle.y + circle.radius + LINE / 2.0] {
            let frame = [x - half, y - LINE / 2.0, x + half, y + LINE / 2.0];
            let is_inside = frame[1] >= 0.0 && frame[3] <= HEIGHT;
            if is_inside && !taken.iter().any(|other| is_overlap(&frame, other)) {
                taken.push(frame);
                placed.push((at, x, y));
                break;
            }
        }
    }
    placed
}

fn is_overlap(a: &[f64; 4], b: &[f64; 4]) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

fn shortened(name: &str) -> String {
    if name.chars().count() <= MAX_LETTERS {
        return name.to_owned();
    }
    name.chars().take(MAX_LETTERS - 1).chain(std::iter::once('…')).collect()
}

fn text_width(text: &str) -> f64 {
    text.chars().map(|c| if (c as u32) < 0x1100 { LETTER } else { LINE }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bubble(x: f64, y: f64, size: usize, name: &str) -> Bubble {
        Bubble { x, y, size, tone: Tone::Plain, name: name.into(), title: String::new() }
    }

    #[test]
    fn circles_do_not_cover_each_other_and_stay_in_the_picture() {
        let crowd: Vec<Bubble> = (0..40).map(|n| bubble(0.9, f64::from(n % 3) * 0.01, 40 - n as usize, "x")).collect();
        let circles = spread(&crowd);
        for (at, a) in circles.iter().enumerate() {
            assert!(
                a.x - a.radius >= 0.0 && a.x + a.radius <= WIDTH && a.y - a.radius >= 0.0 && a.y + a.radius <= HEIGHT
            );
            for b in &circles[at + 1..] {
                let distance = ((a.x - b.x).powi(2) + (a.y - b.y).powi(2)).sqrt();
                assert!(distance >= (a.radius + b.radius) * 0.8, "{a:?} covers {b:?}");
            }
        }
        assert!(circles.windows(2).all(|pair| pair[0].radius >= pair[1].radius));
        assert_eq!(spread(&crowd), circles, "the browser draws what the server drew");
    }

    #[test]
    fn what_has_room_stays_where_it_belongs() {
        let circles = spread(&[bubble(-0.2, 1.0, 10, "a"), bubble(0.9, -0.5, 10, "b")]);
        assert!(circles[0].x < circles[1].x && circles[0].y < circles[1].y, "up is up");
        assert!(circles[0].x - MARGIN < 4.0 && HEIGHT - MARGIN - circles[1].y < 4.0, "{circles:?}");
        let alone = spread(&[bubble(0.3, 0.3, 1, "a")]);
        assert_eq!((alone[0].x, alone[0].y), (WIDTH / 2.0, HEIGHT / 2.0));
    }

    #[test]
    fn names_never_overlap_and_the_largest_come_first() {
        let crowd: Vec<Bubble> = (0..30).map(|n| bubble(0.0, 0.0, 30 - n, &format!("부품 family {n}"))).collect();
        let placed = placed_names(&crowd, &spread(&crowd));
        assert_eq!(placed[0].0, 0, "the largest has its name");
        assert!(placed.len() > 3 && placed.len() <= MAX_NAMES);
        let frame = |(at, x, y): &(usize, f64, f64)| {
            let half = text_width(&shortened(&crowd[*at].name)) / 2.0;
            [x - half, y - LINE / 2.0, x + half, y + LINE / 2.0]
        };
        for (at, name) in placed.iter().enumerate() {
            assert!(placed[at + 1..].iter().all(|other| !is_overlap(&frame(name), &frame(other))));
        }
        assert_eq!(shortened("GLAND PLATE-FLANGED").chars().count(), MAX_LETTERS);
    }
}
