//! One repeat: hold out, make sure that nothing gives the answers away, train on the rest, and ask everyone.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use crate::Model;
use crate::domain::{ItemCode, Plant};
use crate::features::Sentences;
use crate::model::{BASE_PREDICTORS, MethodKind, RANKING};
use crate::predict::{OwnHistory, PredictOptions, Prediction};
use crate::train::{TrainSettings, train_with};
use crate::watch::Check;

use super::baselines::{self, BASELINES, BY_SENTENCE};
use super::measure::{Answer, Jobs, Outcome, Route};
use super::score::{Method, candidate_jobs};
use super::{Case, EvaluateError, EvaluateSettings, Split, copies, split};

/// What was tried so far: all lists in the order of the cases of all repeats.
#[derive(Default)]
pub(super) struct Tried<'a> {
    pub cases: Vec<Case<'a>>,
    pub truths: Vec<Route>,
    /// Whether no training item had the true route.
    pub is_unseen: Vec<bool>,
    /// What is resampled as one.
    pub units: Vec<String>,
    /// The model's answers.
    pub predictions: Vec<Prediction>,
    /// The model, its base predictors, the baselines.
    pub methods: Vec<Method>,
    /// Items with a routing that were trained on, of all repeats together.
    pub n_trained_on: usize,
    pub n_copies_removed: usize,
    pub n_relatives_removed: usize,
}

/// What is the same in all repeats.
#[derive(Clone, Copy)]
pub(super) struct Given<'a> {
    pub plant: &'a Plant,
    /// The plant without the columns that nobody may look at.
    pub visible: &'a Plant,
    pub jobs: &'a Jobs<'a>,
    pub sentences: Option<&'a Sentences>,
    pub settings: &'a EvaluateSettings,
}

/// Who hears of one repeat. Neither comes back when the evaluation is to end.
#[derive(Clone, Copy)]
pub(super) struct Heard<'a> {
    /// Told the share of the repeat that is done, 0 to 1.
    pub tell: &'a (dyn Fn(f64) + Sync),
    pub check: Check<'a>,
}

impl Heard<'_> {
    fn at(self, share: f64) -> ControlFlow<()> {
        (self.tell)(share);
        ControlFlow::Continue(())
    }
}

/// The model that was trained without the sentence encoder.
const WITHOUT_ENCODER: &str = "without_encoder";
/// Share of one repeat that training takes, and that asking the model and its base predictors takes.
const TRAINED: f64 = 0.75;
const ASKED: f64 = 0.2;

/// Holds items out, trains with `seed` on the rest, and adds to `tried` what came of it.
pub(super) fn run<'a>(
    given: Given<'a>,
    held_out: &BTreeSet<ItemCode>,
    seed: u64,
    tried: &mut Tried<'a>,
    hear: Heard<'_>,
) -> Result<(), EvaluateError> {
    let Given { plant, visible, jobs, sentences, settings } = given;
    let cases = split::cases(visible, held_out);
    let rest = rest_of(plant, visible, held_out, settings, tried)?;
    let trainings = if sentences.is_some() { 2.0 } else { 1.0 };
    let by_settings = TrainSettings { seed };
    let model = train_with(&rest, sentences, &by_settings, &mut |_, share| hear.at(share * TRAINED / trainings))?;
    let options = PredictOptions { own_history: OwnHistory::Ignore, n_neighbours: 10, max_candidates: 4 };
    let known: BTreeSet<Route> = rest.routings.iter().map(|routing| jobs.of_routing(routing)).collect();
    let mut answers: Vec<Vec<Answer>> = vec![Vec::new(); 2 + BASE_PREDICTORS.len()];
    for (at, case) in cases.iter().enumerate() {
        (hear.tell)(TRAINED + ASKED * at as f64 / cases.len() as f64);
        let prediction = model.predict_only(case.item, &options);
        answers[0].push(of_model(&prediction, jobs));
        for (at, answer) in outright(&model, case, jobs).into_iter().enumerate() {
            answers[1 + at].push(answer);
        }
        tried.predictions.push(prediction);
    }
    if sentences.is_some() {
        let again = &mut |_, share: f64| hear.at((1.0 + share) * TRAINED / trainings);
        let without = train_with(&rest, None, &by_settings, again)?;
        answers.push(cases.iter().map(|case| of_model(&without.predict_only(case.item, &options), jobs)).collect());
    }
    answers.extend(baselines::answers(&rest, jobs, &cases, sentences, settings.split, seed, hear.check));
    if tried.methods.is_empty() {
        tried.methods = methods(sentences.is_some());
    }
    let truths: Vec<Route> = cases.iter().map(|case| jobs.of_routing(case.truth)).collect();
    for (method, answers) in tried.methods.iter_mut().zip(&answers) {
        method.outcomes.extend(answers.iter().zip(&truths).map(|(answer, truth)| Outcome::of(answer, truth)));
    }
    let original = |code: &ItemCode| plant.items.binary_search_by(|item| item.code.cmp(code)).ok();
    tried.units.extend(
        cases
            .iter()
            .map(|case| settings.split.unit(original(&case.item.code).map_or(case.item, |at| &plant.items[at]))),
    );
    tried.is_unseen.extend(truths.iter().map(|truth| !known.contains(truth)));
    tried.truths.extend(truths);
    tried.cases.extend(cases);
    tried.n_trained_on += model.card().n_items_with_routing;
    (hear.tell)(1.0);
    Ok(())
}

/// What is left to train on.
fn rest_of(
    plant: &Plant,
    visible: &Plant,
    held_out: &BTreeSet<ItemCode>,
    settings: &EvaluateSettings,
    tried: &mut Tried,
) -> Result<Plant, EvaluateError> {
    // Families are those of the whole plant; a copy is also what looks the same without the columns that are left out.
    let mut gone = copies::accomplices(visible, held_out, Split::Random);
    gone.extend(copies::accomplices(plant, held_out, Split::Random));
    let n_copies = gone.len();
    gone.extend(copies::accomplices(plant, held_out, settings.split));
    tried.n_copies_removed += n_copies;
    tried.n_relatives_removed += gone.len() - n_copies;
    gone.extend(held_out.iter().cloned());
    let rest = split::without_items(visible, &gone);
    if rest.routings.is_empty() {
        return Err(EvaluateError::AllCopies { n_held: held_out.len() });
    }
    // Looked for again, in another way, in exactly what is trained on.
    let known = split::without_items(plant, &gone);
    let asked: Vec<_> = plant.items.iter().filter(|item| held_out.contains(&item.code)).collect();
    match copies::find_leak(&known, &asked, settings.split) {
        Some((item, by)) => Err(EvaluateError::Leak { item, by }),
        None => Ok(rest),
    }
}

fn methods(has_sentences: bool) -> Vec<Method> {
    let method = |kind| move |name: &str| Method { name: name.to_owned(), kind, outcomes: Vec::new() };
    let mut methods = vec![method(MethodKind::Model)("model"), method(MethodKind::Ablation)(RANKING)];
    methods.extend(BASE_PREDICTORS.map(method(MethodKind::Part)));
    methods.extend(has_sentences.then_some(WITHOUT_ENCODER).map(method(MethodKind::Ablation)));
    methods.extend(BASELINES.map(method(MethodKind::Baseline)));
    methods.extend(has_sentences.then_some(BY_SENTENCE).map(method(MethodKind::Baseline)));
    methods
}

fn of_model(prediction: &Prediction, jobs: &Jobs) -> Answer {
    let first = prediction.candidates.first();
    Answer {
        routes: prediction.candidates.iter().map(|candidate| jobs.route(candidate_jobs(candidate))).collect(),
        prob: first.and_then(|first| first.confidence_prob),
    }
}

/// What the predictors would have said together, nothing withheld, and what each would alone.
fn outright(model: &Model, case: &Case, jobs: &Jobs) -> Vec<Answer> {
    let to_answer = |routes: Vec<Vec<&str>>| Answer {
        routes: routes.into_iter().map(|route| jobs.route(route)).collect(),
        prob: None,
    };
    model.rankings(case.item).into_iter().map(|(_, routes)| to_answer(routes)).collect()
}
