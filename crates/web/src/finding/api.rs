//! `GET /api/groups`: the finder as JSON, with the parameters of `/groups`.
//!
//! ```json
//! {"place":{"name","latitude","longitude"}|null,"total":n,
//!  "in_person":[{"slug","name","kind","distance_km","next":{"start","zone","minutes"}|null}],
//!  "online":[…],
//!  "facets":{"where":{"in-person":n,"not-online":n,"online":n},"kind":{"support":n,"therapy":n},"day":{"mon":n,…},
//!            "time":{…},"for":{"women":n,…},"format":{…},"access":{…},"language":{"en":n,…},"cost":{…},"status":{…}},
//!  "corrected":"grief"}
//! ```
//! `total` counts distinct groups; each list holds one page. `start` is in the group's own `zone`, whatever `zone` was
//! asked for: that one is for people. `facets` has each family of filters by its parameter, and for each value how many
//! groups there would be with it in place of what is chosen in its own family, all else as asked; a value that would
//! bring none is left out unless it is chosen. `corrected` is there only if a word that no group has was replaced, and
//! says what was looked for; `exact=1` keeps words as they are. A question that cannot be answered is 422 with the same
//! shape and `"error":{"parameter","value","message","choices"}` in it.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::schedule::Occurrence;
use finder::{Answer, Family, Hit, Place};
use serde::Serialize;

use super::asked::{Asked, kind_parameter, where_parameter};
use super::wrong::{Spot, Wrong, placed, spot};
use crate::state::App;

#[derive(Serialize)]
struct Groups {
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Wrong>,
    place: Option<Spot>,
    total: usize,
    in_person: Vec<Group>,
    online: Vec<Group>,
    facets: Facets,
    #[serde(skip_serializing_if = "Option::is_none")]
    corrected: Option<String>,
}

/// Family, value, count.
type Facets = BTreeMap<&'static str, BTreeMap<String, usize>>;

#[derive(Serialize)]
struct Group {
    slug: String,
    name: String,
    kind: &'static str,
    distance_km: Option<f64>,
    next: Option<Next>,
}

#[derive(Serialize)]
struct Next {
    /// RFC 3339 with the offset of the group's zone.
    start: String,
    zone: &'static str,
    minutes: u16,
}

pub async fn index(State(app): State<App>, RawQuery(query): RawQuery) -> Response {
    let asked = Asked::read(&query.unwrap_or_default()).knowing(&app.content().topics);
    let place = match placed(app.words(), &asked.problems, &asked.near, asked.resolve()) {
        Ok(place) => place,
        Err(error) => return wrong(error),
    };
    let point = place.as_ref().map(|place| place.point);
    let asked = asked.on(app.now(), point);
    let answer = app.snapshot().find(&asked.query(point), app.now());
    Json(groups(place.as_ref(), &asked, &answer)).into_response()
}

fn groups(place: Option<&Place>, asked: &Asked, answer: &Answer) -> Groups {
    Groups {
        error: None,
        place: place.map(spot),
        total: answer.total,
        in_person: answer.in_person.hits.iter().map(group).collect(),
        online: answer.online.hits.iter().map(group).collect(),
        facets: facets(asked, answer),
        corrected: answer.corrected.clone(),
    }
}

fn facets(asked: &Asked, answer: &Answer) -> Facets {
    let mut families: Facets = Family::ALL
        .into_iter()
        .map(|family| (family.name(), BTreeMap::new()))
        .collect();
    let places = answer.places.iter();
    let places = places.filter(|(place, count)| *count > 0 || *place == asked.place);
    let places = places.map(|(place, count)| (where_parameter(*place).to_owned(), *count));
    families.insert("where", places.collect());
    for (facet, count) in &answer.facets {
        let values = families.entry(facet.family().name()).or_default();
        values.insert(facet.name().to_owned(), *count);
    }
    families
}

fn wrong(error: Wrong) -> Response {
    let body = Groups {
        error: Some(error),
        place: None,
        total: 0,
        in_person: Vec::new(),
        online: Vec::new(),
        facets: Facets::new(),
        corrected: None,
    };
    (StatusCode::UNPROCESSABLE_ENTITY, Json(body)).into_response()
}

fn group(hit: &Hit) -> Group {
    Group {
        slug: hit.entry.slug.to_string(),
        name: hit.entry.listing.title.to_string(),
        kind: kind_parameter(hit.entry.listing.kind),
        distance_km: hit.distance_km.map(|km| (km * 100.0).round() / 100.0),
        next: hit.next.as_ref().map(next),
    }
}

fn next(meeting: &Occurrence) -> Next {
    Next {
        start: meeting.start.to_rfc3339_opts(chrono::SecondsFormat::Secs, false),
        zone: meeting.start.timezone().name(),
        minutes: meeting.length.get(),
    }
}
