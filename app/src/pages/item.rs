//! placeholder
use leptos::prelude::*;
#[component]
pub fn ItemPage() -> impl IntoView {}
