//! The API on the organisation's own groups, on both engines; and whatever is asked, an answer or what is wrong.

use axum::http::StatusCode;
use domain::groups::Slug;
use proptest::prelude::*;
use serde_json::Value;
use testing::{TestDatabase, both_engines};
use web::fuzzing::{bmlt_query, finder_query};

use crate::common::{get, settings, site};

async fn asked(router: &axum::Router, query: &str) -> (StatusCode, Value) {
    let (status, _, body) = get(router, &format!("/client_interface/json/?{query}")).await;
    (status, serde_json::from_str(&body).unwrap())
}

#[both_engines]
async fn own_groups_are_meetings_with_formats_and_a_service_body(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    let (status, headers, body) = get(&router, "/client_interface/json/?switcher=GetSearchResults").await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(headers["x-left-out"], "1; therapy=1");
    assert_eq!(headers["content-type"], "application/json");
    let rows: Value = serde_json::from_str(&body).unwrap();
    let id = (Slug::from_bits(1).bits() << 3).to_string();
    assert_eq!(rows.as_array().unwrap().len(), 1);
    for (key, value) in [
        ("id_bigint", id.as_str()),
        ("weekday_tinyint", "5"),
        ("start_time", "18:30:00"),
        ("duration_time", "01:30:00"),
        ("venue_type", "1"),
        ("location_municipality", "Cleveland"),
        ("location_postal_code_1", "44113"),
        ("service_body_name", "Lakeshore"),
        ("root_server_uri", "https://groups.example.org"),
        ("distance_in_miles", ""),
    ] {
        assert_eq!(rows[0][key], value, "{key}");
    }
    let (_, bodies) = asked(&router, "switcher=GetServiceBodies").await;
    assert_eq!(bodies[0]["id"], rows[0]["service_body_bigint"]);
    let body = bodies[0]["id"].as_str().unwrap();
    for (query, count) in [
        (format!("services={body}"), 1),
        (format!("services=-{body}&recursive=1"), 0),
        (format!("meeting_ids={id}"), 1),
        ("SearchString=44113&StringSearchIsAnAddress=1".to_owned(), 1),
        (
            "SearchString=Cleveland,+OH&StringSearchIsAnAddress=1&SearchStringRadius=3".to_owned(),
            1,
        ),
        ("SearchString=10001&StringSearchIsAnAddress=1".to_owned(), 0),
        ("EndsBeforeH=20".to_owned(), 1),
        ("EndsBeforeH=19&EndsBeforeM=59".to_owned(), 0),
    ] {
        let (_, found) = asked(&router, &format!("switcher=GetSearchResults&{query}")).await;
        assert_eq!(found.as_array().map(Vec::len), Some(count), "{query}");
    }
    let (_, info) = asked(&router, "switcher=GetServerInfo").await;
    assert_eq!(
        (&info[0]["version"], &info[0]["centerLatitude"]),
        (&"4.2.7".into(), &"41.4840".into())
    );
}

#[both_engines]
async fn what_cannot_be_answered_says_which_parameter_and_what_to_do(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    for (query, status, parameter, said) in [
        ("", 422, "switcher", "GetSearchResults"),
        ("switcher=GetNAWSDump", 422, "switcher", "GetNAWSDump"),
        (
            "switcher=GetSearchResults&SearchString[]=x",
            422,
            "SearchString",
            "without brackets",
        ),
        (
            "switcher=GetSearchResults&SearchString=Springfield&StringSearchIsAnAddress=1",
            422,
            "SearchString",
            "Springfield",
        ),
        (
            "switcher=GetSearchResults&SearchString=99999&StringSearchIsAnAddress=1",
            422,
            "SearchString",
            "We know no ZIP code",
        ),
        ("switcher=GetFormats&programme=Nobody", 404, "programme", "Nobody"),
    ] {
        let (got, answer) = asked(&router, query).await;
        assert_eq!(got.as_u16(), status, "{query}");
        assert_eq!(answer["error"]["parameter"], parameter, "{query}");
        assert!(
            answer["message"].as_str().unwrap().contains(said),
            "{query}: {answer}"
        );
    }
    let (_, several) = asked(
        &router,
        "switcher=GetSearchResults&SearchString=Springfield&StringSearchIsAnAddress=1",
    )
    .await;
    assert!(
        several["error"]["choices"].as_array().unwrap().len() > 1,
        "{several}"
    );
}

#[test]
fn every_seed_of_the_fuzzers_is_answered_or_refused() {
    for (target, tried) in TARGETS {
        let folder = format!("{}/../../fuzz/corpus/{target}", env!("CARGO_MANIFEST_DIR"));
        let seeds: Vec<_> = std::fs::read_dir(folder).unwrap().flatten().collect();
        let answered = seeds
            .iter()
            .filter(|seed| tried(&String::from_utf8_lossy(&std::fs::read(seed.path()).unwrap())));
        let answered = answered.count();
        assert!(
            answered >= 3 && answered < seeds.len(),
            "{target}: {answered} of {}",
            seeds.len()
        );
    }
}

/// Whether a query is answered; a link that the finder writes asks the same again.
type Tried = fn(&str) -> bool;

const TARGETS: [(&str, Tried); 2] = [
    ("bmlt_query", |query| bmlt_query(query).is_ok()),
    ("finder_query", |query| match finder_query(query) {
        Ok(link) => {
            let again = finder_query(link.trim_start_matches("/groups").trim_start_matches('?'));
            assert_eq!(again, Ok(link));
            true
        }
        Err(problems) => problems.is_empty(),
    }),
];

/// Names and values that mean something, in any mixture.
fn queries() -> impl Strategy<Value = String> {
    let names = prop::sample::select(vec![
        "weekdays",
        "weekdays[]",
        "formats",
        "formats[]",
        "geo_width",
        "geo_width_km",
        "lat_val",
        "long_val",
        "SearchString",
        "StringSearchIsAnAddress",
        "SearchStringRadius",
        "sort_keys",
        "sort_key",
        "sort_results_by_distance",
        "page_size",
        "page_num",
        "data_field_key",
        "meeting_key",
        "meeting_key_value",
        "StartsAfterH",
        "EndsBeforeM",
        "services",
        "recursive",
        "parents",
        "get_used_formats",
        "lang_enum",
        "near",
        "distance",
        "unit",
        "day",
        "time",
        "zone",
        "topic",
        "age",
        "page",
        "of",
        "q",
        "region",
    ]);
    let values = prop_oneof![
        "\\PC{0,12}",
        "-?[0-9]{1,20}(\\.[0-9]{1,3})?(e[0-9]{1,3})?",
        prop::sample::select(vec![
            "1",
            "44113",
            "Springfield",
            "41.5,-81.7",
            "mon",
            "today",
            "distance_in_km",
            "start_time,meeting_name"
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec((names, values), 0..12).prop_map(|pairs| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in pairs {
            query.append_pair(name, &value);
        }
        query.finish()
    })
}

proptest! {
    #[test]
    fn any_text_is_answered_or_refused(text in "\\PC{0,80}") {
        for (_, tried) in TARGETS {
            tried(&text);
        }
    }

    #[test]
    fn any_question_is_answered_or_refused(query in queries()) {
        for (_, tried) in TARGETS {
            tried(&query);
        }
    }
}
