//! The groups as an API of HSDS, on both engines.

use crate::common::{ask as ask_as, get, settings, site};
use axum::Router;
use axum::http::StatusCode;
use domain::groups::Slug;
use serde_json::{Value, json};
use testing::{TestDatabase, both_engines};

async fn ask(router: &Router, path: &str) -> (StatusCode, Value) {
    let (status, _, body) = get(router, &format!("/feeds/hsds/{path}")).await;
    (
        status,
        serde_json::from_str(&body).unwrap_or_else(|_| panic!("{path}: {body}")),
    )
}

async fn good(router: &Router, path: &str) -> Value {
    let (status, answer) = ask(router, path).await;
    assert_eq!(status, StatusCode::OK, "{path}: {answer}");
    answer
}

fn names(page: &Value) -> Vec<&str> {
    let contents = page["contents"].as_array().unwrap().iter();
    contents.map(|one| one["name"].as_str().unwrap()).collect()
}

const THERAPY: &str = "When grief does not move";
const SUPPORT: &str = "Thursday Table: after the loss of a partner";

#[both_engines]
async fn it_says_what_it_is(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    let about = good(&router, "").await;
    assert_eq!(about["version"], "3.1");
    assert_eq!(
        about["openapi_url"],
        "https://groups.example.org/api/openapi.json"
    );
}

#[both_engines]
async fn a_page_has_the_shape_that_is_described(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    let (_, _, described) = get(&router, "/api/openapi.json").await;
    let described: Value = serde_json::from_str(&described).unwrap();
    let valid = |schema: &str| {
        let schema = json!({ "$ref": format!("#/components/schemas/{schema}"), "components": described["components"] });
        jsonschema::validator_for(&schema).unwrap()
    };
    for path in [
        "services",
        "services?full=true",
        "service_at_locations",
        "organizations",
        "taxonomies",
        "taxonomy_terms",
    ] {
        let page = good(&router, path).await;
        assert!(valid("HsdsPage").is_valid(&page), "{path}: {page}");
        assert!(page["size"].as_u64().unwrap() > 0, "{path}");
    }
    for path in ["services?page=0", "services/nobody", "services?page=9"] {
        let (status, error) = ask(&router, path).await;
        assert!(
            status.is_client_error() && valid("HsdsError").is_valid(&error),
            "{path}: {error}"
        );
    }
}

#[both_engines]
async fn services_are_paged_and_told_apart_short_from_full(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    let all = good(&router, "services").await;
    assert_eq!(names(&all), [SUPPORT, THERAPY]);
    assert_eq!(
        (&all["total_items"], &all["total_pages"], &all["last_page"]),
        (&json!(2), &json!(1), &json!(true))
    );
    assert_eq!(all["contents"][0].get("schedules"), None, "a list has no lists");
    let second = good(&router, "services?per_page=1&page=2&full=true").await;
    assert_eq!(names(&second), [THERAPY]);
    assert_eq!(
        (
            &second["page_number"],
            &second["total_pages"],
            &second["first_page"],
            &second["size"]
        ),
        (&json!(2), &json!(2), &json!(false), &json!(1))
    );
    assert_eq!(second["contents"][0]["schedules"][0]["byday"], "TH");
    let ids = good(&router, "services?minimal=true").await;
    let mut keys: Vec<_> = ids["contents"][0].as_object().unwrap().keys().collect();
    keys.sort();
    assert_eq!(keys, ["id", "modified_date"]);
    let one = good(
        &router,
        &format!("services/{}", all["contents"][1]["id"].as_str().unwrap()),
    )
    .await;
    assert_eq!(one, second["contents"][0]);
    assert_eq!(
        one,
        good(&router, &format!("services/{}", Slug::from_bits(2))).await,
        "by its slug too"
    );
    assert_eq!(
        (&one["name"], &one["capacities"][0]["available"]),
        (&json!(THERAPY), &json!(3))
    );
    assert_eq!(one["organization"]["name"], "Lakeshore");
}

#[both_engines]
async fn services_are_found_by_words_terms_and_time(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    let organization = good(&router, "organizations").await["contents"][0]["id"].clone();
    let of_it = format!("organization_id={}", organization.as_str().unwrap());
    for (query, expected) in [
        ("search=move", vec![THERAPY]),
        ("search=GRIEF", vec![SUPPORT, THERAPY]),
        ("search=nothing+like+it", vec![]),
        ("taxonomy_term_id=kind:therapy", vec![THERAPY]),
        ("taxonomy_id=leader", vec![THERAPY]),
        ("modified_after=2000-01-01", vec![SUPPORT, THERAPY]),
        ("modified_after=2100-01-01T00:00:00%2B01:00", vec![]),
        (of_it.as_str(), vec![SUPPORT, THERAPY]),
        ("what=ever", vec![SUPPORT, THERAPY]),
    ] {
        let page = good(&router, &format!("services?{query}")).await;
        assert_eq!(names(&page), expected, "{query}");
        assert_eq!(page["empty"], expected.is_empty(), "{query}");
    }
}

#[both_engines]
async fn what_cannot_be_answered_is_told_with_parameter_value_and_what_to_do(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    let no = StatusCode::UNPROCESSABLE_ENTITY;
    for (path, status, parameter, value, told) in [
        ("services?page=0", no, "page", "0", "Write a number from 1"),
        ("services?page=two", no, "page", "two", "Write a number from 1"),
        (
            "services?page=2",
            StatusCode::NOT_FOUND,
            "page",
            "2",
            "total_pages",
        ),
        ("services?per_page=1000", no, "per_page", "1000", "1 to 200"),
        ("services?full=perhaps", no, "full", "perhaps", "true nor false"),
        (
            "services?modified_after=soon",
            no,
            "modified_after",
            "soon",
            "2026-11-24T15:00:00Z",
        ),
        ("services?format=ndjson", no, "format", "ndjson", "Write json"),
        (
            "service_at_locations?postcode=44113",
            no,
            "postcode",
            "44113",
            "/api/groups?near=",
        ),
        (
            "services?taxonomy_term_id=kind:x",
            no,
            "taxonomy_term_id",
            "kind:x",
            "/feeds/hsds/taxonomy_terms",
        ),
        (
            "services?taxonomy_id=x",
            no,
            "taxonomy_id",
            "x",
            "/feeds/hsds/taxonomies",
        ),
        (
            "services?organization_id=x",
            no,
            "organization_id",
            "x",
            "/feeds/hsds/organizations",
        ),
        (
            "services?programme=Nobody",
            StatusCode::NOT_FOUND,
            "programme",
            "Nobody",
            "No group came",
        ),
        ("services/x", StatusCode::NOT_FOUND, "id", "x", "tells all ids"),
        (
            "organizations/x",
            StatusCode::NOT_FOUND,
            "id",
            "x",
            "tells all ids",
        ),
        ("taxonomies/x", StatusCode::NOT_FOUND, "id", "x", "tells all ids"),
        (
            "taxonomy_terms/x",
            StatusCode::NOT_FOUND,
            "id",
            "x",
            "tells all ids",
        ),
    ] {
        let (found, answer) = ask(&router, path).await;
        assert_eq!(found, status, "{path}");
        let error = &answer["error"];
        assert_eq!(
            (&error["parameter"], &error["value"]),
            (&json!(parameter), &json!(value)),
            "{path}"
        );
        assert!(
            error["message"].as_str().unwrap().contains(told),
            "{path}: {answer}"
        );
    }
}

#[both_engines]
async fn a_service_at_its_location_holds_the_service(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    let list = good(&router, "service_at_locations").await;
    let first = &list["contents"][0];
    assert_eq!(first["service"]["name"], SUPPORT);
    assert_eq!(first["location"]["name"], "West 25th Street Library");
    assert_eq!(first["location"].get("addresses"), None, "a list has no lists");
    let one = good(
        &router,
        &format!("service_at_locations/{}", first["id"].as_str().unwrap()),
    )
    .await;
    assert_eq!(one["location"]["addresses"][0]["city"], "Cleveland");
    assert_eq!(one["service"]["schedules"][0]["opens_at"], "18:30-05:00");
    assert_eq!(one["service"].get("service_at_locations"), None);
}

#[both_engines]
async fn organizations_are_the_publisher_and_the_providers_with_their_services(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    let list = good(&router, "organizations").await;
    assert_eq!(
        names(&list),
        ["Lakeshore", "Dana Whitfield, LPCC-S", "Marcus <Oyelaran>, LISW"]
    );
    let dana = good(
        &router,
        &format!(
            "organizations/{}?full_service=true",
            list["contents"][1]["id"].as_str().unwrap()
        ),
    )
    .await;
    assert_eq!(dana["parent_organization_id"], list["contents"][0]["id"]);
    assert_eq!(dana["services"].as_array().unwrap().len(), 1);
    assert_eq!(dana["services"][0]["name"], THERAPY);
    assert_eq!(dana["services"][0]["schedules"][0]["freq"], "WEEKLY");
    let all = good(
        &router,
        &format!("organizations/{}", list["contents"][0]["id"].as_str().unwrap()),
    )
    .await;
    assert_eq!(all["services"].as_array().unwrap().len(), 2);
    assert_eq!(names(&good(&router, "organizations?search=dana").await).len(), 1);
    let leading = good(&router, "organizations?taxonomy_term_id=kind:therapy").await;
    assert_eq!(names(&leading), ["Lakeshore", "Dana Whitfield, LPCC-S"]);
}

#[both_engines]
async fn terms_are_those_in_use(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    let terms = good(&router, "taxonomy_terms?taxonomy_id=kind").await;
    assert_eq!(names(&terms), ["Support", "Therapy"]);
    let term = terms["contents"][0].clone();
    assert_eq!(
        good(
            &router,
            &format!("taxonomy_terms/{}", term["id"].as_str().unwrap())
        )
        .await,
        term
    );
    assert_eq!(good(&router, "taxonomy_terms/kind:support").await, term);
    let taxonomy = good(&router, "taxonomies/kind").await;
    assert_eq!(
        (&taxonomy["id"], &taxonomy["name"]),
        (&term["taxonomy_id"], &term["taxonomy"])
    );
    assert_eq!(
        good(&router, "taxonomy_terms?parent_id=kind:support").await["empty"],
        true
    );
}

#[both_engines]
async fn who_has_the_page_already_gets_nothing(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    for path in [
        "/feeds/hsds/",
        "/feeds/hsds/services?full=true",
        "/feeds/hsds/taxonomies",
    ] {
        let (_, headers, _) = get(&router, path).await;
        let tag = headers["etag"].to_str().unwrap().to_owned();
        let again = ask_as(&router, path, "192.0.2.7", &[("if-none-match", &tag)]).await;
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED, "{path}");
    }
}
