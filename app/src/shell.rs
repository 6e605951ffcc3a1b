//! The HTML document around the app.

use leptos::prelude::*;

use crate::App;

/// The document of one request.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let _ = options;
    view! {
        <!DOCTYPE html>
        <html lang="ko">
            <head></head>
            <body>
                <App/>
            </body>
        </html>
    }
}
