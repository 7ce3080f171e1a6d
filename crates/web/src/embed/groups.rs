//! `/embed/groups`: the finder's results with its parameters, small, for a frame on another site.
//!
//! The one page that may be framed. It has no act but looking again; every link opens the whole site in the window itself.

use axum::extract::{RawQuery, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use finder::{Answer, Place};
use maud::{DOCTYPE, Markup, html};
use url::form_urlencoded;

use crate::assets::href;
use crate::finding::{Asked, Near, filter_name, hit_card, shared};
use crate::helping;
use crate::look::icons::Icon;
use crate::look::parts::{self, Field, Tone};
use crate::state::App;
use crate::words::Words;

pub(crate) async fn show(State(app): State<App>, RawQuery(query): RawQuery) -> Response {
    let asked = Asked::read(&query.unwrap_or_default()).knowing(&app.content().topics);
    let words = app.words();
    let (found, more) = match asked.resolve() {
        Near::Nowhere => (Ok(None), html! {}),
        Near::Here(place) => (Ok(Some(place)), html! {}),
        Near::Several(places) => {
            let choices = shared::choices(&places, |point| {
                asked.but(|asked| asked.near = point).link("/groups")
            });
            (
                Err(words.with("near-several", &[("value", asked.near.as_str().into())])),
                choices,
            )
        }
        Near::Unknown(sentence) => {
            let said = words.with(sentence, &[("value", asked.near.as_str().into())]);
            (Err(said), html! {})
        }
    };
    let status = if found.is_err() && more.0.is_empty() || !asked.problems.is_empty() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let body = match found {
        Err(error) => html! {
            h1 { (words.say("finding-heading-start")) }
            (form(words, &asked, Some(error)))
            (more)
        },
        Ok(place) => results(&app, &asked, place.as_ref()),
    };
    let kind = [(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    )];
    (status, kind, layout(&app, &asked, body).into_string()).into_response()
}

fn results(app: &App, asked: &Asked, place: Option<&Place>) -> Markup {
    let (words, now) = (app.words(), app.now());
    let answer = app
        .snapshot()
        .find(&asked.query(place.map(|place| place.point)), now);
    let shown = answer.in_person.hits.len() + answer.online.hits.len();
    let lists = [
        ("in-person", "finding-in-person-heading", &answer.in_person),
        ("online", "finding-online-heading", &answer.online),
    ];
    html! {
        h1 { (heading(words, place, &answer)) }
        @for problem in &asked.problems {
            (parts::notice(Tone::Clay, &words.with(problem.sentence, &[("value", problem.value.as_str().into())]), html! {}))
        }
        (form(words, asked, None))
        @if answer.total == 0 { (emptied(app, asked, &answer)) }
        @for (id, heading, list) in lists {
            @if !list.hits.is_empty() {
                section aria-labelledby=(id) {
                    h2 id=(id) { (words.say(heading)) }
                    ul.hits { @for hit in &list.hits { li { (hit_card(app, asked, now, hit)) } } }
                }
            }
        }
        @if answer.in_person.total + answer.online.total > shown {
            p.acts { a.button.plain href=(asked.but(|_| {}).link("/groups")) { (words.with("embed-all", &[("count", answer.total.into())])) } }
        }
    }
}

fn heading(words: &Words, place: Option<&Place>, answer: &Answer) -> String {
    let count = ("count", answer.total.into());
    match place {
        Some(place) if answer.total > 0 => words.with(
            "embed-heading-near",
            &[count, ("place", place.name.as_str().into())],
        ),
        _ => words.with("finding-heading", &[count]),
    }
}

/// What each filter keeps away; the way without it leads to the whole site.
fn emptied(app: &App, asked: &Asked, answer: &Answer) -> Markup {
    let words = app.words();
    let names = answer.without.iter().filter(|(_, count)| *count > 0);
    let names: Vec<_> = names
        .map(|(filter, _)| filter_name(words, &app.content().topics, asked, *filter))
        .collect();
    html! {
        @for name in &names { p { (words.with("finding-emptied", &[("filter", name.as_str().into())])) } }
        p.acts { a.button.plain href=(asked.link("/groups")) { (words.say("finding-change")) } }
    }
}

/// Where one looks from. What the other site filters by goes along.
fn form(words: &Words, asked: &Asked, error: Option<String>) -> Markup {
    let near = Field {
        name: "near",
        label: words.say("finding-near"),
        value: &asked.near,
        hint: None,
        error,
        ..Field::default()
    };
    let others = asked.but(|asked| asked.near.clear()).link("");
    let others = form_urlencoded::parse(others.trim_start_matches('?').as_bytes());
    html! {
        form.inline action="/embed/groups" method="get" target="_self" role="search" aria-label=(words.say("finding-form")) {
            (near.draw())
            button.button.plain type="submit" { (words.say("finding-show")) }
            @for (name, value) in others { input type="hidden" name=(name) value=(value); }
        }
    }
}

fn layout(app: &App, asked: &Asked, body: Markup) -> Markup {
    let words = app.words();
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex";
                title { (words.say("finding-title")) }
                base target="_top";
                link rel="stylesheet" href=(href("sameboat.css"));
            }
            body.embed {
                main {
                    (body)
                    div.embed-foot {
                        @if let Some(country) = app.country() {
                            @let (address, said) = helping::call_or_text(words, country);
                            p { (words.say("rail-danger")) " " a.crisis href=(address) { (said) } " · " a href="/help-now" { (words.say("rail-more")) } }
                        }
                        p { a.leave href="/leave" { (Icon::Leave.draw()) (words.say("leave")) } }
                        p.meta {
                            a href=(asked.link("/groups")) { (words.with("embed-from", &[("organisation", app.settings().organisation.name.as_str().into())])) }
                            @if app.settings().demo { " · " span.label.ochre.demo { (words.say("demo-label")) } }
                        }
                    }
                }
            }
        }
    }
}
