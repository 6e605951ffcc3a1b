//! Pictures as inline SVG: bars with intervals, and curves in the unit square. All text is escaped here.

/// A horizontal bar from 0 to `value`, with a whisker; all are shares, 0 to 1.
pub struct Bar {
    pub label: String,
    pub value: f64,
    pub low: f64,
    pub high: f64,
    /// Class of the style sheet: `model`, `part`, `baseline`.
    pub class: &'static str,
}

/// Points joined by a line.
pub struct Curve {
    pub label: &'static str,
    pub class: &'static str,
    /// (x, y), both 0 to 1.
    pub points: Vec<(f64, f64)>,
    /// Radius of each point by its weight, 0 to 1; empty draws no points.
    pub weights: Vec<f64>,
}

/// `text` as it may stand in an element or in a quoted attribute.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // Of the control characters, HTML knows the white ones only.
            c if c.is_control() && !c.is_whitespace() => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}

const LABEL_WIDTH: f64 = 130.0;
const BAR_WIDTH: f64 = 190.0;
const ROW: f64 = 24.0;
/// Characters of a label that fit beside a bar.
const MAX_LABEL: usize = 19;

/// Bars below each other, with an axis from 0 to 1.
pub fn bars(title: &str, bars: &[Bar]) -> String {
    let height = bars.len() as f64 * ROW + 26.0;
    let x = |share: f64| LABEL_WIDTH + share.clamp(0.0, 1.0) * BAR_WIDTH;
    let mut svg = open(title, 370.0, height);
    for tick in [0.0, 0.25, 0.5, 0.75, 1.0] {
        svg.push_str(&line("grid", (x(tick), 0.0), (x(tick), height - 18.0)));
        svg.push_str(&label("tick", "middle", (x(tick), height - 4.0), &format!("{tick}")));
    }
    for (at, bar) in bars.iter().enumerate() {
        let top = at as f64 * ROW + 4.0;
        let middle = top + 8.0;
        svg.push_str(&label("name", "end", (LABEL_WIDTH - 6.0, middle + 4.0), &shortened(&bar.label)));
        svg.push_str(&format!(
            r#"<rect class="{}" x="{LABEL_WIDTH}" y="{top:.1}" width="{:.1}" height="16"><title>{}: {:.3}</title></rect>"#,
            bar.class,
            x(bar.value) - LABEL_WIDTH,
            escape(&bar.label),
            bar.value
        ));
        svg.push_str(&line("whisker", (x(bar.low), middle), (x(bar.high), middle)));
        for end in [bar.low, bar.high] {
            svg.push_str(&line("whisker", (x(end), middle - 4.0), (x(end), middle + 4.0)));
        }
        svg.push_str(&label(
            "value",
            "start",
            (LABEL_WIDTH + BAR_WIDTH + 8.0, middle + 4.0),
            &format!("{:.3}", bar.value),
        ));
    }
    svg + "</svg>"
}

const SIDE: f64 = 240.0;
const LEFT: f64 = 44.0;
const TOP: f64 = 10.0;

/// Curves in the unit square, with a diagonal where it means "as it should be".
pub fn curves(title: &str, (x_name, y_name): (&str, &str), curves: &[Curve], has_diagonal: bool) -> String {
    let place = |(x, y): (f64, f64)| (LEFT + x.clamp(0.0, 1.0) * SIDE, TOP + (1.0 - y.clamp(0.0, 1.0)) * SIDE);
    let mut svg = open(title, LEFT + SIDE + 16.0, TOP + SIDE + 40.0);
    for tick in [0.0, 0.25, 0.5, 0.75, 1.0] {
        svg.push_str(&line("grid", place((tick, 0.0)), place((tick, 1.0))));
        svg.push_str(&line("grid", place((0.0, tick)), place((1.0, tick))));
        let (x, y) = place((tick, 0.0));
        svg.push_str(&label("tick", "middle", (x, y + 14.0), &format!("{tick}")));
        let (x, y) = place((0.0, tick));
        svg.push_str(&label("tick", "end", (x - 4.0, y + 4.0), &format!("{tick}")));
    }
    svg.push_str(&label("name", "middle", (LEFT + SIDE / 2.0, TOP + SIDE + 32.0), x_name));
    let middle = TOP + SIDE / 2.0;
    svg.push_str(&format!(
        r#"<text class="name" text-anchor="middle" transform="translate(11 {middle:.1}) rotate(-90)">{}</text>"#,
        escape(y_name)
    ));
    if has_diagonal {
        svg.push_str(&line("diagonal", place((0.0, 0.0)), place((1.0, 1.0))));
    }
    for curve in curves {
        let points: Vec<(f64, f64)> = curve.points.iter().map(|point| place(*point)).collect();
        let path: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        svg.push_str(&format!(
            r#"<polyline class="{}" points="{}"><title>{}</title></polyline>"#,
            curve.class,
            path.join(" "),
            escape(curve.label)
        ));
        for ((x, y), weight) in points.iter().zip(&curve.weights) {
            svg.push_str(&format!(
                r#"<circle class="{}" cx="{x:.1}" cy="{y:.1}" r="{:.1}"/>"#,
                curve.class,
                2.0 + 3.0 * weight.clamp(0.0, 1.0)
            ));
        }
    }
    svg + "</svg>"
}

fn open(title: &str, width: f64, height: f64) -> String {
    let title = escape(title);
    format!(
        r#"<svg viewBox="0 0 {width} {height}" style="max-width:{:.0}px" role="img" aria-label="{title}"><title>{title}</title>"#,
        width * 1.5
    )
}

fn line(class: &str, from: (f64, f64), to: (f64, f64)) -> String {
    format!(r#"<line class="{class}" x1="{:.1}" y1="{:.1}" x2="{:.1}" y2="{:.1}"/>"#, from.0, from.1, to.0, to.1)
}

fn label(class: &str, anchor: &str, (x, y): (f64, f64), text: &str) -> String {
    format!(r#"<text class="{class}" text-anchor="{anchor}" x="{x:.1}" y="{y:.1}">{}</text>"#, escape(text))
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= MAX_LABEL {
        return text.to_owned();
    }
    text.chars().take(MAX_LABEL - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_the_plant_becomes_markup() {
        assert_eq!(escape("<b a=\"1\" c='2'>&\u{0}"), "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;\u{fffd}");
        let bar = Bar { label: "<script>x()</script>".into(), value: 0.5, low: 0.4, high: 0.6, class: "model" };
        let svg = bars("a & b", &[bar]);
        assert!(!svg.contains("<script") && svg.contains("a &amp; b"), "{svg}");
    }

    #[test]
    fn a_bar_ends_where_its_value_is() {
        let bar = |value| Bar { label: "x".into(), value, low: 0.0, high: 1.0, class: "part" };
        let svg = bars("t", &[bar(0.5), bar(7.0)]);
        assert!(svg.contains(r#"width="95.0""#) && svg.contains(r#"width="190.0""#), "{svg}");
    }
}
