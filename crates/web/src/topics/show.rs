//! `/for/{topic}`: what it is, which kind of group helps and how, groups, articles, help.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::groups::Kind;
use domain::helping::Concern;
use domain::topics::{HowOften, Topic, Urgency, Usefulness};
use maud::{Markup, html};

use super::backing;
use crate::finding::{Asked, hit_card};
use crate::helping;
use crate::look::icons::Icon;
use crate::look::parts::{self, Field};
use crate::look::{self, Here, Page, page};
use crate::state::App;

/// Groups shown of those about a topic.
const SHOWN: usize = 3;

pub(crate) async fn show(State(app): State<App>, Path(id): Path<String>) -> Response {
    let (words, topics) = (app.words(), &app.content().topics);
    let Some(topic) = topics.get(&id) else {
        // What people call it leads there too.
        return match topics.named(&id.replace('-', " ")) {
            Some(topic) => Redirect::to(&format!("/for/{}", topic.id)).into_response(),
            None => look::not_found(State(app)).await,
        };
    };
    let body = html! {
        @if topic.crisis == Urgency::HelpFirst {
            (parts::notice(parts::Tone::Clay, &words.say("topics-danger"), html! { a href="#help" { (words.say("topics-danger-more")) } }))
        }
        h1 { (topic.name) }
        p.lead { (topic.plain) }
        @if !topic.synonyms.is_empty() { p.meta { (words.say("topics-also")) " " (names(topic)) } }
        section aria-labelledby="kinds" {
            h2 #kinds { (words.say("topics-which")) }
            div.sides {
                (side(&app, Kind::Therapy, &topic.therapy))
                (side(&app, Kind::Support, &topic.support))
            }
            div.acts {
                a.button.plain href="/choose" { (words.say("topics-choose")) (Icon::Arrow.draw()) }
            }
        }
        (groups(&app, topic))
        (providers(&app, topic))
        (learn(&app, topic))
        (related(&app, topic))
        section #help aria-labelledby="help-heading" {
            h2 #help-heading { (words.say("topics-help")) }
            (helping::card(&app, concerns(topic)))
        }
    };
    page(
        &app,
        Page {
            title: "site-title",
            here: Here::Learn,
            up: Some(("/for".to_owned(), words.say("topics-heading"))),
            body,
        },
    )
}

fn names(topic: &Topic) -> String {
    let names: Vec<&str> = topic.synonyms.iter().map(AsRef::as_ref).collect();
    names.join(", ")
}

/// Lines beside the one for anyone, by what the family is about.
fn concerns(topic: &Topic) -> &'static [Concern] {
    match topic.family.as_str() {
        "trauma-and-abuse" => &[Concern::Violence],
        "alcohol-and-drugs" => &[Concern::Substances],
        _ => &[],
    }
}

fn side(app: &App, kind: Kind, usefulness: &Usefulness) -> Markup {
    let words = app.words();
    let (class, edge, icon) = match kind {
        Kind::Therapy => ("card side-card therapy", "kind therapy boxed", Icon::Closed),
        Kind::Support => ("card side-card support", "kind support boxed", Icon::Open),
    };
    let (how_often, shape) = match usefulness.how_often {
        HowOften::Often => ("topics-often", Icon::Disc),
        HowOften::Sometimes => ("topics-sometimes", Icon::Ring),
        HowOften::Seldom => ("topics-seldom", Icon::Barred),
    };
    html! {
        section class=(class) {
            div.side-head {
                h3 class=(edge) { (icon.draw()) (crate::saying::kind(words, kind)) }
                span.fit { (shape.draw()) (words.say(how_often)) }
            }
            p { (usefulness.text) }
            p.meta { (backing(words, &usefulness.backing)) }
        }
    }
}

/// Groups about it, soonest first, and a way to those near.
fn groups(app: &App, topic: &Topic) -> Markup {
    let words = app.words();
    let asked = Asked {
        topics: vec![topic.id.clone()],
        ..Asked::read("")
    };
    let answer = app.snapshot().find(&asked.query(None), app.now());
    let mut hits: Vec<_> = answer
        .in_person
        .hits
        .into_iter()
        .take(SHOWN)
        .chain(answer.online.hits.into_iter().take(SHOWN))
        .collect();
    hits.sort_by_key(|hit| hit.next.as_ref().map_or(i64::MAX, |next| next.start.timestamp()));
    hits.dedup_by(|a, b| a.entry.slug == b.entry.slug);
    hits.truncate(SHOWN);
    let near = Field {
        name: "near",
        label: words.say("finding-near"),
        value: "",
        hint: Some(words.say("finding-near-hint")),
        error: None,
        ..Field::default()
    };
    html! {
        section aria-labelledby="groups" {
            h2 #groups { (words.with("topics-groups", &[("count", answer.total.into())])) }
            @if answer.total == 0 {
                (parts::empty(&words.say("topics-no-groups"), &words.say("topics-no-groups-more"),
                    Some((&format!("/groups?topic={}", topic.family), &words.say("topics-no-groups-act")))))
            } @else {
                form.inline action="/groups" method="get" {
                    input type="hidden" name="topic" value=(topic.id);
                    (near.draw())
                    button.button type="submit" { (words.say("topics-groups-near")) }
                }
                ul.hits { @for found in &hits { li { (hit_card(app, &asked, app.now(), found)) } } }
                div.acts { a href=(asked.link("/groups")) { (words.with("topics-groups-all", &[("count", answer.total.into())])) } }
            }
        }
    }
}

/// Who has it among their focus, if anyone has.
fn providers(app: &App, topic: &Topic) -> Markup {
    let words = app.words();
    let query = finder::ProviderQuery {
        near: None,
        within_km: None,
        kind: None,
        taking: finder::TakingFilter::Anyone,
        language: None,
        text: topic.name.to_string(),
        page: 1,
        page_size: 0,
    };
    let count = app.directory().find(&query).total;
    let asked = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("q", topic.name.as_str())
        .finish();
    html! {
        @if count > 0 {
            p.acts { a href=(format!("/providers?{asked}")) { (words.with("topics-providers", &[("count", count.into())])) } }
        }
    }
}

fn learn(app: &App, topic: &Topic) -> Markup {
    let (words, content) = (app.words(), app.content());
    let articles = topic.learn.iter().filter_map(|id| content.article(id.as_str()));
    html! {
        section aria-labelledby="learn" {
            h2 #learn { (words.say("learning-nav")) }
            ul.rows {
                @for article in articles {
                    li { a href=(format!("/learn/{}", article.id)) { (article.title) } " " span.meta { (words.with("learning-minutes", &[("minutes", article.minutes.into())])) } }
                }
            }
            @if !topic.measures.is_empty() {
                p.meta {
                    (words.say("topics-measures")) " "
                    (topic.measures.iter().map(|measure| measure.as_str().to_uppercase()).collect::<Vec<_>>().join(", ")) "."
                }
            }
            @if !topic.programmes.is_empty() {
                p.meta {
                    (words.say("topics-programmes")) " "
                    (topic.programmes.iter().map(AsRef::as_ref).collect::<Vec<&str>>().join(", ")) "."
                }
            }
        }
    }
}

fn related(app: &App, topic: &Topic) -> Markup {
    let (words, topics) = (app.words(), &app.content().topics);
    let related = topic.related.iter().filter_map(|id| topics.get(id.as_str()));
    html! {
        section aria-labelledby="related" {
            h2 #related { (words.say("topics-related")) }
            div.chips { @for other in related { a.chip href=(format!("/for/{}", other.id)) { (other.name) } } }
        }
    }
}
