//! `/glossary`: words of the field in plain words.

use axum::extract::State;
use axum::response::Response;
use domain::learning::Term;
use maud::{Markup, html};

use crate::look::{Here, Page, page};
use crate::state::App;

pub(crate) async fn show(State(app): State<App>) -> Response {
    let (words, content) = (app.words(), app.content());
    let mut letters: Vec<(char, Vec<&Term>)> = Vec::new();
    for term in &content.glossary {
        let letter = term
            .term
            .as_str()
            .chars()
            .next()
            .map_or('#', |c| c.to_ascii_uppercase());
        match letters.last_mut() {
            Some((last, terms)) if *last == letter => terms.push(term),
            _ => letters.push((letter, vec![term])),
        }
    }
    let body = html! {
        h1 { (words.say("learning-glossary")) }
        p.lead { (words.say("learning-glossary-lead")) }
        nav.chips aria-label=(words.say("learning-letters")) {
            @for (letter, _) in &letters { a.chip href=(format!("#letter-{letter}")) { (letter) } }
        }
        @for (letter, terms) in &letters {
            section id=(format!("letter-{letter}")) {
                h2 { (letter) }
                dl.facts.glossary { @for term in terms { (entry(&app, term)) } }
            }
        }
    };
    page(
        &app,
        Page {
            title: "site-title",
            here: Here::Learn,
            up: Some(("/learn".to_owned(), words.say("learning-nav"))),
            body,
        },
    )
}

fn entry(app: &App, term: &Term) -> Markup {
    let words = app.words();
    let see = term
        .see
        .as_ref()
        .and_then(|id| app.content().article(id.as_str()));
    html! {
        div {
            dt { b { (term.term) } @if !term.also.is_empty() { br; span.meta { (term.also.iter().map(AsRef::as_ref).collect::<Vec<&str>>().join(", ")) } } }
            dd {
                (term.plain)
                @if let Some(article) = see {
                    br; span.meta { (words.say("learning-see")) " " a href=(format!("/learn/{}", article.id)) { (article.title) } }
                }
            }
        }
    }
}
