//! An evaluation as Markdown, so that it can stand in a document as it is.

use engine::evaluate::{Breakdown, Evaluation, MethodScore, TimeScore};

use super::wording::{answered, comparison, interval, number, setting, suspicion, unseen};

pub fn table(evaluation: &Evaluation) -> String {
    let mut text = format!("{}\n{}\n{}\n", setting(evaluation), answered(evaluation), unseen(evaluation));
    for found in &evaluation.suspicious_columns {
        text.push_str(&format!(
            "suspicious column {:?}: it {}; `--without {}` measures without it\n",
            found.column,
            suspicion(found),
            found.column
        ));
    }
    text.push_str(
        "\n| method          | exact@1 | 95 %        | exact@4 | 95 %        | edit sim. | 95 %        | job F1 | unseen |   ECE | by chance | work centre | time APE | P80 cover |\n\
         |-----------------|--------:|-------------|--------:|-------------|----------:|-------------|-------:|-------:|------:|----------:|------------:|---------:|----------:|\n",
    );
    evaluation.scores.iter().for_each(|score| text.push_str(&line(score)));
    text.push('\n');
    evaluation.comparisons.iter().for_each(|found| text.push_str(&format!("{}\n", comparison(found))));
    if let Some(breakdown) = &evaluation.by_type {
        text.push_str(&by_type(breakdown));
    }
    text.push_str(&times(&evaluation.times));
    text
}

fn line(score: &MethodScore) -> String {
    format!(
        "| {:<15} | {:>7} | {:<11} | {:>7} | {:<11} | {:>9} | {:<11} | {:>6} | {:>6} | {:>5} | {:>9} | {:>11} | {:>8} | {:>9} |\n",
        score.method,
        number(Some(score.exact_at_1)),
        interval(Some(score.exact_at_1_interval)),
        number(Some(score.exact_at_4)),
        interval(Some(score.exact_at_4_interval)),
        number(Some(score.edit_similarity)),
        interval(Some(score.edit_similarity_interval)),
        number(Some(score.job_f1)),
        number(score.unseen_exact_at_1),
        number(score.ece),
        number(score.ece_by_chance),
        number(score.work_centre_hit),
        number(score.run_time_median_ape),
        number(score.p80_coverage),
    )
}

fn by_type(breakdown: &Breakdown) -> String {
    let mut text = format!(
        "\nthe model by {} (its commonest route is right in {}), worst first; {} answers of smaller types are left out\n\n\
         | type                     |    n | exact@1 | 95 %        | exact@4 | edit sim. | answered |\n\
         |--------------------------|-----:|--------:|-------------|--------:|----------:|---------:|\n",
        breakdown.column,
        number(Some(breakdown.told_share)),
        breakdown.n_other
    );
    for found in &breakdown.types {
        text.push_str(&format!(
            "| {:<24} | {:>4} | {:>7} | {:<11} | {:>7} | {:>9} | {:>8} |\n",
            found.value.as_deref().unwrap_or("(none)").replace('|', "\\|"),
            found.n,
            number(Some(found.exact_at_1)),
            interval(found.exact_at_1_interval),
            number(Some(found.exact_at_4)),
            number(Some(found.edit_similarity)),
            number(Some(found.answered_share)),
        ));
    }
    text
}

fn times(scores: &[TimeScore]) -> String {
    let mut text = String::from(
        "\n| times  | method             | operations | orders | median APE | P50 cover | P80 cover |\n\
         |--------|--------------------|-----------:|-------:|-----------:|----------:|----------:|\n",
    );
    for score in scores {
        text.push_str(&format!(
            "| {:<6} | {:<18} | {:>10} | {:>6} | {:>10} | {:>9} | {:>9} |\n",
            score.kind,
            score.method,
            score.n_operations,
            score.n_orders,
            number(score.median_ape),
            number(score.p50_coverage),
            number(score.p80_coverage),
        ));
    }
    text.push_str(
        "\n| times  | source  | values | orders | P80 cover |\n|--------|---------|-------:|-------:|----------:|\n",
    );
    for score in scores {
        for class in score.classes.iter().filter(|class| class.n_orders > 0) {
            let source = serde_json::to_value(class.source).ok();
            let source = source.as_ref().and_then(|value| value.as_str()).unwrap_or_default();
            text.push_str(&format!(
                "| {:<6} | {:<7} | {:>6} | {:>6} | {:>9} |\n",
                score.kind,
                source,
                class.n,
                class.n_orders,
                number(Some(class.p80_coverage)),
            ));
        }
    }
    text
}
