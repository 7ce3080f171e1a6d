//! `/groups`: two lists, near by distance and online by next start.

use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, Utc};
use domain::topics::Catalogue;
use finder::{Answer, Filter, Hit, Hits, Place, Spelling, Where};
use maud::{Markup, html};

use super::asked::{Asked, Distance, Near, PAGE_SIZE};
use super::card::card;
use super::form::form;
use super::narrow::{filter_name, narrow, reach, showing};
use super::shared::{self, Change, Emptied};
use crate::look::icons::Icon;
use crate::look::parts::{self, Tone};
use crate::look::{Here, Page, page_with};
use crate::map;
use crate::saying;
use crate::searches;
use crate::state::App;
use crate::words::Words;

/// What the script does with a link or form inside: it puts the answer's `#finder` in the place of this one, and the
/// address into the browser's. Without it a link is a link.
pub(super) const SWAP: &str = r##"{"target":"#finder","select":"#finder","swap":"outerHTML"}"##;

/// All that the page is made from.
pub(super) struct View<'a> {
    pub(super) app: &'a App,
    pub(super) words: &'a Words,
    pub(super) topics: &'a Catalogue,
    pub(super) asked: &'a Asked,
    pub(super) place: Option<&'a Place>,
    pub(super) answer: &'a Answer,
    pub(super) now: DateTime<Utc>,
}

impl View<'_> {
    /// What was looked for: as typed, or with its slips mended.
    pub(super) fn text(&self) -> &str {
        self.answer.corrected.as_ref().unwrap_or(&self.asked.text)
    }
}

pub(crate) async fn show(State(app): State<App>, RawQuery(query): RawQuery) -> Response {
    let asked = Asked::read(&query.unwrap_or_default()).knowing(&app.content().topics);
    let words = app.words();
    let topics: &Catalogue = &app.content().topics;
    let near = asked.resolve();
    let unknown = matches!(near, Near::Unknown(_));
    let (place, body) = match near {
        Near::Nowhere => (None, None),
        Near::Here(place) => (Some(place), None),
        Near::Several(places) => (None, Some(choice(words, topics, &asked, &places))),
        Near::Unknown(sentence) => {
            let error = words.with(sentence, &[("value", asked.near.as_str().into())]);
            let body = html! { h1 { (words.say("finding-heading-start")) } (problems(words, &asked)) div.finder { (form(words, topics, &asked, Some(error))) } };
            (None, Some(body))
        }
    };
    let status = if unknown || !asked.problems.is_empty() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let body = body.unwrap_or_else(|| {
        let snapshot = app.snapshot();
        if snapshot.is_empty() {
            return nothing(words);
        }
        let now = app.now();
        let point = place.as_ref().map(|place| place.point);
        let asked = asked.on(now, point);
        let answer = snapshot.find(&asked.query(point), now);
        results(&View {
            app: &app,
            words,
            topics,
            asked: &asked,
            place: place.as_ref(),
            answer: &answer,
            now,
        })
    });
    page_with(
        &app,
        status,
        Page {
            title: "finding-title",
            here: Here::Finder,
            up: None,
            body: html! {
                div #finder hx-history-elt { (body) }
                p #said.said role="status" {}
            },
        },
    )
}

fn nothing(words: &Words) -> Markup {
    html! {
        h1 { (words.say("finding-heading-start")) }
        (parts::empty(&words.say("finding-no-listings"), &words.say("finding-no-listings-more"), Some(("/kinds", &words.say("kinds-nav")))))
    }
}

/// An ambiguous town offers the choice; each is named so that it is found alone.
fn choice(words: &Words, topics: &Catalogue, asked: &Asked, places: &[Place]) -> Markup {
    let value = [("value", asked.near.as_str().into())];
    html! {
        h1 { (words.with("near-several-heading", &value)) }
        p.lead { (words.with("near-several", &value)) }
        (problems(words, asked))
        (shared::choices(places, |point| asked.but(|asked| asked.near = point).link("/groups")))
        div.finder { (form(words, topics, asked, None)) }
    }
}

fn results(view: &View) -> Markup {
    let View {
        words, asked, answer, ..
    } = view;
    html! {
        h1 { (heading(view)) }
        p.lead { (lead(view)) }
        a.button.plain.jump href="#search" { (words.say("finding-change")) }
        (problems(words, asked))
        (corrected(view))
        div.finder {
            (form(words, view.topics, asked, None))
            (showing(view))
            div.columns {
                (narrow(view))
                div.results {
                    @if answer.total == 0 { (emptied(view)) }
                    @if asked.place != Where::Online && (answer.total > 0 || answer.nearest_beyond.is_some()) { (in_person(view)) }
                    @if matches!(asked.place, Where::Anywhere | Where::Online) && answer.total > 0 { (online(view)) }
                    @if answer.without_place > 0 {
                        p.meta { (words.with("finding-without-place", &[("count", answer.without_place.into())])) }
                    }
                    @if answer.total > 0 { p.meta { (zone(words, asked)) } }
                    (pages(view))
                    (save(view))
                    p.meta { (words.say("providers-more")) " " a href=(around(asked).link("/providers")) { (words.say("providers-more-act")) } }
                }
                (map(view))
            }
        }
    }
}

/// Being told of new ones, for whoever looks for something; as it was found, with its slips mended.
fn save(view: &View) -> Markup {
    let asked = view.asked.but(|asked| view.text().clone_into(&mut asked.text));
    html! {
        @if let Some(search) = searches::savable(&asked) {
            p { a.button.plain href=(format!("/searches/new?{search}")) rel="nofollow" { (Icon::Mail.draw()) (view.words.say("search-save")) } }
        }
    }
}

/// The map of the groups to walk to, right of the results: `.map` gets its column of 330 px.
fn map(view: &View) -> Markup {
    let answer = view.answer;
    map::beside(
        view.words,
        &map::Shown {
            near: view.place,
            unit: view.asked.unit,
            first: first_number(view),
            hits: &answer.in_person.hits,
            without_place: answer.without_place,
            online: answer.online.total,
        },
    )
}

/// The number of the first row of this page.
fn first_number(view: &View) -> usize {
    (view.asked.page - 1) * PAGE_SIZE + 1
}

/// A word that no group has was replaced; what was typed is one tap away.
fn corrected(view: &View) -> Markup {
    let View {
        words, asked, answer, ..
    } = view;
    let typed = asked.but(|asked| asked.spelling = Spelling::AsTyped);
    html! {
        @if let Some(text) = &answer.corrected {
            p.corrected {
                (words.with("finding-corrected", &[("text", text.as_str().into())])) " "
                a href=(typed.link("/groups")) rel="nofollow" { (words.with("finding-corrected-instead", &[("text", asked.text.as_str().into())])) }
            }
        }
    }
}

fn zone(words: &Words, asked: &Asked) -> String {
    match asked.zone {
        None => words.say("finding-zone"),
        Some(zone) => words.with(
            "finding-zone-yours",
            &[("zone", saying::time_zone(words, zone).into())],
        ),
    }
}

fn problems(words: &Words, asked: &Asked) -> Markup {
    html! {
        @for problem in &asked.problems {
            (parts::notice(Tone::Clay, &words.with(problem.sentence, &[("value", problem.value.as_str().into())]), html! {}))
        }
    }
}

fn heading(view: &View) -> String {
    let count = ("count", view.answer.total.into());
    if view.asked.text.is_empty() || view.answer.total == 0 {
        return view.words.with("finding-heading", &[count]);
    }
    view.words
        .with("finding-heading-about", &[count, ("text", view.text().into())])
}

fn lead(view: &View) -> String {
    let Some(place) = view.place else {
        return view.words.say("finding-lead-everywhere");
    };
    let place = ("place", place.name.as_str().into());
    match reach(view.words, view.asked) {
        Some(distance) => view
            .words
            .with("finding-lead-near", &[("distance", distance.into()), place]),
        None => view.words.with("finding-lead-near-any", &[place]),
    }
}

/// Where one looks and in which zone, and nothing else of the question.
pub(super) fn around(asked: &Asked) -> Asked {
    Asked {
        near: asked.near.clone(),
        distance: asked.distance,
        unit: asked.unit,
        zone: asked.zone,
        shortlist: asked.shortlist.clone(),
        ..Asked::read("")
    }
}

fn in_person(view: &View) -> Markup {
    let View {
        words,
        asked,
        place,
        answer,
        ..
    } = view;
    let (heading, count) = match place {
        Some(place) => (
            words.with("finding-near-heading", &[("place", place.name.as_str().into())]),
            "finding-count-nearest",
        ),
        None => (words.say("finding-in-person-heading"), "finding-count-soonest"),
    };
    html! {
        section aria-labelledby="in-person" {
            (list_head(words, "in-person", &heading, count, &answer.in_person))
            @if answer.in_person.total == 0 {
                @match (place, reach(words, asked)) {
                    (Some(place), Some(distance)) => p { (words.with("finding-none-near", &[("distance", distance.into()), ("place", place.name.as_str().into())])) },
                    _ => p { (words.say("finding-none-near-any")) },
                }
                @if let Some(beyond) = &answer.nearest_beyond { (nearest_beyond(view, beyond)) }
            }
            (numbered(first_number(view), &answer.in_person, |found| card(view.app, asked, None, view.now, found)))
        }
    }
}

fn nearest_beyond(view: &View, beyond: &Hit) -> Markup {
    let View { words, asked, .. } = view;
    let km = beyond.distance_km.unwrap_or_default();
    shared::beyond(
        words,
        km,
        asked.unit,
        beyond.entry.listing.title.as_str(),
        |wider| asked.but(|asked| asked.distance = wider).link("/groups"),
    )
}

fn online(view: &View) -> Markup {
    let View {
        words,
        asked,
        answer,
        now,
        ..
    } = view;
    html! {
        section aria-labelledby="online" {
            (list_head(words, "online", &words.say("finding-online-heading"), "finding-count-soonest", &answer.online))
            @if answer.online.total == 0 { p { (words.say("finding-none-online")) } }
            (hits(&answer.online, |found| card(view.app, asked, asked.zone, *now, found)))
        }
    }
}

fn list_head(words: &Words, id: &str, heading: &str, count: &'static str, hits: &Hits) -> Markup {
    html! {
        div.list-head {
            h2 id=(id) { (heading) }
            @if hits.total > 0 { span.meta { (words.with(count, &[("count", hits.total.into())])) } }
        }
    }
}

fn hits(hits: &Hits, card: impl Fn(&Hit) -> Markup) -> Markup {
    html! { ul.hits { @for found in &hits.hits { li { (card(found)) } } } }
}

/// The same as the map shows it: each row with its number, and a name to lead to.
fn numbered(first: usize, hits: &Hits, card: impl Fn(&Hit) -> Markup) -> Markup {
    html! {
        ul.hits {
            @for (place, found) in hits.hits.iter().enumerate() {
                li.numbered id=(map::row(&found.entry.slug)) { (card(found)) span.number { (first + place) } }
            }
        }
    }
}

/// Nothing matches: which filter did it, and what each change would bring.
fn emptied(view: &View) -> Markup {
    let View {
        words, asked, answer, ..
    } = view;
    let said = |filter: Filter| match filter {
        Filter::Text => view.text().to_owned(),
        filter => filter_name(words, view.topics, asked, filter),
    };
    let without = |filter: Filter| {
        asked.but(|asked| match filter {
            Filter::Text => asked.text.clear(),
            Filter::Topic => asked.topics.clear(),
            Filter::Age => asked.age = None,
            Filter::Family(family) => asked.facets.retain(|facet| facet.family() != family),
            Filter::Where => asked.place = Where::Anywhere,
            Filter::Distance => asked.distance = Distance::Any,
        })
    };
    let changes = answer.without.iter().map(|(filter, count)| Change {
        filter: said(*filter),
        count: *count,
        address: without(*filter).link("/groups"),
    });
    let ids = Emptied {
        lead: "finding-emptied-lead",
        none: "finding-emptied-none",
        would_bring: "finding-would-bring",
    };
    shared::emptied(words, &ids, &changes.collect::<Vec<_>>())
}

fn pages(view: &View) -> Markup {
    let View {
        words, asked, answer, ..
    } = view;
    let longest = answer.in_person.total.max(answer.online.total);
    parts::pages(words, asked.page, longest.div_ceil(PAGE_SIZE), |page| {
        Asked {
            page,
            ..(*asked).clone()
        }
        .link("/groups")
    })
}
