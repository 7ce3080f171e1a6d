//! `/for`: every topic, by family; and a way to find one by what people call it.

use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::text::fold;
use domain::topics::{Catalogue, Topic};
use maud::{Markup, html};
use url::form_urlencoded;

use crate::look::parts::{self, Field};
use crate::look::{Here, Page, page};
use crate::state::App;

const LONGEST: usize = 100;

pub(crate) async fn show(State(app): State<App>, RawQuery(query): RawQuery) -> Response {
    let (words, topics) = (app.words(), &app.content().topics);
    let query = query.unwrap_or_default();
    let asked: String = form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == "q")
        .map(|(_, value)| value.trim().chars().take(LONGEST).collect())
        .unwrap_or_default();
    if let Some(topic) = topics.named(&asked) {
        return Redirect::to(&format!("/for/{}", topic.id)).into_response();
    }
    let field = Field {
        name: "q",
        label: words.say("topics-search"),
        value: &asked,
        hint: Some(words.say("topics-search-hint")),
        error: None,
        ..Field::default()
    };
    let found = (!asked.is_empty()).then(|| like(topics, &asked));
    let body = html! {
        h1 { (words.say("topics-heading")) }
        p.lead { (words.say("topics-lead")) }
        form.inline action="/for" method="get" role="search" {
            (field.draw())
            button.button.plain type="submit" { (words.say("topics-search-act")) }
        }
        @match &found {
            Some(found) if found.is_empty() => {
                (parts::empty(&words.with("topics-none", &[("asked", asked.as_str().into())]), &words.say("topics-none-more"),
                    Some((&groups(&asked), &words.with("topics-none-act", &[("asked", asked.as_str().into())])))))
            },
            Some(found) => section { h2 { (words.with("topics-found", &[("asked", asked.as_str().into())])) } (links(found)) },
            None => {},
        }
        @for family in topics.families() {
            section aria-labelledby=(family.id) {
                h2 id=(family.id) { (family.name) }
                (links(&topics.of_family(&family.id).collect::<Vec<_>>()))
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

fn groups(asked: &str) -> String {
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("q", asked)
        .finish();
    format!("/groups?{query}")
}

fn links(topics: &[&Topic]) -> Markup {
    html! { div.chips { @for topic in topics { a.chip href=(format!("/for/{}", topic.id)) { (topic.name) } } } }
}

/// Topics of which every word begins a word of a name or synonym.
fn like<'a>(topics: &'a Catalogue, asked: &str) -> Vec<&'a Topic> {
    let wanted = fold::words(asked);
    let fits = |topic: &&Topic| {
        let known: Vec<String> = std::iter::once(&topic.name)
            .chain(&topic.synonyms)
            .flat_map(|line| fold::words(line.as_str()))
            .collect();
        wanted
            .iter()
            .all(|word| known.iter().any(|known| known.starts_with(word)))
    };
    topics
        .topics()
        .iter()
        .filter(|_| !wanted.is_empty())
        .filter(fits)
        .collect()
}
