//! `/privacy` and `/accessibility`: short, and true.

use axum::extract::State;
use axum::response::Response;
use maud::{Markup, html};

use crate::look::{Here, Page, page};
use crate::state::App;

pub(crate) async fn privacy(State(app): State<App>) -> Response {
    let words = app.words();
    let told = [
        ("privacy-place", "privacy-place-more"),
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
        p { (words.say("accessibility-tell")) " " (contact(&app)) }
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

/// The organisation's public phone and mail.
fn contact(app: &App) -> Markup {
    let organisation = &app.settings().organisation;
    html! {
        @if let Some(phone) = &organisation.phone { a href=(format!("tel:{}", phone.dial())) { (phone) } " " }
        @if let Some(mail) = &organisation.mail { a href=(format!("mailto:{mail}")) { (mail) } }
        @if organisation.phone.is_none() && organisation.mail.is_none() { (organisation.name) }
    }
}
