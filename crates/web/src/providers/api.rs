//! `GET /api/providers`: the directory as JSON, with the parameters of `/providers`.
//!
//! ```json
//! {"place":{"name","latitude","longitude"}|null,"total":n,
//!  "providers":[{"slug","name","kind","credentials"|null,"focus":[],"languages":[],
//!                "taking":"yes"|"waiting-list"|"no"|null,"waiting_weeks"|null,"online":bool,
//!                "distance_km"|null,"part_of":slug|null,"groups":[slugs]}],
//!  "online":[…]}
//! ```
//! `providers` is who is near, nearest first, or without a place everyone by name; `online` is, with a place, who else
//! works online. `total` counts both; each list holds one page. A question that cannot be answered is 422 with the same
//! shape and `"error":{"parameter","value","message","choices"}` in it.

use axum::Json;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::providers::Taking;
use finder::{ProviderHit, ProviderHits};
use serde::Serialize;

use super::asked::{Asked, kind_parameter};
use crate::finding::wrong::{Spot, Wrong, placed, spot};
use crate::state::App;

#[derive(Serialize, Default)]
struct Everyone {
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Wrong>,
    place: Option<Spot>,
    total: usize,
    providers: Vec<Found>,
    online: Vec<Found>,
}

#[derive(Serialize)]
struct Found {
    slug: String,
    name: String,
    kind: &'static str,
    credentials: Option<String>,
    focus: Vec<String>,
    languages: Vec<String>,
    taking: Option<&'static str>,
    waiting_weeks: Option<u16>,
    online: bool,
    distance_km: Option<f64>,
    part_of: Option<String>,
    groups: Vec<String>,
}

pub async fn index(State(app): State<App>, RawQuery(query): RawQuery) -> Response {
    let asked = Asked::read(&query.unwrap_or_default());
    let place = match placed(app.words(), &asked.problems, &asked.near, asked.resolve()) {
        Ok(place) => place,
        Err(error) => {
            let body = Everyone {
                error: Some(error),
                ..Everyone::default()
            };
            return (StatusCode::UNPROCESSABLE_ENTITY, Json(body)).into_response();
        }
    };
    let answer = app
        .directory()
        .find(&asked.query(place.as_ref().map(|place| place.point)));
    let body = Everyone {
        error: None,
        place: place.as_ref().map(spot),
        total: answer.total,
        providers: all(&answer.here),
        online: all(&answer.online),
    };
    Json(body).into_response()
}

fn all(hits: &ProviderHits) -> Vec<Found> {
    hits.hits.iter().map(found).collect()
}

fn found(hit: &ProviderHit) -> Found {
    let provider = &hit.entry.provider;
    let (taking, waiting_weeks) = match provider.taking {
        None => (None, None),
        Some(Taking::Yes) => (Some("yes"), None),
        Some(Taking::WaitingList { weeks }) => (Some("waiting-list"), weeks),
        Some(Taking::No) => (Some("no"), None),
    };
    Found {
        slug: hit.entry.slug.to_string(),
        name: provider.name.to_string(),
        kind: kind_parameter(provider.kind),
        credentials: provider.credentials.as_ref().map(ToString::to_string),
        focus: provider.focus.iter().map(ToString::to_string).collect(),
        languages: provider.languages.iter().map(ToString::to_string).collect(),
        taking,
        waiting_weeks,
        online: provider.online.is_some(),
        distance_km: hit.distance_km.map(|km| (km * 100.0).round() / 100.0),
        part_of: hit.entry.part_of.as_ref().map(ToString::to_string),
        groups: hit.entry.groups.iter().map(ToString::to_string).collect(),
    }
}
