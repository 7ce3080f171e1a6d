//! The paths of `/feeds/hsds`, as the specification of HSDS 3.1 has them.

use serde_json::{Map, Value, json};

use super::{choice, parameter};

/// What lists can be asked, by the name of the parameter.
const PARAMETERS: [(&str, &str, &str); 14] = [
    (
        "programme",
        "What came from the feed of this programme, in place of the organisation’s own",
        "Lakeshore",
    ),
    ("search", "Words; each must begin a word", "grief"),
    ("page", "Which page, counted from 1", "1"),
    (
        "per_page",
        "Items of a page, 1 to 200; 50 when it is not given",
        "20",
    ),
    ("format", "json", "json"),
    ("minimal", "Ids and modified_date only, all on one page", "true"),
    ("full", "Everything that belongs to an item, within it", "true"),
    ("full_service", "Whole services within an organization", "true"),
    (
        "modified_after",
        "Changed at this time or later",
        "2026-11-24T15:00:00Z",
    ),
    (
        "taxonomy_term_id",
        "Has this term, by its id or code",
        "kind:support",
    ),
    (
        "taxonomy_id",
        "Has a term of this taxonomy, by its id or name",
        "kind",
    ),
    ("organization_id", "Of this organization, by its id", ""),
    ("top_only", "Terms that are under no other: all of them", "true"),
    ("parent_id", "Terms under this one: none", "kind:support"),
];

/// Each path, what it gives, and what it can be asked.
const PATHS: [(&str, &str, &[&str]); 5] = [
    (
        "services",
        "service",
        &[
            "programme",
            "search",
            "page",
            "per_page",
            "format",
            "minimal",
            "full",
            "modified_after",
            "taxonomy_term_id",
            "taxonomy_id",
            "organization_id",
        ],
    ),
    (
        "service_at_locations",
        "service_at_location",
        &[
            "programme",
            "search",
            "page",
            "per_page",
            "format",
            "full",
            "modified_after",
            "taxonomy_term_id",
            "taxonomy_id",
            "organization_id",
        ],
    ),
    (
        "organizations",
        "organization",
        &[
            "programme",
            "search",
            "page",
            "per_page",
            "format",
            "full",
            "full_service",
            "taxonomy_term_id",
            "taxonomy_id",
        ],
    ),
    (
        "taxonomies",
        "taxonomy",
        &["search", "page", "per_page", "format"],
    ),
    (
        "taxonomy_terms",
        "taxonomy_term",
        &[
            "programme",
            "search",
            "page",
            "per_page",
            "format",
            "taxonomy_id",
            "top_only",
            "parent_id",
        ],
    ),
];

pub(super) fn paths() -> Map<String, Value> {
    let about = json!({
        "operationId": "hsds",
        "summary": "What this API of HSDS is",
        "responses": { "200": { "description": "version, profile and openapi_url", "content": { "application/json": {} } } },
    });
    let mut paths = Map::from_iter([("/feeds/hsds/".to_owned(), json!({ "get": about }))]);
    for (list, one, asked) in PATHS {
        paths.insert(
            format!("/feeds/hsds/{list}"),
            json!({ "get": {
                "operationId": format!("hsds-{list}"),
                "summary": format!("A page of HSDS 3.1 {list}"),
                "parameters": asked.iter().map(|name| described(name)).collect::<Vec<_>>(),
                "responses": answers("HsdsPage"),
            } }),
        );
        let id = json!({
            "name": "id", "in": "path", "required": true, "description": "The id as the list has it, or a slug or code",
            "schema": { "type": "string" },
        });
        paths.insert(
            format!("/feeds/hsds/{list}/{{id}}"),
            json!({ "get": {
                "operationId": format!("hsds-{one}"),
                "summary": format!("One HSDS 3.1 {one} with all that belongs to it"),
                "parameters": [id, described("programme")],
                "responses": answers("HsdsEntity"),
            } }),
        );
    }
    paths
}

fn described(name: &str) -> Value {
    let known = PARAMETERS.iter().find(|(known, ..)| *known == name);
    let (name, description, example) = known.copied().unwrap_or((name, "", ""));
    let schema = match name {
        "page" => json!({ "type": "integer", "minimum": 1 }),
        "per_page" => json!({ "type": "integer", "minimum": 1, "maximum": 200 }),
        "minimal" | "full" | "full_service" | "top_only" => json!({ "type": "boolean" }),
        "format" => choice(&["json"]),
        "modified_after" => json!({ "type": "string", "format": "date-time" }),
        _ => json!({ "type": "string" }),
    };
    parameter(name, description, schema, example)
}

fn answers(schema: &str) -> Value {
    let body = |what: &str, schema: &str| {
        json!({
            "description": what,
            "content": { "application/json": { "schema": { "$ref": format!("#/components/schemas/{schema}") } } },
        })
    };
    json!({
        "200": body("The answer, with an ETag", schema),
        "304": { "description": "You have it already (If-None-Match)" },
        "404": body("Nothing has this id, no such page, or no such programme", "HsdsError"),
        "422": body("A parameter is not understood", "HsdsError"),
        "429": { "description": "Too many questions in a minute; ask again after Retry-After seconds" },
    })
}

/// The page is described here; what is in it, by the schemas of HSDS.
pub(super) fn schemas() -> Map<String, Value> {
    let count = json!({ "type": "integer", "minimum": 0 });
    let truth = json!({ "type": "boolean" });
    let text = json!({ "type": "string" });
    let page = json!({
        "total_items": count, "total_pages": { "type": "integer", "minimum": 1 },
        "page_number": { "type": "integer", "minimum": 1 }, "size": count,
        "first_page": truth, "last_page": truth, "empty": truth,
        "contents": { "type": "array", "items": { "$ref": "#/components/schemas/HsdsEntity" } },
    });
    let error = json!({ "parameter": text, "value": text, "message": text });
    let entity = json!({
        "description": "An entity of HSDS 3.1: https://docs.openreferral.org/en/v3.1.0/hsds/schema_reference.html",
        "required": ["id"], "properties": { "id": { "type": "string", "format": "uuid" } },
    });
    let all = json!({
        "HsdsPage": super::object(&keys(&page), page.clone()),
        "HsdsEntity": entity,
        "HsdsError": super::object(&["error"], json!({ "error": super::object(&keys(&error), error.clone()) })),
    });
    match all {
        Value::Object(all) => all,
        _ => Map::new(),
    }
}

fn keys(properties: &Value) -> Vec<&str> {
    let fields = properties.as_object().into_iter().flatten();
    fields.map(|(name, _)| name.as_str()).collect()
}
