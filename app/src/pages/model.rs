//! The model that answers: what it gets wrong first, then how far its confidence can be trusted, then what it is.

mod curves;
mod facts;
mod misses;

use leptos::prelude::*;
use leptos_meta::Title;

use crate::api::plant::{ActiveModel, get_active_model};
use crate::components::{Empty, Failure};
use crate::error::ApiError;
use crate::locale::{Locale, use_locale};
use crate::page_data::{lines, page_part};
use crate::{t, wording};

use curves::{CoverageCard, ReliabilityCard};
use facts::FactsCard;
use misses::MissesCard;

/// `/model`
#[component]
pub fn ModelPage() -> impl IntoView {
    let locale = use_locale();
    view! {
        <Title text=t!(locale, "model-title")/>
        <h1>{t!(locale, "model-title")}</h1>
        <p class="lead">{t!(locale, "model-lead")}</p>
        {page_part(String::new, get_active_model, lines, move |model| content(locale, model))}
    }
    .into_any()
}

fn content(locale: Locale, model: Result<Option<ActiveModel>, ApiError>) -> AnyView {
    let model = match model {
        Ok(Some(model)) => model,
        Ok(None) => {
            return view! { <Empty title=t!(locale, "plant-no-model") hint=t!(locale, "plant-no-model-hint")/> }
                .into_any();
        }
        Err(error) => {
            let again = ("/model".to_owned(), t!(locale, "try-again"));
            return view! { <Failure text=wording::error(locale, &error) again/> }.into_any();
        }
    };
    view! {
        <div class="model">
            <MissesCard card=model.card.clone()/>
            <div class="model__curves">
                <ReliabilityCard card=model.card.clone()/>
                <CoverageCard card=model.card.clone()/>
            </div>
            <FactsCard model/>
        </div>
    }
    .into_any()
}
