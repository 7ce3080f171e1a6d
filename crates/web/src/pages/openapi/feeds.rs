//! Feeds, and the questions of BMLT's clients, as OpenAPI describes them.

use serde_json::{Map, Value, json};

use super::{choice, parameter};

/// The paths of everything that goes out beside the API itself. `search` is what a search of groups is asked by.
pub(super) fn paths(search: &[Value]) -> Map<String, Value> {
    let whose = [programme()];
    let bom = parameter(
        "bom",
        "1 begins the table with a byte order mark, for Excel",
        choice(&["1"]),
        "1",
    );
    let table = [programme(), bom];
    let feeds = [
        (
            "/feeds/meetings.json",
            feed(
                "meetingGuide",
                "Support groups as Meeting Guide JSON, a record for each weekday",
                "application/json",
                &whose,
            ),
        ),
        (
            "/feeds/meetings.csv",
            feed(
                "meetingTable",
                "The same with the columns of 12 Step Meeting List",
                "text/csv",
                &table,
            ),
        ),
        (
            "/feeds/changes.atom",
            feed(
                "changes",
                "Own groups that are new or changed, the last first",
                "application/atom+xml",
                &[],
            ),
        ),
        (
            "/groups/calendar.ics",
            feed(
                "searchCalendar",
                "The groups of a search as one calendar, under neutral titles",
                "text/calendar",
                search,
            ),
        ),
        ("/client_interface/json/", bmlt()),
        (
            "/api/openapi.json",
            feed("openapi", "This description", "application/json", &[]),
        ),
    ];
    feeds
        .into_iter()
        .map(|(path, get)| (path.to_owned(), json!({ "get": get })))
        .collect()
}

fn feed(id: &str, summary: &str, media: &str, parameters: &[Value]) -> Value {
    let content = Map::from_iter([(media.to_owned(), json!({}))]);
    json!({
        "operationId": id,
        "summary": summary,
        "parameters": parameters,
        "responses": {
            "200": {
                "description": "The whole of it, with an ETag; what the format cannot say is counted",
                "headers": { "X-Left-Out": { "schema": { "type": "string" }, "description": "“3; therapy=3”: groups left out, and why" } },
                "content": content,
            },
            "304": { "description": "You have it already (If-None-Match)" },
            "404": { "description": "Nothing came from that programme" },
            "422": { "description": "A value is not understood; a sentence says why" },
            "429": { "description": "Too many questions in a minute; ask again after Retry-After seconds" },
        },
    })
}

fn programme() -> Value {
    json!({
        "name": "programme", "in": "query", "schema": { "type": "string" },
        "description": "The groups that came from this programme's feed, in place of the organisation's own",
    })
}

fn bmlt() -> Value {
    let switchers = [
        "GetSearchResults",
        "GetFormats",
        "GetServiceBodies",
        "GetServerInfo",
    ];
    let mut switcher = parameter(
        "switcher",
        "What is asked for",
        choice(&switchers),
        "GetSearchResults",
    );
    switcher["required"] = json!(true);
    let mut parameters = vec![switcher, programme()];
    parameters.extend(BMLT.iter().map(|(name, example, description)| {
        parameter(name, description, json!({ "type": "string" }), example)
    }));
    let text = json!({ "type": "object", "additionalProperties": { "type": "string" } });
    let rows = json!({ "type": "array", "items": text });
    let both = json!({ "type": "object", "additionalProperties": rows });
    let wrong = json!({
        "type": "object", "required": ["message", "error"],
        "properties": { "message": { "type": "string" }, "error": { "$ref": "#/components/schemas/Error" } },
    });
    let mut described = feed(
        "bmlt",
        "The semantic API of BMLT, read only",
        "application/json",
        &parameters,
    );
    described["description"] = json!(
        "Answered as BMLT's server 4.2 answers: a value that means nothing is passed over, a list is apart by commas or each \
        value its own name[], a negative number excludes. Every value of an answer is text. The same without the last slash."
    );
    described["responses"]["200"]["content"]["application/json"]["schema"] = json!({ "oneOf": [rows, both] });
    for status in ["404", "422"] {
        described["responses"][status]["content"]["application/json"]["schema"] = wrong.clone();
    }
    described
}

/// Parameters beside `switcher`: name, example, what it does.
const BMLT: [(&str, &str, &str); 31] = [
    ("meeting_ids", "8,-16", "Numbers of meetings"),
    ("weekdays", "2,3", "1 is Sunday, 7 Saturday"),
    ("venue_types", "1,3", "1 in person, 2 online, 3 both"),
    (
        "formats",
        "17,33",
        "Numbers of formats; a meeting has all of them",
    ),
    (
        "formats_comparison_operator",
        "OR",
        "OR: a meeting has any of them",
    ),
    ("services", "1", "Numbers of service bodies"),
    ("recursive", "1", "1: service bodies below those count as well"),
    ("parents", "1", "1: GetServiceBodies tells those above as well"),
    (
        "lat_val",
        "41.5",
        "Latitude of where is looked; it needs long_val and a distance",
    ),
    ("long_val", "-81.7", "Longitude of where is looked"),
    (
        "geo_width",
        "-10",
        "Radius in miles; -n is the smallest of BMLT's radii, 0.0625 to 200, that holds n meetings",
    ),
    ("geo_width_km", "5", "The same in kilometres"),
    ("sort_results_by_distance", "1", "1: the nearest first"),
    (
        "SearchString",
        "library",
        "Words of three letters and more, any of them; or numbers of meetings, apart by commas",
    ),
    (
        "StringSearchIsAnAddress",
        "0",
        "1: SearchString is a ZIP code or a town, looked up offline",
    ),
    (
        "SearchStringRadius",
        "-10",
        "How far from that address, as geo_width; -10 when it is not given",
    ),
    ("StartsAfterH", "18", "Starts after this hour"),
    ("StartsAfterM", "30", "and minute"),
    ("StartsBeforeH", "21", "Starts before this hour"),
    ("StartsBeforeM", "0", "and minute"),
    ("EndsBeforeH", "22", "Ends by this hour"),
    ("EndsBeforeM", "15", "and minute"),
    (
        "MinDurationH",
        "1",
        "Lasts at least so many hours; MinDurationM minutes",
    ),
    (
        "MaxDurationH",
        "2",
        "Lasts at most so many hours; MaxDurationM minutes",
    ),
    (
        "meeting_key",
        "location_municipality",
        "A field that must have the value of meeting_key_value",
    ),
    ("meeting_key_value", "Cleveland", "That value"),
    (
        "data_field_key",
        "id_bigint,meeting_name",
        "The fields that are told",
    ),
    ("sort_keys", "start_time,meeting_name", "Fields to sort by"),
    (
        "sort_key",
        "time",
        "A usual order: weekday, time, town, state or weekday_state",
    ),
    ("page_size", "20", "So many meetings at once"),
    ("page_num", "1", "Which page of them, counted from 1"),
];
