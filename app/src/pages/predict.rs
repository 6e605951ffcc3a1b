//! placeholder
use leptos::prelude::*;
#[component]
pub fn PredictPage() -> impl IntoView {}
