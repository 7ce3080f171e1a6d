//! Real meetings of a BMLT server, imported and asked for again.

use std::collections::BTreeSet;

use axum::Router;
use axum::http::StatusCode;
use domain::groups::{Slug, WebPage};
use domain::text::Line;
use feeds::reading::Reading;
use serde_json::{Value, json};
use store::{Who, listings};
use testing::TestDatabase;
use testing::database::{Engine, run};
use url::form_urlencoded::Serializer;
use web::{App, app};

use super::clients::{MIXED, PLAIN};
use super::oracle::{Oracle, Query, text};
use crate::common::{ask, content, settings};

const PROGRAMME: &str = "Greater New York";
/// A group of one weekday has the 50 bits of its slug and three more as its number; here the bits are the sample's number.
const SHIFT: u64 = 8;

#[test]
#[ignore = "needs SAMEBOAT_SAMPLES"]
fn a_clients_questions_are_answered_as_bmlt_answers_them() {
    run(Engine::Sqlite, |db: TestDatabase| async move {
        let raw: Vec<Value> = rows("search-results").into_iter().map(as_kept).collect();
        let router = imported(&db, &raw).await;
        let oracle = Oracle(raw);
        for query in PLAIN {
            compare(&router, &oracle, query).await;
        }
        every_page_is_there_once(&router, &oracle).await;
    });
}

#[test]
#[ignore = "needs SAMEBOAT_SAMPLES"]
fn online_and_hybrid_meetings_are_told_apart_as_bmlt_tells_them() {
    run(Engine::Sqlite, |db: TestDatabase| async move {
        let raw = rows("search-results").into_iter().map(as_kept).enumerate();
        let raw: Vec<Value> = raw.map(|(at, row)| moved_online(at, row)).collect();
        let router = imported(&db, &raw).await;
        let oracle = Oracle(raw);
        for query in MIXED {
            compare(&router, &oracle, query).await;
        }
    });
}

fn rows(name: &str) -> Vec<Value> {
    let file = std::fs::read(testing::samples::path(&format!("feeds/bmlt-{name}.json"))).unwrap();
    serde_json::from_slice(&file).unwrap()
}

/// A row with what a listing of ours has a field for. The sample is of an old server: it does not say that a meeting is in
/// person or in which zone it is. Borough, neighborhood and county are not kept; a borough is the town where none is given.
fn as_kept(mut row: Value) -> Value {
    if text(&row, "location_municipality").is_empty() {
        row["location_municipality"] = row["location_city_subsection"].clone();
    }
    for dropped in [
        "location_city_subsection",
        "location_neighborhood",
        "location_sub_province",
    ] {
        row[dropped] = json!("");
    }
    row["venue_type"] = json!("1");
    row["time_zone"] = json!("America/New_York");
    row
}

/// Every fifth online only, and the one after it both.
fn moved_online(at: usize, mut row: Value) -> Value {
    let place = ["latitude", "longitude", "train_lines", "bus_lines"];
    let fields: Vec<String> = row.as_object().unwrap().keys().cloned().collect();
    match at % 5 {
        0 => {
            row["venue_type"] = json!("2");
            for field in fields
                .iter()
                .filter(|field| field.starts_with("location_") || place.contains(&field.as_str()))
            {
                row[field] = json!("");
            }
        }
        1 => row["venue_type"] = json!("3"),
        _ => return row,
    }
    row["virtual_meeting_link"] = json!("https://zoom.us/j/123456789");
    row
}

/// The site after these rows were imported.
async fn imported(db: &TestDatabase, raw: &[Value]) -> Router {
    let files =
        [json!(raw), json!(rows("formats")), json!(rows("service-bodies"))].map(|file| file.to_string());
    let files: Vec<&[u8]> = files.iter().map(String::as_bytes).collect();
    let how = Reading {
        page: Some(WebPage::parse("https://programme.example/").unwrap()),
        ..Reading::new(Line::parse(PROGRAMME).unwrap())
    };
    let store = db.store().await;
    let mut writing = store.write(Who::Operator).await.unwrap();
    for row in feeds::bmlt::read(&files, &how).unwrap() {
        let slug = Slug::from_bits(row.id.parse().unwrap());
        let listing = row
            .listing
            .unwrap_or_else(|held| panic!("row {}: {held}", row.number));
        listings::publish(&mut writing, &slug, &listing).await.unwrap();
    }
    writing.commit().await.unwrap();
    app(App::new(store, db.clock.clone(), settings(false), content())
        .await
        .unwrap())
}

/// The question as our numbers put it.
fn address(query: Query) -> String {
    let mut written = Serializer::new(String::new());
    written
        .append_pair("switcher", "GetSearchResults")
        .append_pair("programme", PROGRAMME);
    for (name, value) in query {
        let ids = *name == "meeting_ids" || *name == "SearchString" && value.contains(',');
        let ours = |id: &str| (id.parse::<i64>().unwrap() * i64::try_from(SHIFT).unwrap()).to_string();
        let value = if ids {
            value.split(',').map(ours).collect::<Vec<_>>().join(",")
        } else {
            (*value).to_owned()
        };
        written.append_pair(name, &value);
    }
    format!("/client_interface/json/?{}", written.finish())
}

/// The rows of an answer, each with the number it has in the sample.
async fn answered(router: &Router, query: Query<'_>) -> Vec<(String, Value)> {
    let response = ask(router, &address(query), "192.0.2.7", &[]).await;
    assert_eq!(response.status(), StatusCode::OK, "{query:?}");
    let body = axum::body::to_bytes(response.into_body(), 1 << 24).await.unwrap();
    let rows: Vec<Value> = serde_json::from_slice(&body).unwrap();
    let id = |row: &Value| (text(row, "id_bigint").parse::<u64>().unwrap() / SHIFT).to_string();
    rows.into_iter().map(|row| (id(&row), row)).collect()
}

async fn compare(router: &Router, oracle: &Oracle, query: Query<'_>) {
    let (expected, answer) = (oracle.answer(query), answered(router, query).await);
    println!("{:5} {}", expected.rows.len(), address(query));
    let wanted: BTreeSet<&str> = expected.rows.iter().map(|row| text(row, "id_bigint")).collect();
    let found: BTreeSet<&str> = answer.iter().map(|(id, _)| id.as_str()).collect();
    let missing: Vec<_> = wanted.difference(&found).collect();
    let beyond: Vec<_> = found.difference(&wanted).collect();
    assert!(
        missing.is_empty() && beyond.is_empty(),
        "{query:?}: missing {missing:?}, beyond {beyond:?}"
    );
    assert_eq!(answer.len(), expected.rows.len(), "{query:?}: each once");
    // Of meetings that are equal in all that is sorted by, the server defines no order.
    let order: Vec<Vec<String>> = answer.iter().map(|(id, _)| oracle.sorted_by(id, query)).collect();
    assert_eq!(order, expected.sorted_by, "{query:?}");
    let fields = query.iter().find(|(name, _)| *name == "data_field_key");
    for (id, row) in &answer {
        let raw = expected
            .rows
            .iter()
            .find(|raw| text(raw, "id_bigint") == id)
            .unwrap();
        for field in SAME {
            assert!(
                row.get(field).is_none_or(|value| *value == raw[field]),
                "{query:?}, {id}: {field}"
            );
        }
        if let Some((_, fields)) = fields {
            let told: BTreeSet<&str> = row.as_object().unwrap().keys().map(String::as_str).collect();
            assert_eq!(told, fields.split(',').collect::<BTreeSet<_>>(), "{query:?}");
        }
    }
}

/// Fields whose text is that of the sample, letter by letter.
const SAME: [&str; 9] = [
    "weekday_tinyint",
    "venue_type",
    "start_time",
    "duration_time",
    "time_zone",
    "lang_enum",
    "latitude",
    "longitude",
    "published",
];

async fn every_page_is_there_once(router: &Router, oracle: &Oracle) {
    let mut seen = Vec::new();
    for number in 1..=9 {
        let number = number.to_string();
        let query: Query = &[("weekdays", "5"), ("page_size", "30"), ("page_num", &number)];
        let (expected, answer) = (oracle.answer(query), answered(router, query).await);
        let order: Vec<Vec<String>> = answer.iter().map(|(id, _)| oracle.sorted_by(id, query)).collect();
        assert_eq!(order, expected.sorted_by, "page {number}");
        seen.extend(answer.into_iter().map(|(id, _)| id));
    }
    let all = oracle.answer(&[("weekdays", "5")]);
    let mut all: Vec<&str> = all.rows.iter().map(|row| text(row, "id_bigint")).collect();
    all.sort_unstable();
    seen.sort_unstable();
    assert_eq!(seen, all);
}
