//! A report as Markdown, so that it can stand in a document as it is.

use super::report::{Machine, Measure, Report};

pub fn table(report: &Report) -> String {
    let mut text = format!(
        "{} items ({} with a routing), {} routings, {} work results, seed {}; {} items asked for; bundle of {} items\n",
        report.n_items,
        report.n_items_with_routing,
        report.n_routings,
        report.n_results,
        report.seed,
        report.n_queries,
        report.n_bundle_items,
    );
    text.push_str(&of_measures(&report.machine, &report.measures));
    let word = if report.is_offline_equal { "equal" } else { "DIFFERENT" };
    text.push_str(&format!("\nanswers of the opened bundle and of the subset it was written from: {word}\n"));
    text
}

/// The machine and what was measured on it.
pub fn of_measures(machine: &Machine, measures: &[Measure]) -> String {
    let mut text = format!(
        "{} {}, {} cores{}\n\n\
         | measure                    |      value | beside                          |       peer | ratio |      limit |        |\n\
         |----------------------------|-----------:|---------------------------------|-----------:|------:|-----------:|--------|\n",
        machine.os,
        machine.arch,
        machine.n_cores,
        if machine.is_optimised { "" } else { ", a debug build: its times say nothing" },
    );
    measures.iter().for_each(|measure| text.push_str(&line(measure)));
    text
}

fn line(measure: &Measure) -> String {
    let (name, unit) = measure.name.rsplit_once('_').unwrap_or((measure.name, ""));
    let verdict = measure.is_within.map_or("", |is_within| if is_within { "within" } else { "OVER" });
    let or_unknown = |value: Option<f64>| value.map_or("unknown".into(), |value| amount(value, unit));
    let ratio = measure.ratio.map_or("unknown".into(), |ratio| format!("{ratio:.2}"));
    let limit = measure.limit.map_or(String::new(), |limit| amount(limit, unit));
    format!(
        "| {:<26} | {:>10} | {:<31} | {:>10} | {ratio:>5} | {limit:>10} | {verdict:<6} |\n",
        name.replace('_', " "),
        or_unknown(measure.value),
        measure.peer.name,
        amount(measure.peer.value, unit),
    )
}

fn amount(value: f64, unit: &str) -> String {
    match unit {
        "bytes" => format!("{:.2} MB", value / 1e6),
        unit => format!("{value:.2} {unit}"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::report::Peer;
    use super::*;

    #[test]
    fn a_line_says_what_is_over_and_what_is_unknown() {
        let over = Measure::new("training_s", Some(61.0), Peer::new("knn_vote", 2.0)).within(Some(60.0));
        assert!(line(&over).contains("61.00 s") && line(&over).contains("30.50") && line(&over).contains("OVER"));
        let unknown = Measure::new("training_peak_bytes", None, Peer::new("tables as CSV", 2e6)).within(Some(1.5e9));
        assert!(line(&unknown).contains("unknown") && line(&unknown).contains("2.00 MB"), "{}", line(&unknown));
        assert!(!line(&unknown).contains("within"));
    }
}
