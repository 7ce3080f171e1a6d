//! `/about`: what runs here, under which licences, thanks to whom.

use axum::extract::State;
use axum::response::Response;
use maud::html;

use crate::look::parts;
use crate::look::{Here, Page, page};
use crate::state::App;

pub(crate) async fn show(State(app): State<App>) -> Response {
    let (words, settings) = (app.words(), app.settings());
    let organisation = &settings.organisation;
    let facts = [
        (words.say("about-version"), Some(html! { (settings.version) })),
        (
            words.say("about-licence"),
            Some(html! { (words.say("about-licence-more")) }),
        ),
        (
            words.say("about-source"),
            Some(
                html! { a href=(settings.source.as_str()) rel="noreferrer" { (words.say("about-source-link")) } },
            ),
        ),
        (words.say("about-contact"), Some(parts::contact(organisation))),
    ];
    let body = html! {
        h1 { (words.say("about-heading")) }
        p.lead { (words.with("about-lead", &[("organisation", organisation.name.as_str().into())])) }
        (parts::facts(&facts))
        section {
            h2 { (words.say("about-credits")) }
            ul {
                @for credit in ["about-credit-geonames", "about-credit-census", "about-credit-font", "map-credit"] { li { (words.say(credit)) } }
            }
            p.meta { (words.say("about-clinical")) }
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
