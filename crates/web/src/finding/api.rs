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

use axum::Json;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::schedule::Occurrence;
use finder::{Answer, Facet, Family, Hit, Place, Where};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::asked::{Asked, kind_parameter, where_parameter};
use super::wrong::{Spot, Wrong, placed, spot};
use crate::state::App;

#[derive(serde::Serialize)]
struct Groups<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Wrong>,
    place: Option<Spot>,
    total: usize,
    in_person: Vec<Group<'a>>,
    online: Vec<Group<'a>>,
    facets: Facets<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    corrected: Option<&'a str>,
}

/// The families with their values and counts, written as they are walked.
struct Facets<'a>(Option<(Where, &'a Answer)>);

/// A map of names to counts.
struct Counts<I>(I);

#[derive(serde::Serialize)]
struct Group<'a> {
    slug: &'a str,
    name: &'a str,
    kind: &'static str,
    distance_km: Option<f64>,
    next: Option<Next>,
}

#[derive(serde::Serialize)]
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

fn groups<'a>(place: Option<&Place>, asked: &Asked, answer: &'a Answer) -> Groups<'a> {
    Groups {
        error: None,
        place: place.map(spot),
        total: answer.total,
        in_person: answer.in_person.hits.iter().map(group).collect(),
        online: answer.online.hits.iter().map(group).collect(),
        facets: Facets(Some((asked.place, answer))),
        corrected: answer.corrected.as_deref(),
    }
}

fn wrong(error: Wrong) -> Response {
    let body = Groups {
        error: Some(error),
        place: None,
        total: 0,
        in_person: Vec::new(),
        online: Vec::new(),
        facets: Facets(None),
        corrected: None,
    };
    (StatusCode::UNPROCESSABLE_ENTITY, Json(body)).into_response()
}

impl Serialize for Facets<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut families = serializer.serialize_map(None)?;
        if let Some((asked, answer)) = self.0 {
            let places = answer.places.iter();
            let places = places.filter(|(place, count)| *count > 0 || *place == asked);
            let places = places.map(|(place, count)| (where_parameter(*place), *count));
            families.serialize_entry("where", &Counts(places))?;
            for family in Family::ALL {
                let of_family = |(facet, _): &&(Facet, usize)| facet.family() == family;
                let values = answer.facets.iter().filter(of_family);
                let values = values.map(|(facet, count)| (facet.name(), *count));
                families.serialize_entry(family.name(), &Counts(values))?;
            }
        }
        families.end()
    }
}

impl<'a, I: Iterator<Item = (&'a str, usize)> + Clone> Serialize for Counts<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.clone())
    }
}

fn group(hit: &Hit) -> Group<'_> {
    Group {
        slug: hit.entry.slug.as_str(),
        name: hit.entry.listing.title.as_str(),
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
