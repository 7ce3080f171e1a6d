//! `/privacy` and `/accessibility`: short, and true.

use axum::extract::State;
use axum::response::Response;
use maud::html;

use crate::look::{Here, Page, page, parts};
use crate::state::App;

pub(crate) async fn privacy(State(app): State<App>) -> Response {
    let words = app.words();
    let told = [
        ("privacy-account", "privacy-account-more"),
        ("privacy-place", "privacy-place-more"),
        ("privacy-answers", "privacy-answers-more"),
        ("privacy-elsewhere", "privacy-elsewhere-more"),
        ("privacy-logs", "privacy-logs-more"),
        ("privacy-leave", "privacy-leave-more"),
    ];
    let body = html! {
        h1 { (words.say("privacy-heading")) }
        p.lead { (words.say("privacy-lead")) }
        @for (heading, more) in told { section { h2 { (words.say(heading)) } p { (words.say(more)) } } }
    };
    page(
        &app,
        Page {
            title: "site-title",
            here: Here::Elsewhere,
            up: None,
            body,
        },
    )
}

pub(crate) async fn accessibility(State(app): State<App>) -> Response {
    let words = app.words();
    let body = html! {
        h1 { (words.say("accessibility-heading")) }
        p.lead { (words.say("accessibility-lead")) }
        p { (words.say("accessibility-how")) }
        p { (words.say("accessibility-tested")) }
        p { (words.say("accessibility-tell")) " " (parts::contact(&app.settings().organisation)) }
    };
    page(
        &app,
        Page {
            title: "site-title",
            here: Here::Elsewhere,
            up: None,
            body,
        },
    )
}
