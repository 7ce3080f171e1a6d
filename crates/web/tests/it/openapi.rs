//! The description of the API, held against what it answers.

use crate::common::{get, settings, site};
use axum::Router;
use axum::http::StatusCode;
use domain::groups::Slug;
use serde_json::{Value, json};
use testing::{TestDatabase, both_engines};
use web::routes::{Cache, TABLE};

async fn ask(router: &Router, path: &str) -> (StatusCode, Value) {
    let (status, _, body) = get(router, path).await;
    (status, serde_json::from_str(&body).unwrap())
}

/// The description with nothing allowed in an object that it does not name.
async fn strict(router: &Router) -> Value {
    let (_, mut document) = ask(router, "/api/openapi.json").await;
    for schema in document["components"]["schemas"]
        .as_object_mut()
        .unwrap()
        .values_mut()
    {
        if schema["type"] == "object" {
            schema["additionalProperties"] = json!(false);
        }
    }
    document
}

#[both_engines]
async fn every_answer_is_as_described_and_no_key_is_without_description(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    let document = strict(&router).await;
    for (path, schema, queries) in [
        (
            "/api/groups",
            "Groups",
            ["", "near=44113", "where=online", "near=Springfield", "day=funday"],
        ),
        (
            "/api/providers",
            "Providers",
            ["", "near=44113", "taking=yes", "near=Springfield", "kind=club"],
        ),
    ] {
        let described = json!({
            "$ref": format!("#/components/schemas/{schema}"), "components": document["components"],
        });
        let validator = jsonschema::validator_for(&described).unwrap();
        for query in queries {
            let (_, answer) = ask(&router, &format!("{path}?{query}")).await;
            let wrong: Vec<_> = validator
                .iter_errors(&answer)
                .map(|error| error.to_string())
                .collect();
            assert_eq!(wrong, Vec::<String>::new(), "{path}?{query}: {answer}");
        }
    }
}

#[both_engines]
async fn every_parameter_that_is_described_is_understood(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    let (_, document) = ask(&router, "/api/openapi.json").await;
    assert_eq!(document["openapi"], "3.1.0");
    for path in ["/api/groups", "/api/providers"] {
        for parameter in document["paths"][path]["get"]["parameters"].as_array().unwrap() {
            let text = |key: &str| parameter[key].as_str().unwrap();
            let (name, example) = (text("name"), text("example"));
            let (status, answer) = ask(&router, &format!("{path}?{name}={example}")).await;
            assert_eq!(status, StatusCode::OK, "{path}?{name}={example}: {answer}");
            // Words are anything; every other parameter says so when it means nothing, so it is read.
            if name != "q" {
                let (status, answer) = ask(&router, &format!("{path}?{name}=%C2%BF%3F")).await;
                assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{path}: {name}");
                assert_eq!(answer["error"]["parameter"], name, "{path}");
            }
        }
    }
}

#[both_engines]
async fn every_path_that_is_described_is_there(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    let (_, document) = ask(&router, "/api/openapi.json").await;
    for (path, described) in document["paths"].as_object().unwrap() {
        let parameters = described["get"]["parameters"].as_array().into_iter().flatten();
        let must = parameters.filter(|parameter| parameter["in"] == "query" && parameter["required"] == true);
        let must = must.map(|parameter| (&parameter["name"], &parameter["example"]));
        let must: Vec<_> = must
            .map(|(name, value)| format!("{}={}", name.as_str().unwrap(), value.as_str().unwrap()))
            .collect();
        let mut path = path.replace("{slug}", Slug::from_bits(1).as_str());
        if let Some(list) = path.strip_suffix("/{id}") {
            let (_, page) = ask(&router, list).await;
            path = path.replace("{id}", page["contents"][0]["id"].as_str().unwrap());
        }
        let address = format!("{path}?{}", must.join("&"));
        let (status, _, _) = get(&router, &address).await;
        assert_eq!(status, StatusCode::OK, "{address}");
    }
}

#[both_engines]
async fn public_data_is_described_whole(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    let (_, document) = ask(&router, "/api/openapi.json").await;
    // One path may be written with and without its last slash.
    let described: Vec<&str> = document["paths"]
        .as_object()
        .unwrap()
        .keys()
        .map(|path| path.trim_end_matches('/'))
        .collect();
    for route in TABLE.iter().filter(|route| route.cache == Cache::Revalidate) {
        assert!(
            described.contains(&route.path.trim_end_matches('/')),
            "{} is not described",
            route.path
        );
    }
}

#[both_engines]
async fn every_question_of_a_bmlt_client_that_is_described_is_answered(db: TestDatabase) {
    let router = site(&db, settings(false)).await;
    let (_, document) = ask(&router, "/api/openapi.json").await;
    let described = &document["paths"]["/client_interface/json/"]["get"];
    let schema = |status: &str| {
        let mut schema = described["responses"][status]["content"]["application/json"]["schema"].clone();
        schema["components"] = document["components"].clone();
        jsonschema::validator_for(&schema).unwrap()
    };
    let (good, wrong) = (schema("200"), schema("422"));
    let (_, all) = ask(&router, "/client_interface/json/?switcher=GetSearchResults").await;
    for parameter in described["parameters"].as_array().unwrap() {
        let (Some(name), Some(example)) = (parameter["name"].as_str(), parameter["example"].as_str()) else {
            continue;
        };
        for switcher in [
            "GetSearchResults",
            "GetFormats",
            "GetServiceBodies",
            "GetServerInfo",
        ] {
            let (status, answer) = ask(
                &router,
                &format!("/client_interface/json/?{name}={example}&switcher={switcher}"),
            )
            .await;
            assert_eq!(status, StatusCode::OK, "{switcher}: {name}={example}");
            assert!(
                good.is_valid(&answer) && answer.is_array(),
                "{switcher}: {name}={example}: {answer}"
            );
        }
    }
    let (_, both) = ask(
        &router,
        "/client_interface/json/?switcher=GetSearchResults&get_used_formats=1",
    )
    .await;
    assert!(good.is_valid(&both) && both["meetings"] == all, "{both}");
    let (status, answer) = ask(&router, "/client_interface/json?switcher=GetChanges").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.is_valid(&answer), "{answer}");
}
