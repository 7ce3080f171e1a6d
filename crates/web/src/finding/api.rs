//! `GET /api/groups`: the finder as JSON, with the parameters of `/groups`.
//!
//! ```json
//! {"place":{"name","latitude","longitude"}|null,"total":n,
//!  "in_person":[{"slug","name","kind","distance_km","next":{"start","zone","minutes"}|null}],
//!  "online":[…]}
//! ```
//! `total` counts distinct groups; each list holds one page. A question that cannot be answered is 422 with the same
//! shape and `"error":{"parameter","value","message","choices"}` in it.

use axum::Json;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::schedule::Occurrence;
use finder::{Answer, Hit, Place};
use serde::Serialize;

use super::asked::{Asked, Near, kind_parameter};
use crate::state::App;
use crate::words::Words;

#[derive(Serialize)]
struct Groups {
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Wrong>,
    place: Option<Spot>,
    total: usize,
    in_person: Vec<Group>,
    online: Vec<Group>,
}

#[derive(Serialize)]
struct Wrong {
    parameter: &'static str,
    value: String,
    message: String,
    /// Places that share the name, when it is ambiguous.
    choices: Vec<Spot>,
}

#[derive(Serialize)]
struct Spot {
    name: String,
    latitude: f64,
    longitude: f64,
}

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
    if let Some(problem) = asked.problems.first() {
        let message = app
            .words()
            .with(problem.sentence, &[("value", problem.value.as_str().into())]);
        return wrong(problem.parameter, &problem.value, message, Vec::new());
    }
    let place = match asked.resolve() {
        Near::Nowhere => None,
        Near::Here(place) => Some(place),
        Near::Several(places) => {
            let message = app
                .words()
                .with("near-several", &[("value", asked.near.as_str().into())]);
            return wrong("near", &asked.near, message, places.iter().map(spot).collect());
        }
        Near::Unknown(sentence) => {
            return wrong(
                "near",
                &asked.near,
                said(app.words(), sentence, &asked.near),
                Vec::new(),
            );
        }
    };
    let answer = app
        .snapshot()
        .find(&asked.query(place.as_ref().map(|place| place.point)), app.now());
    Json(groups(place.as_ref(), &answer)).into_response()
}

fn groups(place: Option<&Place>, answer: &Answer) -> Groups {
    Groups {
        error: None,
        place: place.map(spot),
        total: answer.total,
        in_person: answer.in_person.hits.iter().map(group).collect(),
        online: answer.online.hits.iter().map(group).collect(),
    }
}

fn wrong(parameter: &'static str, value: &str, message: String, choices: Vec<Spot>) -> Response {
    let error = Wrong {
        parameter,
        value: value.to_owned(),
        message,
        choices,
    };
    let body = Groups {
        error: Some(error),
        place: None,
        total: 0,
        in_person: Vec::new(),
        online: Vec::new(),
    };
    (StatusCode::UNPROCESSABLE_ENTITY, Json(body)).into_response()
}

fn said(words: &Words, sentence: &'static str, near: &str) -> String {
    words.with(sentence, &[("value", near.into())])
}

fn spot(place: &Place) -> Spot {
    Spot {
        name: place.name.clone(),
        latitude: place.point.latitude(),
        longitude: place.point.longitude(),
    }
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
