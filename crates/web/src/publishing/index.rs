//! `/feeds`: what other sites can take from here, and how.

use axum::extract::State;
use axum::response::Response;
use maud::html;

use crate::look::{Here, Page, page};
use crate::state::App;

pub(crate) async fn show(State(app): State<App>) -> Response {
    let words = app.words();
    let feeds = [
        ("/feeds/meetings.json", "feeds-json"),
        ("/feeds/meetings.csv", "feeds-csv"),
        ("/feeds/hsds/", "feeds-hsds"),
        ("/client_interface/json/?switcher=GetSearchResults", "feeds-bmlt"),
        ("/groups/calendar.ics", "feeds-calendar"),
        ("/feeds/changes.atom", "feeds-changes"),
        ("/api/openapi.json", "feeds-api"),
        ("/embed", "feeds-embed"),
    ];
    let body = html! {
        h1 { (words.say("feeds-heading")) }
        p.lead { (words.say("feeds-lead")) }
        section aria-labelledby="what" {
            h2 #what { (words.say("feeds-what")) }
            ul.rows { @for (address, said) in feeds { li { a href=(address) { (address) } br; (words.say(said)) } } }
        }
        section aria-labelledby="rules" {
            h2 #rules { (words.say("feeds-rules")) }
            @for said in ["feeds-own", "feeds-left-out", "feeds-again"] { p { (words.say(said)) } }
        }
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
