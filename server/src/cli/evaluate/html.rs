//! Evaluations as one HTML file that can be sent and kept: style and pictures are in it, nothing is fetched.

use engine::evaluate::{Breakdown, Evaluation, MethodScore, TimeScore};

use super::charts::{Bar, Curve, bars, curves, escape};
use super::wording::{answered, comparison, held_out, interval, kind, number, setting, suspicion, unseen};

const STYLE: &str = include_str!("report.css");

/// What the words of the report mean.
const MEANINGS: &[(&str, &str)] = &[
    (
        "exact@1, exact@4",
        "Share of held-out items whose true job sequence is the first candidate, or among the first four (0 to 1). The truth is the item's main routing. No answer counts as wrong.",
    ),
    (
        "edit similarity",
        "One minus the edit distance between the first candidate and the truth over the longer length in operations, mean over the items (0 to 1).",
    ),
    (
        "job F1",
        "F1 of the first candidate's jobs as a set against the true ones: the right jobs in whatever order (0 to 1).",
    ),
    ("unseen", "exact@1 among the items whose true route no training item has: it had to be composed (0 to 1)."),
    (
        "ECE",
        "Expected calibration error: mean distance between stated confidence and share of right answers, ten bins with the same number of answers (0 to 1, lower is better).",
    ),
    (
        "work centre",
        "Share of the operations that the first candidate and the truth have in common whose proposed work centre is the true one (0 to 1).",
    ),
    (
        "time APE",
        "Median of |P50 − true| / true of run time per piece over these operations, where true is the median of the item's own reports (a ratio, lower is better).",
    ),
    ("P80 cover", "Share of the held-out items' own reported orders that took at most the P80 (0.8 is meant)."),
    (
        "95 %",
        "Where the value lies in 95 % of 1,000 resamples of the held-out items (of whole name families where these are held out). Differences are taken on the same resamples.",
    ),
    ("commonest_route", "The plant's four commonest routes, for everyone."),
    ("copy_nearest", "The routes of the items with the nearest name and code by character n-grams."),
    ("family_majority", "The commonest routes among items with the same value of the category that tells most."),
    ("knn_vote", "A plain vote of the k nearest items over all attributes; k chosen on the training items."),
    ("logistic", "Multinomial logistic regression over whole routes on n-grams, categories and sizes."),
    (
        "ranking",
        "The candidates of all predictors together: nothing is withheld, and no routing of a standard code comes in. It is the same for parts, so the difference to the best part is that of the ranking.",
    ),
    (
        "parts",
        "The base predictors of the model, from vote to jobs, each by itself: what it would have said without the others.",
    ),
];

/// The report of one or more evaluations of the same plant.
pub fn page(evaluations: &[Evaluation]) -> String {
    let mut body = String::from("<h1>How good are the predictions?</h1>");
    body.push_str(
        "<p>Items were held out, a model was trained on the rest, and its answers were compared with the held-out items' \
         own routings. All shares are fractions from 0 to 1.</p>",
    );
    if evaluations.len() > 1 {
        let link =
            |found: &Evaluation| format!("<a href=\"#{}\">{}</a>", found.split.code(), escape(held_out(found.split)));
        body.push_str(&format!("<nav>{}</nav>", evaluations.iter().map(link).collect::<String>()));
    }
    if let Some(first) = evaluations.first() {
        body.push_str(&warnings(first));
    }
    evaluations.iter().for_each(|evaluation| body.push_str(&section(evaluation)));
    body.push_str("<h2>What the words mean</h2><dl>");
    for (word, meaning) in MEANINGS {
        body.push_str(&format!("<dt>{}</dt><dd>{}</dd>", escape(word), escape(meaning)));
    }
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>Routing ML: evaluation</title><style>{STYLE}</style></head>\n\
         <body><main>{body}</dl></main><footer class=\"soft\">Routing ML {}</footer></body></html>\n",
        env!("CARGO_PKG_VERSION")
    )
}

fn warnings(evaluation: &Evaluation) -> String {
    let warning = |found: &engine::evaluate::SuspiciousColumn| {
        format!(
            "<p class=\"warning\"><b>Suspicious column {}</b>: it {}. If it is known only once the routing exists, these \
             numbers are too good; <code>--without {}</code> measures without it.</p>",
            escape(&found.column),
            escape(&suspicion(found)),
            escape(&found.column)
        )
    };
    evaluation.suspicious_columns.iter().map(warning).collect()
}

fn section(evaluation: &Evaluation) -> String {
    let heading = format!("Held out: {}", held_out(evaluation.split));
    let mut text = format!("<section id=\"{}\"><h2>{}</h2>", evaluation.split.code(), escape(&heading));
    for line in [setting(evaluation), answered(evaluation), unseen(evaluation)] {
        text.push_str(&format!("<p class=\"soft\">{}</p>", escape(&line)));
    }
    text.push_str("<h3>Against the best of the others</h3><ul>");
    for found in &evaluation.comparisons {
        text.push_str(&format!("<li>{}</li>", escape(&comparison(found))));
    }
    text.push_str("</ul>");
    if let Some(breakdown) = &evaluation.by_type {
        text.push_str(&by_type(breakdown));
    }
    text.push_str("<h3>All methods</h3><div class=\"pictures\">");
    let exact: Vec<Bar> =
        evaluation.scores.iter().map(|score| bar(score, score.exact_at_1, score.exact_at_1_interval)).collect();
    let alike: Vec<Bar> = evaluation
        .scores
        .iter()
        .map(|score| bar(score, score.edit_similarity, score.edit_similarity_interval))
        .collect();
    text.push_str(&figure("exact@1 with 95 % intervals", &bars("exact@1 of all methods", &exact)));
    text.push_str(&figure("edit similarity with 95 % intervals", &bars("edit similarity of all methods", &alike)));
    text.push_str("</div>");
    text.push_str(&methods(&evaluation.scores));
    text.push_str(&confidence(evaluation));
    text.push_str(&times(&evaluation.times));
    text + "</section>"
}

fn figure(caption: &str, svg: &str) -> String {
    format!("<figure style=\"margin:0\"><figcaption class=\"soft\">{}</figcaption>{svg}</figure>", escape(caption))
}

fn bar(score: &MethodScore, value: f64, interval: engine::evaluate::Interval) -> Bar {
    Bar { label: score.method.clone(), value, low: interval.low, high: interval.high, class: kind(score.kind) }
}

fn methods(scores: &[MethodScore]) -> String {
    let heads = [
        "method",
        "n",
        "exact@1",
        "exact@4",
        "edit similarity",
        "job F1",
        "unseen",
        "ECE",
        "ECE by chance",
        "work centre",
        "time APE",
        "P80 cover",
    ];
    let rows = scores.iter().map(|score| {
        let with = |value, of| format!("{}<small>{}</small>", number(Some(value)), interval(Some(of)));
        let counted = |value: Option<f64>, n: usize| match value {
            Some(_) => format!("{}<small>n {n}</small>", number(value)),
            None => number(None),
        };
        let cells = vec![
            escape(&score.method),
            score.n.to_string(),
            with(score.exact_at_1, score.exact_at_1_interval),
            with(score.exact_at_4, score.exact_at_4_interval),
            with(score.edit_similarity, score.edit_similarity_interval),
            number(Some(score.job_f1)),
            number(score.unseen_exact_at_1),
            counted(score.ece, score.n_stated),
            number(score.ece_by_chance),
            counted(score.work_centre_hit, score.n_work_centres),
            number(score.run_time_median_ape),
            number(score.p80_coverage),
        ];
        (kind(score.kind), cells)
    });
    table(&heads, rows.collect())
}

fn by_type(breakdown: &Breakdown) -> String {
    let name = |value: &Option<String>| value.clone().unwrap_or_else(|| "(none)".to_owned());
    let worst: Vec<Bar> = breakdown
        .types
        .iter()
        .map(|found| Bar {
            label: name(&found.value),
            value: found.exact_at_1,
            low: found.exact_at_1_interval.map_or(found.exact_at_1, |interval| interval.low),
            high: found.exact_at_1_interval.map_or(found.exact_at_1, |interval| interval.high),
            class: "model",
        })
        .collect();
    let rows = breakdown.types.iter().map(|found| {
        let cells = vec![
            escape(&name(&found.value)),
            found.n.to_string(),
            format!("{}<small>{}</small>", number(Some(found.exact_at_1)), interval(found.exact_at_1_interval)),
            number(Some(found.exact_at_4)),
            number(Some(found.edit_similarity)),
            number(Some(found.answered_share)),
        ];
        ("", cells)
    });
    let caption = format!(
        "exact@1 of the model by {} (answers of smaller types, not shown: {})",
        breakdown.column, breakdown.n_other
    );
    format!(
        "<h3>Where it fails: by {}, worst first</h3><div class=\"pictures\">{}</div>{}",
        escape(&breakdown.column),
        figure(&caption, &bars(&caption, &worst)),
        table(&["type", "n", "exact@1", "exact@4", "edit similarity", "answered"], rows.collect())
    )
}

fn confidence(evaluation: &Evaluation) -> String {
    if evaluation.reliability.is_empty() || evaluation.coverage.is_empty() {
        return "<h3>Confidence</h3><p>Too few answers for a picture.</p>".to_owned();
    }
    let most = evaluation.reliability.iter().map(|bin| bin.n).max().unwrap_or(1) as f64;
    let stated = Curve {
        label: "share of right answers",
        class: "model",
        points: evaluation.reliability.iter().map(|bin| (bin.stated_prob, bin.right_share)).collect(),
        weights: evaluation.reliability.iter().map(|bin| bin.n as f64 / most).collect(),
    };
    let of = |label, class, value: fn(&engine::model::CoveragePoint) -> f64| Curve {
        label,
        class,
        points: evaluation.coverage.iter().map(|point| (point.answered_share, value(point))).collect(),
        weights: Vec::new(),
    };
    let answered = [of("exact@1", "model", |point| point.exact_at_1), of("exact@4", "part", |point| point.exact_at_4)];
    format!(
        "<h3>Confidence</h3><div class=\"pictures\">{}{}</div>",
        figure(
            "Stated against true, ten bins with the same number of answers; on the dashed line confidence means what it says",
            &curves("reliability diagram", ("stated confidence", "share right"), &[stated], true)
        ),
        figure(
            "When only the surest are answered: exact@1 (solid) and exact@4 (dashed) among the answered",
            &curves("accuracy against coverage", ("share of items answered", "share right"), &answered, false)
        )
    )
}

fn times(scores: &[TimeScore]) -> String {
    if scores.iter().all(|score| score.n_orders == 0) {
        return "<h3>Times</h3><p>The held-out items have no reported work to compare with.</p>".to_owned();
    }
    let rows = scores.iter().map(|score| {
        let class = if score.method == "model" { "model" } else { "" };
        let cells = vec![
            format!("{}, {}", escape(&score.kind), escape(&score.method)),
            score.n_operations.to_string(),
            number(score.median_ape),
            score.n_orders.to_string(),
            number(score.p50_coverage),
            number(score.p80_coverage),
        ];
        (class, cells)
    });
    let heads =
        ["setup (min per order), run (min per piece)", "operations", "median APE", "orders", "P50 cover", "P80 cover"];
    format!("<h3>Times</h3>{}", table(&heads, rows.collect()))
}

/// A table of cells that are HTML already, each row with its class.
fn table(heads: &[&str], rows: Vec<(&str, Vec<String>)>) -> String {
    let head: String = heads.iter().map(|head| format!("<th scope=\"col\">{}</th>", escape(head))).collect();
    let row = |(class, cells): &(&str, Vec<String>)| {
        let cells: String = cells.iter().map(|cell| format!("<td>{cell}</td>")).collect();
        format!("<tr class=\"{class}\">{cells}</tr>")
    };
    let rows: String = rows.iter().map(row).collect();
    format!("<div class=\"scroll\"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>")
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::domain::{Item, OperationRow, Plant};
    use engine::evaluate::{EvaluateSettings, Split, evaluate};
    use engine::watch::unwatched;

    /// A plant whose words would be markup if they were not escaped.
    fn hostile() -> Plant {
        let (mut items, mut rows) = (Vec::new(), Vec::new());
        for at in 0..120u32 {
            let kind = ["<img src=x onerror=alert(1)>", "\"><script>alert(2)</script>"][at as usize % 2];
            let item = Item::new(format!("P{at}")).with("<kind>", kind).with("n", (1 + at % 3).to_string());
            for seq in 1..=(1 + at % 3) {
                let job = format!("{}{seq}", if at % 2 == 0 { "<i>" } else { "b" });
                let (item, routing, job) = (item.code.clone(), "1".into(), job.as_str().into());
                rows.push(OperationRow {
                    item,
                    routing,
                    seq: engine::domain::Seq::new(seq * 10),
                    job,
                    ..OperationRow::default()
                });
            }
            items.push(item);
        }
        Plant::assemble(items, rows, Vec::new())
    }

    #[test]
    fn a_report_is_self_contained_and_escapes_the_plants_words() {
        let settings = EvaluateSettings::once(Split::Random, 0.4, 7);
        let evaluation = evaluate(&hostile(), &settings, &mut unwatched).expect("there are enough items");
        assert!(evaluation.by_type.is_some() && !evaluation.suspicious_columns.is_empty());
        let page = page(&[evaluation]);
        assert!(!page.contains("<script") && !page.contains("<img"), "markup of the plant");
        assert!(page.contains("&lt;img src=x") && page.contains("&lt;kind&gt;"), "its words are there");
        assert!(page.matches("<svg").count() >= 4 && page.matches("<svg").count() == page.matches("</svg>").count());
        for outside in ["http://", "https://", "url(", "@import", "src=\""] {
            assert!(!page.contains(outside), "{outside} would fetch something");
        }
    }
}
