//! Feeds as they come, and as they should never come.

use domain::groups::{Address, Draft, HowToCome, Listing, Phone, Place, Seats, When};
use domain::schedule::Rule;
use domain::text::Line;
use feeds::meeting_guide::{meetings, read};
use feeds::out::{Group, Publisher};
use feeds::reading::{FeedError, Held, Reading, Row};
use proptest::prelude::*;
use serde_json::{Value, json};

fn how() -> Reading {
    Reading {
        zone: "America/Los_Angeles".parse().ok(),
        ..Reading::new(Line::parse("Orange County").unwrap())
    }
}

fn row(value: Value) -> Row {
    read(value_bytes(&json!([value])).as_slice(), &how())
        .unwrap()
        .remove(0)
}

fn value_bytes(value: &Value) -> Vec<u8> {
    serde_json::to_vec(value).unwrap()
}

/// A row that becomes a listing, with these fields instead of its own.
fn with(changes: Value) -> Value {
    let mut row = json!({
        "slug": "monday", "name": "Monday Table", "day": 1, "time": "19:00", "end_time": "20:15",
        "formatted_address": "3186 Pullman St, Costa Mesa, CA 92626, USA", "latitude": 33.685, "longitude": -117.872,
        "updated": "2023-08-29 15:56:59", "url": "https://example.org/monday",
    });
    for (name, value) in changes.as_object().unwrap() {
        row[name] = value.clone();
    }
    row
}

#[test]
fn a_paused_group_gives_nothing_to_join_and_comes_back_where_it_met() {
    let phone = Phone::parse("216-555-0142").unwrap();
    let publisher = Publisher {
        name: "Lakeshore",
        site: "https://example.org",
        phone: Some(&phone),
        mail: None,
        country: "US",
        how_to_join: "Call us.",
    };
    for (attendance, exact) in [("online", "yes"), ("hybrid", "no")] {
        let met = with(json!({
            "attendance_option": attendance, "approximate": exact, "types": ["ONL"], "conference_phone": "+12165550142",
            "entity_phone": "216-555-0142",
        }));
        let open = row(met).listing.unwrap();
        let listing = Listing::check(Draft {
            seats: Seats::Paused { until: None },
            ..Draft::clone(&open)
        });
        let listing = listing.unwrap();
        let group = Group {
            slug: "monday",
            listing: &listing,
            page: "https://example.org/groups/monday",
            rule: "",
            told: &[],
            changed: chrono::DateTime::UNIX_EPOCH,
        };
        let (records, _) = meetings(&publisher, &[group]);
        let [record] = records.as_slice() else {
            panic!("one record")
        };
        assert_eq!(record.attendance_option, "inactive");
        assert_eq!((&record.conference_phone, &record.conference_url), (&None, &None));
        let back = row(serde_json::to_value(record).unwrap()).listing.unwrap();
        assert_eq!(back.seats, Seats::Paused { until: None });
        assert_eq!(back.place.online().is_some(), open.place.online().is_some());
        assert_eq!(
            back.place.site().is_some(),
            open.place.site().is_some(),
            "{attendance}"
        );
    }
}

#[test]
fn a_paused_group_with_only_an_area_is_online_unless_it_is_a_withheld_address() {
    let paused = |place: Value| {
        let mut said = json!({ "attendance_option": "inactive", "types": ["ONL"], "formatted_address": null, "approximate": "yes" });
        said.as_object_mut()
            .unwrap()
            .extend(place.as_object().unwrap().clone());
        row(with(said)).listing.unwrap().place.clone()
    };
    assert!(matches!(
        paused(json!({ "formatted_address": "Costa Mesa, CA, USA", "city": "Costa Mesa" })),
        Place::Online(_)
    ));
    assert!(matches!(
        paused(json!({ "regions": ["Orange County"] })),
        Place::Online(_)
    ));
    let Place::Hybrid(site, _) = paused(json!({ "city": "Costa Mesa" })) else {
        panic!("where it withholds its address it meets too")
    };
    assert_eq!(
        site.address,
        Address::Withheld {
            area: Line::parse("Costa Mesa").unwrap()
        }
    );
}

#[test]
fn a_row_becomes_a_listing() {
    let listing = row(with(json!({ "types": ["O", "W", "X", "S", "Candle"] })))
        .listing
        .unwrap();
    let When::Scheduled(schedule) = &listing.when else {
        panic!("it has a schedule")
    };
    assert_eq!(
        (schedule.time.to_string().as_str(), schedule.length.get()),
        ("19:00:00", 75)
    );
    assert_eq!(
        schedule.rule,
        Rule::Weekly {
            interval: 1,
            days: vec![chrono::Weekday::Mon]
        }
    );
    let json = serde_json::to_value(&listing).unwrap();
    assert_eq!(json["audience"], json!(["women"]));
    assert_eq!(json["access"], json!(["step-free"]));
    assert_eq!(json["languages"], json!(["es"]));
    assert_eq!(json["remarks"], json!(["Open to anyone", "Candle"]));
    assert_eq!(json["verified_on"], "2023-08-29");
    assert_eq!(
        json["place"]["in-person"]["address"]["exact"]["town"],
        "Costa Mesa"
    );
}

#[test]
fn codes_say_what_they_say_in_their_programme() {
    let row = with(json!({ "types": ["T", "TEEN", "CAP", "C", "Zebra"] }));
    let mut how = how();
    how.codes = feeds::Codes::of("Adult Children of Alcoholics, Ohio");
    let listing = read(&value_bytes(&json!([row])), &how)
        .unwrap()
        .remove(0)
        .listing
        .unwrap();
    let json = serde_json::to_value(&listing).unwrap();
    assert_eq!(json["audience"], json!(["young-people"]));
    assert_eq!(json["access"], json!(["captions"]));
    assert_eq!(
        json["remarks"],
        json!([
            "Fellowship text",
            "Closed: for people with the problem only",
            "Zebra"
        ])
    );
}

#[test]
fn oddities_of_real_feeds_are_tolerated() {
    for (changes, days) in [
        (json!({ "day": "0" }), vec![chrono::Weekday::Sun]),
        (
            json!({ "day": [6, "2"] }),
            vec![chrono::Weekday::Tue, chrono::Weekday::Sat],
        ),
        (
            json!({ "day": "Friday", "time": "7:00 PM" }),
            vec![chrono::Weekday::Fri],
        ),
    ] {
        let listing = row(with(changes.clone())).listing.unwrap();
        assert_eq!(
            listing.schedule().unwrap().rule,
            Rule::Weekly { interval: 1, days },
            "{changes}"
        );
    }
    assert_eq!(
        row(with(json!({ "day": null, "time": null })))
            .listing
            .unwrap()
            .when,
        When::ByAppointment
    );
    assert_eq!(
        row(with(json!({ "types": "[open]" }))).listing.unwrap().remarks[0].as_str(),
        "Open to anyone"
    );
    assert_eq!(
        row(with(json!({ "attendance_option": "inactive" })))
            .listing
            .unwrap()
            .seats,
        Seats::Paused { until: None }
    );
    assert_eq!(
        row(with(json!({ "name": "Women&#8217;s <i>Step</i>" })))
            .listing
            .unwrap()
            .title
            .as_str(),
        "Women’s Step"
    );
    let late = row(with(json!({ "time": "23:30", "end_time": "00:30" })))
        .listing
        .unwrap();
    assert_eq!(late.schedule().unwrap().length.get(), 60);
    let nowhere = row(with(json!({ "latitude": 0, "longitude": "0" })))
        .listing
        .unwrap();
    assert_eq!(nowhere.place.site().unwrap().point, None);
    let zone = row(with(json!({ "timezone": "America/New_York" })))
        .listing
        .unwrap();
    assert_eq!(zone.schedule().unwrap().zone.name(), "America/New_York");
    let numbers = row(with(json!({ "slug": 5202 })));
    assert_eq!(numbers.id, "5202");
}

#[test]
fn an_approximate_place_is_an_area_only() {
    let listing = row(with(
        json!({ "approximate": "yes", "location": "Dora's kitchen", "formatted_address": "Costa Mesa, CA, USA" }),
    ));
    let site = listing.listing.unwrap();
    let site = site.place.site().unwrap();
    assert_eq!(
        (site.address.public(), &site.name),
        ("Costa Mesa, CA, USA", &None)
    );
}

#[test]
fn how_to_come_is_the_page_never_the_join_link() {
    let online =
        json!({ "name": "Online", "day": 1, "time": "19:00", "conference_url": "https://zoom.us/j/1" });
    assert_eq!(row(online.clone()).listing, Err(Held::NoWayToCome));
    let mut linked = online.clone();
    linked["url"] = json!("https://us02web.zoom.us/j/123?pwd=x");
    assert_eq!(row(linked.clone()).listing, Err(Held::NoWayToCome));
    linked["url"] = json!("https://example.org/online");
    let listing = row(linked).listing.unwrap();
    assert!(matches!(listing.how_to_come, HowToCome::Page(_)) && matches!(listing.place, Place::Online(_)));
    assert_eq!(
        row(with(json!({ "url": null }))).listing.unwrap().how_to_come,
        HowToCome::WalkIn
    );
}

#[test]
fn what_cannot_be_a_listing_is_held_with_its_reason() {
    for (changes, held) in [
        (json!({ "name": " " }), Held::NoName),
        (json!({ "name": "https://zoom.us/j/1" }), Held::NameOfSecrets),
        (json!({ "day": 9 }), Held::Day("“9”".into())),
        (json!({ "time": "soon" }), Held::Time("“soon”".into())),
        (json!({ "time": "" }), Held::NoTime),
        (
            json!({ "formatted_address": "" }),
            Held::NoPlace("“formatted_address”, or “conference_url”"),
        ),
    ] {
        assert_eq!(row(with(changes.clone())).listing, Err(held), "{changes}");
    }
    assert_eq!(row(json!(7)).listing, Err(Held::NotAnObject("a number")));
    let twins = read(
        &value_bytes(&json!([
            with(json!({})),
            with(json!({})),
            with(json!({ "day": 2 }))
        ])),
        &how(),
    )
    .unwrap();
    assert_eq!(twins[1].listing, Err(Held::SameAs(1)));
    assert!(
        twins[2].listing.is_ok() && twins[2].id == "monday-2-19:00",
        "{}",
        twins[2].id
    );
}

#[test]
fn what_is_no_feed_says_what_it_is() {
    for (bytes, error) in [
        (&b"  "[..], FeedError::Empty),
        (b"<html>", FeedError::WebPage),
        (b"\xfe\xff\x00[", FeedError::Utf16),
        (b"[\"\xe9\"]", FeedError::NotUtf8(3)),
        (b"[]", FeedError::NoRows),
        (b"\"x\"", FeedError::NotAList("text")),
        (b"{\"data\":[]}", FeedError::NotAList("an object")),
    ] {
        assert_eq!(read(bytes, &how()), Err(error));
    }
    assert!(matches!(
        read(b"[\n {]", &how()),
        Err(FeedError::Json { line: 2, .. })
    ));
    let deep = "[".repeat(100_000);
    assert!(matches!(
        read(deep.as_bytes(), &how()),
        Err(FeedError::Json { .. })
    ));
}

#[test]
fn every_seed_of_the_fuzzer_is_read_without_fail() {
    let seeds = std::fs::read_dir(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../fuzz/corpus/meeting_guide"
    ))
    .unwrap();
    let read = seeds
        .flatten()
        .filter(|seed| read(&std::fs::read(seed.path()).unwrap(), &how()).is_ok())
        .count();
    assert!(read >= 10, "{read} seeds are feeds");
}

/// Any JSON, not too deep.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,40}".prop_map(Value::from),
        prop_oneof![
            Just("7:00 PM"),
            Just("https://zoom.us/j/1"),
            Just("yes"),
            Just("2023-01-01")
        ]
        .prop_map(Value::from),
    ];
    leaf.prop_recursive(2, 16, 4, |inner| {
        prop::collection::vec(inner, 0..4).prop_map(Value::from)
    })
}

proptest! {
    #[test]
    fn any_bytes_are_rows_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&bytes, &how());
    }

    #[test]
    fn any_row_is_a_listing_or_held(
        field in prop_oneof![
            Just("name"), Just("day"), Just("time"), Just("end_time"), Just("types"), Just("slug"), Just("latitude"), Just("url"),
            Just("updated"), Just("formatted_address"), Just("notes"), Just("location"), Just("timezone"), Just("approximate"),
            Just("attendance_option"), Just("conference_url"),
        ],
        value in any_json(),
    ) {
        let rows = read(&value_bytes(&json!([with(json!({ field: value.clone() })), with(json!({ "slug": value }))])), &how()).unwrap();
        prop_assert_eq!(rows.len(), 2);
        prop_assert!(rows[0].id != rows[1].id);
        for row in rows {
            // Reading again gives the same: an import of the same file changes nothing.
            let again = row.listing.clone().ok().map(|listing| serde_json::to_value(&listing).unwrap());
            if let Some(value) = again {
                prop_assert_eq!(serde_json::from_value::<domain::groups::Listing>(value).unwrap(), row.listing.unwrap());
            }
        }
    }
}
