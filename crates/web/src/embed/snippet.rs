//! `/embed`: the line of HTML that shows the finder on another site; with the finder's parameters it is about those.

use axum::extract::{RawQuery, State};
use axum::response::Response;
use maud::html;

use crate::finding::Asked;
use crate::look::{Here, Page, page};
use crate::state::App;

pub(crate) async fn show(State(app): State<App>, RawQuery(query): RawQuery) -> Response {
    let asked = Asked::read(&query.unwrap_or_default()).knowing(&app.content().topics);
    let words = app.words();
    let root = app.settings().site();
    let address = asked.link("/embed/groups");
    let line = |address: &str| {
        let whole = html! { iframe src=(format!("{root}{address}")) title=(words.say("embed-frame-title")) width="100%" height="640" loading="lazy" {} };
        whole.into_string()
    };
    let filters = [
        ("near=44113", "embed-filter-near"),
        ("distance=10", "embed-filter-distance"),
        ("topic=grief", "embed-filter-topic"),
        ("kind=support", "embed-filter-kind"),
        ("where=online", "embed-filter-where"),
        ("day=thu", "embed-filter-day"),
    ];
    let body = html! {
        h1 { (words.say("embed-heading")) }
        p.lead { (words.say("embed-lead")) }
        pre.snippet tabindex="0" role="region" aria-label=(words.say("embed-snippet")) { code { (line(&address)) } }
        p { a href=(address) { (words.say("embed-see")) } }
        section {
            h2 { (words.say("embed-filter")) }
            p { (words.say("embed-filter-more")) }
            dl.facts { @for (filter, said) in filters { div { dt { code { (filter) } } dd { (words.say(said)) } } } }
            p.meta { (words.say("embed-filter-example")) }
            pre.snippet tabindex="0" role="region" aria-label=(words.say("embed-snippet-example")) { code { (line("/embed/groups?near=44113&kind=support")) } }
        }
        section {
            h2 { (words.say("embed-promise")) }
            p { (words.say("embed-promise-more")) }
            p { (words.say("embed-api")) " " a href="/api/openapi.json" { "/api/openapi.json" } }
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
