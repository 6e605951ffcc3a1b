//! The clipboard, for a text in two forms.
//!
//! The event of copying is answered, and not `navigator.clipboard` asked: that is only there over TLS, and many plants have
//! none inside.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{ClipboardEvent, HtmlDocument};

const COPY: &str = "copy";

/// Whether both forms are on the clipboard.
pub fn copy(plain: &str, html: &str) -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    let Some(document) = document.and_then(|document| document.dyn_into::<HtmlDocument>().ok()) else { return false };
    let is_there = Rc::new(Cell::new(false));
    let (done, plain, html) = (Rc::clone(&is_there), plain.to_owned(), html.to_owned());
    let answer = Closure::<dyn FnMut(ClipboardEvent)>::new(move |event: ClipboardEvent| {
        let Some(data) = event.clipboard_data() else { return };
        done.set(data.set_data("text/plain", &plain).is_ok() && data.set_data("text/html", &html).is_ok());
        event.prevent_default();
        event.stop_immediate_propagation();
    });
    let listener = answer.as_ref().unchecked_ref();
    if document.add_event_listener_with_callback_and_bool(COPY, listener, true).is_err() {
        return false;
    }
    let was_asked = document.exec_command(COPY).unwrap_or(false);
    document.remove_event_listener_with_callback_and_bool(COPY, listener, true).ok();
    was_asked && is_there.get()
}
