//! `/groups`: two lists, near by distance and online by next start.

use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, Utc, Weekday};
use domain::groups::{Kind, freshness};
use domain::name::Name;
use domain::topics::Catalogue;
use finder::{Answer, Filter, Hit, Hits, Place, Where};
use maud::{Markup, html};

use super::asked::{Asked, Distance, Near, PAGE_SIZE, Unit, day_parameter, kind_parameter, where_parameter};
use super::shared::{self, Change, Emptied};
use crate::look::parts::{self, Field, Tone};
use crate::look::{Here, Page, page_with};
use crate::map;
use crate::saying;
use crate::shortlist;
use crate::state::App;
use crate::words::Words;

const DAYS: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

/// All that the page is made from.
struct View<'a> {
    words: &'a Words,
    topics: &'a Catalogue,
    asked: &'a Asked,
    place: Option<&'a Place>,
    answer: &'a Answer,
    now: DateTime<Utc>,
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
            let body = html! { h1 { (words.say("finding-heading-start")) } div.finder { (form(words, topics, &asked, Some(error))) } };
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
        let answer = snapshot.find(&asked.query(place.as_ref().map(|place| place.point)), now);
        results(&View {
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
            body,
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
        @for problem in &asked.problems {
            (parts::notice(Tone::Clay, &words.with(problem.sentence, &[("value", problem.value.as_str().into())]), html! {}))
        }
        div.finder {
            (form(words, view.topics, asked, None))
            (showing(words, view.topics, asked))
            div.results {
                @if answer.total == 0 { (emptied(view)) }
                @if asked.place != Where::Online && (answer.total > 0 || answer.nearest_beyond.is_some()) { (in_person(view)) }
                @if asked.place != Where::InPerson && answer.total > 0 { (online(view)) }
                @if answer.without_place > 0 {
                    p.meta { (words.with("finding-without-place", &[("count", answer.without_place.into())])) }
                }
                @if answer.total > 0 { p.meta { (words.say("finding-zone")) } }
                (pages(view))
                p.meta { (words.say("providers-more")) " " a href=(around(asked).link("/providers")) { (words.say("providers-more-act")) } }
            }
            (beside(view))
        }
    }
}

fn heading(view: &View) -> String {
    let count = ("count", view.answer.total.into());
    if view.asked.text.is_empty() || view.answer.total == 0 {
        return view.words.with("finding-heading", &[count]);
    }
    view.words.with(
        "finding-heading-about",
        &[count, ("text", view.asked.text.as_str().into())],
    )
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

/// Where one looks, and nothing else of the question.
fn around(asked: &Asked) -> Asked {
    Asked {
        near: asked.near.clone(),
        distance: asked.distance,
        unit: asked.unit,
        ..Asked::read("")
    }
}

/// "25 miles"; none for any distance.
fn reach(words: &Words, asked: &Asked) -> Option<String> {
    asked
        .within_km()
        .map(|km| saying::distance(words, km, asked.unit))
}

fn form(words: &Words, topics: &Catalogue, asked: &Asked, near_error: Option<String>) -> Markup {
    let about = Field {
        name: "q",
        label: words.say("finding-about"),
        value: &asked.text,
        hint: Some(words.say("finding-about-hint")),
        error: None,
    };
    let near = Field {
        name: "near",
        label: words.say("finding-near"),
        value: &asked.near,
        hint: Some(words.say("finding-near-hint")),
        error: near_error,
    };
    let kinds = [
        (None, "finding-kind-any"),
        (Some(Kind::Support), "kind-support"),
        (Some(Kind::Therapy), "kind-therapy"),
    ];
    let kinds = kinds.map(|(kind, said)| {
        (
            kind.map_or("", kind_parameter).to_owned(),
            words.say(said),
            kind == asked.kind,
        )
    });
    let places = [
        (Where::Anywhere, "finding-where-any"),
        (Where::InPerson, "finding-where-in-person"),
        (Where::Online, "finding-where-online"),
    ];
    let places = places.map(|(place, said)| {
        (
            where_parameter(place).to_owned(),
            words.say(said),
            place == asked.place,
        )
    });
    html! {
        form #search .search action="/groups" method="get" role="search" aria-label=(words.say("finding-form")) {
            (about.draw())
            (near.draw())
            (parts::select("distance", &words.say("finding-within"), &shared::distances(words, asked.distance, asked.unit)))
            button.button type="submit" { (words.say("finding-show")) }
            div.filters {
                (topic_select(words, topics, asked))
                (parts::select("kind", &words.say("finding-kind"), &kinds))
                (parts::select("where", &words.say("finding-where"), &places))
                fieldset {
                    legend { (words.say("finding-day")) }
                    div.chips {
                        @for day in DAYS {
                            (parts::chip_box("day", day_parameter(day), &saying::weekday_short(words, day), asked.days.contains(&day)))
                        }
                    }
                    p.hint { (words.say("finding-days-any")) }
                }
            }
            // The list holds one topic; others that came along stay.
            @for topic in asked.topics.iter().skip(1) { input type="hidden" name="topic" value=(topic); }
            @if let Some(age) = asked.age { input type="hidden" name="age" value=(age); }
            @if !asked.shortlist.slugs.is_empty() { input type="hidden" name="of" value=(asked.shortlist.parameter()); }
            @if asked.unit == Unit::Kilometres { input type="hidden" name="unit" value="km"; }
        }
    }
}

/// Every topic of the catalogue, by family; a family itself can be chosen too.
fn topic_select(words: &Words, topics: &Catalogue, asked: &Asked) -> Markup {
    let chosen = |id: &Name| asked.topics.first() == Some(id);
    html! {
        div.field {
            label for="field-topic" { (words.say("finding-topic")) }
            select #field-topic name="topic" {
                option value="" selected[asked.topics.is_empty()] { (words.say("finding-topic-any")) }
                @for family in topics.families() {
                    optgroup label=(family.name) {
                        option value=(family.id) selected[chosen(&family.id)] { (words.with("finding-topic-all", &[("family", family.name.as_str().into())])) }
                        @for topic in topics.of_family(&family.id) {
                            option value=(topic.id) selected[chosen(&topic.id)] { (topic.name) }
                        }
                    }
                }
            }
        }
    }
}

/// The name of a topic or family.
fn topic_name(topics: &Catalogue, id: &Name) -> String {
    let topic = topics.get(id.as_str()).map(|topic| &topic.name);
    topic
        .or_else(|| topics.family(id.as_str()).map(|family| &family.name))
        .map_or_else(|| id.to_string(), ToString::to_string)
}

/// What is filtered by; each chip takes itself away.
fn showing(words: &Words, topics: &Catalogue, asked: &Asked) -> Markup {
    let mut chips: Vec<(String, Asked)> = Vec::new();
    if !asked.text.is_empty() {
        chips.push((asked.text.clone(), asked.but(|asked| asked.text.clear())));
    }
    for topic in &asked.topics {
        chips.push((
            topic_name(topics, topic),
            asked.but(|asked| asked.topics.retain(|other| other != topic)),
        ));
    }
    if let Some(kind) = asked.kind {
        chips.push((saying::kind(words, kind), asked.but(|asked| asked.kind = None)));
    }
    if asked.place != Where::Anywhere {
        chips.push((
            said_where(words, asked.place),
            asked.but(|asked| asked.place = Where::Anywhere),
        ));
    }
    for day in &asked.days {
        chips.push((
            saying::weekday(words, *day),
            asked.but(|asked| asked.days.retain(|other| other != day)),
        ));
    }
    if let Some(age) = asked.age {
        chips.push((
            words.with("finding-age", &[("age", age.into())]),
            asked.but(|asked| asked.age = None),
        ));
    }
    html! {
        @if !chips.is_empty() {
            div.chips.showing {
                span.soft { (words.say("finding-showing")) }
                @for (said, without) in &chips {
                    (parts::chip_away(&without.link("/groups"), said, &words.with("finding-take-away", &[("what", said.as_str().into())])))
                }
                @if chips.len() > 1 {
                    @let cleared = asked.but(|asked| *asked = Asked { near: asked.near.clone(), distance: asked.distance, unit: asked.unit, shortlist: asked.shortlist.clone(), ..Asked::read("") });
                    a.textlink href=(cleared.link("/groups")) { (words.say("finding-clear")) }
                }
            }
        }
    }
}

fn said_where(words: &Words, place: Where) -> String {
    words.say(match place {
        Where::Anywhere => "finding-where-any",
        Where::InPerson => "finding-where-in-person",
        Where::Online => "finding-where-online",
    })
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
            (numbered(view, &answer.in_person))
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
    let View { words, answer, .. } = view;
    html! {
        section aria-labelledby="online" {
            (list_head(words, "online", &words.say("finding-online-heading"), "finding-count-soonest", &answer.online))
            @if answer.online.total == 0 { p { (words.say("finding-none-online")) } }
            (hits(view, &answer.online))
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

fn hits(view: &View, hits: &Hits) -> Markup {
    html! { ul.hits { @for found in &hits.hits { li { (hit(view, found)) } } } }
}

fn hit(view: &View, found: &Hit) -> Markup {
    hit_card(view.words, view.asked, view.now, found)
}

/// The list that the map shows: each row with its number, and a name to lead to.
fn numbered(view: &View, hits: &Hits) -> Markup {
    let first = first_number(view);
    html! {
        ul.hits {
            @for (place, found) in hits.hits.iter().enumerate() {
                li.numbered id=(map::row(&found.entry.slug)) { (hit(view, found)) span.number { (first + place) } }
            }
        }
    }
}

fn first_number(view: &View) -> usize {
    (view.asked.page - 1) * PAGE_SIZE + 1
}

/// The map of the list, beside it or under it.
fn beside(view: &View) -> Markup {
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

/// A group as it stands in a list.
pub(crate) fn hit_card(words: &Words, asked: &Asked, now: DateTime<Utc>, found: &Hit) -> Markup {
    let listing = &found.entry.listing;
    let today = now.date_naive();
    let address = Asked {
        near: asked.near.clone(),
        unit: asked.unit,
        shortlist: asked.shortlist.clone(),
        ..Asked::read("")
    }
    .link(&format!("/groups/{}", found.entry.slug));
    let fresh = freshness(listing.verified_on, today);
    let facts: Vec<String> = listing
        .cost
        .iter()
        .flat_map(|cost| saying::cost_short(words, cost))
        .chain(
            listing
                .access
                .iter()
                .take(2)
                .map(|access| saying::access(words, *access)),
        )
        .collect();
    html! {
        article class=(format!("card hit {}", parts::edge(listing.kind))) {
            (parts::kind(words, listing.kind))
            h3 { a href=(address) { (listing.title) } }
            p.when {
                b { (saying::rule_at_time(words, listing)) }
                @if let Some(next) = &found.next {
                    " · " (words.with("finding-next", &[("when", saying::next(words, next, next.start.timezone(), now).into())]))
                    ", " (saying::time_zone(words, next.start.timezone()))
                }
            }
            p.meta { (saying::whereabouts(words, &listing.place, found.distance_km.map(|km| saying::distance(words, km, asked.unit)))) }
            div.row {
                (parts::status(listing.kind, listing.seats, &saying::seats(words, listing, today)))
                @if !facts.is_empty() { span.meta { (facts.join(" · ")) } }
                (parts::freshness(fresh, &saying::freshness(words, fresh, today)))
                (shortlist::show::put(words, &asked.shortlist, &found.entry.slug, listing.title.as_str()))
            }
        }
    }
}

/// A filter that is set, as the page names it.
pub(crate) fn filter_name(words: &Words, topics: &Catalogue, asked: &Asked, filter: Filter) -> String {
    match filter {
        Filter::Text => asked.text.clone(),
        Filter::Topic => {
            let names = asked.topics.iter().map(|topic| topic_name(topics, topic));
            saying::list(words, &names.collect::<Vec<_>>())
        }
        Filter::Age => words.with("finding-age", &[("age", asked.age.unwrap_or_default().into())]),
        Filter::Kind => asked
            .kind
            .map_or_else(String::new, |kind| saying::kind(words, kind)),
        Filter::Days => saying::list(
            words,
            &asked
                .days
                .iter()
                .map(|day| saying::weekday(words, *day))
                .collect::<Vec<_>>(),
        ),
        Filter::Where => said_where(words, asked.place),
        Filter::Distance => reach(words, asked).unwrap_or_default(),
    }
}

/// Nothing matches: which filter did it, and what each change would bring.
fn emptied(view: &View) -> Markup {
    let View {
        words, asked, answer, ..
    } = view;
    let said = |filter: Filter| filter_name(words, view.topics, asked, filter);
    let without = |filter: Filter| {
        asked.but(|asked| match filter {
            Filter::Text => asked.text.clear(),
            Filter::Topic => asked.topics.clear(),
            Filter::Age => asked.age = None,
            Filter::Kind => asked.kind = None,
            Filter::Days => asked.days.clear(),
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
    shared::pages(words, asked.page, longest.div_ceil(PAGE_SIZE), |page| {
        Asked {
            page,
            ..(*asked).clone()
        }
        .link("/groups")
    })
}
