//! `/learn`: every article, the topics and the glossary.

use axum::extract::State;
use axum::response::Response;
use maud::html;

use crate::look::{Here, Page, page};
use crate::state::App;

pub(crate) async fn show(State(app): State<App>) -> Response {
    let (words, content) = (app.words(), app.content());
    let body = html! {
        h1 { (words.say("learning-heading")) }
        p.lead { (words.say("learning-lead")) }
        ul.articles {
            @for article in &content.articles {
                li.card {
                    h2.h3 { a href=(format!("/learn/{}", article.id)) { (article.title) } }
                    p { (article.summary) }
                    p.meta { (words.with("learning-minutes", &[("minutes", article.minutes.into())])) }
                }
            }
        }
        section aria-labelledby="topics" {
            h2 #topics { (words.say("topics-heading")) }
            div.chips {
                @for family in content.topics.families() { a.chip href=(format!("/for#{}", family.id)) { (family.name) } }
            }
        }
        section aria-labelledby="words" {
            h2 #words { (words.say("learning-glossary")) }
            p { a href="/glossary" { (words.with("learning-glossary-all", &[("count", content.glossary.len().into())])) } }
        }
    };
    page(
        &app,
        Page {
            title: "site-title",
            here: Here::Learn,
            up: None,
            body,
        },
    )
}
