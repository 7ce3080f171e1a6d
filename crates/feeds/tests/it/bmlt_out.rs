//! BMLT, out: our groups as a server's meetings, and read again the same.

use std::collections::HashSet;

use chrono::DateTime;
use domain::groups::{Listing, Phone, Slug};
use domain::text::Line;
use feeds::bmlt::{Server, server, write};
use feeds::out::{Because, Group, Publisher};
use feeds::reading::{Reading, Row};
use serde_json::{Value, json};

fn how() -> Reading {
    Reading {
        zone: "America/New_York".parse().ok(),
        ..Reading::new(Line::parse("Lakeshore").unwrap())
    }
}

/// A weekly group to walk to, with these facts in place of its own.
fn group(changes: Value) -> Listing {
    let mut facts = json!({
        "title": "Day by Day", "kind": "support", "seats": "open", "source": "own",
        "summary": "Ring the bell.",
        "when": { "scheduled": { "zone": "America/Chicago", "from": "2026-01-01", "time": "19:00:00", "length": 90,
            "rule": { "every": "weekly", "interval": 1, "days": ["Sun"] } } },
        "place": { "in-person": { "name": "First Church", "directions": "Side door", "point": [41.5, -81.7],
            "address": { "exact": { "line": "12 Elm St, Akron, OH 44301", "town": "Akron" } } } },
        "how_to_come": { "organisation": { "phone": "216-555-0142", "mail": null } },
        "audience": ["women", "newcomers"], "access": ["step-free"], "languages": ["es"], "format": "discussion",
        "remarks": ["Open", "Candlelight", "Tea and Talk"],
    });
    for (name, value) in changes.as_object().unwrap() {
        facts[name] = value.clone();
    }
    serde_json::from_value(facts).unwrap()
}

fn feed() -> Value {
    json!({ "feed": { "programme": "Lakeshore" } })
}

fn with<T>(listings: &[Listing], ask: impl FnOnce(&Publisher, &[Group]) -> T) -> T {
    let phone = Phone::parse("216-555-0142").unwrap();
    let publisher = Publisher {
        name: "Lakeshore",
        site: "https://groups.example.org",
        phone: Some(&phone),
        mail: None,
        country: "US",
        how_to_join: "Call: you are told how to join.",
    };
    let slugs: Vec<Slug> = (1..=listings.len() as u64).map(Slug::from_bits).collect();
    let groups: Vec<Group> = listings
        .iter()
        .zip(&slugs)
        .map(|(listing, slug)| Group {
            slug: slug.as_str(),
            listing,
            page: "https://groups.example.org/groups/x",
            rule: "",
            told: &[],
            changed: DateTime::UNIX_EPOCH,
        })
        .collect();
    ask(&publisher, &groups)
}

fn served(listings: &[Listing]) -> Server {
    with(listings, server).0
}

fn again(listings: &[Listing]) -> Vec<Row> {
    let (text, _) = with(listings, |publisher, groups| write(publisher, groups).unwrap());
    feeds::bmlt::read(&[text.as_bytes()], &how()).unwrap()
}

#[test]
fn a_group_is_a_search_result_whose_every_value_is_text() {
    let (text, account) = with(&[group(json!({}))], |publisher, groups| {
        write(publisher, groups).unwrap()
    });
    assert_eq!((account.written, account.left_out.len()), (1, 0));
    let file: Value = serde_json::from_str(&text).unwrap();
    let row = file["meetings"][0].as_object().unwrap();
    for (key, value) in [
        ("id_bigint", "8"),
        ("weekday_tinyint", "1"),
        ("venue_type", "1"),
        ("start_time", "19:00:00"),
        ("duration_time", "01:30:00"),
        ("time_zone", "America/Chicago"),
        ("longitude", "-81.7"),
        ("latitude", "41.5"),
        ("published", "1"),
        ("root_server_uri", "https://groups.example.org"),
        ("meeting_name", "Day by Day"),
        ("location_text", "First Church"),
        ("location_info", "Side door"),
        ("location_street", "12 Elm St"),
        ("location_municipality", "Akron"),
        ("location_province", "OH"),
        ("location_postal_code_1", "44301"),
        ("comments", "Ring the bell."),
        ("service_body_name", "Lakeshore"),
        ("distance_in_km", ""),
    ] {
        assert_eq!(row[key], value, "{key}");
    }
    assert_eq!(row["formats"], "O,B,CL,D,ES,W,WC,TAT");
    assert!(
        row["format_shared_id_list"]
            .as_str()
            .unwrap()
            .starts_with("1,6,8,9,17,32,33,")
    );
    for list in ["meetings", "formats", "service_bodies"] {
        for row in file[list].as_array().unwrap() {
            assert!(row.as_object().unwrap().values().all(Value::is_string), "{row}");
        }
    }
    let body = &file["service_bodies"][0];
    assert_eq!(
        (&body["helpline"], &body["url"]),
        (&json!("216-555-0142"), &json!("https://groups.example.org"))
    );
    assert_eq!(row["service_body_bigint"], body["id"]);
}

#[test]
fn each_weekday_is_a_meeting_with_a_number_of_its_own_that_stays() {
    let mut facts = serde_json::to_value(group(json!({}))).unwrap();
    facts["when"]["scheduled"]["rule"]["days"] = json!(["Mon", "Sat"]);
    let both: Listing = serde_json::from_value(facts).unwrap();
    let server = served(&[group(json!({})), both.clone()]);
    let seen: Vec<(u64, u8)> = server
        .meetings
        .iter()
        .map(|meeting| (meeting.id, meeting.weekday))
        .collect();
    assert_eq!(seen, [(8, 1), (18, 2), (23, 7)]);
    let other = served(&[both, group(json!({}))]);
    let ids: HashSet<u64> = other.meetings.iter().map(|meeting| meeting.id).collect();
    assert_eq!(ids, HashSet::from([10, 15, 16]));
    let largest = (Slug::from_bits(u64::MAX).bits() << 3) + 7;
    assert_eq!(largest, (1 << 53) - 1, "exact as a JavaScript number");
}

#[test]
fn what_the_format_cannot_say_is_left_out_and_counted() {
    let online = json!({ "online": { "by": "Zoom" } });
    let monthly = json!({ "scheduled": { "zone": "America/Chicago", "from": "2026-01-01", "time": "19:00:00", "length": 90,
        "rule": { "every": "monthly", "interval": 1, "nth": ["first"], "day": "Mon" } } });
    let helpline = json!({ "organisation": { "phone": null, "mail": "a@lakeshore.example" } });
    let listings = [
        group(json!({ "kind": "therapy", "size": { "least": 6, "most": 8 },
            "led_by": [{ "name": "Dana", "role": { "therapist": { "credentials": "LPCC" } } }] })),
        group(json!({ "when": monthly })),
        group(json!({ "when": "by-appointment" })),
        group(json!({ "seats": { "ended": { "on": null } } })),
        group(json!({ "seats": { "paused": { "until": null } }, "place": online })),
        group(json!({ "place": online, "how_to_come": helpline, "source": feed() })),
        group(json!({ "place": online })),
    ];
    let (server, account) = with(&listings, server);
    assert_eq!(
        account.header(),
        "6; therapy=1, no-way-to-join=1, ended=2, no-weekday=2"
    );
    assert_eq!((account.written, account.left_out[&Because::NoWeekday]), (1, 2));
    let meeting = &server.meetings[0];
    assert_eq!(
        (meeting.venue, meeting.format_keys.contains(&"VM".to_owned())),
        (2, true)
    );
    assert_eq!(
        meeting.how_to_join,
        "Zoom. Call: you are told how to join. 216-555-0142"
    );
    assert_eq!((meeting.page.as_str(), meeting.point), ("", None));
}

#[test]
fn a_withheld_address_is_an_area_without_a_point_on_a_map() {
    let withheld =
        json!({ "in-person": { "address": { "withheld": { "area": "Lakewood" } }, "point": [41.5, -81.8] } });
    let server = served(&[group(json!({ "place": withheld }))]);
    let meeting = &server.meetings[0];
    assert_eq!(
        (meeting.town.as_str(), meeting.street.as_str(), meeting.point),
        ("Lakewood", "", None)
    );
}

#[test]
fn groups_are_read_again_with_every_fact_that_the_format_can_say() {
    let page = json!({ "page": "https://page.example/join" });
    let listings = [
        group(json!({ "source": feed(), "how_to_come": "walk-in" })),
        group(json!({ "source": feed(), "how_to_come": page, "place": { "online": {} } })),
        group(json!({ "source": feed(), "place": { "online": {} } })),
        group(
            json!({ "source": feed(), "how_to_come": "walk-in", "seats": { "paused": { "until": null } } }),
        ),
        group(json!({ "source": feed(), "how_to_come": page,
            "place": { "hybrid": [group(json!({})).place.site().unwrap(), {}] } })),
        group(json!({ "source": feed(), "how_to_come": page,
            "place": { "in-person": { "address": { "withheld": { "area": "Lakewood" } } } } })),
    ];
    for (row, listing) in again(&listings).iter().zip(&listings) {
        let read = row.listing.as_ref().unwrap_or_else(|held| panic!("{held}"));
        assert_eq!(comparable(read), comparable(listing));
    }
}

#[test]
#[ignore = "needs SAMEBOAT_SAMPLES"]
fn the_sample_server_is_written_and_read_again_the_same() {
    let files = ["formats", "search-results", "service-bodies"]
        .map(|name| std::fs::read(testing::samples::path(&format!("feeds/bmlt-{name}.json"))).unwrap());
    let all: Vec<&[u8]> = files.iter().map(Vec::as_slice).collect();
    let first: Vec<Listing> = feeds::bmlt::read(&all, &how())
        .unwrap()
        .into_iter()
        .map(|row| row.listing.unwrap())
        .collect();
    let second = again(&first);
    assert_eq!((first.len(), second.len()), (1_513, 1_513));
    for (row, listing) in second.iter().zip(&first) {
        let read = row
            .listing
            .as_ref()
            .unwrap_or_else(|held| panic!("row {}: {held}", row.number));
        assert_eq!(comparable(read), comparable(listing), "row {}", row.number);
    }
}

/// The facts of a listing, lists in any order, without what the format has no field for: the first day of a rule, which no
/// weekly meeting needs.
fn comparable(listing: &Listing) -> Value {
    let mut facts = serde_json::to_value(listing).unwrap();
    for list in ["audience", "access", "languages", "remarks"] {
        if let Some(items) = facts[list].as_array_mut() {
            items.sort_by_key(ToString::to_string);
        }
    }
    facts["when"]["scheduled"]["from"] = Value::Null;
    facts
}
