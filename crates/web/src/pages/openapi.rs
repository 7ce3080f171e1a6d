//! `/api/openapi.json`: what programs can ask, as OpenAPI 3.1. A test holds it against real answers.

mod feeds;
mod hsds;

use axum::Json;
use axum::extract::State;
use finder::{Facet, Family};
use serde_json::{Map, Value, json};

use crate::state::App;

pub(crate) async fn show(State(app): State<App>) -> Json<Value> {
    let settings = app.settings();
    let groups = groups();
    let mut paths = Map::from_iter([
        ("/api/providers".to_owned(), json!({ "get": providers() })),
        (
            "/groups/{slug}/calendar.ics".to_owned(),
            json!({ "get": calendar() }),
        ),
    ]);
    let search = groups["parameters"].as_array().map(Vec::as_slice);
    paths.extend(feeds::paths(search.unwrap_or_default()));
    paths.insert("/api/groups".to_owned(), json!({ "get": groups }));
    paths.extend(hsds::paths());
    let mut schemas = schemas();
    put(&mut schemas, hsds::schemas());
    Json(json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Sameboat",
            "version": settings.version,
            "summary": "Public listings of therapy groups and support groups, and who leads them.",
            "description": "Read only, without a key. Parameters are those of the pages /groups and /providers. A parameter \
                that is not known is passed over; a value that is not understood is answered with 422 and a sentence. \
                Join links, passcodes and withheld addresses are in none of the answers.",
            "license": { "name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later" },
        },
        "servers": [{ "url": settings.public_url.as_str() }],
        "paths": paths,
        "components": { "schemas": schemas },
    }))
}

fn put(into: &mut Value, more: Map<String, Value>) {
    if let Some(fields) = into.as_object_mut() {
        fields.extend(more);
    }
}

fn groups() -> Value {
    let places = choice(&["in-person", "not-online", "online", "any"]);
    let topics = list(json!({ "type": "string", "pattern": "^[a-z0-9-]+$" }));
    let age = json!({ "type": "integer", "minimum": 0, "maximum": 120 });
    let zone = "The time zone that pages tell online times in, by its IANA name; answers of the API keep the group's own";
    let mut parameters = common();
    parameters.extend([
        parameter("where", "In person, not online too, or online", places, "online"),
        parameter(
            "topic",
            "A topic of the catalogue, or a family of topics; several: about any of them",
            topics,
            "grief",
        ),
        parameter("age", "The age of who comes, in years", age, "40"),
        parameter("zone", zone, json!({ "type": "string" }), "America/Denver"),
        parameter(
            "exact",
            "1 keeps words as they are typed",
            choice(&["0", "1"]),
            "1",
        ),
    ]);
    parameters.extend(Family::ALL.map(facet));
    json!({
        "operationId": "findGroups",
        "summary": "Groups: in person by distance, online by next start",
        "parameters": parameters,
        "responses": answers("Groups"),
    })
}

/// A family of filters with all its values.
fn facet(family: Family) -> Value {
    let description = "Several values, each its own parameter or apart by commas: groups with any of them";
    let values: Vec<_> = Facet::all().filter(|facet| facet.family() == family).collect();
    let values: Vec<_> = values.iter().map(Facet::name).collect();
    match values.first() {
        Some(first) => parameter(family.name(), description, list(choice(&values)), first),
        None => parameter(family.name(), description, list(language()), "en"),
    }
}

/// By its ISO 639 code.
fn language() -> Value {
    json!({ "type": "string", "pattern": "^([A-Za-z]{2,3}|any|all)$" })
}

fn providers() -> Value {
    let mut parameters = common();
    parameters.extend([
        parameter(
            "kind",
            "The kind of provider",
            choice(&["organisation", "site", "therapist", "any"]),
            "therapist",
        ),
        parameter("taking", "Takes new people", choice(&["yes", "any"]), "yes"),
        parameter(
            "language",
            "Speaks this language, by its ISO 639 code",
            language(),
            "es",
        ),
    ]);
    json!({
        "operationId": "findProviders",
        "summary": "Organisations, sites and therapists: near, or by name",
        "parameters": parameters,
        "responses": answers("Providers"),
    })
}

fn calendar() -> Value {
    json!({
        "operationId": "groupCalendar",
        "summary": "The meetings of a group as a calendar file, under a neutral title",
        "parameters": [{
            "name": "slug", "in": "path", "required": true, "description": "The slug of the group",
            "schema": { "$ref": "#/components/schemas/Slug" },
        }],
        "responses": {
            "200": { "description": "iCalendar", "content": { "text/calendar": {} } },
            "404": { "description": "No such group, or it has no dates" },
        },
    })
}

/// What both lists are asked by.
fn common() -> Vec<Value> {
    vec![
        parameter(
            "near",
            "A ZIP code, a town (“Portland, OR”) or “latitude,longitude”; looked up offline",
            json!({ "type": "string", "maxLength": 200 }),
            "44113",
        ),
        parameter(
            "distance",
            "How far from near; 25 miles when it is not given. A number above 0, or any",
            json!({ "oneOf": [
                { "type": "number", "exclusiveMinimum": 0, "maximum": 25000 },
                { "type": "string", "enum": ["any"] },
            ] }),
            "10",
        ),
        parameter("unit", "The unit of distance", choice(&["mi", "km"]), "km"),
        parameter(
            "q",
            "Words; each must begin a word of the listing or of a topic it is about",
            json!({ "type": "string", "maxLength": 200 }),
            "grief",
        ),
        parameter(
            "page",
            "Which page of each list, counted from 1; 20 a page",
            json!({ "type": "integer", "minimum": 1, "maximum": 100_000 }),
            "1",
        ),
    ]
}

fn parameter(name: &str, description: &str, schema: Value, example: &str) -> Value {
    json!({ "name": name, "in": "query", "description": description, "schema": schema, "example": example })
}

fn choice(values: &[&str]) -> Value {
    json!({ "type": "string", "enum": values })
}

fn list(items: Value) -> Value {
    json!({ "type": "array", "items": items })
}

fn answers(schema: &str) -> Value {
    let body = |what: &str| {
        json!({
            "description": what,
            "content": { "application/json": { "schema": { "$ref": format!("#/components/schemas/{schema}") } } },
        })
    };
    json!({
        "200": body("The answer"),
        "422": body("The question cannot be answered: the same shape, with error"),
        "429": { "description": "Too many questions in a minute; ask again after Retry-After seconds" },
    })
}

fn schemas() -> Value {
    let of = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let or_null = |schema: Value| json!({ "oneOf": [schema, { "type": "null" }] });
    let text = json!({ "type": "string" });
    let count = json!({ "type": "integer", "minimum": 0 });
    let km = json!({ "type": ["number", "null"], "minimum": 0, "description": "From near, in kilometres" });
    json!({
        "Slug": { "type": "string", "pattern": "^[0-9a-hjkmnp-tv-z]{10}$", "description": "/groups/{slug} or /providers/{slug} is its page" },
        "Place": object(&["name", "latitude", "longitude"], json!({
            "name": text, "latitude": { "type": "number" }, "longitude": { "type": "number" },
        })),
        "Error": object(&["parameter", "value", "message", "choices"], json!({
            "parameter": text, "value": text,
            "message": { "type": "string", "description": "What is wrong and what to do, for people" },
            "choices": { "type": "array", "items": of("Place"), "description": "Places that share the name" },
        })),
        "Groups": object(&["place", "total", "in_person", "online", "facets"], json!({
            "error": of("Error"), "place": or_null(of("Place")), "total": count,
            "in_person": list(of("Group")), "online": list(of("Group")), "facets": of("Facets"),
            "corrected": { "type": "string", "description": "What was looked for in place of a word that no group has" },
        })),
        "Facets": object(&[], facets()),
        "Group": object(&["slug", "name", "kind", "distance_km", "next"], json!({
            "slug": of("Slug"), "name": text, "kind": choice(&["therapy", "support"]), "distance_km": km,
            "next": or_null(of("Meeting")),
        })),
        "Meeting": object(&["start", "zone", "minutes"], json!({
            "start": { "type": "string", "format": "date-time" },
            "zone": { "type": "string", "description": "IANA time zone of the group" },
            "minutes": { "type": "integer", "minimum": 5, "maximum": 1440 },
        })),
        "Providers": object(&["place", "total", "providers", "online"], json!({
            "error": of("Error"), "place": or_null(of("Place")), "total": count,
            "providers": list(of("Provider")), "online": list(of("Provider")),
        })),
        "Provider": object(&["slug", "name", "kind", "focus", "languages", "online", "groups"], json!({
            "slug": of("Slug"), "name": text, "kind": choice(&["organisation", "site", "therapist"]),
            "credentials": { "type": ["string", "null"] }, "focus": list(text.clone()), "languages": list(text.clone()),
            "taking": { "enum": ["yes", "waiting-list", "no", null] },
            "waiting_weeks": { "type": ["integer", "null"], "minimum": 0 },
            "online": { "type": "boolean" }, "distance_km": km,
            "part_of": or_null(of("Slug")), "groups": list(of("Slug")),
        })),
    })
}

/// Each family by its parameter, and for each value how many groups there would be with it.
fn facets() -> Value {
    let families = Family::ALL.iter().map(|family| family.name()).chain(["where"]);
    let counts = json!({ "type": "object", "additionalProperties": { "type": "integer", "minimum": 0 } });
    families
        .map(|family| (family.to_owned(), counts.clone()))
        .collect::<Map<_, _>>()
        .into()
}

fn object(required: &[&str], properties: Value) -> Value {
    json!({ "type": "object", "required": required, "properties": properties })
}
