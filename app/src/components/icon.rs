//! Line icons, drawn inline so that they take the colour of the text. They are decoration: the words stand beside them.

use leptos::prelude::*;

/// What is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    Search,
    ThumbUp,
    ThumbDown,
    ChevronLeft,
    ChevronRight,
    Close,
    Download,
    Offline,
    Sun,
    Moon,
    System,
    Key,
    Lock,
}

impl Shape {
    fn path(self) -> &'static str {
        match self {
            Self::Search => "M11 4a7 7 0 1 0 0 14a7 7 0 0 0 0-14M16 16l5 5",
            Self::ThumbUp => "M7 11v9H4v-9zM7 11l4-8a2 2 0 0 1 2 2v4h5.5a2 2 0 0 1 2 2.4l-1.3 7a2 2 0 0 1-2 1.6H7",
            Self::ThumbDown => "M7 13V4H4v9zM7 13l4 8a2 2 0 0 0 2-2v-4h5.5a2 2 0 0 0 2-2.4l-1.3-7a2 2 0 0 0-2-1.6H7",
            Self::ChevronLeft => "M15 5l-7 7l7 7",
            Self::ChevronRight => "M9 5l7 7l-7 7",
            Self::Close => "M6 6l12 12M18 6L6 18",
            Self::Download => "M12 4v11M7 10l5 5l5-5M5 20h14",
            Self::Offline => {
                "M3 3l18 18M5 12a10 10 0 0 1 4-2.5M15 9.7a10 10 0 0 1 4 2.3M8.5 15.5a5 5 0 0 1 7 0M12 19h.01"
            }
            Self::Sun => {
                "M12 8a4 4 0 1 0 0 8a4 4 0 0 0 0-8M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6L19 19M5 19l1.4-1.4M17.6 6.4L19 5"
            }
            Self::Moon => "M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5",
            Self::System => "M4 5h16v11H4zM9 20h6M12 16v4",
            Self::Key => "M8 11a4 4 0 1 0 0 8a4 4 0 0 0 0-8M11 12l9-9M16 7l3 3",
            Self::Lock => "M6 11h12v9H6zM8 11V8a4 4 0 0 1 8 0v3",
        }
    }
}

/// An icon of 20 pixels.
#[component]
pub fn Icon(shape: Shape) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor"
            stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">
            <path d=shape.path()></path>
        </svg>
    }
    .into_any()
}
