//! The two ways to ask: codes of items that exist, or the description of one that does not exist yet.

use contract::address::{Page, PredictQuery};
use contract::predict::MAX_ITEMS_PER_REQUEST;
use contract::wire::{Feature, FeatureKind, Schema};
use leptos::prelude::*;
use leptos_router::components::Form;

use crate::components::{Failure, Field};
use crate::locale::{Locale, use_locale};
use crate::page_data::{lines, page_part};
use crate::source::{Answer, Source};
use crate::{t, wording};

/// Attributes shown before "more".
const FIRST: usize = 8;

/// Both forms; `query` fills them in.
#[component]
pub fn FormPanel(query: PredictQuery) -> impl IntoView {
    let locale = use_locale();
    let codes = if query.pasted.is_empty() { query.codes.join("\n") } else { query.pasted.text() };
    view! {
        <h1>{t!(locale, "predict-heading")}</h1>
        <p class="lead">{t!(locale, "predict-lead")}</p>
        <div class="ask">
            <section class="card" aria-labelledby="codes-title">
                <h2 id="codes-title">{t!(locale, "codes-title")}</h2>
                <Form method="GET" action=Page::Predict.path()>
                    <Field id="codes" label=t!(locale, "codes-label")
                        hint=t!(locale, "codes-hint", limit = MAX_ITEMS_PER_REQUEST)>
                        {text_area(codes)}
                    </Field>
                    <div class="actions">
                        <button class="button button--filled" type="submit">{t!(locale, "codes-submit")}</button>
                    </div>
                </Form>
            </section>
            <section class="card" aria-labelledby="describe-title">
                <h2 id="describe-title">{t!(locale, "describe-title")}</h2>
                <DescribeForm query/>
            </section>
        </div>
    }
    .into_any()
}

/// A text area with a first value.
///
/// The server-side renderer writes children of a `<textarea>` without escaping them, so the value goes in as inner
/// HTML that was escaped here; a test holds this.
fn text_area(value: String) -> impl IntoView {
    view! {
        <textarea class="input" id="codes" name="codes" rows="5" required spellcheck="false" autocapitalize="off"
            aria-describedby="codes-hint" inner_html=escape(&value)></textarea>
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The form made from what the model looks at.
#[component]
fn DescribeForm(query: PredictQuery) -> impl IntoView {
    let locale = use_locale();
    let source = Source::from_context();
    let load = move || {
        let source = source.clone();
        async move { source.schema().await }
    };
    page_part(String::new, load, lines, move |schema: Answer<Schema>| match schema {
        Ok(schema) => fields(locale, &schema.value, &query),
        Err(error) => view! { <Failure text=wording::error(locale, &error)/> }.into_any(),
    })
}

/// The features that a form offers, the most telling first; without those that name a standard routing.
///
/// What is filled in already is offered whatever its weight, so that changing a description loses nothing.
fn offered<'a>(schema: &'a Schema, query: &PredictQuery) -> Vec<&'a Feature> {
    let is_own_field = |feature: &&Feature| {
        let is_filled = query.attributes.contains_key(&feature.name);
        let is_standard = schema.standard.contains(&feature.name);
        feature.name != "item_nm" && feature.name != "item_cd" && !is_standard && (feature.weight > 0.0 || is_filled)
    };
    let mut features: Vec<&Feature> = schema.features.iter().filter(is_own_field).collect();
    // Stable: features of one weight keep the order of the schema.
    features.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    features
}

/// The features that together name a standard routing, in the order of its code and whatever their weight.
fn standard(schema: &Schema) -> Vec<&Feature> {
    let of_name = |name: &String| schema.features.iter().find(|feature| feature.name == *name);
    schema.standard.iter().filter_map(of_name).collect()
}

fn fields(locale: Locale, schema: &Schema, query: &PredictQuery) -> AnyView {
    let features = offered(schema, query);
    let value = |feature: &Feature| query.attributes.get(&feature.name).cloned().unwrap_or_default();
    let input = |(at, feature): (usize, &&Feature)| attribute(locale, at, feature, value(feature));
    let mut inputs = features.iter().enumerate().map(input);
    let first: Vec<_> = inputs.by_ref().take(FIRST).collect();
    let more: Vec<_> = inputs.collect();
    let standard = standard(schema);
    let is_open = standard.iter().any(|feature| query.attributes.contains_key(&feature.name));
    let of_standard: Vec<_> =
        standard.iter().enumerate().map(|(at, feature)| input((features.len() + at, feature))).collect();
    let of_standard = (!of_standard.is_empty()).then(|| {
        view! {
            <details class="more" open=is_open>
                <summary>{t!(locale, "describe-standard")}</summary>
                <p class="muted">{t!(locale, "describe-standard-text")}</p>
                <div class="fields">{of_standard}</div>
            </details>
        }
    });
    let n_more = more.len();
    let (name, code) = (query.name.clone(), query.new_code.clone());
    let more = (n_more > 0).then(|| {
        view! {
            <details class="more">
                <summary>{t!(locale, "describe-more", n = n_more)}</summary>
                <div class="fields">{more}</div>
            </details>
        }
    });
    view! {
        <Form method="GET" action=Page::Predict.path()>
            <div class="fields">
                <Field id="item-name" label=t!(locale, "describe-name")>
                    <input class="input" id="item-name" name="item_nm" maxlength="200" autocomplete="off" value=name/>
                </Field>
                <Field id="item-code" label=t!(locale, "describe-code")>
                    <input class="input" id="item-code" name="item_cd" maxlength="100" autocomplete="off" value=code/>
                </Field>
                {first}
            </div>
            {of_standard}
            {more}
            <div class="actions">
                <button class="button" type="submit">{t!(locale, "describe-submit")}</button>
            </div>
        </Form>
    }
    .into_any()
}

/// One attribute: values to choose from where the plant has common ones, a number pad for quantities.
fn attribute(locale: Locale, at: usize, feature: &Feature, value: String) -> AnyView {
    let id = format!("attribute-{at}");
    let list = format!("{id}-values");
    let label = match &feature.unit {
        Some(unit) => t!(locale, "describe-label-unit", name = feature.name.as_str(), unit = unit.as_str()),
        None => feature.name.clone(),
    };
    let options: Vec<_> =
        feature.common_values.iter().map(|value| view! { <option value=value.clone()></option> }).collect();
    let has_options = !options.is_empty();
    let mode = (feature.kind == FeatureKind::Number).then_some("decimal");
    let name = format!("a.{}", feature.name);
    view! {
        <Field id=id.clone() label>
            <input class="input" id=id name=name maxlength="200" autocomplete="off" inputmode=mode
                list=has_options.then(|| list.clone()) value=value/>
            {has_options.then(|| view! { <datalist id=list>{options}</datalist> })}
        </Field>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_in_the_text_area_cannot_become_markup() {
        let html = text_area("A\n</textarea><script>alert(1)</script> & \"B\"".into()).to_html();
        assert!(!html.contains("<script"), "{html}");
        assert_eq!(html.matches("</textarea>").count(), 1, "{html}");
        assert!(
            html.contains("A\n&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; \"B\"</textarea>"),
            "{html}"
        );
    }

    #[test]
    fn values_of_inputs_are_escaped() {
        let feature = Feature {
            name: "a\"><b".into(),
            kind: FeatureKind::Category,
            unit: Some("<mm>".into()),
            weight: 1.0,
            filled_share: 1.0,
            common_values: vec!["\"><script>".into()],
        };
        let html = attribute(Locale::En, 0, &feature, "\"><script>".into()).to_html();
        assert!(!html.contains("<script") && !html.contains("<mm>") && !html.contains("\"><b"), "{html}");
    }

    #[test]
    fn the_form_offers_compared_attributes_by_weight() {
        let feature = |name: &str, weight| Feature {
            name: name.into(),
            kind: FeatureKind::Number,
            unit: None,
            weight,
            filled_share: 1.0,
            common_values: Vec::new(),
        };
        let schema = Schema {
            version: 1,
            features: [("item_nm", 4.0), ("b", 1.0), ("drawn", 0.0), ("old", 0.0), ("a", 2.5), ("c", 1.0)]
                .map(|(n, w)| feature(n, w))
                .into(),
            standard: vec!["drawn".into(), "b".into()],
        };
        let names = |query: &PredictQuery| -> Vec<String> {
            offered(&schema, query).iter().map(|feature| feature.name.clone()).collect()
        };
        assert_eq!(names(&PredictQuery::default()), ["a", "c"]);
        let filled = PredictQuery::default().tell("old", "x");
        assert_eq!(names(&filled), ["a", "c", "old"], "what is filled in is not lost");
        let of_standard: Vec<&str> = standard(&schema).iter().map(|feature| feature.name.as_str()).collect();
        assert_eq!(of_standard, ["drawn", "b"], "in the order of the code, whatever the weight");
    }
}
