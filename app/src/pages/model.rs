//! The model that answers: what it is, what it gets wrong, what it is compared with, how far its confidence can be
//! trusted, and its part families.

mod curves;
mod facts;
mod failures;
mod family_map;
mod groups;
mod measured;
mod methods;
mod misses;
mod tone;

use contract::address::Page;
use contract::plant::ActiveModel;
use leptos::prelude::*;

use crate::api::plant::get_active_model;
use crate::components::{Empty, Failure};
use crate::locale::{Locale, use_locale};
use crate::page_data::{lines, page_part};
use crate::page_error::PageError;
use crate::shell::PageTitle;
use crate::{t, wording};

use curves::{CoverageCard, ReliabilityCard};
use facts::FactsCard;
use family_map::FamilyMapCard;
use groups::GroupsCard;
use measured::MeasuredCard;
use methods::MethodsCard;
use misses::MissesCard;

/// `/model`
#[component]
pub fn ModelPage() -> impl IntoView {
    let locale = use_locale();
    view! {
        <PageTitle text=t!(locale, "model-title")/>
        <h1>{t!(locale, "model-title")}</h1>
        <p class="lead">{t!(locale, "model-lead")}</p>
        {page_part(String::new, get_active_model, lines, move |model| content(locale, model))}
    }
    .into_any()
}

fn content(locale: Locale, model: Result<Option<ActiveModel>, PageError>) -> AnyView {
    let model = match model {
        Ok(Some(model)) => model,
        Ok(None) => {
            return view! { <Empty title=t!(locale, "plant-no-model") hint=t!(locale, "plant-no-model-hint")/> }
                .into_any();
        }
        Err(PageError(error)) => {
            let again = (Page::Model.path().to_owned(), t!(locale, "try-again"));
            return view! { <Failure text=wording::error(locale, &error) again/> }.into_any();
        }
    };
    view! {
        <div class="model">
            <FactsCard model=model.clone()/>
            <MissesCard card=model.card.clone()/>
            <GroupsCard card=model.card.clone()/>
            <MethodsCard card=model.card.clone()/>
            <MeasuredCard model=model.clone()/>
            <div class="model__curves">
                <ReliabilityCard card=model.card.clone()/>
                <CoverageCard card=model.card.clone()/>
            </div>
            <FamilyMapCard card=model.card/>
        </div>
    }
    .into_any()
}
