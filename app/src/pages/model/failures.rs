//! What typically goes wrong: the true route beside the proposed one, with the steps in which they differ marked.

use contract::address::item_path;
use contract::wire::{Confusion, TrialGroup};
use engine::domain::JobCode;
use engine::predict::matched_steps;
use leptos::prelude::*;

use crate::locale::Locale;
use crate::t;

use super::groups::name;

/// Groups whose failures are shown.
const N_GROUPS: usize = 4;

/// The failures of the worst groups that have any.
pub fn failures(locale: Locale, groups: &[TrialGroup]) -> AnyView {
    let shown: Vec<_> = groups
        .iter()
        .filter(|group| !group.confusions.is_empty())
        .take(N_GROUPS)
        .map(|group| {
            let confusions: Vec<_> = group.confusions.iter().map(|confusion| failure(locale, confusion)).collect();
            view! {
                <section class="failures__group">
                    <h4>{name(locale, &group.label)}</h4>
                    <ul class="failures__list">{confusions}</ul>
                </section>
            }
        })
        .collect();
    if shown.is_empty() {
        return ().into_any();
    }
    view! {
        <div class="failures">
            <h3>{t!(locale, "model-failures")}</h3>
            {shown}
        </div>
    }
    .into_any()
}

fn failure(locale: Locale, confusion: &Confusion) -> AnyView {
    let items: Vec<_> = confusion
        .items
        .iter()
        .map(|item| view! { <a href=item_path(item.as_str())>{item.as_str().to_owned()}</a>" " })
        .collect();
    let (truth, said) = marked(&confusion.truth, &confusion.said);
    let said = if said.is_empty() {
        view! { <span class="muted">{t!(locale, "model-failure-none")}</span> }.into_any()
    } else {
        route(said)
    };
    view! {
        <li class="failures__one">
            <p class="failures__items"><span class="num">{format!("{}×", confusion.n_trials)}</span>" "{items}</p>
            <dl class="failures__routes">
                <dt>{t!(locale, "model-failure-truth")}</dt>
                <dd>{route(truth)}</dd>
                <dt>{t!(locale, "model-failure-said")}</dt>
                <dd>{said}</dd>
            </dl>
        </li>
    }
    .into_any()
}

fn route(steps: Vec<Step>) -> AnyView {
    let steps: Vec<_> = steps
        .into_iter()
        .map(|(job, is_marked)| {
            let job = if is_marked { view! { <mark>{job}</mark> }.into_any() } else { job.into_any() };
            view! { <li>{job}</li> }
        })
        .collect();
    view! { <ol class="failures__route">{steps}</ol> }.into_any()
}

/// A step as it is shown, and whether it is marked.
type Step = (String, bool);

/// Both routes with the steps marked that have no counterpart in the other, in order.
fn marked(a: &[JobCode], b: &[JobCode]) -> (Vec<Step>, Vec<Step>) {
    let pairs = matched_steps(a, b);
    let shown = |jobs: &[JobCode], has_counterpart: &dyn Fn(usize) -> bool| -> Vec<Step> {
        jobs.iter().enumerate().map(|(at, job)| (job.as_str().to_owned(), !has_counterpart(at))).collect()
    };
    let of_a = shown(a, &|at| pairs.iter().any(|(in_a, _)| *in_a == at));
    let of_b = shown(b, &|at| pairs.iter().any(|(_, in_b)| *in_b == at));
    (of_a, of_b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(a: &str, b: &str) -> [String; 2] {
        let jobs = |text: &str| -> Vec<JobCode> { text.split_whitespace().map(JobCode::from).collect() };
        let mark = |(job, is_marked): Step| if is_marked { format!("[{job}]") } else { job };
        let (of_a, of_b) = marked(&jobs(a), &jobs(b));
        [of_a, of_b].map(|steps| steps.into_iter().map(mark).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn only_the_steps_that_differ_are_marked() {
        assert_eq!(shown("cut turn grind", "cut turn"), ["cut turn [grind]", "cut turn"]);
        assert_eq!(shown("cut mill grind pack", "cut turn pack"), ["cut [mill] [grind] pack", "cut [turn] pack"]);
        assert_eq!(shown("a b c d", "b a c d"), ["a [b] c d", "[b] a c d"]);
        assert_eq!(shown("a b", "c d"), ["[a] [b]", "[c] [d]"]);
        assert_eq!(shown("a b a", "a"), ["a [b] [a]", "a"]);
        assert_eq!(shown("a b", ""), ["[a] [b]", ""]);
    }
}
